"""The twin's gaps (method.md: "Gaps"), those left out that rest on the statistics of direction.

A gap: what (kind), where (persona, workflow), since when, who, the figures behind it, which action closes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from twin_people import APART, Group, named
from twin_time import DAY, WEEK, monday
from twin_workflows import Flow, Result

Gap = dict[str, Any]


def gap(kind: str, persona: str = "", workflow: str = "", **rest: Any) -> Gap:
    """since: None where no beginning can be told. facts: numbers by name."""
    blank = {"since": None, "at_least": False, "who": [], "facts": {}}
    return {"kind": kind, "persona": persona, "workflow": workflow, **blank, **rest}


def people_gaps(group: Group, states: dict[str, str]) -> Iterator[Gap]:
    """Those not active by how they are not; a persona without anyone; one that is busy and not active."""
    place, name = group.place, group.persona["id"]
    until = [last for person in group.people for _, last in group.spells(person.id)]
    if not any(last >= place.last_day for last in until):
        facts = {"left": len(group.people)} if group.people else {}
        yield gap("persona with no one named", name, facts=facts)
    counted = [user for user, state in states.items() if state not in APART]
    for state in ("not yet active", "lapsed", "occasional"):
        who = [user for user in states if states[user] == state]
        if who:
            since = _since(group, state, who)
            facts = {"count": len(who), "counted": len(counted)}
            at_least = since == place.rows.data_start
            yield gap(f"people {state}", name, since=since, at_least=at_least, who=who, facts=facts)
    active = [user for user in counted if states[user] == "active"]
    is_active = bool(counted) and Fraction(len(active), len(counted)) >= group.persona["target"]
    idle = [user for user in counted if user not in active]
    if counted and not is_active and _present(group, idle) and not place.silent:
        facts = {"pattern": "not active", "active": len(active), "counted": len(counted)}
        yield gap("masked by logins", name, who=idle, facts=facts)


def _since(group: Group, state: str, who: list[str]) -> date | None:
    """The day from which it is true of every one of them."""
    latest = max(group.since(person, state) for person in group.people if person.id in who)
    if state == "occasional":
        return None
    return latest + WEEK if state == "lapsed" else max(latest, group.place.rows.data_start)


def _present(group: Group, idle: list[str]) -> bool:
    """Whether those counted but not active were there in 75% of their units in seat."""
    seen = group.place.rows.presence[group.place.name]
    units = [(user, unit) for user in idle for unit in group.seated[user] if unit in group.here]
    there = sum(any(monday(day) in unit for day in seen.get(user, ())) for user, unit in units)
    return bool(units) and 4 * there >= 3 * len(units)


def workflow_gaps(group: Group, flow: Flow, now: Result, then: Result | None) -> Iterator[Gap]:
    """Off target, without events, resting on one person, an event that never occurs."""
    name = f"{group.persona['id']}/{flow.flow['id']}"
    since, at_least = flow.below_since(now, then)
    told = {"since": since, "at_least": at_least, "who": flow.shortfall(now)}
    happened = any(
        group.occurrences(person, named(flow.flow), [m for unit in group.seated[person.id] if unit in group.here
                                                     for m in unit])
        for person in group.people
    )  # fmt: skip
    if now.state == "not met" or (flow.kind == "value" and now.state == "no data"):
        target = flow.flow["target"]
        if now.value is None or (flow.kind in ("share", "frequency") and not happened):
            below = flow.kind == "share" and happened
            facts = {"kind": flow.kind, "target": target, "nothing_below": below}
            yield gap("workflow without events", group.persona["id"], name, **told, facts=facts)
        else:
            facts = {"target": target, "value": now.value, "missing": target - now.value, "people": len(told["who"])}
            if now.below is not None:
                facts |= {"numerator": now.above, "denominator": now.below}
            yield gap("workflow off target", group.persona["id"], name, **told, facts=facts)
    yield from _one_person(group, flow, now, name)
    never = tuple(event for event in named(flow.flow) if event not in group.place.rows.names)
    if never:
        yield gap("event name never occurs", group.persona["id"], name, facts={"events": never})


def _one_person(group: Group, flow: Flow, now: Result, name: str) -> Iterator[Gap]:
    """More than half of a workflow's units with a completion are one person's, of three or more in seat."""
    people = group.in_seat(group.here)
    if now.state not in ("met", "not met") or flow.kind in ("milestone", "value") or len(people) < 3:
        return
    done = {person.id: len(_completed(group, flow, person)) for person in people}
    for user, number in done.items():
        if 2 * number > sum(done.values()):
            facts = {"share": Fraction(number, sum(done.values())), "people": len(people)}
            facts |= {"workflows": (name,), "done": (number,), "of": (sum(done.values()),)}
            yield gap("workflow rests on one person", group.persona["id"], name, who=[user], facts=facts)


def _completed(group: Group, flow: Flow, person: Any) -> list[Any]:
    units = [unit for unit in group.seated[person.id] if unit in group.here]
    if flow.kind == "chain":
        ends = [monday(day) for day in group.chains(person, flow.flow["id"])]
        return [unit for unit in units if set(ends) & set(unit)]
    names = flow.flow["share"]["numerator"] if flow.kind == "share" else flow.flow["frequency"]["events"]
    return [unit for unit in units if group.doings(person, names, unit)]


def by_person(gaps: list[Gap]) -> list[Gap]:
    """Workflows of a persona that rest on the same person make one gap, under the first of them."""
    result: list[Gap] = []
    for one in gaps:
        same = [
            other for other in result
            if one["kind"] == other["kind"] == "workflow rests on one person"
            and (one["persona"], one["who"]) == (other["persona"], other["who"])
        ]  # fmt: skip
        if same:
            for key in ("workflows", "done", "of"):
                same[0]["facts"][key] += one["facts"][key]
        else:
            result.append(one)
    return result


def data_gaps(place: Any) -> Iterator[Gap]:
    """The feed that is silent, or stopped four weeks or more before the quarter's end; people in no roster."""
    last, after = heard(place)
    if place.silent:
        yield gap("no data came", since=last, facts={"last": last, "next": after})
    else:
        alive = max(monday(event.day) for event in place.events if monday(event.day) in place.known)
        quiet = [m for m in place.known if m > alive and m not in place.closed]
        if len(quiet) >= 4:
            yield gap("data stopped coming", since=last, facts={"last": last})
    unknown = place.rows.unknown[place.name]
    if unknown:
        facts = {"count": len(unknown), "rows": sum(unknown.values())}
        yield gap("people whom no roster knows", who=sorted(unknown), facts=facts)


def heard(place: Any) -> tuple[date | None, date | None]:
    """The last day with an event up to the quarter's end, and the first one after it."""
    days = [event.day for event in place.events]
    last = max((day for day in days if day <= place.last_day), default=None)
    return last, min((day for day in days if day > place.last_day), default=None)


def told_until(place: Any, end_of_next: date, end: date) -> date:
    """The last day of what people said that is told: 45 days after the end of a quarter that is not the latest."""
    as_of: date = place.rows.as_of
    return as_of if end_of_next > as_of else min(as_of, end + 45 * DAY)
