"""Random small workspaces: joiners, leavers, changers, comers-back, absences, closed weeks, all rhythms and targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from random import Random

from score_building import (
    FIRST_DAY,
    LONG_AGO,
    Row,
    World,
    chain,
    frequency,
    milestone,
    persona,
    ready_made,
    share,
    workflow,
)

from qbrgen.define.model.account import Account
from qbrgen.define.model.people import Absence, Person, Seat
from qbrgen.define.model.playbook import Combine, Persona
from qbrgen.period import Rhythm, week_of

EVENTS = ("done", "other", "first", "then")


def random_world(seed: int) -> World:
    """A workspace with one or two accounts; the same for the same seed."""
    rng = Random(seed)
    world = World(
        data_start=FIRST_DAY + timedelta(days=rng.choice((0, 0, 0, 3, 40, 100))),
        as_of=date(2026, 9, 27) + timedelta(days=rng.choice((0, 0, 3, -20, 20))),
        closed=frozenset(rng.sample(range(week_of(FIRST_DAY), week_of(FIRST_DAY) + 26), rng.choice((0, 0, 1, 3)))),
    )
    for name in ("acme", "birch")[: rng.choice((1, 1, 2))]:
        world.accounts[name] = _account(rng, name, world)
    return world


def _account(rng: Random, name: str, world: World) -> Account:
    personas = tuple(_persona(rng, role) for role in ("reps", "managers")[: rng.choice((1, 1, 2))])
    people = tuple(_person(rng, f"{name}-{number}", personas) for number in range(rng.randint(0, 7)))
    for person in people:
        _rows(rng, name, person, world)
    if rng.random() < 0.2:
        world.rows = [r for r in world.rows if r.account != name or r.day < date(2026, 6, 29)]
    for number in range(rng.choice((0, 0, 1, 3))):
        first = date(2026, 6, 22) + timedelta(days=7 * rng.randint(0, 15) + rng.choice((0, 0, -1, 3)) + number * 8)
        value = {"account": name, "metric": "delivery", "first": first, "last": first + timedelta(days=6)}
        world.values.append({**value, "value": rng.choice((0.7, 0.5, 0.91)), "numerator": 7, "denominator": 10})
    closed = frozenset({week_of(date(2026, 8, 10))} if rng.random() < 0.2 else ())
    return Account(name, name.title(), "sales", personas, people, closed_weeks=closed)


def _persona(rng: Random, role: str) -> Persona:
    kinds = (
        share(),
        share("done", "other"),
        frequency(rng.choice((1, 2))),
        milestone(rng.choice((1, 14, 30)), done=rng.choice((1, 3)), first=1),
        chain("first then", rng.choice((1, 3, 9))),
        chain("first first then", 6, rng.choice((1, 2))),
        ready_made(rng.choice(tuple(Combine))),
    )
    chosen = rng.sample(kinds, rng.randint(1, 3))
    flows = [workflow(kind, f"{rng.choice((0, 25, 50, 70, 100))}%", f"w{n}") for n, kind in enumerate(chosen)]
    rhythm = rng.choice((Rhythm.WEEK, Rhythm.WEEK, Rhythm.TWO_WEEKS, Rhythm.MONTH))
    return persona(*flows, name=role, rhythm=rhythm, target=f"{rng.choice((0, 50, 70, 100))}%")


def _person(rng: Random, name: str, personas: tuple[Persona, ...]) -> Person:
    def near() -> date:
        return date(2026, 3, 1) + timedelta(days=rng.randint(0, 215))

    first = rng.choice((LONG_AGO, LONG_AGO, near(), near(), None))
    role = rng.choice(personas).id
    seats = [Seat(role, first, rng.choice((None, None, None, near())))]
    if seats[0].last and rng.random() < 0.6:
        later = seats[0].last + timedelta(days=rng.choice((1, 1, 4, 25)))
        seats.append(Seat(rng.choice(personas).id, later, None))
        seats[0] = replace(seats[0], first=first and min(first, seats[0].last))
    absences = []
    for _ in range(rng.choice((0, 0, 1, 2))):
        start = near()
        absences.append(Absence(start, start + timedelta(days=rng.choice((0, 4, 6, 11, 40, 120)))))
    return Person(name, name.title(), tuple(seats), tuple(absences))


def _rows(rng: Random, account: str, person: Person, world: World) -> None:
    habit = rng.choice((0.0, 0.05, 0.3, 0.6, 0.9))
    stops = rng.choice((999, 999, rng.randint(60, 200)))
    for number in range(-20, 215):
        if number < stops and rng.random() < habit / 2:
            day = date(2026, 3, 10) + timedelta(days=number)
            moment = datetime.combine(day, time(rng.choice((0, 9, 9, 17))))
            value = rng.choice((Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2), Fraction(0)))
            world.rows.append(Row(account, person.id, rng.choice(EVENTS), moment, value))
