"""Viva Insights: the person query, a row a person and week, a column a measure."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

EXPORTS = (
    Export(
        name="viva-insights",
        called="Viva Insights: person query by week",
        get="Analyst workbench > Person query, by week, with the Copilot metrics; saved as CSV.",
        needs=(("PersonId",), ("MetricDate",)),
        knows=(
            "Organization",
            "LevelDesignation",
            "FunctionType",
            "SupervisorIndicator",
            "Email_hours",
            "Meeting_hours",
        ),
        columns={
            "events": {"time": ("MetricDate",), "user": ("PersonId",), "account": ("Organization",)},
            "people": {
                "user": ("PersonId",),
                "account": ("Organization",),
                "title": ("LevelDesignation", "Level Designation", "FunctionType", "Function Type"),
                "updated": ("MetricDate",),
            },
        },
        counts=("*actions taken*",),
        each_row="week",
        traps=(
            "Columns of actions (`… actions taken …`) are counts. Hours, sizes of networks, days of active usage and "
            "survey scores are no counts of things done, and are left out; add what you need under `event_columns:`.",
            "Emails sent, meetings and chats are work in general, not work in the product that was bought.",
            "`MetricDate` is the Sunday on which the week begins; it counts in the ISO week that has most of its days.",
            "One export is one company: `Organization` is a department there. Where all of it is one account, write "
            "`account:` beside `file:`.",
        ),
    ),
)
