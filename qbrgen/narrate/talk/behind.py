"""What stands behind each slide and is not in the customer's file: names, weight, risk, what is overdue and whose."""

from __future__ import annotations

from qbrgen.audience import Audience
from qbrgen.define.model.account import Side
from qbrgen.narrate.direction import CALLS
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.people import STATE_KEYS
from qbrgen.narrate.plan import open_actions
from qbrgen.narrate.talk.track import Said, Talk, receipts_of
from qbrgen.score.commitment import Commitment, CommitmentKind, CommitmentState
from qbrgen.score.facts.listed import PLAN, REVIEW
from qbrgen.score.picture import Gap, PersonaPicture, PersonPicture
from qbrgen.score.states import GapKind, PersonState, Trend

MOST_PEOPLE = 8
MOST_CARRYING = 3
MOST_MISSED = 4
FEW = 3  # among fewer people there is nobody to carry the work for the others
_AT = {
    "people": (GapKind.ONE_PERSON, GapKind.MASKED, GapKind.UNKNOWN_PEOPLE),
    "workflows": (GapKind.MISS_AT_RENEWAL, GapKind.EVENT_NEVER),
}
"""At which slide a gap is told that the customer's file does not show; any other at the slide of gaps."""


def before(talk: Talk) -> list[Said]:
    """Before going in: who is there, how the account stands, the renewal, what was missed, what leadership is asked."""
    picture = talk.picture
    found: list[Said] = []
    if picture.sponsor:
        found += talk.said("room", name=picture.sponsor.name, role=picture.sponsor.role)
    found += [*talk.of_brief("standing"), *talk.of_brief("risk")]
    found += _missed(talk)
    if picture.notes:
        found += talk.said("note", text=picture.notes)
    asked = picture.ask_of_leadership
    return [*found, *(talk.said("leadership", text=asked) if asked else talk.said("no-leadership"))]


def _missed(talk: Talk) -> list[Said]:
    promised = talk.picture.commitments
    missed = promised.of(CommitmentState.MISSED) if promised else ()
    if not missed:
        return []
    items, receipts = (
        [_whose(talk, each) for each in missed[:MOST_MISSED]],
        [REVIEW, *(each.receipt for each in missed)],
    )
    return talk.said("missed", receipts, n=len(missed), items=items, more=len(missed) > MOST_MISSED)


def _whose(talk: Talk, promise: Commitment) -> str:
    if promise.kind is CommitmentKind.ACTION:
        key = "missed-ours" if promise.side is Side.VENDOR else "missed-theirs"
        return talk.words(key, what=promise.name, owner=promise.owner)
    target = talk.teller.wording.target(promise.target) if promise.target is not None else ""
    key = "missed-people" if promise.kind is CommitmentKind.PEOPLE else "missed-target"
    return talk.words(key, what=promise.name, target=target)


def behind(talk: Talk, slide: str) -> list[Said]:
    """What stands behind one slide."""
    found: list[Said] = []
    match slide:
        case "people":
            found = [each for persona in talk.picture.personas for each in _group(talk, persona)]
        case "workflows":
            found = [*_shortfalls(talk), *talk.of_brief("outlook")]
        case "direction":
            found = _trends(talk)
        case "impact":
            found = _untold(talk)
        case "plan":
            found = _actions(talk)
        case "next":
            asked = talk.picture.ask_of_leadership
            found = talk.said("leadership", text=asked) if asked else talk.said("no-leadership")
    return [*found, *_hidden(talk, slide)]


def _hidden(talk: Talk, slide: str) -> list[Said]:
    elsewhere = {kind for kinds in _AT.values() for kind in kinds}
    gaps = [gap for gap in talk.hidden_gaps if gap.kind in _AT.get(slide, ())]
    if slide == "gaps":
        gaps = [gap for gap in talk.hidden_gaps if gap.kind not in elsewhere]
    return [each for gap in gaps for each in _gap(talk, gap)]


def _gap(talk: Talk, gap: Gap) -> list[Said]:
    what = talk.teller.statements.get(f"gap:{gap.key}")
    if what is None:
        return []
    plan = talk.teller.statements.get(f"gap-plan:{gap.key}") if gap.action else None
    return talk.said("hidden", [*what.receipts, *receipts_of([gap])], what=what.text, plan=plan.text if plan else "")


# ---- people ---------------------------------------------------------------------------------------------------------


