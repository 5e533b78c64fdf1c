"""What is missing or failing, before it becomes a problem (method.md: "Gaps").

In: everything that was found out about an account (`Found`). Out: its gaps, the most urgent first, each with who,
since when, the figure behind it and the action that closes it (None: "no plan yet").

Facts of each kind, by name (shares are exact fractions of one):
people not yet active, lapsed, occasional: count, counted · off target: target, value, missing, people; numerator and
denominator where it has them · without events: kind, target, nothing_below (a share's numerator happened) · turning
down: target, value, recent, earlier, less, more · rests on one person: share and people (of the first workflow);
workflows, done, of (an entry for each workflow: its id, the units that are theirs, of how many) · will miss at renewal:
pace ("pace", "rest" or "level"), renewal, target, value, expected, low, high, forecast · masked: pattern ("not active"
or "falling"), active, counted · no impact: where some were said after the day that the picture speaks from, later (how
many) and first_later (when the first) · impact without a source: impact, what, missing · old: impact, what, said_on ·
outcome without baseline: missing · no data came: last (up to the period's end), next (the first day after it with an
event) · stopped: last · no one named: left (how many were) · event never: events · unknown people: count, rows
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from qbrgen.audience import Audience
from qbrgen.define.model.account import Account
from qbrgen.define.model.settings import Rules
from qbrgen.period import sunday_of
from qbrgen.score.direction import Compared
from qbrgen.score.evidence import Evidence
from qbrgen.score.impacts import missing_from
from qbrgen.score.outlook import inactive, masked, turning_down
from qbrgen.score.people import PersonaWork
from qbrgen.score.picture import (
    Gap,
    ImpactPicture,
    OutcomePicture,
    PersonaPicture,
    PersonPicture,
    PlannedAction,
    WorkflowPicture,
)
from qbrgen.score.reached import WorkflowWork
from qbrgen.score.renewal import Basis
from qbrgen.score.seats import Calendar
from qbrgen.score.states import GapKind, PersonState, TargetState, Trend
from qbrgen.score.work import completed_units, named_events, occurrences

INTERNAL_KINDS = frozenset(
    {
        GapKind.ONE_PERSON,
        GapKind.MISS_AT_RENEWAL,
        GapKind.MASKED,
        GapKind.EVENT_NEVER,
        GapKind.UNKNOWN_PEOPLE,
    }
)

_URGENCY = (  # most urgent first
    GapKind.FEED_SILENT,
    GapKind.FEED_STOPPED,
    GapKind.NO_PEOPLE,
    GapKind.MASKED,
    GapKind.LAPSED,
    GapKind.NOT_YET_ACTIVE,
    GapKind.OFF_TARGET,
    GapKind.NO_EVENTS,
    GapKind.MISS_AT_RENEWAL,
    GapKind.TURNING_DOWN,
    GapKind.OCCASIONAL,
    GapKind.NO_IMPACT,
    GapKind.IMPACT_UNSOURCED,
    GapKind.NO_OUTCOME,
    GapKind.EVENT_NEVER,
    GapKind.IMPACT_OLD,
    GapKind.NO_BASELINE,
    GapKind.ONE_PERSON,
    GapKind.UNKNOWN_PEOPLE,
)

FEWEST = 3  # people in seat, before work can rest on one of them
_STOPPED_WEEKS = 4  # as many as make a person lapsed

_PEOPLE = (
    (PersonState.NOT_YET, GapKind.NOT_YET_ACTIVE, "not-yet"),
    (PersonState.LAPSED, GapKind.LAPSED, "lapsed"),
    (PersonState.OCCASIONAL, GapKind.OCCASIONAL, "occasional"),
)


@dataclass(frozen=True, slots=True)
class FoundPersona:
    """A persona's people and their picture."""

    group: PersonaWork
    picture: PersonaPicture


