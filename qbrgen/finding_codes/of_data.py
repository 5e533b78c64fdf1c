"""The data, and how they fit the definitions."""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes.kind import EW, WN, E, Kind, N, W

KINDS: Mapping[str, Kind] = {
    # ---- files and columns ----
    "account-without-id": Kind(W, "A row of accounts without an id; left out.", "Fill it, or delete the row."),
    "column-missing": Kind(
        E, "A column that is mapped is not in the file.", "Write one of those that the message lists."
    ),
    "column-not-mapped": Kind(E, "Nothing says which column holds what must be known.", "Map it under `columns:`."),
    "column-twice": Kind(E, "Two columns have the same name.", "Rename one of them in the file."),
    "no-events": Kind(
        E, "There are no events: none is named, or the files hold none.", "Name them under `data: {events: …}`."
    ),
    "too-little-memory": Kind(
        E,
        "Counting takes more memory, or more room for its temporary files, than there is.",
        "Give the machine or container more, or name a folder on another disk in TMPDIR.",
    ),
    "no-rows": Kind(E, "The files of events hold no row.", "Export them again."),
    "number-not-readable": Kind(E, "A ready-made value that is no number.", "Write a number, such as 0.93 or 93%."),
    "people-without-id": Kind(W, "Rows of people without a user or an account; left out.", "Fill both ids."),
    "people-without-title": Kind(
        W, "People data with neither a job title nor a persona.", "Map `title:` or `persona:`."
    ),
    "rows-look-weekly": Kind(
        N, "Every row is of the same day of the week, without a time.", "Write `each_row: week` if a row is a week."
    ),
    "rows-not-weekly": Kind(
        W,
        "Rows are to stand for weeks, and begin on different days.",
        "Give each the first day of its week.",
        "They would count in other weeks than their own.",
    ),
    "presence-time-not-readable": Kind(
        W,
        "Rows of presence whose time cannot be read; set aside.",
        "Write times as 2026-07-31 09:30:00.",
        "Accounts that look busy, and are not, may go unseen.",
    ),
    "time-not-readable": Kind(
        EW,
        "Times that cannot be read.",
        "Write them as 2026-07-31 09:30:00, or map another column.",
        "What has no time counts in no week: active people come out as not active.",
    ),
    # ---- rows set aside ----
    "file-twice": Kind(
        W,
        "A file of events is read twice, or holds the same bytes as another, and no ids tell its rows apart.",
        "Take one of the two away, or map `id:`.",
        "What was done once counts twice.",
    ),
    "ids-repeated": Kind(
        W,
        "Most rows share their id with another; only one of each counts.",
        "Map `id:` to the id of the row.",
        "Real work is taken for copies and is not counted.",
    ),
    "rows-in-two-files": Kind(
        W,
        "Rows without an id stand in several files, as of exports that overlap.",
        "Write `same_rows: once`, map `id:`, or export without overlap.",
        "What was done once counts twice.",
    ),
    "rows-in-part-weeks": Kind(
        N, "Rows in weeks that the data hold only in part.", "Nothing: they count in no week, only in milestones."
    ),
    "rows-set-aside": Kind(N, "Rows that do not count, with the reason.", "See whether the reason is right."),
    # ---- who ----
    "account-data-end-early": Kind(
        WN,
        "The events of some accounts end well before those of the others.",
        "Find out whether nobody works there any more, or the feed broke.",
        "A broken feed looks the same as people who stopped.",
    ),
    "account-without-events": Kind(
        W,
        "No event at all came for an account.",
        "See whether its id is that of the events.",
        "Its pages say that there are no data.",
    ),
    "ids-alike": Kind(
        W,
        "Account ids that differ only by case, blanks or the 15 or 18 characters of a Salesforce id.",
        "Where they are one account, write its id alike in every file.",
        "They count as different accounts: what is counted for one is missing in the other.",
    ),
    "people-of-unknown-accounts": Kind(
        N, "People of accounts that the workspace does not have.", "Write a file for those that it should have."
    ),
    "people-without-persona": Kind(
        N,
        "People whom no persona takes, by job title.",
        "Add the titles that belong to one to its `titles:`.",
        "Their work counts for nobody.",
    ),
    "persona-without-people": Kind(
        W,
        "A persona without anyone in any account.",
        "Add the titles of its people.",
        "Its target can be neither reached nor missed.",
    ),
    "title-matches-no-one": Kind(
        N, "A pattern of a persona's `titles:` that no job title fits.", "Correct it, or take it out."
    ),
    "quarter-in-progress": Kind(
        W, "No quarter is complete yet in the data; the one in progress is told so far.", "Export a longer time."
    ),
    "unknown-people": Kind(
        W, "Users with events whom no roster knows.", "Add them to the people data.", "Their work counts for nobody."
    ),
    "user-ids-alike": Kind(
        W,
        "Two people of one account, or a user whom no roster knows and a person, whose ids differ only by case, blanks "
        "or as an e-mail address.",
        "Write the id alike in both.",
        "The person counts as not active, and their work for nobody.",
    ),
    "values-left-out": Kind(
        N,
        "Rows of ready-made values without an account, a metric, a time or a figure; left out.",
        "Fill these cells, or delete the rows.",
    ),
    "values-after-as-of": Kind(
        N,
        "Ready-made values of a time after the as-of date; left out.",
        "Nothing: they count when it has come to them.",
    ),
    "values-of-zero": Kind(
        N,
        "Rows of ready-made values whose denominator is 0.",
        "Correct it, or leave it where nothing happened.",
    ),
    "values-of-unknown-accounts": Kind(
        N,
        "Ready-made values of accounts that the workspace does not have; left out.",
        "Write the account's id as in its file.",
    ),
    # ---- what ----
    "chain-of-days": Kind(
        W,
        "Events of a chain came in rows of a day: what came first on one day is not known.",
        "Export single events where that matters.",
    ),
    "chain-of-weeks": Kind(
        W,
        "Events of a chain came in rows that stand for more than a day.",
        "Export single events, or use `frequency:`.",
        "Nobody knows the order of what such a row holds: it completes no chain.",
    ),
    "months-for-days": Kind(
        E, "A milestone is counted from rows that stand for a month.", "Export rows of a day, or single events."
    ),
    "months-for-weeks": Kind(
        EW,
        "A workflow of a persona that works by the week is counted from rows that stand for a month.",
        "Write `rhythm: month` for the persona, or export rows of a day or a week.",
        "A person would seem to work in one week of each month only.",
    ),
    "event-never-occurs": Kind(
        W,
        "A workflow counts an event that no row has.",
        "Correct its name: the message offers the nearest.",
        "The workflow comes out as not met, or as no data, in every account.",
    ),
    "events-of-presence": Kind(
        N, "Events that show presence only (logins, views), which no workflow counts.", "Nothing: they are no work."
    ),
    "events-unused": Kind(
        N,
        "Events that no workflow counts, by how often they occur.",
        "See whether one of them is work that produces the outcome.",
    ),
    "metric-unused": Kind(
        N, "A metric of the values that no workflow uses.", "Name it in a workflow's `value:`, or leave it."
    ),
    # ---- when ----
    "as-of-beyond-data": Kind(
        W,
        "The as-of date lies well after the last event.",
        "Set an earlier one.",
        "The days between would count as silence: everyone seems to have stopped.",
    ),
    "data-stale": Kind(
        WN,
        "The as-of date lies well before today, or before the end of the period.",
        "Export newer data.",
        "What has happened since is not in any figure.",
    ),
    "no-full-day": Kind(
        E, "The last day to count lies before the first day of the data.", "Set a later as-of date, or none."
    ),
    "period": Kind(E, "A period that cannot be read.", "Write it as 2026-Q3."),
    "period-without-data": Kind(E, "The data hold nothing of the period.", "Choose another, or export a longer time."),
    # ---- asked for on the command line ----
    "ambiguous-account": Kind(E, "Several accounts have the name that was typed.", "Write the id."),
    "unknown-account": Kind(
        EW, "There is no account of that id or name.", "Write one of those that the message lists."
    ),
    # ---- the backtest's table of outcomes ----
    "account-without-outcome": Kind(W, "Accounts of which the table does not say what became of them.", "Add them."),
    "lost-later": Kind(W, "Losses dated after the last day of which anything is known.", "They count as not lost yet."),
    "no-account-known": Kind(
        E, "The table of outcomes knows no account of the workspace.", "Write the ids as in the accounts' files."
    ),
    "table-without-rows": Kind(E, "The table of outcomes has no rows.", "Add a row an account."),
    "too-little-history": Kind(E, "The data do not reach back far enough for a backtest.", "Export a longer time."),
}
