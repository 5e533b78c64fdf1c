"""Times as people write them: the way that a column does it, seen over the whole column, and the same as ISO text.

ISO times (2026-07-31, 2026-07-31 09:30:00, …T09:30:00Z) are read by whoever needs them; here is what else columns
hold. Each way is a `Shape` with patterns that rewrite it to ISO. They are written for both of their readers, Python's
`re` and the engine's RE2: small tables and events follow one rule.

What a column holds decides how it is read, never a row alone: one 31/12/2026 settles 03/04/2026. What nothing settles
is an error that asks for `read: {dates: …}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import is_nothing
from qbrgen.load.reading import Dates, Reading


class Shape(StrEnum):
    """A way of writing times. The text is how messages call it."""

    FIGURES = "day, month and year in figures"
    NAMED = "the month by its name"
    YEAR_FIRST = "the year first"
    MONTH_ALONE = "a month without a day"
    HALF_DAYS = "am and pm"
    SECONDS = "seconds since 1970"
    MILLISECONDS = "milliseconds since 1970"
    MICROSECONDS = "microseconds since 1970"
    NANOSECONDS = "nanoseconds since 1970"
    EXCEL = "days as Excel counts them"
    OTHER = "something else"


_REST = r"(?:[T ,]+(?:at +)?(.*))?$"
_WEEKDAY = r"^(?:[A-Za-z]{2,9}\.?,? +)?"
_MONTH = r"([A-Za-z]{3})[A-Za-z]*"
_FIGURES = r"^(\d{1,2})[/.\- ] ?(\d{1,2})[/.\- ] ?"

# Shape → pattern, and what it becomes; "{d}" and "{m}" are the groups of day and month.
PATTERNS: Mapping[Shape, tuple[tuple[str, str], ...]] = {
    Shape.YEAR_FIRST: (
        (r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})" + _REST, r"\1-\2-\3 \4"),
        (r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3"),
    ),
    Shape.FIGURES: (
        (_FIGURES + r"(\d{4})" + _REST, r"\3-{m}-{d} \4"),
        (_FIGURES + r"(\d{2})" + _REST, r"20\3-{m}-{d} \4"),
    ),
    Shape.NAMED: (
        (_WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th|\.)?[ \-/]*" + _MONTH + r"\.?[ ,\-/]*(\d{4})" + _REST, r"\3-\2-\1 \4"),
        (_WEEKDAY + _MONTH + r"\.?[ \-/]+(\d{1,2})(?:st|nd|rd|th)?[ ,\-/]+(\d{4})" + _REST, r"\3-\1-\2 \4"),
        (r"^(\d{1,2})[ \-/]" + _MONTH + r"[ \-/](\d{2})" + _REST, r"20\3-\2-\1 \4"),
    ),
    Shape.MONTH_ALONE: (
        (r"^(\d{4})[/.\-](\d{1,2})$", r"\1-\2-1 "),
        (r"^(\d{1,2})[/.\-](\d{4})$", r"\2-\1-1 "),
        (r"^" + _MONTH + r"\.?[ ,\-/]*(\d{4})$", r"\2-\1-1 "),
        (r"^" + _MONTH + r"\.?[ \-/](\d{2})$", r"20\2-\1-1 "),
        (r"^(\d{4})[ \-/]" + _MONTH + r"$", r"\1-\2-1 "),
    ),
}
NUMBER = r"^[+\-]?\d+(?:\.\d+)?(?:[eE][+\-]?\d+)?$"
HALF_DAY = r"^(\S+)[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?([AaPp])\.?[Mm]\.?$"
UTC_NAMES = r" ?(?:GMT|UTC|Z)$"
MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
# Parts of a day's text in figures: what stands first, and second.
PARTS = r"^(\d{1,2})[/.\- ] ?(\d{1,2})[/.\- ] ?(?:\d{4}|\d{2})(?:[T ,].*)?$"

# Of what lies between 1990 and 2100, by how much it counts; seconds of one number, and days of Excel.
_FIRST, _LAST = 631_152_000, 4_102_444_800
SCALES: Mapping[Shape, int] = {  # a second has so many
    Shape.SECONDS: 1,
    Shape.MILLISECONDS: 10**3,
    Shape.MICROSECONDS: 10**6,
    Shape.NANOSECONDS: 10**9,
}
EXCEL_EPOCH = 25_569  # Excel's number of 1970-01-01
EXCEL_DAYS = (32_874, 73_051)
MAGNITUDES: Mapping[Shape, tuple[int, int]] = {
    **{shape: (_FIRST * scale, _LAST * scale) for shape, scale in SCALES.items()},
    Shape.EXCEL: EXCEL_DAYS,
}
_DATES = {
    Dates.EPOCH_SECONDS: Shape.SECONDS,
    Dates.EPOCH_MILLISECONDS: Shape.MILLISECONDS,
    Dates.EPOCH_MICROSECONDS: Shape.MICROSECONDS,
    Dates.EXCEL_DAYS: Shape.EXCEL,
}
_BESIDE = frozenset({Shape.YEAR_FIRST, Shape.HALF_DAYS, Shape.MONTH_ALONE})  # sure of every text alone
_STRAY = 0.01  # a few texts of another shape are set aside and told; more are a second way of writing

Example = tuple[int | None, str]  # line, text


@dataclass(frozen=True, slots=True)
class Form:
    """How a column's times are read, beside ISO. day_first: of `Shape.FIGURES`."""

    shapes: frozenset[Shape] = frozenset()
    day_first: bool = True

    def rewrites(self) -> list[tuple[str, str]]:
        """(pattern, replacement) of the shapes that are text."""
        groups = {"d": r"\1", "m": r"\2"} if self.day_first else {"d": r"\2", "m": r"\1"}
        return [
            (pattern, text.format(**groups) if shape is Shape.FIGURES else text)
            for shape, patterns in PATTERNS.items()
            if shape in self.shapes
            for pattern, text in patterns
        ]


