"""The talk track of each slide: a few sentences that the customer may read, with counts, window and rule."""

from __future__ import annotations

from datetime import date

from qbrgen.define.model.account import Source
from qbrgen.narrate.commitments import STATE_KEYS, key_of, promised
from qbrgen.narrate.direction import fact_of_change, reason
from qbrgen.narrate.gaps import shown_gaps
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.impact import missing_impact, missing_receipts, witness
from qbrgen.narrate.plan import open_actions
from qbrgen.narrate.statement import Statement
from qbrgen.narrate.teller import Teller, paragraphs
from qbrgen.score.commitment import CommitmentState
from qbrgen.score.facts.listed import GAPS, PERIOD, seated_weeks
from qbrgen.score.picture import PersonaPicture
from qbrgen.score.states import TargetState

MOST = 4
MOST_GAPS = 6
"""As many as the slide of gaps has rows for (compose/slides/ahead.py), so that both leave out the same."""


def tell_notes(teller: Teller) -> None:
    """notes:<slide key>; each in one to three short paragraphs."""
    texts = {
        "sentence": [_said(teller, "sentence"), _window(teller)],
        "bought": [_said(teller, "outcome-progress"), _said(teller, "definition:active")],
        "promises": _promises(teller),
        "people": _people(teller),
        "workflows": _workflows(teller),
        "direction": _direction(teller),
        "impact": _impact(teller),
        "gaps": _gaps(teller),
        "needs": [teller.sentence(teller.say("notes.needs"))],
        "plan": [_said(teller, "plan"), _closing(teller)],
        "next": [_said(teller, "next"), _said(teller, "ask")],
        "receipts": [
            _window(teller),
            _said(teller, "definition:active"),
            teller.sentence(teller.say("notes.receipts")),
        ],
    }
    for slide, parts in texts.items():
        text = paragraphs(part for part in parts if part)
        if text:
            teller.tell(f"notes:{slide}", text, [*_receipts(teller, slide), *_said_receipts(teller, text)])


def _receipts(teller: Teller, slide: str) -> list[str]:
    """The receipts of what a slide's talk track says."""
    picture = teller.picture
    match slide:
        case "workflows" | "gaps" | "next":
            return [picture.depth.receipt, *(w.receipt for w in picture.workflows), picture.breadth.receipt]
        case "promises":
            return [each.receipt for each in promised(teller)]
        case "direction":
            return [picture.direction.receipt, picture.breadth.receipt]
        case "impact":
            return [p.receipt for p in picture.impacts if p.tellable] or missing_receipts(teller)
        case "sentence":
            told = teller.statements.get("sentence")
            return list(told.receipts) if told else []
    return [picture.breadth.receipt, *(p.receipt for p in picture.personas)]


def _said_receipts(teller: Teller, text: str) -> list[str]:
    """The receipts of every statement that a talk track repeats, and of what it adds: the days, and how many gaps."""
    said = [each for each in teller.statements.values() if each.text in text and _is_whole(teller, each)]
    return [PERIOD, GAPS, *(receipt for each in said for receipt in each.receipts)]


def _is_whole(teller: Teller, statement: Statement) -> bool:
    """Whether a statement is a whole sentence or a plan, rather than a figure that other texts may hold too."""
    return statement.text == teller.wording.stop(statement.text) or statement.key.startswith("gap-plan:")


def _said(teller: Teller, key: str) -> str:
    told = teller.statements.get(key)
    return told.text if told else ""


def _window(teller: Teller) -> str:
    picture = teller.picture
    weeks, seated = len(picture.period.weeks), seated_weeks(picture)
    facts: dict[str, object] = {"window": teller.wording.span(picture.window), "weeks": weeks}
    facts |= {"seated": seated if seated < weeks else 0, "units": "", "units_from": ""}
    earlier = [(p, day) for p in picture.personas if (day := begins_before(teller, p))]
    if earlier:
        facts["units"] = teller.say(f"units.{RHYTHM_KEYS[earlier[0][0].rhythm]}", n=2)
        facts["units_from"] = teller.near(earlier[0][1])
    return teller.sentence(teller.say("notes.window", **facts, as_of=teller.wording.date(picture.as_of)))


def begins_before(teller: Teller, persona: PersonaPicture) -> date | None:
    """The first day of a persona's units where that lies before the period's weeks; None where it does not."""
    window = persona.window
    return window.first if window and window.first < teller.picture.window.first else None


