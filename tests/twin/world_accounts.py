"""One account by chance: its playbook and overrides, its people and their seats, what they did, what it produced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from plain import Row
from world_rows import NAMES, Clock, event_row, moment_on, value_rows

DAY = timedelta(days=1)
PERCENTS = ("25%", "50%", "50%", "66.5%", "70%", "75%", "90%", "100%")


@dataclass(frozen=True)
class Frame:
    """What all accounts of a workspace share: the quarter, the days of its data, its clock.

    sole: some events name no account, so that people are (mostly) called differently in each.
    """

    first: date
    last: date
    begins: date
    ends: date
    clock: Clock
    sole: bool

    def closed_weeks(self, rng: Random, number: int) -> list[str]:
        days = [rng.choice((self.first, self.begins)) + DAY * 7 * rng.randint(-10, 13) for _ in range(number)]
        return sorted({f"{d.isocalendar().year}-W{d.isocalendar().week:02}" for d in days})

    def near(self, rng: Random) -> date:
        """A day in or about the two quarters."""
        return self.first + DAY * rng.randint(-120, (self.last - self.first).days + 20)


@dataclass
class Made:
    """One account's files and rows."""

    name: str
    book: dict[str, Any]
    file: dict[str, Any]
    people: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    presence: list[Row] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)


def account_of(rng: Random, name: str, frame: Frame) -> Made:
    """An account; everything in it comes from this one source of chance."""
    personas = [_persona(rng, role, name) for role in ("reps", "managers", "coaches")[: rng.choice((1, 1, 2, 2, 3))]]
    book = {"playbook": f"book-{name}", "draft": True, "personas": personas}
    made = Made(name, book, {"account": name, "playbook": f"book-{name}"})
    made.file["closed_weeks"] = frame.closed_weeks(rng, rng.choice((0, 0, 0, 1, 2, 5)))
    people = [_person(rng, _user(rng, name, number, frame), personas, frame) for number in range(rng.randint(1, 8))]
    people = list({person["id"]: person for person in people}.values())
    if rng.random() < 0.4:
        made.people = [row for person in people for row in _in_table(rng, person, name)]
    else:
        made.file["people"] = people
        extra = rng.choice(people)  # the people table may know someone, too
        made.people = [{**_in_table(rng, extra, name)[0], "user_id": rng.choice((extra["id"], "stranger"))}]
    if rng.random() < 0.25:
        made.file["overrides"] = {"personas": _overrides(rng, personas, name)}
    if rng.random() < 0.05:
        made.file["people"] = []  # nobody: this account is set aside
    _told(rng, made.file, personas, frame)
    _did(rng, made, people, frame)
    if any("value" in flow for persona in personas for flow in persona["workflows"]) and rng.random() < 0.85:
        made.values = value_rows(rng, name, frame.first, frame.last, "2026-Q3")
    return made


def _user(rng: Random, account: str, number: int, frame: Frame) -> str:
    """Most ids are those of other accounts' people, too: one person may sit in two accounts."""
    if frame.sole:
        return rng.choice((f"{account}-u{number}", f"{account}-u{number}", "in-several"))
    return f"u{number}"


# ---- playbook -------------------------------------------------------------------------------------------------------


def _persona(rng: Random, role: str, account: str) -> dict[str, Any]:
    flows = [_workflow(rng, f"w{number}", account) for number in range(rng.choice((1, 2, 3, 4)))]
    persona = {"id": role, "name": f"senior {role}", "titles": [f"*{role[:-1]}*"], "target": rng.choice(PERCENTS)}
    rhythm = rng.choice(("", "week", "week", "two weeks", "month"))
    return {**persona, **({"rhythm": rhythm} if rhythm else {}), "workflows": flows}


def _workflow(rng: Random, name: str, account: str) -> dict[str, Any]:
    words = {"id": name, "name": f"Work {name}", "produces": "more meetings", "target": rng.choice(PERCENTS)}
    return words | _kind(rng, account)


