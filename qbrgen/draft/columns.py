"""What a column of an export looks like: its words, how full it is, what its cells are. Over a sample of the rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from qbrgen.draft.event_names import words_of
from qbrgen.draft.titles import tells_work
from qbrgen.load.cells import is_nothing, parse_number
from qbrgen.load.settled import whole_id

_DAY = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}.*)?|\d{4}/\d{1,2}/\d{1,2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:[T ].*)?|"
    r"\d{1,2}[ -][A-Za-z]{3}[a-z]*[ -]\d{2,4}.*|[A-Za-z]{3}[a-z]* \d{1,2},? \d{4}.*"
)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_EPOCH = re.compile(r"1\d{9}(?:\d{3}|\d{6})?(?:\.\d+)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CODE = re.compile(r"[0-9a-fA-F]{8}-?[0-9a-fA-F-]{12,}|[A-Za-z0-9_\-+/=]{18,}|[A-Za-z]{0,6}[-_]?\d+")
_MOST_CELLS = 3000  # looked at one by one; counts of distinct ones take all of the sample


@dataclass(frozen=True)
class Column:
    """One column of a table. cells: those of the sample that hold something."""

    name: str
    cells: tuple[str, ...]
    rows: int

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its name, in lower case."""
        return words_of(self.name)

    @cached_property
    def spelled(self) -> str:
        """Its name as words with blanks around: " user id "."""
        return f" {' '.join(self.words)} "

    @cached_property
    def numbers(self) -> Counter[str]:
        """Each different cell → rows."""
        return Counter(self.cells)

    @property
    def filled(self) -> float:
        """The share of the rows in which it holds something."""
        return len(self.cells) / self.rows if self.rows else 0.0

    @property
    def different(self) -> int:
        return len(self.numbers)

    @property
    def each(self) -> float:
        """Rows to each different cell: 1 where every row has its own."""
        return len(self.cells) / self.different if self.different else 0.0

    def _share(self, fits: object) -> float:
        cells = self.cells[:_MOST_CELLS]
        return sum(bool(fits(cell)) for cell in cells) / len(cells) if cells else 0.0  # type: ignore[operator]

    @cached_property
    def days(self) -> float:
        """The share of its cells that are days or times."""
        return self._share(_DAY.fullmatch)

    @cached_property
    def months(self) -> float:
        """The share of its cells that are months such as 2026-07."""
        return self._share(_MONTH.fullmatch)

    @cached_property
    def epochs(self) -> float:
        """The share of its cells that look like seconds (or thousandths of one) since 1970."""
        return self._share(_EPOCH.fullmatch)

    @cached_property
    def figures(self) -> float:
        """The share of its cells that are numbers."""
        return self._share(_is_number)

    @cached_property
    def emails(self) -> float:
        """The share of its cells that are e-mail addresses."""
        return self._share(_EMAIL.fullmatch)

    @cached_property
    def codes(self) -> float:
        """The share of its cells that look like ids."""
        return self._share(_CODE.fullmatch)

    @cached_property
    def jobs(self) -> float:
        """The share of its different cells that tell a kind of work, as job titles do."""
        some = [cell for cell, _ in self.numbers.most_common(200)]
        return sum(tells_work(cell) for cell in some) / len(some) if some else 0.0

    @property
    def is_time(self) -> bool:
        """Whether it can be read as a time."""
        if self.days >= 0.9 or self.months >= 0.9:
            return True
        return self.epochs >= 0.95 and any(
            word in self.spelled for word in (" time", " at ", " date ", " day ", " ts ")
        )

    @property
    def is_text(self) -> bool:
        """Whether it holds words or names: neither times, nor numbers."""
        return not self.is_time and self.figures < 0.5

    def has(self, *names: str) -> bool:
        """Whether its name is one of these, or ends with one: "event_user_id" with "user id"."""
        return any(self.spelled.endswith(f" {name} ") for name in names)

    def is_called(self, *names: str) -> bool:
        """Whether its whole name is one of these."""
        return self.spelled.strip() in names


def columns_of(names: tuple[str, ...], rows: list[list[str]]) -> tuple[Column, ...]:
    """The columns of a sample of rows; cells that say that nothing is known hold nothing, ids of a spreadsheet have no
    fraction (100000.0)."""
    every = zip(*rows, strict=True) if rows else ((),) * len(names)
    kept = (tuple(whole_id(cell) for cell in cells if cell and not is_nothing(cell)) for cells in every)
    return tuple(Column(name, cells, len(rows)) for name, cells in zip(names, kept, strict=True))


def _is_number(cell: str) -> bool:
    try:
        parse_number(cell.removesuffix("%"))
    except ValueError:
        return bool(re.fullmatch(r"-?\d{1,3}(?:\.\d{3})*,\d+|-?\d+,\d+", cell))
    return True
