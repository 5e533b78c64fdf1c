"""What rows that stand for a day or a month cannot tell, and which workflows ask for it.

A row of a month belongs to the months of a persona and to nothing shorter; what happened on one day has no order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import ibis

from qbrgen.define.model.playbook import Chain, Milestone, Persona, ReadyMade, Share, Workflow
from qbrgen.define.model.sources import EachRow
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, Level
from qbrgen.load.nearest import listed
from qbrgen.measure.expression import Fate
from qbrgen.measure.findings import event_names
from qbrgen.period import Rhythm

Pairs = Collection[tuple[str, str]]


def pairs_in(rows: ibis.Table, files: Sequence[Any], each_row: EachRow, frame: Callable[[ibis.Table], Any]) -> Pairs:
    """(account, event) of the rows that stand for this long. rows: dated, their `source` being a number of `files`.
    frame: how an expression is run."""
    sources = [number for number, file in enumerate(files) if file.table.each_row is each_row]
    if not sources:
        return ()
    kept = rows.filter(rows.source.isin(sources), rows.fate == int(Fate.COUNTED), rows.account.notnull())
    found = frame(kept.filter(kept.event.notnull()).select("account", "event").distinct())
    return set(zip(found["account"], found["event"], strict=True))


def long_row_findings(definitions: Definitions, of_days: Pairs, of_months: Pairs) -> list[Finding]:
    """An error for each workflow that asks for a time of which rows of a month tell nothing; a warning for each that
    they tell only in part. Each once, at the place where it is written."""
    found: dict[str, Finding] = {}
    for account in definitions.accounts.values():
        for persona in account.personas:
            for workflow in persona.workflows:
                names = event_names(workflow)
                months = [name for name in names if (account.id, name) in of_months]
                days = [name for name in names if (account.id, name) in of_days]
                own = f"account/{account.id}/overrides/{persona.id}/{workflow.id}"
                place = own if own in definitions.where else f"playbook/{account.playbook}/{persona.id}/{workflow.id}"
                for finding in _of_workflow(definitions, place, persona, workflow, months, days):
                    found.setdefault(f"{place} {finding.code}", finding)
    return list(found.values())


def _of_workflow(
    definitions: Definitions, place: str, persona: Persona, workflow: Workflow, months: list[str], days: list[str]
) -> Iterator[Finding]:
    where = definitions.where.get(place)
    called = f"the workflow '{workflow.id}' of '{persona.id}'"
    if days and isinstance(workflow.measure, Chain):
        what = (
            f"{called} is a chain, and {listed(days)} comes in rows of a day: what came first on one day is not known."
        )
        fix = "Events of the same day are taken in the order of their names; export single events where that matters."
        yield Finding(Level.WARNING, "chain-of-days", _capital(what), fix, where)
    if not months or isinstance(workflow.measure, Chain | ReadyMade):
        return
    if isinstance(workflow.measure, Milestone):
        what = f"{called} is reached within days, and {listed(months)} comes in rows that stand for a month."
        fix = "Export it by day or as single events; or count it by `frequency:` for a persona with `rhythm: month`."
        yield Finding(Level.ERROR, "months-for-days", _capital(what), fix, where)
    elif persona.rhythm is not Rhythm.MONTH:
        unit = "week" if persona.rhythm is Rhythm.WEEK else "two weeks"
        if isinstance(workflow.measure, Share):
            what = f"{called} is a share and right; but {listed(months)} comes in rows that stand for a month, so that "
            what += f"its people seem to work in one {unit} of each month only."
            fix = f"Write `rhythm: month` for '{persona.id}', or export events or rows of a day or a week."
            yield Finding(Level.WARNING, "months-for-weeks", _capital(what), fix, where)
        else:
            what = f"{called} is counted for each {unit}, and {listed(months)} comes in rows that stand for a month."
            fix = f"Write `rhythm: month` for '{persona.id}', or export events or rows of a day or a week."
            yield Finding(Level.ERROR, "months-for-weeks", _capital(what), fix, where)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