def _group(talk: Talk, persona: PersonaPicture) -> list[Said]:
    """Who of a group is not active and since when, who is new, and who carries the work."""
    found: list[Said] = []
    for state in (*STATE_KEYS, PersonState.NEW):
        people = persona.with_state(state)
        if not people:
            continue
        shown = [_person(talk, persona, each) for each in people[:MOST_PEOPLE]]
        group = talk.words("group", name=persona.name, people=shown, more=len(people) - len(shown))
        found += talk.said(f"group-{STATE_KEYS.get(state, 'new')}", [persona.receipt], group=group)
    return [*found, *_carries(talk, persona)]


def _person(talk: Talk, persona: PersonaPicture, person: PersonPicture) -> str:
    since = talk.teller.near(person.since) if person.since else ""
    words = []
    if person.state is PersonState.OCCASIONAL:
        units = talk.teller.say(f"units.{RHYTHM_KEYS[persona.rhythm]}", n=person.units_in_seat)
        words.append(talk.words("person-occasional", done=person.units_done, total=person.units_in_seat, units=units))
    elif person.state is not PersonState.NEW:
        words.append(talk.words(f"person-{STATE_KEYS[person.state]}", since=since))
    elif since:
        words.append(talk.words("person-new", since=since))
    if person.start_assumed:
        words.append(talk.words("person-assumed"))
    name = person.name or person.id
    return talk.words("person", name=name, words=words) if words else name


def _carries(talk: Talk, persona: PersonaPicture) -> list[Said]:
    """The few who did most, where they did more than the others; nobody stands out where all did alike."""
    active = sorted(persona.with_state(PersonState.ACTIVE), key=lambda each: -each.units_done)
    if persona.counted < FEW or not active:
        return []
    most = active[:MOST_CARRYING]
    if len(active) > len(most) and active[len(most)].units_done == most[-1].units_done:
        return []
    people = [_done(talk, persona, each) for each in most]
    return talk.said("carries", [persona.receipt], name=persona.name, people=people)


def _done(talk: Talk, persona: PersonaPicture, person: PersonPicture) -> str:
    units = talk.teller.say(f"units.{RHYTHM_KEYS[persona.rhythm]}", n=person.units_in_seat)
    name = person.name or person.id
    return talk.words("carries-one", name=name, done=person.units_done, total=person.units_in_seat, units=units)


# ---- the other slides -----------------------------------------------------------------------------------------------


def _shortfalls(talk: Talk) -> list[Said]:
    """Each workflow off target with the names behind its shortfall."""
    gaps = [gap for gap in talk.picture.gaps if gap.kind is GapKind.OFF_TARGET and gap.who]
    found = [(gap, talk.teller.statements.get(f"gap-who:{gap.key}")) for gap in gaps]
    return [
        said
        for gap, who in found
        if who
        for said in talk.said(
            "shortfall", who.receipts, short=talk.deck.text(f"workflow-short:{gap.workflow}"), who=who.text
        )
    ]


def _trends(talk: Talk) -> list[Said]:
    """The groups that spread or shrink; no document shows the direction of one group."""
    called = [p for p in talk.picture.personas if p.direction.trend in (Trend.SPREADING, Trend.SHRINKING)]
    items = [talk.words("trend-one", name=p.name, word=talk.words(f"trend-{CALLS[p.direction.trend]}")) for p in called]
    return talk.said("trend", [p.direction.receipt for p in called], items=items) if items else []


def _untold(talk: Talk) -> list[Said]:
    untold = [each.impact for each in talk.picture.impacts if not each.tellable]
    reasons = {each.id: talk.teller.left_out.get(f"impact:{each.id}", "") for each in untold}
    return [
        said
        for each in untold
        if reasons[each.id]
        for said in talk.said("untold", what=each.what, why=reasons[each.id])
    ]


def _actions(talk: Talk) -> list[Said]:
    """What is overdue and whose, what is internal, and what lacks an owner or a date."""
    found: list[Said] = []
    for each in open_actions(talk.teller):
        action = each.action
        if each.overdue and action.due:
            facts = {"action": action.action, "owner": action.owner, "day": talk.teller.near(action.due)}
            found += talk.said("overdue", [PLAN], ours=action.side is Side.VENDOR, **facts)
    for each in open_actions(talk.teller):
        if each.audience is Audience.INTERNAL:
            found += talk.said("internal-action", action=each.action.action)
    loose = [each.action.action for each in open_actions(talk.teller) if not each.action.is_plan]
    return [*found, *(talk.said("incomplete", items=loose) if loose else [])]
