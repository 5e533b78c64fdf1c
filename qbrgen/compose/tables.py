"""Tables: gaps with their plans, planned actions, the agreement, the receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from qbrgen.compose.charts import counted_from
from qbrgen.compose.people import persona_label
from qbrgen.compose.room import row_lines
from qbrgen.compose.told import OUTCOME, Told
from qbrgen.document import Cell, Column, Notes, Status, Table
from qbrgen.narrate.commitments import key_of
from qbrgen.narrate.wording import capital
from qbrgen.score.commitment import Commitment, CommitmentState
from qbrgen.score.picture import Gap, PersonaPicture, PlannedAction
from qbrgen.score.states import GapKind

PEOPLE_GAPS = frozenset({GapKind.NOT_YET_ACTIVE, GapKind.LAPSED, GapKind.OCCASIONAL})
# What is counted over the quarter as a whole, and may have no beginning of its own.
OF_THE_QUARTER = frozenset({GapKind.OFF_TARGET, GapKind.OCCASIONAL})

# More kept promises than these are not named in the one row that they share.
MOST_KEPT_NAMED = 8

PROMISE_STATUS = {
    CommitmentState.MISSED: Status.NOT_MET,
    CommitmentState.NOT_MEASURABLE: Status.NO_DATA,
    CommitmentState.OPEN: Status.NOT_APPLICABLE,
    CommitmentState.KEPT: Status.MET,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of the most urgent, and how many more there are that it does not show."""

    table: Table
    more: int


def ranked_gaps(told: Told) -> list[Gap]:
    """Gaps that have words, most urgent first; equals stay in the picture's order."""
    said = [gap for gap in told.picture.gaps if told.text(f"gap-short:{gap.key}")]
    return sorted(said, key=lambda gap: -gap.weight)


def customer_gaps(told: Told, most: int) -> Listed | None:
    """What is not working yet: what, since when, and what we do about it. None when there is no gap."""
    gaps = ranked_gaps(told)
    if not gaps:
        return None
    columns: tuple[Column, ...] = (
        Column(told.say("column-gap"), 0.48),
        Column(told.say("column-since"), 0.14, nowrap=True),
        Column(told.say("column-plan"), 0.38),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _named(told, told.text(f"gap-short:{gap.key}"), gap.workflow, who=_who(told, gap), strong=True),
            Cell(_since(told, gap)),
            Cell(capital(told.text(f"gap-plan:{gap.key}")) or told.say("no-plan")),
        )
        for gap in gaps[:most]
    )
    if not any(row[1].text for row in rows):  # none has a beginning: no column of blanks
        columns, rows = (columns[0], columns[2]), tuple((row[0], row[2]) for row in rows)
    table = Table(columns, rows, _alt_gaps(told, gaps[:most]), legible=True)
    return Listed(table, len(gaps) - len(rows))


def leadership_gaps(told: Told, least: int, most: int, room: float) -> Listed | None:
    """Gaps with since, plan, and its owner above its date: names are long, dates are not, and the plan needs the room.

    Who is not active stands with the people, so it is not said again here. least: rows that are shown in any case;
    room: lines of body text that the table may take with further ones, `most` in all.
    """
    gaps = ranked_gaps(told)
    if not gaps:
        return None
    columns: tuple[Column, ...] = (
        Column(told.say("column-gap"), 0.40),
        Column(told.say("column-since"), 0.12, nowrap=True),
        Column(told.say("column-plan"), 0.32),
        Column(told.say("column-owner-by"), 0.16, nowrap=True),
    )
    every = [_leadership_gap(told, gap) for gap in gaps[:most]]
    rows = tuple(every[: max(least, _that_fit(every, columns, room))])
    if not any(row[-1].text for row in rows):  # no plan at all: nobody's name to leave room for
        columns, rows = columns[:-1], tuple(row[:-1] for row in rows)
    return Listed(Table(columns, rows, _alt_gaps(told, gaps[: len(rows)])), len(gaps) - len(rows))


def _that_fit(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column], room: float) -> int:
    """How many of the first rows stand in `room` lines, with the section's heading and the line about the rest."""
    taken = [row_lines([(f"{cell.text} {cell.sub}", column.width) for cell, column in zip(row, columns, strict=True)])
             for row in rows]  # fmt: skip
    return sum(5.0 + each <= room for each in accumulate(taken))


