"""The kinds of value that people write in a workspace's YAML: text, shares, numbers, days, weeks, money, choices.

Each is an annotated type for pydantic: it takes what the YAML holds, gives what the model holds (exact fractions,
dates), and raises an error that says what to write. Messages begin with a verb: the key goes before them.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from qbrgen.define.model.account import Side, Source
from qbrgen.define.model.playbook import Combine
from qbrgen.define.model.sources import EachRow, SameRows
from qbrgen.figures import Money
from qbrgen.load.cells import day_fix, parse_day, parse_money, parse_number, parse_share
from qbrgen.load.characters import hidden, in_lines
from qbrgen.load.nearest import instead_of
from qbrgen.load.reading import Dates
from qbrgen.load.reading import Decimal as DecimalSign
from qbrgen.period import Rhythm, week_of

E = TypeVar("E", bound=StrEnum)

PAPERS = ("A4", "Letter")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def wrong(code: str, what: str, fix: str) -> PydanticCustomError:
    """An error of a value: its code, a predicate ("is a word, not a number"), and what to write instead."""
    return PydanticCustomError(code, "{what}", {"what": what, "fix": fix})


def shown(raw: Any) -> str:
    """A value as a message shows it: short, and never a whole file."""
    if isinstance(raw, list | dict):
        return "a list" if isinstance(raw, list) else "a mapping"
    text = f"'{raw}'" if isinstance(raw, str) else str(raw).lower()
    return text if len(text) <= 60 else f"{text[:57]}…"


def _text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, str):
        code = hidden(raw.strip())
        if code:
            raise wrong("hidden-character", f"holds the character {code}, which nobody can see.", "Take it out.")
        return in_lines(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    raise wrong("not-text", f"is {shown(raw)}, not text.", 'Put quotes around it, such as "1.10".')


def _texts(raw: Any) -> Any:
    if raw is None:
        return []
    return raw if isinstance(raw, list) else [raw]


def _number_or_text(raw: Any) -> str | None:
    """The text of a number or a text; None for what can be neither."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    return raw if isinstance(raw, str) else str(raw)


def _target(raw: Any) -> Fraction:
    text = _number_or_text(raw)
    try:
        share = parse_share(text if text is not None else "")
    except ValueError as error:
        fix = "Write the share that must be reached as a number, such as 70% or 0.7."
        raise wrong("target-is-a-word", f"is {shown(raw)}, not a number.", fix) from error
    if share > 1:
        # 70 was meant as 70%; what 1.2 was meant as nobody knows
        forgotten = text is not None and not text.strip().endswith("%") and 2 <= share <= 100
        what = f"is {shown(raw)}: {'without a % sign that is ' if forgotten else ''}above 100%."
        fix = f"Write {text}%." if forgotten else "Write a share of 100% or less, such as 70%."
        raise wrong("target-out-of-range", what, fix)
    if share <= 0:
        limit = "below 0" if share < 0 else "every result would reach it"
        raise wrong("target-out-of-range", f"is {shown(raw)}: {limit}.", "Write a share above 0, such as 70%.")
    return share


def _change(raw: Any) -> Fraction:
    text = _number_or_text(raw)
    try:
        change = parse_share(text if text is not None else "")
    except ValueError as error:
        fix = "Write it as a percentage, such as -30%."
        raise wrong("not-a-change", f"is {shown(raw)}, not a change.", fix) from error
    if text is not None and not text.strip().endswith("%") and abs(change) > 1:
        raise wrong("change-without-percent", f"is {shown(raw)}: percent, or times?", f"Write {text}%.")
    if change < -1:
        what = f"is {shown(raw)}: nothing falls by more than 100%."
        raise wrong("change-out-of-range", what, "Write a fall of 100% or less, such as -30%.")
    return change


def _number(raw: Any) -> Fraction:
    text = _number_or_text(raw)
    try:
        return parse_number(text if text is not None else "")
    except ValueError as error:
        raise wrong("not-a-number", f"is {shown(raw)}, not a number.", "Write a number, such as 8 or 12.5.") from error


def _times(raw: Any) -> Fraction:
    return _above_zero(raw, "Write a number of times, such as 1.")


def _days(raw: Any) -> int:
    return _whole(raw, "Write a whole number of days, such as 14.")