@dataclass(frozen=True, slots=True)
class FoundWorkflow:
    """A workflow's tallies, its picture, and what its direction and its outlook were made from."""

    job: WorkflowWork
    picture: WorkflowPicture
    compared: Compared
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Everything about one account that gaps are made from."""

    account: Account
    evidence: Evidence
    calendar: Calendar
    rules: Rules
    closed: frozenset[int]
    silent: bool
    personas: tuple[FoundPersona, ...]
    workflows: tuple[FoundWorkflow, ...]
    impacts: tuple[ImpactPicture, ...]
    outcome: OutcomePicture | None
    actions: tuple[PlannedAction, ...]
    seen_events: frozenset[str]
    later_impacts: tuple[date, ...]


def gaps_of(found: Found) -> tuple[Gap, ...]:
    """Every gap of an account, the most urgent first."""
    gaps = [
        *_data_gaps(found),
        *(gap for persona in found.personas for gap in _persona_gaps(persona, found)),
        *_by_person(gap for workflow in found.workflows for gap in _workflow_gaps(workflow, found)),
        *_missing_pieces(found),
    ]
    planned = (_with_plan(gap, found.actions) for gap in gaps)
    return tuple(sorted(planned, key=lambda gap: -gap.weight))  # stable: equals stay in the account's own order


def _gap(kind: GapKind, key: str, facts: Mapping[str, object] | None = None, size: int = 0, **rest: object) -> Gap:
    audience = Audience.INTERNAL if kind in INTERNAL_KINDS else Audience.CUSTOMER
    weight = 100 * (len(_URGENCY) - _URGENCY.index(kind)) + min(size, 99)
    return replace(Gap(kind, key, audience, facts=tuple((facts or {}).items()), weight=weight), **rest)  # type: ignore[arg-type]


def _with_plan(gap: Gap, actions: Sequence[PlannedAction]) -> Gap:
    """The open action that closes a gap and has an owner and a date; one that the customer may see goes first."""
    if gap.workflow:
        closes = gap.workflow
    elif gap.persona:
        closes = gap.persona
    else:
        closes = gap.key.partition("/")[0]
    plans = [a for a in actions if a.action.closes == closes and a.action.is_plan and a.action.done_on is None]
    plans.sort(key=lambda a: (a.audience is Audience.INTERNAL, a.action.due or date.max, a.action.id))
    return replace(gap, action=plans[0]) if plans else gap


# ---- people ---------------------------------------------------------------------------------------------------------


def _persona_gaps(found: FoundPersona, all_: Found) -> Iterator[Gap]:
    picture = found.picture
    if _vacant(found.group, all_.calendar):
        facts = {"left": len(found.group.works)} if found.group.works else {}
        yield _gap(GapKind.NO_PEOPLE, f"no-people/{picture.id}", facts, persona=picture.id, receipt=picture.receipt)
    for state, kind, name in _PEOPLE:
        people = picture.with_state(state)
        if people:
            since = _since(people, all_.calendar)
            yield _gap(
                kind,
                f"{name}/{picture.id}",
                {"count": len(people), "counted": picture.counted},
                size=len(people),
                persona=picture.id,
                since=since,
                at_least=since is not None and since == all_.calendar.data_start,
                receipt=picture.receipt,
                who=tuple(p.id for p in people),
            )
    pattern = masked(found.group, picture, all_.evidence, all_.calendar, all_.closed)
    if pattern and not all_.silent:
        yield _gap(
            GapKind.MASKED,
            f"masked/{picture.id}",
            {"pattern": pattern, "active": picture.active, "counted": picture.counted},
            persona=picture.id,
            receipt=picture.receipt,
            who=tuple(person.id for person in inactive(picture)),
        )


def _vacant(group: PersonaWork, calendar: Calendar) -> bool:
    """Whether nobody holds a seat on the last day of the period's full weeks, and nobody is named for later."""
    last = sunday_of(calendar.last_week).toordinal()
    return not any(until >= last for work in group.works for _, until in work.member.spells)


def _since(people: Sequence[PersonPicture], calendar: Calendar) -> date | None:
    """The day from which it is true of every one of them, as far as the data reach; now and then has no beginning."""
    latest = max((person.since for person in people if person.since), default=None)
    if latest is None or people[0].state is PersonState.OCCASIONAL:
        return None
    if people[0].state is PersonState.LAPSED:
        return latest + timedelta(weeks=1)  # the Monday after the week of the last completion
    return max(latest, calendar.data_start)