def _kind(rng: Random, account: str) -> dict[str, Any]:
    def some(most: int = 2) -> list[str]:
        return rng.sample(NAMES, rng.randint(1, most))

    kind = rng.choice(("share", "share", "frequency", "frequency", "milestone", "milestone", "chain", "chain", "value"))
    if kind == "share":
        above = some()
        below = [*above, *some()] if rng.random() < 0.6 else some()
        return {"share": {"numerator": above if len(above) > 1 else above[0], "denominator": below}}
    if kind == "frequency":
        events = some() if rng.random() < 0.95 else ["never-seen"]
        return {"frequency": {"events": events, "times": rng.choice((1, 1, 2, 3, 1.5))}}
    if kind == "milestone":
        steps: list[Any] = [{"event": event, "at_least": rng.choice((1, 1, 2))} for event in some(3)]
        if rng.random() < 0.3:
            steps[0] = steps[0]["event"]
        return {"milestone": {"steps": steps, "within_days": rng.choice((1, 5, 14, 30, 60, 60))}}
    if kind == "chain":
        events = [rng.choice(NAMES[:3]) for _ in range(rng.choice((2, 2, 3)))]
        return {"chain": {"events": events, "within_days": rng.choice((1, 3, 8, 20)), "times": rng.choice((1, 1, 2))}}
    combine = rng.choice(("last", "mean", "sum ÷ sum", "sum / sum"))
    return {"value": {"metric": f"rate-{account}", "source": "Mailer", "combine": combine}}


def _overrides(rng: Random, personas: list[dict[str, Any]], account: str) -> dict[str, Any]:
    persona = rng.choice(personas)
    changes: dict[str, Any] = {"target": rng.choice(PERCENTS)}
    if rng.random() < 0.5:
        changes["rhythm"] = rng.choice(("week", "two weeks", "month"))
    flow = rng.choice(persona["workflows"])["id"]
    changes["workflows"] = {flow: rng.choice(({"target": rng.choice(PERCENTS)}, _kind(rng, account)))}
    if flow != "w0" and rng.random() < 0.3:
        changes["workflows"] = {flow: {"drop": True}}
    if rng.random() < 0.3:
        own = {key: value for key, value in _workflow(rng, "own", account).items() if key != "id"}
        changes["workflows"]["own"] = {"add": True, **own}
    return {persona["id"]: changes}


# ---- people ---------------------------------------------------------------------------------------------------------


def _person(rng: Random, user: str, personas: list[dict[str, Any]], frame: Frame) -> dict[str, Any]:
    long_ago = frame.first - DAY * rng.choice((400, 900))
    late, early = frame.last - DAY * rng.randint(0, 25), frame.begins - DAY * rng.randint(0, 40)
    first = rng.choice((long_ago, long_ago, long_ago, frame.near(rng), frame.near(rng), late, early, None))
    role = rng.choice(personas)["id"]
    seats: list[dict[str, Any]] = [{"persona": role, "from": first, "to": None}]
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):  # leaves; comes back, or changes to another persona
        begun = seats[-1]["from"] or frame.first - DAY * 60
        seats[-1]["to"] = max(begun, frame.near(rng)) if rng.random() < 0.8 else begun + DAY * rng.randint(0, 30)
        if rng.random() < 0.65:
            begin = seats[-1]["to"] + DAY * rng.choice((1, 1, 1, 4, 25))
            after = rng.choice((seats[-1]["persona"], rng.choice(personas)["id"]))
            if len(seats) == 1 and after == role and rng.random() < 0.1:  # seats of one persona that overlap are one
                seats.append({"persona": after, "from": begin - DAY * 9, "to": None})
                break
            seats.append({"persona": after, "from": begin, "to": None})
        else:
            break
    away = []
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        begin = rng.choice((frame.near(rng), frame.near(rng), frame.begins - DAY * rng.randint(0, 40)))
        away.append({"from": str(begin), "to": str(begin + DAY * rng.choice((0, 4, 6, 11, 40, 150)))})
    person: dict[str, Any] = {"id": user, "seats": [_written(seat) for seat in seats], "away": away}
    if len(seats) == 1 and rng.random() < 0.5:
        person |= person.pop("seats")[0]
    return person


def _written(seat: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) for key, value in seat.items() if value is not None}


