"""GitHub Copilot: the users' 28-day report and the seats, as the API gives them."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

EXPORTS = (
    Export(
        name="copilot",
        called="GitHub Copilot: metrics by user and day",
        get="The Copilot usage metrics API: `organization-users-28-day-report.json`, or JSON lines of the same rows.",
        needs=(
            ("day",),
            ("user_login", "user_id"),
            ("user_initiated_interaction_count", "code_generation_activity_count"),
        ),
        knows=("organization_id", "enterprise_id", "totals_by_ide", "totals_by_feature", "used_chat", "loc_added_sum"),
        columns={
            "events": {
                "time": ("day",),
                "user": ("user_login", "user_id"),
                "account": ("organization_id", "enterprise_id"),
            }
        },
        counts=("*_interaction_count", "*_activity_count", "*_acceptance_count", "*_request_count", "*_session_count"),
        each_row="day",
        traps=(
            "Lists inside a row (`totals_by_ide`, `totals_by_feature` …) split the same counts again: adding them up "
            "counts twice, so only the row's own counts are taken.",
            "Lines of code (`loc_…`) and credits are amounts, not things that a person did.",
            "One report is one organisation: where all of it is one account, write `account:` beside `file:`.",
        ),
    ),
    Export(
        name="copilot-seats",
        called="GitHub Copilot: seats",
        get="The API of Copilot seats (`/orgs/…/copilot/billing/seats`).",
        needs=(("assignee.login",), ("assignee.id", "plan_type", "last_activity_at", "pending_cancellation_date")),
        knows=("created_at", "updated_at", "last_activity_editor", "assigning_team.name", "assignee.type"),
        columns={
            "people": {
                "user": ("assignee.login",),
                "account": ("organization.login", "organization.id"),
                "name": ("assignee.name", "assignee.login"),
                "title": ("assigning_team.name",),
                "updated": ("updated_at", "created_at"),
            }
        },
        traps=(
            "Whoever has a seat through two teams is listed twice: one row counts.",
            "A team stands where the job title would: it is what GitHub knows of a person's work.",
            "No column says which account: write `account:` beside `file:`.",
        ),
    ),
)
