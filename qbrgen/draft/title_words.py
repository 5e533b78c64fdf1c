"""Words of job titles: what says how senior someone is, what is short for what, and which words tell the work.

Only a help for proposals: every group that comes of them is marked to be confirmed, and titles in other languages are
grouped by their own text.
"""

from __future__ import annotations

from dataclasses import dataclass


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


SHORT = {
    "sr": "senior",
    "snr": "senior",
    "jr": "junior",
    "jnr": "junior",
    "mgr": "manager",
    "mngr": "manager",
    "dir": "director",
    "vp": "vice president",
    "svp": "vice president",
    "evp": "vice president",
    "avp": "vice president",
    "eng": "engineer",
    "engr": "engineer",
    "dev": "developer",
    "rep": "representative",
    "reps": "representative",
    "repr": "representative",
    "exec": "executive",
    "sdr": "sales development representative",
    "bdr": "business development representative",
    "ae": "account executive",
    "am": "account manager",
    "csm": "customer success manager",
    "cs": "customer success",
    "pm": "product manager",
    "po": "product owner",
    "hr": "human resources",
    "hrbp": "human resources business partner",
    "qa": "quality assurance",
    "sre": "site reliability engineer",
    "dba": "database administrator",
    "swe": "software engineer",
    "bi": "business intelligence",
    "ml": "machine learning",
    "ops": "operations",
    "revops": "revenue operations",
    "admin": "administrator",
    "sysadmin": "system administrator",
    "asst": "assistant",
    "assoc": "associate",
    "acct": "account",
    "acc": "account",
    "mktg": "marketing",
    "mkt": "marketing",
    "fin": "finance",
    "spec": "specialist",
    "coord": "coordinator",
    "tech": "technical",
    "backend": "back end",
    "frontend": "front end",
    "fullstack": "full stack",
    "programme": "program",
    "centre": "center",
    "adviser": "advisor",
    "developper": "developer",
    "devloper": "developer",
    "enginer": "engineer",
    "manger": "manager",
    "ceo": "chief executive officer",
    "cto": "chief technology officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cio": "chief information officer",
    "cmo": "chief marketing officer",
    "cro": "chief revenue officer",
    "cpo": "chief product officer",
}

# How long or how high someone serves, not what they do. Words that lead people are kept: they are other work.
SENIORITY = word_set(
    """senior junior principal staff associate trainee intern interim acting deputy graduate apprentice entry level band
    mid experienced i ii iii iv v 1 2 3 4 5 l1 l2 l3 l4 l5 emea apac amer latam na uk us usa eu dach nordics global
    regional national remote contractor freelance temporary part full-time fulltime the of and for to at in m f d w x
    h"""
)

# Where or in which part someone works: no word to group people by, unless there is no other.
PLACES = word_set(
    """area unit group region zone district division section territory team department branch site store office night
    day shift time level grade service services general
    de des du la le les et en d l para y el los las del di della delle dei e und für von der die das im am zur zum
    van het een voor in on by with"""
)

# They lead others: another day's work than that of those they lead.
LEADS = word_set("manager director head lead leader supervisor chief vice president vp")


@dataclass(frozen=True, slots=True)
class Family:
    """Titles that do the same kind of work.

    many, one: how the group is called. leads: how those who lead it are; "" where manager is the work itself (product
    managers). words: each tells the family by itself; several words in one are a phrase.
    """

    id: str
    many: str
    one: str
    leads: str
    words: tuple[str, ...]