def _whole(raw: Any, fix: str = "Write a whole number above 0, such as 4.") -> int:
    number = _above_zero(raw, fix)
    if number.denominator != 1:
        raise wrong("not-whole", f"is {shown(raw)}, not a whole number.", fix)
    if number > 100_000:
        raise wrong("too-large", f"is {shown(raw)}: more than any rule can use.", "Write a smaller number.")
    return int(number)


def _above_zero(raw: Any, fix: str) -> Fraction:
    text = _number_or_text(raw)
    try:
        number = parse_number(text if text is not None else "")
    except ValueError as error:
        raise wrong("not-a-number", f"is {shown(raw)}, not a number.", fix) from error
    if number <= 0:
        raise wrong("not-above-zero", f"is {shown(raw)}, not above 0.", fix)
    return number


def _weight(raw: Any) -> int:
    """A whole number that may be 0. A percentage is none: weights need not sum to 100."""
    fix = "Write a whole number of 0 or more, such as 40; 0 leaves the part out."
    try:
        number = parse_number(_number_or_text(raw) or "")
    except ValueError as error:
        raise wrong("not-a-weight", f"is {shown(raw)}, not a whole number.", fix) from error
    if number < 0 or number.denominator != 1:
        limit = "below 0" if number < 0 else "not a whole number"
        raise wrong("not-a-weight", f"is {shown(raw)}, {limit}.", fix)
    if number > 100_000:
        raise wrong("too-large", f"is {shown(raw)}: more than any rule can use.", "Write a smaller number.")
    return int(number)


def _day(raw: Any) -> date:
    text = raw if isinstance(raw, str) else str(raw) if isinstance(raw, int) else ""
    try:
        return parse_day(text)
    except ValueError as error:
        raise wrong("date-not-readable", f"is {shown(raw)}, not a date.", day_fix(text)) from error


def _week(raw: Any) -> int:
    text = raw.strip().upper() if isinstance(raw, str) else ""
    year, _, number = text.partition("-W")
    try:
        if len(year) != 4 or not (year + number).isascii() or not (year.isdigit() and number.isdigit()):
            raise ValueError(text)
        return week_of(date.fromisocalendar(int(year), int(number), 1))
    except ValueError as error:
        raise wrong("week-not-readable", f"is {shown(raw)}, not a week.", _week_fix(text, year, number)) from error


def _week_fix(text: str, year: str, number: str) -> str:
    with suppress(ValueError):  # a day tells its week
        iso = parse_day(text).isocalendar()
        return f"Write the ISO week; that of this day is {iso.year}-W{iso.week:02}."
    with suppress(ValueError):
        if number.isdigit():
            return (
                f"Write the ISO week; {int(year)} has the weeks W01 to W{date(int(year), 12, 28).isocalendar().week}."
            )
    return "Write the ISO week, such as 2026-W52."


def _month(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 12:
        return raw
    names = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
    names |= {name[:3]: number for name, number in list(names.items())}
    text = raw.strip().lower() if isinstance(raw, str) else ""
    if text in names:
        return names[text]
    fix = instead_of(text, MONTHS, "months") if text else "Write a month, such as February or 2."
    raise wrong("month-unknown", f"is {shown(raw)}, not a month.", fix)


def _paper(raw: Any) -> str:
    names = {name.lower(): name for name in PAPERS}
    text = raw.strip().lower() if isinstance(raw, str) else ""
    if text in names:
        return names[text]
    raise wrong("paper-unknown", f"is {shown(raw)}, not a paper size.", f"Write {' or '.join(PAPERS)}.")


def _money(raw: Any) -> Money:
    """Money without a currency has the currency ""; `define` gives it the workspace's."""
    text = _number_or_text(raw)
    try:
        amount, currency = parse_money(text if text is not None else "")
    except ValueError as error:
        raise wrong("not-money", f"is {shown(raw)}, not an amount.", "Write it as 184000 GBP.") from error
    return Money(amount=Decimal(amount), currency=currency)


def _currency(raw: Any) -> str:
    text = _text(raw)
    if text and not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise wrong(
            "not-a-currency", f"is {shown(raw)}, not a currency.", "Write its code of three letters, such as GBP."
        )
    return text


def _choice(kinds: type[E], aliases: dict[str, str] | None = None) -> Callable[[Any], E]:
    def validate(raw: Any) -> E:
        text = " ".join(raw.lower().split()) if isinstance(raw, str) else ""
        try:
            return kinds((aliases or {}).get(text, text))
        except ValueError as error:
            fix = instead_of(text, [kind.value for kind in kinds], "choices")
            raise wrong("unknown-choice", f"is {shown(raw)}, which is none of the choices.", fix) from error

    return validate


_SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|", "colon": ":", "space": " "}


def _delimiter(raw: Any) -> str:
    text = raw if isinstance(raw, str) else ""
    text = _SIGNS.get(text.strip().lower(), text if len(text) == 1 else text.strip())
    if len(text) == 1 and text not in '"\r\n' and not text.isalnum():
        return text
    raise wrong("not-a-delimiter", f"is {shown(raw)}, which separates no columns.", 'Write ";", ",", "|" or tab.')


def _encoding(raw: Any) -> str:
    text = _text(raw)
    try:
        b"".decode(text or "utf-8")  # a codec of text, and no other kind
        return codecs.lookup(text).name if text else ""
    except (LookupError, ValueError) as error:
        fix = "Write utf-8, utf-16, cp1252, latin-1, mac-roman, shift-jis or another that Python knows."
        raise wrong("unknown-encoding", f"is {shown(raw)}, no encoding that is known.", fix) from error


class Better(StrEnum):
    """Which way an impact is good."""

    HIGHER = "higher"
    LOWER = "lower"


def _enum(kinds: Iterable[StrEnum]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [kind.value for kind in kinds]})


