"""The twin: from plain rows to everything that an account's picture tells, as plain values under plain names."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from plain import Plain
from twin_gaps import Gap, by_person, data_gaps, gap, heard, people_gaps, told_until, workflow_gaps
from twin_model import fraction, listed, needs_no_one, people_of, personas_of
from twin_people import APART, Group, Place
from twin_rows import Rows, read_rows
from twin_time import quarter_weeks, sunday
from twin_workflows import Flow, Result

Told = dict[str, Any]
"""A name such as "reps/u3" or "reps/w0" → what is told of it."""


def twin_rows(plain: Plain) -> Rows:
    """The rows of a workspace, read once for all accounts. An account without people is set aside, unless it needs no
    one."""
    rosters = {}
    for name, account in plain.accounts.items():
        personas = personas_of(plain, account)
        people = people_of(plain, name, personas)
        if people or needs_no_one(personas):
            rosters[name] = {person.id for person in people}
    return read_rows(plain, rosters, set(plain.accounts) - set(rosters))


def twin_picture(plain: Plain, name: str, rows: Rows) -> Told | None:
    """One account; None where the data hold no full week of the quarter."""
    place = Place(plain, name, rows)
    if not place.mine:
        return None
    told: Told = {
        "window": (place.first_day, place.last_day),
        "feed": (place.silent, *heard(place)),
        "compared": place.has_previous,
    }
    groups = [Group(place, persona) for persona in place.personas]
    gaps = list(data_gaps(place))
    parts: list[Gap] = []
    states: list[dict[str, str]] = []
    for group in groups:
        states.append(group.states(group.here, place.silent))
        told |= _persona(group, states[-1])
        gaps += people_gaps(group, states[-1])
    depth: list[tuple[str, str]] = []
    for group in groups:
        for written in group.persona["workflows"]:
            flow = Flow(group, written)
            now = flow.result(group.here, place.mine, group.people)
            told_flow, then, alike = _workflow(flow, now)
            told[f"{group.persona['id']}/{written['id']}"] = told_flow
            parts += workflow_gaps(group, flow, now, then)
            depth.append((now.state, alike.state if alike else "no data"))
    told["breadth"] = _breadth(groups, states)
    told["depth"] = _depth(depth)
    gaps += by_person(parts)
    gaps += _stated(place, told)
    told["gaps"] = sorted(({**each, "plan": _plan(place, each)} for each in gaps), key=_order)
    return told


def _order(one: Gap) -> str:
    return f"{one['kind']} {one['persona']} {one['workflow']} {one['facts'].get('impact')}"


# ---- people ---------------------------------------------------------------------------------------------------------


def _persona(group: Group, states: dict[str, str]) -> Told:
    name, place = group.persona["id"], group.place
    people: list[tuple[str, Any]] = []
    for person in group.roster(group.here):
        state = states[person.id]
        now = [unit for unit in group.seated[person.id] if unit in group.here]
        done = [unit for unit in now if unit in group.done[person.id]]
        since = group.since(person, state)
        people.append((person.id, (state, len(done), len(now), since, group.start_assumed(person))))
    active = [who[1] for who in people if who[1][0] == "active"]
    counted = [who for who in people if who[1][0] not in APART]
    window = (group.here[0][0], sunday(group.here[-1][-1])) if group.here else (place.first_day, place.last_day)
    return {
        f"{name}": {
            "people": people,
            "counts": (len(active), len(counted)),
            "apart": [sum(who[1][0] == state for who in people) for state in ("new", "away")],
            "leavers": group.leavers(group.here),
            "is active": Fraction(len(active), len(counted)) >= group.persona["target"] if counted else None,
            "every unit": bool(active) and all(done == seat for _, done, seat, *_ in active),
            "least": min(((d, s) for _, d, s, *_ in active), key=lambda p: (Fraction(*p), -p[1]), default=None),
            "weekly": [_week(group, unit) for unit in (*group.then, *group.here)],
            "before": _compared(*_both(group, states)) if place.has_previous and not place.silent else None,
            "window": window,
        }
    }


def _week(group: Group, unit: Any) -> tuple[date, int, int]:
    seated = [person.id for person in group.people if unit in group.seated[person.id]]
    return unit[0], sum(unit in group.done[user] for user in seated), len(seated)


def _both(group: Group, now: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    return group.states(group.then, silent=False) if group.then else {}, now


def _compared(then: dict[str, str], now: dict[str, str]) -> tuple[Any, ...] | None:
    """(active then, active now, people) of those counted in both quarters; and the earlier one by its own roster."""
    both = [user for user in then if then[user] not in APART and now.get(user, "new") not in APART]
    if not both:
        return None
    alike = (sum(then[user] == "active" for user in both), len(both))
    own = _own(then)
    return alike[0], sum(now[user] == "active" for user in both), alike[1], own if own != alike else None


def _own(then: dict[str, str]) -> tuple[int, int]:
    states = [state for state in then.values() if state not in APART]
    return states.count("active"), len(states)


def _breadth(groups: list[Group], states: list[dict[str, str]]) -> dict[str, Any]:
    counts = [_own(found) for found in states]
    sides = [n >= group.persona["target"] * m for (n, m), group in zip(counts, groups, strict=True) if m]
    place = groups[0].place
    then = [group.states(group.then, silent=False) if group.then else {} for group in groups]
    parts = [part for old, new in zip(then, states, strict=True) if (part := _compared(old, new))]
    before = None
    if parts and place.has_previous and not place.silent:
        sums = [sum(part[n] for part in parts) for n in range(3)]
        own = (sum(_own(old)[0] for old in then), sum(_own(old)[1] for old in then))
        before = (*sums, own if own != (sums[0], sums[2]) else None)
    everyone = [state for found in states for state in found.values()]
    return {
        "people": (sum(n for n, _ in counts), sum(m for _, m in counts)),
        "apart": (everyone.count("new"), everyone.count("away")),
        "personas": (sum(sides), len(sides), len(groups)),
        "before": before,
    }


# ---- workflows ------------------------------------------------------------------------------------------------------


def _workflow(flow: Flow, now: Result) -> tuple[Told, Result | None, Result | None]:
    """What is told of it; and how it stood in the quarter before: over everyone then, and like for like."""
    group, place = flow.group, flow.place
    then = alike = None
    if place.has_previous:
        then = flow.result(group.then, place.before, group.people)
        same = group.in_seat(group.here) if flow.by_units else group.people
        alike = flow.result(group.then, place.before, same)
    old = alike or Result("no data")
    reported = then.value if then and then.value != old.value else None
    told = {
        "state": now.state,
        "value": now.value,
        "of": (now.above, now.below) if now.below is not None else None,
        "early": now.early,
        "weekly": flow.series([*group.then, *group.here]),
        "before": (old.value, (old.above, old.below) if old.below is not None else None, reported),
        "below since": flow.below_since(now, then),
        "shortfall": flow.shortfall(now),
    }
    return told, then, alike


def _depth(states: list[tuple[str, str]]) -> dict[str, Any]:
    now = [state for state, _ in states]
    measurable = ("met", "not met")
    then = [old for state, old in states if state in measurable and old in measurable]
    return {
        "met": (now.count("met"), now.count("met") + now.count("not met")),
        "apart": (now.count("no data"), now.count("not applicable")),
        "before": (then.count("met"), len(then)) if then else None,
    }


# ---- what people said -----------------------------------------------------------------------------------------------


def _stated(place: Place, told: Told) -> list[Gap]:
    """Impacts and outcome: those told, and gaps for what is missing."""
    first_month = place.plain.settings["fiscal_year_starts"]
    end, end_of_next = (sunday(quarter_weeks(place.quarter + n, first_month)[-1]) for n in (0, 1))
    until = told_until(place, end_of_next, end)
    gaps, stale_days = [], place.plain.settings.get("rules", {}).get("impact_stale_days", 365)
    impacts = list(enumerate(listed(place.file.get("impact", [])), start=1))
    later = sorted(impact["on"] for _, impact in impacts if impact.get("on", "") > str(until))
    told["impacts"] = []
    for number, impact in impacts:
        name = impact.get("id", f"impact-{number}")
        if impact.get("on", "") > str(until):
            continue
        needed = {"source": True, "by": impact.get("source") == "estimate", "on": True}
        lacks = tuple({"on": "date"}.get(key, key) for key, must in needed.items() if must and not impact.get(key))
        said = date.fromisoformat(impact["on"]) if "on" in impact else None
        stale = said is not None and (until - said).days > stale_days
        told["impacts"].append((name, not lacks and not stale, stale))
        facts = {"impact": name, "what": impact["what"]}
        if lacks:
            gaps.append(gap("impact without a source", facts={**facts, "missing": lacks}))
        elif stale:
            gaps.append(gap("impact is old", since=said, facts={**facts, "said_on": said}))
    if not told["impacts"]:
        first = {"later": len(later), "first_later": date.fromisoformat(later[0])} if later else {}
        gaps.append(gap("no impact stated", facts=first))
    return [*gaps, *_outcome(place, until, told)]


def _outcome(place: Place, until: date, told: Told) -> list[Gap]:
    outcome = place.file.get("outcome")
    told["progress"] = None
    if not outcome:
        return [gap("no outcome stated")]
    known = {}
    for name in ("baseline", "goal", "present"):
        reading = outcome.get(name)
        if reading and not (name != "goal" and reading.get("on", "") > str(until)):
            known[name] = fraction(reading["value"])
    if len(known) == 3 and known["goal"] != known["baseline"]:
        told["progress"] = (known["present"] - known["baseline"]) / (known["goal"] - known["baseline"])
    if "baseline" in known:
        return []
    missing = tuple(name for name in ("baseline", "goal", "present") if name not in known)
    return [gap("outcome without baseline", facts={"missing": missing})]


def _plan(place: Place, one: Gap) -> str | None:
    """The open action with an owner and a date that closes a gap: the customer's own first, then the earliest."""
    about = {"no impact stated": "impact", "impact without a source": "impact", "impact is old": "impact"}
    about |= {"no outcome stated": "outcome", "outcome without baseline": "outcome"}
    closes = one["workflow"] or one["persona"] or about.get(one["kind"], "nothing")
    open_ = []
    for number, action in enumerate(listed(place.file.get("actions", [])), start=1):
        name = action.get("id", f"action-{number}")
        if action.get("closes") == closes and "owner" in action and "due" in action and "done" not in action:
            open_.append((action.get("internal", False), action["due"], name))
    return min(open_)[2] if open_ else None