def _alt_gaps(told: Told, gaps: Sequence[Gap]) -> str:
    without = [told.text(f"gap-short:{gap.key}") for gap in gaps if gap.action is None]
    return told.say("alt-gaps", count=len(gaps), planned=len(gaps) - len(without), without=without)


def _leadership_gap(told: Told, gap: Gap) -> tuple[Cell, ...]:
    what = Cell(
        told.text(f"gap-short:{gap.key}"),
        strong=True,
        sub="" if gap.kind in PEOPLE_GAPS else _who(told, gap),
        note=str(told.receipts.get(gap.receipt, "")),
    )
    if gap.action is None:
        plan = capital(told.text(f"gap-plan:{gap.key}")) or told.say("no-plan")
        return what, Cell(_since(told, gap)), Cell(plan), Cell("")
    action = gap.action.action
    day = told.day(action.due) if action.due else told.say("date-not-set")
    return (
        what,
        Cell(_since(told, gap)),
        Cell(action.action),
        Cell(
            action.owner or told.say("owner-not-set"),
            sub=told.say("day-overdue", day=day) if gap.action.overdue else day,
        ),
    )


def _named(told: Told, text: str, workflow_id: str, *, who: str = "", strong: bool = False) -> Cell:
    """A gap as a row names it: of a workflow with a value its name, the figures below; of anything else its text."""
    for workflow in told.picture.workflows:
        value = told.text(f"workflow-value:{workflow.id}")
        if workflow.id == workflow_id and value and text == capital(told.text(f"workflow-short:{workflow.id}")):
            facts = {"value": value, "target": told.text(f"workflow-target:{workflow.id}")}
            counts = counted_from(told, workflow)
            sub = told.say("value-counts-and-target", counts=counts, **facts) if counts else ""
            return Cell(capital(workflow.name), strong=strong, sub=sub or told.say("value-and-target", **facts))
    return Cell(text, strong=strong, sub=who or counts_of(told, workflow_id))


def counts_of(told: Told, workflow_id: str) -> str:
    """The counts behind the percentage of a workflow that a row speaks of; "" when it speaks of none."""
    return next((counted_from(told, each) for each in told.picture.workflows if each.id == workflow_id), "")


def _who(told: Told, gap: Gap) -> str:
    """Who it is about; where names are not agreed, the gap itself says how many."""
    if gap.kind in PEOPLE_GAPS and not told.picture.names_agreed:
        return ""
    return capital(told.text(f"gap-who:{gap.key}"))


def _since(told: Told, gap: Gap) -> str:
    """Since when; a figure of the period without a beginning of its own stands for this quarter."""
    if gap.since is not None:
        day = told.day(gap.since)
        return told.say("at-least-since", day=day) if gap.at_least else day
    return capital(told.say("this-quarter")) if gap.kind in OF_THE_QUARTER else ""


# ---- the plan -------------------------------------------------------------------------------------------------------


def open_actions(told: Told) -> list[PlannedAction]:
    """Actions still to be done, soonest first, those without a date last."""
    still = [planned for planned in told.picture.actions if planned.action.done_on is None]
    return sorted(still, key=lambda planned: planned.action.due or date.max)


def plan_table(told: Told, actions: Sequence[PlannedAction]) -> Table:
    """Action, what it closes, owner, date; a missing owner or date says so."""
    columns = (
        Column(told.say("column-action"), 0.38),
        Column(told.say("column-closes"), 0.30),
        Column(told.say("column-owner"), 0.18, nowrap=True),
        Column(told.say("column-by"), 0.14, nowrap=True),
    )
    rows = tuple(
        (
            Cell(planned.action.action, strong=True),
            _named(told, capital(told.text(f"action-closes:{planned.action.id}")), planned.action.closes),
            Cell(planned.action.owner or capital(told.say("not-set"))),
            Cell(capital(told.day(planned.action.due)), sub=told.say("overdue") if planned.overdue else ""),
        )
        for planned in actions
    )
    return Table(columns, rows, alt_plan(told, actions), legible=True)


