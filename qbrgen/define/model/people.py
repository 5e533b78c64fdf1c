"""The people of an account: the seats that they hold, and the days that they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seat:
    """Days on which a person is in a persona; None: from the first event / without end, or as the data go."""

    persona: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away, both within it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Person:
    """One named member. `id` is the user id in the events; `name` may be the id where no name is known."""

    id: str
    name: str
    seats: tuple[Seat, ...]
    absences: tuple[Absence, ...] = ()
    title: str = ""