def _in_table(rng: Random, person: dict[str, Any], account: str) -> list[Row]:
    """A person's seats as rows of the people table, their persona given, or found by a title."""
    rows = []
    for seat in person.get("seats") or [person]:
        titled = rng.random() < 0.5
        title = f"Senior {seat['persona'][:-1].title()} II" if titled or rng.random() < 0.5 else "Cook"
        rows.append(
            {
                "user_id": person["id"],
                "account_id": account,
                "full_name": person["id"].title(),
                "job_title": title,
                "persona": "" if titled else seat["persona"],
                "start_date": seat.get("from", ""),
                "end_date": seat.get("to", ""),
            }
        )
    return rows


# ---- what they did, and what it produced ----------------------------------------------------------------------------


def _did(rng: Random, made: Made, people: list[dict[str, Any]], frame: Frame) -> None:
    quiet = rng.random()
    until = frame.first + DAY * rng.randint(-20, 60) if quiet < 0.25 else frame.ends + DAY * 15
    since = frame.first + DAY * rng.randint(-30, 40) if 0.25 <= quiet < 0.35 else frame.begins
    number = 0
    for person in people:
        habit = rng.choice((0.0, 0.03, 0.15, 0.35, 0.5, 0.6))
        stops = rng.choice((frame.ends + DAY * 20, frame.ends + DAY * 20, frame.near(rng)))
        names = rng.sample(NAMES, rng.randint(1, len(NAMES)))
        seen = rng.choice((0.0, 0.1, 0.4))
        for offset in range((frame.ends - frame.begins).days + 15):
            day = frame.begins + DAY * offset
            if rng.random() < seen:
                moment = frame.clock.text(rng, moment_on(rng, day))
                made.presence.append({"seen at": moment, "user_id": person["id"], "account_id": made.name})
            if not (since <= day <= min(until, stops)):
                continue
            while rng.random() < habit:
                number += 1
                moment = moment_on(rng, day)
                name = rng.choice(names)
                made.events.append(event_row(rng, frame.clock, made.name, person["id"], name, moment, number))
    if made.name == "a00":  # so that the data begin and end where they should
        for day in (frame.begins, frame.ends + DAY):
            at = datetime.combine(day, time(8)).isoformat(sep=" ")
            edge = {"row id": "", "sent at": at, "user_id": "edge", "account_id": "nowhere", "event": "edge", "qty": ""}
            made.events.append(edge)


def _told(rng: Random, file: dict[str, Any], personas: list[dict[str, Any]], frame: Frame) -> None:
    """Outcome, impacts, actions and agreed names."""

    def said() -> str:
        near_end = frame.last + DAY * rng.choice((-700, -250, -30, 5, 44, 45, 46, 100))
        return str(rng.choice((near_end, near_end, frame.ends - DAY * rng.choice((200, 365, 366, 0, -1)))))

    if rng.random() < 0.7:
        readings = {name: {"value": rng.randint(1, 9)} for name in ("baseline", "goal", "present")}
        for reading in readings.values():
            if rng.random() < 0.6:
                reading["on"] = said()
        kept = {name: reading for name, reading in readings.items() if rng.random() < 0.8}
        file["outcome"] = {"bought": "reach more buyers", **kept}
    file["impact"] = []
    for number in range(rng.choice((0, 1, 1, 2))):
        figure = rng.choice(({"change": "-30%"}, {"value": 8, "unit": "hours"}, {"value": 8, "from": 9}))
        impact = {"what": f"email time {number}", **figure}
        if rng.random() < 0.8:
            impact |= {"source": rng.choice(("measured", "estimate", "benchmark"))}
        if rng.random() < 0.7:
            impact |= {"by": "the team"}
        if rng.random() < 0.8:
            impact |= {"on": said()}
        file["impact"].append(impact)
    ends = ["", "impact", "outcome", *(persona["id"] for persona in personas)]
    ends += [f"{persona['id']}/{persona['workflows'][0]['id']}" for persona in personas]
    file["actions"] = []
    for _ in range(rng.choice((0, 1, 3))):
        action: dict[str, Any] = {"action": "One hour on a list", "closes": rng.choice(ends)}
        if rng.random() < 0.8:
            action |= {"owner": "Priya", "due": str(frame.ends + DAY * rng.choice((-20, -1, 0, 1, 30)))}
        if rng.random() < 0.2:
            action |= {"done": str(frame.ends)}
        if rng.random() < 0.3:
            action["internal"] = True
        file["actions"].append(action)