ISO = Form()


@dataclass(slots=True)
class Seen:
    """The texts of one shape in a column. first_high, second_high: a text whose first, second figure is above 12.

    uneven: whether first and second figure differ in any.
    """

    rows: int = 0
    example: Example = (None, "")
    first_high: Example | None = None
    second_high: Example | None = None
    uneven: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose times are not all ISO. rows: how many have a time at all, those in ISO among them. iso: one of
    these. months: whether a month alone is a time."""

    file: str
    name: str
    rows: int
    seen: Mapping[Shape, Seen] = field(default_factory=dict)
    iso: Example | None = None
    months: bool = False


def form_of(column: Column, reading: Reading) -> tuple[Form, list[Finding]]:
    """How a column is read: its form, with the note that tells so; or ISO alone, with the error that says why not."""
    found = {shape: seen for shape, seen in column.seen.items() if shape is not Shape.OTHER}
    if not column.months:
        found.pop(Shape.MONTH_ALONE, None)
    if reading.dates in _DATES:
        said = _DATES[reading.dates]
        found = {shape: seen for shape, seen in found.items() if shape not in MAGNITUDES or shape is said}
    beside = frozenset(found) & _BESIDE
    ways = sorted(
        (shape for shape in found if shape not in _BESIDE),
        key=lambda shape: (-found[shape].rows, found[shape].example[0] or 0),
    )
    if not ways:
        return Form(beside), _notes(column, sorted(beside), "")
    others = ways[1:]
    if sum(found[shape].rows for shape in others) > _STRAY * column.rows:
        return ISO, [_mixed(column, ways)]
    day_first, said_so = True, ""
    if ways[0] is Shape.FIGURES:
        order = _order(column, found[Shape.FIGURES], reading)
        if isinstance(order, Finding):
            # a few among ISO times are set aside and told, as whatever cannot be read
            few = column.iso is not None and 2 * found[Shape.FIGURES].rows <= column.rows
            return (Form(beside), []) if few else (ISO, [order])
        day_first, said_so = order
    return Form(beside | {ways[0]}, day_first), _notes(column, [ways[0], *sorted(beside)], said_so)


def _order(column: Column, seen: Seen, reading: Reading) -> tuple[bool, str] | Finding:
    """(whether the day stands first, how that is known), or the error that says that nothing tells."""
    if reading.dates in (Dates.DAY_FIRST, Dates.MONTH_FIRST):
        first = reading.dates is Dates.DAY_FIRST
        return first, f"{'day' if first else 'month'} first, as `dates:` says"
    ask = "Say which: `read: {dates: day-first}` or `read: {dates: month-first}`."
    where = Location(column.file, seen.example[0])
    if seen.first_high and seen.second_high:
        what = f"days and months change places in the column '{column.name}': {_shown(seen.first_high)} and "
        what += f"{_shown(seen.second_high)}."
        fix = "Write all in one order; or say which is right, and the others are set aside: `read: {dates: day-first}`."
        return Finding(Level.ERROR, "dates-mixed", what, fix, where)
    if seen.first_high or seen.second_high:
        return bool(seen.first_high), f"{'day' if seen.first_high else 'month'} first"
    if not seen.uneven:
        return True, "day first"
    what = f"nothing in the column '{column.name}' tells whether the day or the month stands first: "
    return Finding(Level.ERROR, "dates-ambiguous", f"{what}{_shown(seen.example)}.", ask, where)


def _mixed(column: Column, ways: Sequence[Shape]) -> Finding:
    each = [f"{shape}: {_shown(column.seen[shape].example)}" for shape in ways]
    each += [f"year, month and day: {_shown(column.iso)}"] if column.iso else []
    what = f"the column '{column.name}' writes its times in {len(each)} ways: {'; '.join(each)}."
    fix = "Export it with times of one kind, such as 2026-07-31 09:30:00."
    return Finding(Level.ERROR, "times-mixed", what, fix, Location(column.file, column.seen[ways[0]].example[0]))


def _notes(column: Column, shapes: Iterable[Shape], said: str) -> list[Finding]:
    told = [shape for shape in shapes if shape not in (Shape.YEAR_FIRST, Shape.HALF_DAYS)]
    if not told:
        return []
    shape = told[0]
    seen = column.seen[shape]
    way = said or f"as {shape}"
    read = Form(frozenset({shape}), day_first=not said.startswith("month"))
    iso = iso_text(seen.example[1], read)
    what = f"times of the column '{column.name}' such as '{seen.example[1][:40]}' are read {way}: {iso}."
    return [Finding(Level.NOTE, "times-taken", what, "", Location(column.file, seen.example[0]))]


def _shown(example: Example) -> str:
    line, text = example
    return f"'{text[:40]}'" + (f" (line {line})" if line else "")


# ---- one text, in Python ---------------------------------------------------------------------------------------------


def shape_of(text: str) -> Shape:
    """The shape of a text that is no ISO time."""
    for shape in (Shape.FIGURES, Shape.YEAR_FIRST, Shape.NAMED, Shape.MONTH_ALONE):
        for pattern, _ in PATTERNS[shape]:
            if re.match(pattern, text, re.ASCII):
                half = shape is Shape.YEAR_FIRST and re.match(HALF_DAY, text)
                return Shape.HALF_DAYS if half else shape
    if re.match(NUMBER, text, re.ASCII):
        number = float(text)
        return next((shape for shape, (low, high) in MAGNITUDES.items() if low <= number < high), Shape.OTHER)
    return Shape.OTHER


def column_of(file: str, name: str, cells: Iterable[tuple[int | None, str]], *, months: bool) -> Column:
    """What a column holds. cells: line, text."""
    seen: dict[Shape, Seen] = {}
    iso: Example | None = None
    rows = 0
    for line, text in cells:
        if is_nothing(text):
            continue
        rows += 1
        if _ISO.match(text):
            iso = iso or (line, text)
            continue
        shape = shape_of(text)
        one = seen.setdefault(shape, Seen(example=(line, text)))
        one.rows += 1
        parts = re.match(PARTS, text, re.ASCII) if shape is Shape.FIGURES else None
        if parts:
            first, second = int(parts[1]), int(parts[2])
            one.uneven |= first != second
            one.first_high = one.first_high or ((line, text) if first > 12 else None)
            one.second_high = one.second_high or ((line, text) if second > 12 else None)
    return Column(file, name, rows, seen, iso, months)


_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}(?::?\d{2})*(?:[.,]\d+)?\s*(?:Z|UTC|[+\-]\d{2}:?\d{0,2})?)?$", re.ASCII
)
_DAY = re.compile(r"(\d{4})-(\d{1,2}|[A-Za-z]{3})-(\d{1,2})\s*(.*)", re.ASCII | re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(.*)", re.ASCII | re.DOTALL)


def iso_text(text: str, form: Form) -> str:
    """A text in ISO form; as it is, where the form does not read it."""
    for shape in form.shapes & MAGNITUDES.keys():
        if re.match(NUMBER, text, re.ASCII) and shape_of(text) is shape:
            return _counted(float(text), shape)
    written = text
    for pattern, replacement in form.rewrites():
        written = re.sub(pattern, replacement, written, count=1, flags=re.ASCII)
    day = _DAY.fullmatch(written)
    if day is None:
        return text
    year, month, of_month, rest = day.groups()
    if month.isalpha():
        place = MONTHS.find(month.lower())
        if place % 3:  # none, or not where a name begins
            return text
        month = str(place // 3 + 1)
    iso = f"{year}-{int(month):02}-{int(of_month):02}"
    return f"{iso} {_clock(rest)}".strip() if rest else iso


def _clock(rest: str) -> str:
    rest = re.sub(UTC_NAMES, "+00:00", rest)
    half = re.match(HALF_DAY, f"- {rest}")
    if half:
        hour = int(half[2]) % 12 + (12 if half[5].lower() == "p" else 0)
        return f"{hour:02}:{half[3]}:{half[4] or '00'}"
    clock = _CLOCK.fullmatch(rest)
    return f"{int(clock[1]):02}:{clock[2]}{clock[3].replace(' +', '+').replace(' -', '-')}" if clock else rest


def _counted(number: float, shape: Shape) -> str:
    if shape is Shape.EXCEL:
        moment = datetime(1970, 1, 1) + timedelta(seconds=round((number - EXCEL_EPOCH) * 86_400))
        return moment.isoformat(" ") if moment.time() != datetime.min.time() else moment.date().isoformat()
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / SCALES[shape])).isoformat(" ")