def alt_plan(told: Told, actions: Sequence[PlannedAction]) -> str:
    """A table of these actions in words: how many, the first date, how many are overdue or lack an owner or a date."""
    first = next((planned.action.due for planned in actions if planned.action.due), None)
    return told.say(
        "alt-plan",
        count=len(actions),
        first=told.day(first) if first else "",
        overdue=sum(planned.overdue for planned in actions),
        open=sum(not (planned.action.owner and planned.action.due) for planned in actions),
    )


# ---- what was promised last time ------------------------------------------------------------------------------------


def promises_table(told: Told, promises: Sequence[Commitment], most: int) -> Table:
    """What was promised, its target or date, what came of it, and the state as a shape and a word.

    The order is that of the picture: the missed ones first. Of more than `most` rows the last kept ones become one
    that names them; whatever was not kept has its row in any case.
    """
    columns = (
        Column(told.say("column-promised"), 0.44),
        Column(told.say("column-promised-target"), 0.15, nowrap=True),
        Column(told.say("column-came"), 0.27),
        Column(told.say("column-state"), 0.14, nowrap=True),
    )
    kept = [each for each in promises if each.state is CommitmentState.KEPT]
    others = [each for each in promises if each.state is not CommitmentState.KEPT]
    room = len(kept) if len(promises) <= most else max(0, most - len(others) - 1)
    rows = [_promise_row(told, each) for each in (*others, *kept[:room])]
    folded = kept[room:]
    if len(folded) == 1:  # a row either way
        rows.append(_promise_row(told, folded[0]))
    elif folded:
        state = Cell(told.text(f"commitment-state:{key_of(folded[0])}"), status=Status.MET)
        rows.append((Cell(_kept_too(told, folded)), Cell(""), Cell(""), state))
    missed = [told.text(f"commitment-what:{key_of(each)}") for each in others if each.state is CommitmentState.MISSED]
    alt = told.say("alt-promises", count=len(promises), kept=len(kept), missed=missed)
    return Table(columns, tuple(rows), alt, legible=True)


def _kept_too(told: Told, folded: Sequence[Commitment]) -> str:
    """ "Four more: A, B, C and D"; of very many the last are counted."""
    named = [told.text(f"commitment-what:{key_of(each)}") for each in folded[:MOST_KEPT_NAMED]]
    more = len(folded) - len(named)
    names = told.wording.commas(named) if more else told.wording.listing(named)
    return capital(told.say("kept-too", n=len(folded), names=names, more=more))


def _promise_row(told: Told, promise: Commitment) -> tuple[Cell, ...]:
    def said(part: str) -> str:
        return told.text(f"commitment-{part}:{key_of(promise)}")

    return (
        Cell(said("what"), strong=True, sub=said("who")),
        Cell(said("target"), sub=said("then")),
        Cell(told.say("came-and-counts", came=said("came"), counts=said("counts"))),
        Cell(said("state"), status=PROMISE_STATUS[promise.state]),
    )


# ---- the agreement --------------------------------------------------------------------------------------------------