def _promises(teller: Teller) -> list[str]:
    """All of them: a paragraph a state, the missed ones first and in full; the kept ones in short."""
    shown = promised(teller)
    if not shown:
        return []
    said = [_said(teller, "commitments")]
    for state in STATE_KEYS:
        keys = [key_of(each) for each in shown if each.state is state]
        if keys and state is CommitmentState.KEPT:
            items = [_said(teller, f"commitment-short:{key}") for key in keys]
            said.append(teller.sentence(teller.say("promise.kept-list", items=items)))
        elif keys:
            said.append(teller.wording.row(_said(teller, f"commitment:{key}") for key in keys))
    return [*said, teller.sentence(teller.say("promise.rule")), _window(teller)]


def _people(teller: Teller) -> list[str]:
    each = [_said(teller, f"persona:{p.id}") for p in teller.picture.personas]
    said = [text for text in each if text]
    if len(said) > MOST:
        said = [_said(teller, "people")]
    if not said:
        said = [_said(teller, "people") or _said(teller, "silent")]
    return [teller.wording.row(said), teller.sentences([_said(teller, "definition:active")]), _window(teller)]


def _workflows(teller: Teller) -> list[str]:
    picture = teller.picture
    if not picture.depth.measurable:
        return [_said(teller, "silent") or teller.sentence(teller.say("title.not-measurable"))]
    total = teller.say("title.on-target", n=picture.depth.met, m=picture.depth.measurable)
    below = [w for w in picture.workflows if w.state is TargetState.NOT_MET]
    told = below[:3] or [w for w in picture.workflows if w.state is TargetState.MET][:2]
    each = teller.wording.row(_said(teller, f"workflow:{w.id}") for w in told)
    unmeasured = picture.depth.no_data + picture.depth.not_applicable
    aside = teller.sentence(teller.say("notes.not-measurable", n=unmeasured)) if unmeasured else ""
    return [teller.wording.row([teller.sentence(total), aside]), each, _window(teller)]


def _direction(teller: Teller) -> list[str]:
    if "direction" not in teller.statements:
        return [_said(teller, "silent")]
    rule = teller.sentence(teller.say("notes.direction"))
    said = _said(teller, "direction") or teller.sentences([reason(teller), fact_of_change(teller)])
    return [said, _said(teller, "since-review"), rule]


def _impact(teller: Teller) -> list[str]:
    told = [each.impact for each in teller.picture.impacts if each.tellable][:MOST]
    if not told:
        return [
            teller.sentence(missing_impact(teller, "title")),
            teller.sentence(teller.say("notes.no-impact")),
        ]
    said = [
        teller.wording.row([_said(teller, f"impact:{each.id}"), teller.sentence(witness(teller, each))])
        for each in told
    ]
    kinds = list(dict.fromkeys(each.source for each in told if each.source))
    if len(kinds) > 1:  # that all of it is measured would be wrong; each says itself by whose word it is
        kinds = [kind for kind in kinds if kind is not Source.MEASURED]
    return [*said, *(teller.sentence(teller.say(f"notes.{kind.value}")) for kind in kinds)]


def _gaps(teller: Teller) -> list[str]:
    gaps = sorted(shown_gaps(teller), key=lambda gap: -gap.weight)
    if not gaps:
        return [teller.sentence(teller.say("title.gaps-none"))]
    first = []
    for gap in gaps[:MOST_GAPS]:
        plan = teller.say("notes.no-plan")
        if gap.action is not None and gap.action.action.is_plan:
            plan = teller.say("notes.plan", plan=_said(teller, f"gap-plan:{gap.key}"))
        first.append(teller.wording.row([_said(teller, f"gap:{gap.key}"), teller.sentence(plan)]))
    more = teller.sentence(teller.say("notes.more-gaps", n=len(gaps) - MOST_GAPS)) if len(gaps) > MOST_GAPS else ""
    return [*first, more]


def _closing(teller: Teller) -> str:
    actions = open_actions(teller)
    whole = [planned for planned in actions if planned.action.is_plan]
    if any(planned.overdue for planned in actions) or not actions:
        return ""
    key = "plan-agreed" if len(whole) == len(actions) else "plan-open-some" if whole else "plan-open"
    return teller.sentence(teller.say(f"notes.{key}"))