# The first family that a title fits is its own: phrases and rarer words stand before words that many titles have.
FAMILIES = (
    Family(
        "sales-development",
        "sales development representatives",
        "sales development representative",
        "sales development managers",
        ("sales development", "business development", "prospecting"),
    ),
    Family(
        "customer-success",
        "customer success and account managers",
        "customer success or account manager",
        "",
        ("customer success", "client success", "account manager", "relationship manager", "customer experience"),
    ),
    Family(
        "project",
        "project and program managers",
        "project or program manager",
        "",
        ("project", "program manager", "scrum", "pmo", "delivery manager", "agile coach"),
    ),
    Family("product", "product managers", "product manager", "", ("product manager", "product owner", "product")),
    Family(
        "marketing",
        "marketers and content writers",
        "marketer or content writer",
        "marketing managers",
        ("marketing", "content", "seo", "brand", "communications", "copywriter", "writer", "editor", "social media"),
    ),
    Family(
        "design",
        "designers",
        "designer",
        "design managers",
        ("designer", "design", "ux", "ui", "graphic", "creative", "illustrator", "art"),
    ),
    Family(
        "support",
        "support specialists",
        "support specialist",
        "support managers",
        ("support", "helpdesk", "help desk", "service desk", "customer service", "customer care", "call center"),
    ),
    Family(
        "data",
        "data and business analysts",
        "data or business analyst",
        "analytics managers",
        ("data", "analytics", "business intelligence", "analyst", "statistician", "machine learning", "insights"),
    ),
    Family(
        "infrastructure",
        "system and infrastructure engineers",
        "system or infrastructure engineer",
        "infrastructure managers",
        (
            *("system administrator", "systems administrator", "network", "database", "cloud", "devops"),
            *("site reliability", "infrastructure", "security", "information technology", "it"),
        ),
    ),
    Family(
        "software",
        "software engineers and developers",
        "software engineer or developer",
        "engineering managers",
        (
            *("software", "developer", "programmer", "full stack", "back end", "front end", "quality assurance"),
            *("tester", "web", "mobile", "engineering"),
        ),
    ),
    Family(
        "sales",
        "sales representatives and account executives",
        "sales representative or account executive",
        "sales managers",
        ("sales", "account executive", "seller", "salesperson", "quota"),
    ),
    Family(
        "finance",
        "accountants and finance analysts",
        "accountant or finance analyst",
        "finance managers",
        (
            *("finance", "financial", "accountant", "accounting", "accounts", "controller", "payroll", "treasury"),
            *("auditor", "audit", "bookkeeper", "tax", "billing"),
        ),
    ),
    Family(
        "human-resources",
        "recruiters and human resources specialists",
        "recruiter or human resources specialist",
        "human resources managers",
        ("human resources", "recruiter", "recruiting", "recruitment", "talent", "people operations", "people"),
    ),
    Family(
        "legal",
        "lawyers and compliance officers",
        "lawyer or compliance officer",
        "legal managers",
        ("legal", "counsel", "lawyer", "attorney", "solicitor", "paralegal", "compliance"),
    ),
    Family(
        "research",
        "researchers",
        "researcher",
        "research managers",
        ("research", "researcher", "scientist", "laboratory"),
    ),
    Family(
        "teaching",
        "teachers and trainers",
        "teacher or trainer",
        "",
        ("teacher", "professor", "lecturer", "instructor", "tutor", "trainer", "teaching", "educator"),
    ),
    Family(
        "care",
        "nurses and clinicians",
        "nurse or clinician",
        "clinical managers",
        ("nurse", "nursing", "physician", "doctor", "clinician", "clinical", "therapist", "pharmacist", "surgeon"),
    ),
    Family(
        "operations",
        "operations and supply specialists",
        "operations or supply specialist",
        "operations managers",
        (
            *("operations", "logistics", "supply", "procurement", "purchasing", "buyer", "plant", "warehouse"),
            *("production", "manufacturing", "planner"),
        ),
    ),
    Family("consulting", "consultants and advisors", "consultant or advisor", "", ("consultant", "advisor")),
    Family("technicians", "technicians", "technician", "", ("technician", "mechanic", "electrician", "fitter")),
    Family(
        "office",
        "office administrators",
        "office administrator",
        "office managers",
        ("secretary", "receptionist", "office", "administrator", "administrative", "clerk", "coordinator"),
    ),
    Family(
        "executives", "executives", "executive", "", ("chief", "vice president", "president", "founder", "executive")
    ),
)
