"""What the customer and the vendor agree on, as blocks: groups and workflows with their targets, actions, signatures.

The success plan and the deck's slides of it are made from these, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qbrgen.compose.charts import counted_from
from qbrgen.compose.people import persona_label
from qbrgen.compose.tables import alt_plan, counts_of, ranked_gaps
from qbrgen.compose.told import Told, shortened
from qbrgen.define.model.account import Side
from qbrgen.document import Bullets, Cell, Column, KeyFigure, KeyFigures, Signature, Signatures, Table
from qbrgen.figures import Span
from qbrgen.narrate.wording import capital
from qbrgen.score.picture import PersonaPicture, PlannedAction, WorkflowPicture

MOST_WITHOUT_ACTION = 4
MOST_LETTERS_OF_SIDE = 28


def say(told: Told, key: str, **facts: object) -> str:
    """Words of the success plan."""
    return told.wording.say(f"success-plan.{key}", **facts)


# ---- groups and their workflows -------------------------------------------------------------------------------------


def group_line(told: Told, persona: PersonaPicture) -> str:
    """ "Seven people; 5 of 7 active now; target: 5 of 7 active."."""
    people = say(told, "people", n=len(persona.people), apart=_apart(told, persona))
    target = told.text(f"target:{persona.id}")
    if not persona.people:
        return told.wording.sentence(told.wording.clauses([people, target]))
    return capital(say(told, "group", people=people, now=_now(told, persona), target=target))


def _apart(told: Told, persona: PersonaPicture) -> list[str]:
    """Those who do not count yet: new, or away."""
    return [say(told, f"apart-{kind}", n=n) for kind, n in (("new", persona.new), ("away", persona.away)) if n]


def _now(told: Told, persona: PersonaPicture) -> str:
    if told.picture.feed_silent:
        return say(told, "now-silent")
    if not persona.counted:
        return say(told, "now-nobody")
    counts = told.ratio(persona.active, persona.counted)
    return say(told, "now-active", n=persona.active, m=persona.counted, counts=counts)


def group_heading(told: Told, persona: PersonaPicture) -> str:
    """ "Quota-carrying reps: seven people; 5 of 7 active now; target: 5 of 7 active." for a line above its table."""
    line = group_line(told, persona)
    return say(told, "group-of", group=persona_label(persona), line=line[:1].lower() + line[1:])


def names_line(told: Told, persona: PersonaPicture) -> str:
    """Everyone in the group by name, where the customer agreed to names; else ""."""
    names = [person.shown_name for person in persona.people if person.shown_name]
    return say(told, "names", names=names) if names else ""


def workflows_table(told: Told, persona: PersonaPicture, *, legible: bool = False) -> Table | None:
    """A group's workflows: what each produces, how it is judged, the figure of now with its counts, and the target.

    legible: for a slide. None where the group has no workflow.
    """
    workflows = told.picture.workflows_of(persona.id)
    if not workflows:
        return None
    columns = (
        Column(told.say("column-workflow"), 0.34),
        Column(say(told, "column-judged"), 0.40),
        Column(told.say("column-now"), 0.16, align="right", nowrap=True),
        Column(told.say("column-target"), 0.10, align="right", nowrap=True),
    )
    rows = tuple(_workflow(told, workflow) for workflow in workflows)
    return Table(columns, rows, _said(told, persona), legible=legible, fixed=True)


def _workflow(told: Told, workflow: WorkflowPicture) -> tuple[Cell, ...]:
    return (
        Cell(capital(workflow.name), strong=True, sub=capital(workflow.produces)),
        Cell(told.text(f"definition:{workflow.id}")),
        Cell(figure_now(told, workflow), sub=counted_from(told, workflow)),
        Cell(told.text(f"workflow-target:{workflow.id}"), strong=True),
    )


def figure_now(told: Told, workflow: WorkflowPicture) -> str:
    """ "80%", or why there is none: "no data"."""
    return told.text(f"workflow-value:{workflow.id}") or told.text(f"workflow-state:{workflow.id}")


def _said(told: Told, persona: PersonaPicture) -> str:
    workflows = [
        say(
            told,
            "alt-workflow",
            name=capital(workflow.name),
            now=figure_now(told, workflow),
            target=told.text(f"workflow-target:{workflow.id}"),
        )
        for workflow in told.picture.workflows_of(persona.id)
    ]
    return say(told, "alt-group", group=persona_label(persona), workflows=told.wording.clauses(workflows))


# ---- actions --------------------------------------------------------------------------------------------------------


def actions_table(told: Told, actions: Sequence[PlannedAction]) -> Table:
    """Action with what it closes, owner with the side that takes it, date; a missing owner or date says so."""
    columns = (
        Column(told.say("column-action"), 0.56),
        Column(told.say("column-owner"), 0.26, nowrap=True),
        Column(told.say("column-by"), 0.18, nowrap=True),
    )
    rows = tuple(_action(told, planned) for planned in actions)
    return Table(columns, rows, alt_plan(told, actions))


def _action(told: Told, planned: PlannedAction) -> tuple[Cell, ...]:
    action = planned.action
    parts = (capital(told.text(f"action-closes:{action.id}")), counts_of(told, action.closes).replace(" ", "\u00a0"))
    return (
        Cell(action.action, strong=True, sub=told.wording.clauses(parts)),
        Cell(action.owner or told.say("not-set"), sub=side_name(told, action.side)),
        Cell(
            told.wording.date(action.due) if action.due else told.say("not-set"),
            sub=told.say("overdue") if planned.overdue else "",
        ),
    )


def without_action(told: Told) -> Bullets | None:
    """What the plan does not reach yet: the most urgent gaps that nobody has an action for; the rest are counted."""
    short = [told.text(f"gap-short:{gap.key}") for gap in ranked_gaps(told) if gap.action is None]
    items = tuple(capital(text) for text in short[:MOST_WITHOUT_ACTION])
    if len(short) > len(items):
        items = (*items, told.say("and-more-gaps", count=len(short) - len(items)))
    return Bullets(items, say(told, "without-action")) if items else None


def side_name(told: Told, side: Side) -> str:
    """Who is to act, by the name of the company; a long one is cut."""
    name = told.picture.vendor if side is Side.VENDOR else told.picture.name
    return shortened(name, MOST_LETTERS_OF_SIDE)


# ---- when it is judged, and room to sign ----------------------------------------------------------------------------


def review_day(told: Told) -> date | None:
    """The day of the next review, while it lies ahead."""
    day = told.picture.next_review
    return day if day is not None and day > told.picture.as_of else None


def judged_line(told: Told) -> str:
    """The same in a line: "Judged over Q4 2026 (…). Next review: 14 January 2027."."""
    figures = judged_figures(told).figures
    return told.wording.row(
        say(told, "judged-line", label=each.label, figure=each.figure, note=each.note.rstrip(".")) for each in figures
    )


def judged_figures(told: Told) -> KeyFigures:
    """The quarter in which the plan is judged, with its days, and the day of the next review, or that it is not set."""
    day, ahead = review_day(told), told.picture.next_period
    figures = []
    if ahead is not None:
        span = told.wording.span(Span(ahead.first_day, ahead.last_day))
        weeks = ahead.last_week - ahead.first_week + 1
        figures.append(
            _figure(told, "judged-over", told.wording.period(ahead), say(told, "judged-in", span=span, weeks=weeks))
        )
    shown = told.wording.date(day) if day else say(told, "next-review-not-set")
    figures.append(_figure(told, "next-review", shown, "" if day else say(told, "next-review-day")))
    return KeyFigures(tuple(figures))


def _figure(told: Told, key: str, figure: str, note: str) -> KeyFigure:
    label = say(told, key)
    return KeyFigure(label, figure, note, alt=told.say("alt-figure", label=label, figure=figure))


def signatures(told: Told) -> Signatures:
    """Room for the customer's sponsor and the vendor's owner to sign; what is known of them stands there already."""
    picture = told.picture
    sponsor = picture.sponsor
    sides = (
        _side(told, picture.name, sponsor.name if sponsor else "", sponsor.role if sponsor else ""),
        _side(told, picture.vendor, picture.owner, ""),
    )
    return Signatures(sides)


def _side(told: Told, party: str, name: str, role: str) -> Signature:
    known = (("sign-name", name), ("sign-role", role), ("sign-date", ""), ("sign-here", ""))
    lines = tuple((say(told, key), text) for key, text in known)
    return Signature(
        say(told, "sign-for", party=party), lines, say(told, "alt-sign", party=party, name=name, role=role)
    )