# ---- workflows ------------------------------------------------------------------------------------------------------


def _workflow_gaps(found: FoundWorkflow, all_: Found) -> Iterator[Gap]:
    for gap in (_off_target(found), _turning(found, all_), _one_person(found), _renewal(found)):
        if gap:
            yield replace(gap, persona=found.picture.persona, workflow=found.picture.id, receipt=found.picture.receipt)
    names = tuple(name for name in named_events(found.job.workflow) if name not in all_.seen_events)
    if names:
        yield _gap(
            GapKind.EVENT_NEVER,
            f"event-never/{found.picture.id}",
            {"events": names},
            persona=found.picture.persona,
            workflow=found.picture.id,
        )


def _off_target(found: FoundWorkflow) -> Gap | None:
    picture, group = found.picture, found.job.group
    unheard = picture.kind == "value" and picture.state is TargetState.NO_DATA
    if picture.state is not TargetState.NOT_MET and not unheard:
        return None
    happened = occurrences(group.works, named_events(found.job.workflow), group.timeline.this)
    nothing = picture.kind in ("share", "frequency") and not any(happened.values())
    if picture.value is None or nothing:
        return _gap(
            GapKind.NO_EVENTS,
            f"no-events/{picture.id}",
            {"kind": picture.kind, "target": picture.target, "nothing_below": not nothing and picture.kind == "share"},
            since=picture.below_since,
            at_least=picture.below_at_least,
            who=picture.shortfall,
        )
    facts: dict[str, object] = {
        "target": picture.target,
        "value": picture.value,
        "missing": picture.target - picture.value,
        "people": len(picture.shortfall),
    }
    if picture.ratio:
        facts |= {"numerator": picture.ratio.numerator, "denominator": picture.ratio.denominator}
    return _gap(
        GapKind.OFF_TARGET,
        f"off-target/{picture.id}",
        facts,
        size=int((picture.target - picture.value) * 100),
        since=picture.below_since,
        at_least=picture.below_at_least,
        who=picture.shortfall,
    )


def _turning(found: FoundWorkflow, all_: Found) -> Gap | None:
    picture, job = found.picture, found.job
    if picture.state is not TargetState.MET:
        return None
    doers = [(work.member, mine) for work, mine in zip(job.group.works, job.tallies, strict=True) if mine]
    turn = turning_down(doers, job.group, all_.calendar, all_.closed, all_.rules.lapsed_units)
    if turn is None:
        return None
    facts: dict[str, object] = {"target": picture.target, "value": picture.value}
    facts |= {"recent": turn.recent, "earlier": turn.earlier}
    facts |= {"less": turn.less, "more": turn.more}
    return _gap(GapKind.TURNING_DOWN, f"turning-down/{picture.id}", facts, since=turn.since, who=turn.who)


def _one_person(found: FoundWorkflow) -> Gap | None:
    """More than half of the units with a completion are one person's, where three or more were in seat."""
    job, positions = found.job, found.job.group.timeline.this
    if not found.picture.state.measurable or found.picture.kind in ("milestone", "value"):
        return None
    people = job.group.in_seat(positions)
    done = [(completed_units(job.workflow, work, positions), work.id) for work in people]
    most, who = max(done, default=(0, ""))
    total = sum(number for number, _ in done)
    if len(people) < FEWEST or 2 * most <= total:
        return None
    facts: dict[str, object] = {"share": Fraction(most, total), "people": len(people)}
    facts |= {"workflows": (found.picture.id,), "done": (most,), "of": (total,)}
    return _gap(GapKind.ONE_PERSON, f"one-person/{found.picture.id}", facts, who=(who,))


def _by_person(gaps: Iterable[Gap]) -> Iterator[Gap]:
    """The gaps of workflows; those that rest on the same person as one, under the first of its workflows."""
    together: dict[tuple[str, tuple[str, ...]], list[Gap]] = {}
    found = list(gaps)
    for gap in found:
        if gap.kind is GapKind.ONE_PERSON:
            together.setdefault((gap.persona, gap.who), []).append(gap)
    for gap in found:
        same = together.get((gap.persona, gap.who), []) if gap.kind is GapKind.ONE_PERSON else [gap]
        if gap is same[0]:
            yield _joined(same) if len(same) > 1 else gap


