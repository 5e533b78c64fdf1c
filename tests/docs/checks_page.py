"""docs/checks.md, made from the code: what `qbrgen check` tells, and every kind of finding there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qbrgen.finding_codes import GROUPS
from qbrgen.finding_codes.kind import Kind

_OPENING = """# What `qbrgen check` tells

Made from the code by `pytest tests/docs --update-golden`; do not edit.

```
qbrgen check                     every problem at once, in definitions and data
qbrgen check -v                  without leaving any out
qbrgen check --strict            warnings are errors: for a script that must not go on
qbrgen check --json              the same for a machine
qbrgen check --what-if FILE      what a changed playbook, account or settings file would change
```

Each finding has a place (`accounts/acme.yml:12`, or file and row of a table), a level, what is wrong, why it matters
and what to write instead. Errors come first, then warnings, then notes, each by file and line. Of one kind the first
few are shown (20 errors, 5 warnings, 5 notes), and how many more there are; why it matters stands once, beside the
first.

| level | means |
|---|---|
| error | nothing can be made, or this account cannot: it is set aside, and all others are made |
| warning | something is made, and a figure in it may not be what you think |
| note | good to know; nothing has to be done |

| exit code | means |
|---|---|
| 0 | everything can be made; there may be warnings |
| 1 | some accounts were set aside, the others can be made |
| 2 | nothing can be made; with `--strict`: there is a warning, or an account was set aside |

## The balance

At its end stands where every event row went. It adds up: rows read = rows counted + rows in part weeks + rows set
aside, each with its reason. Below it are the rows that are counted and yet are in nobody's figures, because their user
is in no roster or in no persona, or no workflow counts their event (a row may be under two of these); and where there
are several files, the rows read and set aside of each.

| reason | means |
|---|---|
| duplicate id | another row with the same id counts |
| the same row in another file | it counts there: `same_rows: once` was written |
| the header again | exports were put together in one file; it is no row |
| time not readable | no week can be named for it |
| no user, no account, no event name | the cell is empty |
| unknown account | the workspace has no account of this id |
| account set aside | its account has an error, and counts as soon as that is mended |
| value not readable, value of 0 or less | it stands for no occurrence |
| before the data start, after the as-of date | outside the days that the data cover |

## Ids that are nearly the same

Account ids of accounts' files, accounts table, people, events and values are held against each other, and so are the
user ids of events and people. Ids that differ only by case or blanks, by the 15 or 18 characters of a Salesforce id,
or as a name and its e-mail address are told with both forms and their places. They are told, never joined.

## Old data

| what | told as |
|---|---|
| the as-of date is over 45 days ago (`rules: {data_stale_days: 45}`) | a warning; a note where `as_of:` is set |
| the data end before the period asked for does | a warning, up to a week a note |
| an account is silent for two weeks while others go on, twice as long as ever before | a warning; a note if many are |

"Today" is the clock's, or that of SOURCE_DATE_EPOCH. Where `--period` or `--as-of` is given, old data are what was
asked for, and nothing is told of today.

## Drafts

`draft: true` says that nobody has confirmed a definition yet. It may stand in qbrgen.yml, at the top of a playbook or
of an account's file, in a persona, in a workflow, and in an account's override of these. Every account that uses a
draft is one: each slide and page made for it says DRAFT, a portfolio says which accounts are drafts, and `check` tells
once a file what is a draft in it, with the lines of its comments `# to confirm: …`. Take `draft: true` out when it is
right.

## `--json`

```
{
  "findings": [
    {
      "level": "error | warning | note",
      "code": "target-is-a-word",            one of those below
      "what": "…", "why": "…", "fix": "…",   sentences; why and fix may be ""
      "file": "playbooks/sales.yml",         null where there is none
      "line": 12,                            null for a whole file
      "account": "acme"                      null where it is not one account's
    }
  ],
  "set_aside": ["beta"],                     ids of accounts that cannot be made
  "period": "2026-Q3", "as_of": "2026-09-30",
  "accounts": 8,                             how many can be reviewed
  "drafts": ["acme"],
  "balance": {                               null, as period and as_of, where nothing could be counted
    "read": 16125,                           = the next three + all of set_aside
    "counted_in_period": 7981,
    "counted_in_other_periods": 7498,
    "in_part_weeks": 615,
    "set_aside": {"duplicate id": 7},
    "count_for_nobody": {"unknown_people": 5, "no_persona": 0, "no_workflow": 0},
    "files": {                               by file; what a database sets aside is in the total alone
      "data/events.csv": {"read": 16125, "set_aside": {"duplicate id": 7}}
    }
  }
}
```

Codes are stable. Findings and keys may be added.

# Every finding

A preview of a theme is looked through for the signs of a generated document ([lint](lint.md)): these are told as
`preview-` and the name of the sign.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_OPENING, *(line for title, kinds in GROUPS.items() for line in _table(title, kinds))])


def _table(title: str, kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| code | level | means | what to do |\n|---|---|---|---|"
    for code, kind in sorted(kinds.items()):
        means = f"{kind.means} {kind.why}".strip()
        yield f"| `{code}` | {kind.levels} | {_cell(means)} | {_cell(kind.do)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
