"""The plan as CRMs and usage reports export it: Salesforce, HubSpot, Copilot, Viva Insights; and plain tables."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from exports_planned import WORK, Act, iso, plan, write_csv

SALESFORCE = "0015g00000AbCdE"
CONTACTS = {"0035g00000aAaAa": "Ana Diaz", "0035g00000AaAaA": "Ben Ode"}  # the same but for case
FULL = {"0035g00000aAaAa": "0035g00000aAaAaAAK", "0035g00000AaAaA": "0035g00000AaAaAAAV"}


def salesforce(data: Path) -> list[Act]:
    """A report with ids of 15 characters and a footer; events have them of 15, people of 18."""
    acts = plan(*CONTACTS)
    rows = [{"user_id": act.who, "account_id": SALESFORCE, "event": act.what, "timestamp": iso(act.at)} for act in acts]
    write_csv(data / "salesforce/events.csv", rows)
    contacts = [
        {
            "First Name": name.split()[0],
            "Last Name": name.split()[1],
            "Title": "Rep",
            "Account Name": "Salesforce Ltd",
            "Contact ID": FULL[who],
        }
        for who, name in CONTACTS.items()
    ]
    footer = ("", "Contacts of reps", "Copyright (c) 2026 salesforce.com, inc. All rights reserved.")
    write_csv(data / "salesforce/contacts.csv", contacts, footer=footer)
    account = {"Account Name": "Salesforce Ltd", "Account Owner": "Olu", "Type": "Customer", "Account ID": SALESFORCE}
    write_csv(data / "salesforce/accounts.csv", [account], footer=footer)
    return [Act(FULL[act.who], act.at, act.what) for act in acts]


HUBSPOT = {
    "en": ("Record ID", "First Name", "Last Name", "Email", "Job Title", "Company name", "Company owner"),
    "de": (
        *("Datensatz-ID", "Vorname", "Nachname", "E-Mail", "Jobtitel", "Unternehmensname"),
        "Für Unternehmen zuständiger Mitarbeiter",
    ),
    "fr": (
        *("ID de fiche d'informations", "Prénom", "Nom", "E-mail", "Intitulé du poste", "Nom de l'entreprise"),
        "Propriétaire de l'entreprise",
    ),
    "es": (
        *("ID de registro", "Nombre", "Apellidos", "Correo", "Cargo", "Nombre de la empresa"),
        "Propietario de la empresa",
    ),
    "pt": ("ID do registro", "Nome", "Sobrenome", "E-mail", "Cargo", "Nome da empresa", "Proprietário da empresa"),
    "nl": ("Record-ID", "Voornaam", "Achternaam", "E-mail", "Functie", "Bedrijfsnaam", "Bedrijfseigenaar"),
    "ja": ("レコードID", "名", "姓", "Eメール", "役職", "会社名", "会社の担当者"),
}


def hubspot(data: Path) -> list[Act]:
    """An export in each language: contacts have their company's name, companies its id."""
    acts: list[Act] = []
    for number, (language, headers) in enumerate(HUBSPOT.items()):
        record, first, last, email, title, company, owner = headers
        user, account = f"9{number}01", f"8{number}01"
        contact = {record: user, first: "Ana", last: "Ito", email: "a@x.io", title: "Rep", company: f"Co {language}"}
        write_csv(data / f"hubspot/contacts-{language}.csv", [contact])
        write_csv(
            data / f"hubspot/companies-{language}.csv", [{record: account, company: f"Co {language}", owner: "Olu"}]
        )
        acts += plan(user)
    rows = [{"user_id": act.who, "event": act.what, "timestamp": iso(act.at)} for act in acts]
    write_csv(data / "hubspot/events.csv", rows)
    return acts


def copilot(data: Path) -> list[Act]:
    """JSON reports: counts by day with lists that repeat them; a seat that is listed twice."""
    acts = [
        Act("octo", act.at, name, times)
        for act in plan("octo")
        if act.what == WORK and act.at.hour == 9
        for name, times in (("user_initiated_interaction_count", 5), ("code_acceptance_activity_count", 2))
    ]
    days = [
        {
            "day": act.at.date().isoformat(),
            "organization_id": "99",
            "user_id": 5,
            "user_login": "octo",
            "user_initiated_interaction_count": 5,
            "code_acceptance_activity_count": 2,
            "code_generation_activity_count": 0,
            "loc_added_sum": 40,
            "totals_by_ide": [{"ide": "vscode", "user_initiated_interaction_count": 5}],
        }
        for act in plan("octo")
        if act.what == WORK and act.at.hour == 9
    ]
    (data / "copilot").mkdir()
    (data / "copilot/users.json").write_text(json.dumps({"report_start_day": "2026-06-01", "day_totals": days}))
    seats = [
        {"updated_at": "2026-05-01T00:00:00Z", "assignee": {"login": "octo", "id": 5}, "assigning_team": {"name": team}}
        for team in ("Rep", "Others")
    ]
    (data / "copilot/seats.json").write_text(json.dumps({"total_seats": 2, "seats": seats}))
    return acts


def viva(data: Path) -> list[Act]:
    """A wide row a person and week, which begins on a Sunday; hours are no counts."""
    column = "Copilot actions taken in Word"
    acts = [Act("viv-1", act.at, column, 4) for act in plan("viv-1") if act.what == WORK and act.at.hour == 9]
    rows = [
        {
            "PersonId": "viv-1",
            "MetricDate": (act.at.date() - timedelta(days=2)).isoformat(),
            column: act.times,
            "Copilot actions taken in Excel": 0,
            "Meeting hours": 7.25,
            "Organization": "viva",
            "LevelDesignation": "Rep",
        }
        for act in acts
    ]
    write_csv(data / "viva/query.csv", rows)
    return acts


def plain(data: Path) -> list[Act]:
    """Tables of nobody's with obvious names."""
    acts = plan("pla-1", "pla-2")
    rows = [
        {"User ID": act.who, "Event ID": n, "Event Name": act.what, "Event Timestamp": iso(act.at)}
        for n, act in enumerate(acts)
    ]
    write_csv(data / "plain/events.csv", rows, delimiter=";")
    people = [{"user_id": who, "account_id": "plain", "job_title": "Rep"} for who in ("pla-1", "pla-2")]
    write_csv(data / "plain/people.csv", people)
    write_csv(
        data / "plain/accounts.csv",
        [{"account_id": "plain", "account_name": "Plain Ltd", "segment": "SMB", "owner": "Olu"}],
    )
    usage = [
        {"usage_id": n, "account_id": "plain", "feature": "Reports", "usage_month": month, "times_used": times}
        for n, (month, times) in enumerate((("2026-05", 30), ("2026-06", 42)))
    ]
    write_csv(data / "plain/usage.csv", usage)
    return acts