def _joined(gaps: Sequence[Gap]) -> Gap:
    facts = dict(gaps[0].facts)
    for name in ("workflows", "done", "of"):
        facts[name] = tuple(dict(gap.facts)[name][0] for gap in gaps)  # type: ignore[index]
    return replace(gaps[0], facts=tuple(facts.items()), weight=gaps[0].weight + len(gaps) - 1)


def _renewal(found: FoundWorkflow) -> Gap | None:
    """Below target on the renewal date: at the pace of a clear direction, or at the present level with no clear change
    or where the change has come to rest.

    It is the expected share that is compared; the range, which may reach the target (`forecast` is open then), is told.
    """
    picture, outlook = found.picture, found.picture.outlook
    if outlook is None or outlook.expected is None or outlook.expected >= picture.target:
        return None
    if outlook.rests_on == "level" and picture.direction.trend is not Trend.UNCLEAR:
        return None
    facts = {
        "pace": outlook.rests_on,
        "renewal": outlook.renewal,
        "target": picture.target,
        "value": picture.value,
        "expected": outlook.expected,
        "low": outlook.low,
        "high": outlook.high,
        "forecast": outlook.forecast.value,
    }
    return _gap(GapKind.MISS_AT_RENEWAL, f"renewal/{picture.id}", facts)


# ---- data and missing pieces ----------------------------------------------------------------------------------------


def _data_gaps(found: Found) -> Iterator[Gap]:
    if found.silent:
        last = found.evidence.last_heard(found.calendar.last_week)
        facts: dict[str, object] = {"last": last, "next": found.evidence.next_heard(found.calendar.last_week)}
        yield _gap(GapKind.FEED_SILENT, "feed", facts, since=last, receipt="people")
    elif _quiet_weeks(found) >= _STOPPED_WEEKS:
        last = found.evidence.last_heard(found.calendar.last_week)
        yield _gap(GapKind.FEED_STOPPED, "feed", {"last": last}, since=last, receipt="people")
    unknown = found.evidence.unknown
    if unknown:
        facts = {"count": len(unknown), "rows": sum(unknown.values())}
        yield _gap(GapKind.UNKNOWN_PEOPLE, "unknown-people", facts, size=len(unknown), who=tuple(sorted(unknown)))


def _quiet_weeks(found: Found) -> int:
    """The full weeks at the period's end, without the closed ones, in which no event of any name came."""
    end = found.calendar.last_week
    last = max((week for week in found.evidence.life if week <= end), default=end)
    return sum(week not in found.closed for week in range(last + 1, end + 1))


def _missing_pieces(found: Found) -> Iterator[Gap]:
    if not found.impacts:
        later = found.later_impacts
        yield _gap(GapKind.NO_IMPACT, "impact", {"later": len(later), "first_later": later[0]} if later else {})
    for picture in found.impacts:
        impact = picture.impact
        facts: dict[str, object] = {"impact": impact.id, "what": impact.what}
        missing = missing_from(impact)
        if missing:
            yield _gap(
                GapKind.IMPACT_UNSOURCED,
                f"impact/{impact.id}",
                facts | {"missing": missing},
                receipt=picture.receipt,
            )
        elif picture.stale:
            yield _gap(
                GapKind.IMPACT_OLD,
                f"impact/{impact.id}",
                facts | {"said_on": impact.said_on},
                since=impact.said_on,
                receipt=picture.receipt,
            )
    if found.outcome is None:
        yield _gap(GapKind.NO_OUTCOME, "outcome")
    elif found.outcome.outcome.baseline is None:
        readings = {name: getattr(found.outcome.outcome, name) for name in ("baseline", "goal", "present")}
        missing = tuple(name for name, reading in readings.items() if reading is None)
        yield _gap(GapKind.NO_BASELINE, "outcome", {"missing": missing}, receipt="outcome")
