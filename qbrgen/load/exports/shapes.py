"""Tables of no vendor that are known by the obvious names of their columns. They come last: every vendor goes first."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_USER = ("user_id", "userid", "user", "user_key", "user_uuid", "person_id", "member_id", "employee_id", "actor_id")
_ACCOUNT = (
    *("account_id", "account", "account_key", "company_id", "organization_id", "organisation_id", "org_id"),
    *("customer_id", "tenant_id", "workspace_id", "client_id"),
)
_EVENT = ("event_name", "event", "event_type", "action", "activity", "activity_type", "event_key")
_TIME = (
    *("event_timestamp", "timestamp", "event_time", "occurred_at", "event_date", "time", "ts", "datetime"),
    *("created_at", "date", "day"),
)
_FEATURE = ("feature", "feature_name", "metric", "metric_name", "module")
_MONTH = ("usage_month", "month", "usage_period", "period_month", "usage_date")
_TIMES = ("times_used", "usage_count", "count", "uses", "usage", "value", "n", "total")
_ACCOUNT_FACTS = (
    *("account_name", "company_name", "customer_name", "organization_name", "industry", "segment", "arr", "mrr"),
    *("annual_recurring_revenue", "estimated_annual_recurring_revenue", "owner", "csm", "account_owner"),
    *("renewal_date", "company_size", "plan"),
)
_TICKET = ("ticket_id", "case_id", "case_number")
_DEAL = ("deal_id", "opportunity_id")

EXPORTS = (
    Export(
        general=True,
        name="deals",
        called="deals or opportunities",
        get="A CRM's table of deals.",
        needs=(_DEAL, ("stage", "stage_name", "deal_stage", "amount")),
        columns={},
        goes_before=("accounts",),
        unused="Deals tell what was bought, not what people do. Their amounts are no recurring revenue.",
    ),
    Export(
        general=True,
        name="tickets",
        called="support tickets",
        get="A help desk's table of tickets.",
        needs=(_TICKET, ("priority", "category", "resolved", "status", "resolution_hours", "subject")),
        columns={},
        goes_before=("accounts",),
        unused="Tickets are no work in the product, and name no one who did it.",
    ),
    Export(
        general=True,
        name="events",
        called="events: a person, an event name, a time",
        get="Any table with a row an event.",
        needs=(_USER, _EVENT, _TIME),
        knows=("event_id", *_ACCOUNT),
        columns={
            "events": {
                "time": _TIME,
                "user": _USER,
                "account": _ACCOUNT,
                "event": _EVENT,
                "value": ("num_events", "event_count", "occurrences"),
                "id": ("event_id", "event_uuid", "insert_id", "message_id"),
            }
        },
        joins="Without a column of accounts, the account of a person comes from the table of people.",
        traps=("`event_id` is taken as the id of the row: one that comes twice counts once.",),
    ),
    Export(
        general=True,
        name="account-events",
        called="events of accounts, without people",
        get="A table of milestones of accounts (signed up, upgraded).",
        needs=(_ACCOUNT, _EVENT, _TIME),
        knows=("event_id",),
        lacks=_USER,
        columns={},
        unused="It does not say who did it: an event without a person completes no workflow.",
    ),
    Export(
        general=True,
        name="feature-usage",
        called="feature usage by account and month",
        get="A table with a row an account, feature and month.",
        needs=(_ACCOUNT, _FEATURE, _MONTH, _TIMES),
        knows=("usage_id",),
        lacks=_USER,
        columns={"values": {"account": _ACCOUNT, "metric": _FEATURE, "time": _MONTH, "value": _TIMES}},
        traps=("It does not say who: it can be a ready-made value of a workflow, and nobody is active or not by it.",),
    ),
    Export(
        general=True,
        name="people",
        called="people: a person, an account, a job title",
        get="Any table with a row a person.",
        needs=(_USER, (*_ACCOUNT, "email", "full_name"), ("job_title", "title", "role", "position", "persona")),
        knows=("email", "name", "full_name", "first_name", "last_name"),
        lacks=(*_EVENT, *_DEAL, *_TICKET),
        columns={
            "people": {
                "user": _USER,
                "account": _ACCOUNT,
                "name": ("full_name", "name", "display_name", "first_name", "last_name", "email"),
                "last_name": ("last_name", "surname"),
                "title": ("job_title", "title", "role", "position"),
                "persona": ("persona",),
                "from": ("seat_from", "start_date"),
                "to": ("seat_to", "end_date"),
            }
        },
        goes_before=("accounts",),
        traps=("The day on which a user was created is not the day on which they took the seat: it is not mapped.",),
    ),
    Export(
        general=True,
        name="accounts",
        called="accounts: an id and what is known of it",
        get="Any table with a row an account.",
        needs=(_ACCOUNT, _ACCOUNT_FACTS),
        lacks=(*_USER, *_EVENT, *_DEAL, *_TICKET, *_FEATURE),
        columns={
            "accounts": {
                "account": _ACCOUNT,
                "name": ("account_name", "company_name", "customer_name", "organization_name", "name"),
                "owner": ("csm", "owner", "account_owner", "csm_name", "owner_name"),
                "segment": ("segment", "customer_segment", "tier", "company_size"),
                "arr": ("arr", "annual_recurring_revenue", "estimated_annual_recurring_revenue"),
                "currency": ("currency", "arr_currency"),
                "renewal": ("renewal_date", "renewal", "contract_end_date"),
                "playbook": ("playbook",),
            }
        },
        traps=("MRR is a month's revenue: it is not taken for the annual one.",),
    ),
    Export(
        general=True,
        name="wide",
        called="counts by person and day, week or month: a column a measure",
        get="Any table with a row a person and day, week or month.",
        needs=((*_USER, "PersonId", "user_login"), ("day", "date", "week", "month", "week_start", "metric_date")),
        lacks=(*_EVENT, *_FEATURE),
        columns={
            "events": {
                "time": ("day", "date", "week_start", "week", "metric_date", "month"),
                "user": (*_USER, "PersonId", "user_login"),
                "account": _ACCOUNT,
            }
        },
        counts=("*_count", "*_counts", "num_*", "*_actions", "*_created", "*_sent", "*_completed"),
        traps=(
            "Say what a row stands for with `each_row: day`, `week` or `month`, and which columns are counts under "
            "`event_columns:`.",
        ),
    ),
)