_SHARE_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^\s*[+-]?[0-9.,]+\s*%?\s*$"},
        {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    ]
}
_NUMBER_SCHEMA = {"type": ["number", "string"]}
_PERCENT = {"anyOf": [{"type": "string", "pattern": r"^\s*[+\-−]?[0-9.,]+\s*%?\s*$"}, {"type": "number"}]}
_DAY_SCHEMA = {"type": "string", "format": "date"}

Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": ["string", "integer"]})]
Texts = Annotated[
    list[Text],
    BeforeValidator(_texts),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
TargetShare = Annotated[Fraction, PlainValidator(_target), WithJsonSchema(_SHARE_SCHEMA)]
Change = Annotated[Fraction, PlainValidator(_change), WithJsonSchema(_PERCENT)]
Number = Annotated[Fraction, PlainValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
Times = Annotated[Fraction, PlainValidator(_times), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
Days = Annotated[int, PlainValidator(_days), WithJsonSchema({"type": "integer", "minimum": 1})]
Whole = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 1})]
Weight = Annotated[int, PlainValidator(_weight), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 100_000})]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
Week = Annotated[int, PlainValidator(_week), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[wW][0-9]{1,2}$"})]
Paper = Annotated[Literal["A4", "Letter"], PlainValidator(_paper), WithJsonSchema({"enum": list(PAPERS)})]
Month = Annotated[
    int,
    PlainValidator(_month),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "enum": list(MONTHS)}, {"type": "integer", "minimum": 1, "maximum": 12}]}
    ),
]
Amount = Annotated[Money, PlainValidator(_money), WithJsonSchema({"type": ["string", "number"]})]
Currency = Annotated[str, PlainValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]
RhythmWord = Annotated[Rhythm, PlainValidator(_choice(Rhythm)), _enum(Rhythm)]
SourceWord = Annotated[Source, PlainValidator(_choice(Source)), _enum(Source)]
SideWord = Annotated[Side, PlainValidator(_choice(Side)), _enum(Side)]
SameRowsWord = Annotated[SameRows, PlainValidator(_choice(SameRows)), _enum(SameRows)]
EachRowWord = Annotated[EachRow, PlainValidator(_choice(EachRow)), _enum(EachRow)]
DatesWord = Annotated[Dates, PlainValidator(_choice(Dates)), _enum(Dates)]
DecimalWord = Annotated[
    DecimalSign, PlainValidator(_choice(DecimalSign, {"comma": ",", "point": "."})), _enum(DecimalSign)
]
Delimiter = Annotated[str, PlainValidator(_delimiter), WithJsonSchema({"type": "string", "minLength": 1})]
Encoding = Annotated[str, PlainValidator(_encoding), WithJsonSchema({"type": "string"})]
BetterWord = Annotated[Better, PlainValidator(_choice(Better)), _enum(Better)]
CombineWord = Annotated[
    Combine,
    PlainValidator(_choice(Combine, {"sum / sum": "sum ÷ sum", "sum/sum": "sum ÷ sum", "sum÷sum": "sum ÷ sum"})),
    WithJsonSchema({"type": "string", "enum": [*(kind.value for kind in Combine), "sum / sum"]}),
]