def agreement_table(told: Told, most_rows: int) -> Table | None:
    """Personas with their targets, and each workflow with its target; a row a persona where that gets too long."""
    picture = told.picture
    if not picture.workflows:
        return None
    if len(picture.workflows) > most_rows:
        return _by_persona(told)
    columns = (
        Column(told.say("column-persona"), 0.36),
        Column(told.say("column-workflow"), 0.48),
        Column(told.say("column-target"), 0.16, align="right", nowrap=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for persona in picture.personas:
        for place, workflow in enumerate(picture.workflows_of(persona.id)):
            target = told.text(f"workflow-target:{workflow.id}")
            rows.append((_who_agreed(told, persona, place), Cell(capital(workflow.name)), Cell(target)))
    return Table(columns, tuple(rows), _alt_agreement(told), small=True)


def _who_agreed(told: Told, persona: PersonaPicture, place: int) -> Cell:
    """A persona at the head of its rows, its own target on the second of them (of a single one: below its name)."""
    target = capital(told.text(f"target:{persona.id}"))
    if place:
        return Cell("", sub=target if place == 1 else "", continues=True)
    alone = len(told.picture.workflows_of(persona.id)) == 1
    return Cell(persona_label(persona), strong=True, sub=target if alone else "")


def _by_persona(told: Told) -> Table:
    columns = (
        Column(told.say("column-persona"), 0.34),
        Column(told.say("column-workflows"), 0.66),
    )
    rows = []
    for persona in told.picture.personas:
        named = [
            told.say("workflow-and-target", name=name, target=told.text(f"workflow-target:{workflow.id}"))
            for workflow in told.picture.workflows_of(persona.id)
            for name in [capital(workflow.name)]
        ]
        who = Cell(persona_label(persona), strong=True, sub=capital(told.text(f"target:{persona.id}")))
        first, *others = named or [capital(told.say("not-set"))]
        rows.append((who, Cell(first, lines=tuple(others))))
    return Table(columns, tuple(rows), _alt_agreement(told))


def _alt_agreement(told: Told) -> str:
    who = [
        told.say(
            "alt-agreed", persona=persona_label(persona), target=told.text(f"target:{persona.id}"), n=len(workflows)
        )
        for persona in told.picture.personas
        if (workflows := told.picture.workflows_of(persona.id))
    ]
    return told.say("alt-agreement", who=told.wording.clauses(who))


# ---- receipts -------------------------------------------------------------------------------------------------------


def receipts_table(told: Told) -> Table | None:
    """Number, figure, what was counted for it, how it is defined: the appendix of the deck."""
    if not told.receipts:
        return None
    columns = (
        Column(told.say("column-number"), 0.05, align="right"),
        Column(told.say("column-figure"), 0.28),
        Column(told.say("column-counted"), 0.15, nowrap=True),
        Column(told.say("column-definition"), 0.52),
    )
    rows = tuple(
        (Cell(str(number)), Cell(receipt_name(told, receipt), strong=True), *_counted_and_defined(told, receipt))
        for receipt, number in told.receipts.items()
    )
    return Table(columns, rows, told.say("alt-receipts", count=len(rows)), small=True)


def _counted_and_defined(told: Told, receipt: str) -> tuple[Cell, Cell]:
    """ "4,180 of 5,225" and the definition; where there is none, the receipt's own words."""
    picture, breadth, depth = told.picture, told.picture.breadth, told.picture.depth
    if receipt == breadth.receipt:
        return Cell(_people_counted(told, breadth.active, breadth.counted)), Cell(told.text("definition:active"))
    for persona in picture.personas:
        if receipt == persona.receipt:
            counts = _people_counted(told, persona.active, persona.counted)
            return Cell(counts), Cell(capital(told.text(f"target:{persona.id}")))
    for workflow in picture.workflows:
        if receipt == workflow.receipt:
            value = told.text(f"workflow-value:{workflow.id}") or told.text(f"workflow-state:{workflow.id}")
            counts = counted_from(told, workflow) or value
            return Cell(counts), Cell(told.text(f"definition:{workflow.id}"))
    counted = receipt == depth.receipt and depth.measurable
    return Cell(told.ratio(depth.met, depth.measurable) if counted else ""), Cell(told.text(f"receipt:{receipt}"))


def _people_counted(told: Told, active: int, counted: int) -> str:
    """ "6 of 8", or why there is no such count."""
    if told.picture.feed_silent:
        return told.say("no-figure")
    return told.ratio(active, counted) if counted else told.say("nobody-to-count")


def receipt_name(told: Told, receipt: str) -> str:
    """What a receipt is about, as a noun phrase at the head of its row."""
    picture = told.picture
    names = {picture.breadth.receipt: told.say("figure-people"), picture.depth.receipt: told.say("figure-workflows")}
    names |= {persona.receipt: persona_label(persona) for persona in picture.personas}
    names |= {workflow.receipt: capital(workflow.name) for workflow in picture.workflows}
    names |= {impact.receipt: capital(impact.impact.what) for impact in picture.impacts}
    names |= {picture.direction.receipt: told.say("figure-direction"), OUTCOME: told.say("heading-outcome")}
    return names.get(receipt, "")


def _named_receipt(told: Told, receipt: str) -> str:
    name, text = receipt_name(told, receipt), told.text(f"receipt:{receipt}")
    return told.say("receipt-of", name=name, text=text) if name else text


def receipt_notes(told: Told) -> Notes | None:
    """The brief's numbered footnotes."""
    items = tuple((str(number), _named_receipt(told, receipt)) for receipt, number in told.receipts.items())
    return Notes(items) if items else None
