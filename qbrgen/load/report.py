"""Findings by the thousand, kept readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qbrgen.errors import Finding, Location

SHOWN = 20


def capped(findings: Iterable[Finding], limit: int = SHOWN) -> list[Finding]:
    """At most `limit` findings of one code in one file; the rest become one that says "and 312 more"."""
    shown: list[Finding] = []
    seen: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.where.file if finding.where else "")
        seen[key] += 1
        if seen[key] <= limit:
            shown.append(finding)
        else:
            last[key] = finding
    for key, finding in last.items():
        more = f"and {seen[key] - limit:,} more like this ({finding.code})."
        where = Location(key[1]) if key[1] else None
        shown.append(Finding(finding.level, finding.code, more, finding.fix, where))
    return shown


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "2,000 rows". many: the plural, where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings file by file, line by line, each once; those without a place last."""

    def place(finding: Finding) -> tuple[bool, str, int]:
        if finding.where is None:
            return (True, "", 0)
        return (False, finding.where.file, finding.where.line or 0)

    return sorted(dict.fromkeys(findings), key=place)
