"""Blocks drawn to scale: bars against a target, a line by week, before and after, a measure's readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qbrgen.document.marks import Status


@dataclass(frozen=True, slots=True)
class TargetBar:
    """One workflow against target. value and target are floats of one; without a value no bar is drawn.

    `state_text` says in words how it stands, and why there is no value.

    value_text: "80%"; target_text: "70%"; previous_text: "58%" or "" ; state_text: "on target", "13 points
    below", "no data".
    count_text: what the value is counted from ("4,182 of 5,221"), drawn quietly beside or under the label; ""
    draws none. alt: the bar in words ("80%, target 70%, on target").
    """

    label: str
    value: float | None
    target: float
    value_text: str
    target_text: str
    state_text: str
    status: Status
    previous: float | None = None
    previous_text: str = ""
    count_text: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The workflows of one persona. key: which one, as in `PeopleGroup`."""

    label: str
    bars: tuple[TargetBar, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class TargetBars:
    """Workflows as bars with the target marked on them.

    headings: of the columns value, target, previous ("" drops it).
    """

    groups: tuple[BarGroup, ...]
    alt: str
    headings: tuple[str, str, str, str] = ("Workflow", "Now", "Target", "")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One unit of time: category label ("6 Apr"), value (float of one) or None where there was nothing to divide by."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """A line by week against its target, direct labels, no legend.

    split: index of the first point of this period (a dotted rule is drawn before it), with the two spans' names.
    series_name and target_name are the headings of the chart's own data ("Edit data"). unit_word: "week".
    """

    points: tuple[TrendPoint, ...]
    target: float | None
    first_text: str
    last_text: str
    last_note: str
    target_text: str
    alt: str
    series_name: str
    target_name: str
    split: int | None = None
    span_names: tuple[str, str] = ("", "")
    title: str = ""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Two bars from a common zero, earlier first, with their values as text and the witness below.

    before_text, after_text: "" where only the change is known: the bar then carries no number. figure: the change in
    large type, "" where the bars already say it. key: which impact.
    """

    label: str
    before: float
    after: float
    before_text: str
    after_text: str
    before_name: str
    after_name: str
    witness: str
    alt: str
    figure: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a measure: its name ("Where you started"), its date, its value as text and as a number.

    value: None for one that is not set. kind: how its bar is drawn, the same everywhere: earlier lighter, now solid,
    a goal outlined.
    """

    name: str
    on: str
    text: str
    value: float | None
    kind: Literal["earlier", "now", "goal"]


@dataclass(frozen=True, slots=True)
class Readings:
    """One measure at its start, now and at its goal, as bars from a common zero. Decks and plans draw it."""

    label: str
    readings: tuple[Reading, ...]
    alt: str
