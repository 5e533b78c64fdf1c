"""Words of event names: what is no work, and how what is work may be said in English."""

from __future__ import annotations

from qbrgen.draft.title_words import word_set

# A word in an event's name → why it is no work that produces an outcome. Presence has its own list (define/presence).
# Only words that are never the work itself: an invoice, a survey, a role or a plan is what some products are for.
NO_WORK = {
    "the product does it by itself": """notification notifications notified synced sync heartbeat automatic cron webhook
        bounced expired loaded rendered initialized impression received identify identified""",
    "something went wrong": "failed failure fail error errors crashed crash exception timeout rage",
    "it is upkeep of the account": """password 2fa mfa sso otp signup unsubscribed consent cookie avatar trial upgraded
        downgraded registered onboarding""",
    "something is undone": """deleted removed disabled reopened undone reverted disconnected deactivated uninstalled
        dismissed""",
    "the product shows or asks something": "nps csat tour tooltip banner popup modal",
}

# Of wide exports: columns of time spent, of networks, of scores and of days in use.
NO_COUNT = {
    "it is time spent, not work done": "hours hour minutes minute seconds duration time span multitasking",
    "it tells who someone meets, not what they do": "network size connections",
    "it is a day in use: being there": "days day",
    "it is a setting or an identifier, not a count": "id phase version number index level flag year quarter month week",
    "it is an amount, not work done": "credits cost price amount revenue fee bytes size mb kb",
}

# Looking is work in few products: such events come last.
LOOKING = word_set(
    "viewed opened clicked seen hovered scrolled selected focused toggled expanded visited searched view open click"
)

# Past participles that do not end in "ed" → the past tense.
PAST = {
    "sent": "sent",
    "made": "made",
    "run": "ran",
    "built": "built",
    "taken": "took",
    "written": "wrote",
    "given": "gave",
    "done": "did",
    "held": "held",
    "read": "read",
    "set": "set",
    "put": "put",
    "won": "won",
    "bought": "bought",
    "sold": "sold",
    "met": "met",
    "found": "found",
    "chosen": "chose",
    "kept": "kept",
    "drawn": "drew",
    "shown": "showed",
    "begun": "began",
    "taught": "taught",
    "caught": "caught",
    "spent": "spent",
}

ACRONYMS = word_set(
    """api crm sql pdf csv ui url ai bi kpi okr sla sop rfp rfq po erp pos sms ide pr qr hr it id faq roi ppt html json
    xml vpn cad gpt seo"""
)

# A name that begins with one of these is that of a button or a feature: it is used.
TO_DO = word_set(
    """add create close open edit save export import send share view delete run build invite assign upload download
    enable search filter start finish complete submit approve book schedule call write read publish generate update
    new select click apply copy move merge sort set use summarise summarize draft"""
)
