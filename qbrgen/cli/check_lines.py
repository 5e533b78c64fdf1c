"""What `qbrgen check` prints: findings in order, the first few of each kind, and the balance of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qbrgen.cli.options import finding_record, show_finding, sorted_findings
from qbrgen.cli.terminal import say_line, styled
from qbrgen.errors import Finding, Level
from qbrgen.finding_codes import why
from qbrgen.load.report import counted

if TYPE_CHECKING:
    from qbrgen.measure.aside import RowsAside
    from qbrgen.pipeline import Review

# Of each kind; the rest is a line that says how many. An error stops something, so that more of them are shown.
_SHOWN = {Level.ERROR: 20, Level.WARNING: 5, Level.NOTE: 5}


def show_checked(findings: Iterable[Finding], *, every: bool) -> None:
    """Findings on standard error: errors first, then by file and line; of each kind the first few, and why it matters
    beside the first. Then how many there are. every: without leaving any out."""
    ordered = sorted_findings(findings)
    total = Counter(_kind(finding) for finding in ordered)
    seen: Counter[tuple[Level, str]] = Counter()
    told: set[str] = set()
    for finding in ordered:
        kind = _kind(finding)
        seen[kind] += 1
        most = total[kind] if every else _SHOWN[finding.level]
        if seen[kind] <= most:
            show_finding(finding, "" if finding.code in told else why(finding.code))
            told.add(finding.code)
        if seen[kind] == most < total[kind]:
            more = f"    and {counted(total[kind] - most, 'more', 'more')} of this kind ({finding.code}); -v shows all."
            say_line(styled(more, "bright_black"), err=True)
    if ordered:
        counts = {level: sum(finding.level is level for finding in ordered) for level in Level}
        say_line(f"{', '.join(counted(n, level) for level, n in counts.items() if n)}.", err=True)


def _kind(finding: Finding) -> tuple[Level, str]:
    return finding.level, finding.code


def show_balance(review: Review, aside: Sequence[RowsAside]) -> None:
    """Where every row went, in all and by file, as a table that adds up."""
    from qbrgen.measure.balance import balance_lines, of_no_workflow

    balance = review.counts.balance
    if not balance.rows:
        return  # a workspace may hold ready-made values alone
    lines = [("event rows read", balance.rows)]
    lines += [(f"  {line.what}", line.rows) for line in balance_lines(review.counts, review.period)]
    _say_table(lines)
    if len(balance.by_source) > 1:
        files = _by_file(review, aside)
        _say_table([(f"  {name}", rows, sum(gone.values())) for name, (rows, gone) in files.items()], _OF_FILES)
    nobody = [
        f"{counted(rows, 'row')} of {whose}"
        for rows, whose in (
            (balance.of_unknown_people, "users in no roster"),
            (balance.of_no_persona, "people in no persona"),
            (of_no_workflow(review.counts), "events that no workflow counts"),
        )
        if rows
    ]
    if nobody:
        say_line(f"Counted, but in nobody's figures: {', '.join(nobody)}.")


_OF_FILES = ("of the file", "read", "set aside")


def _by_file(review: Review, aside: Iterable[RowsAside]) -> dict[str, tuple[int, dict[str, int]]]:
    """File → (rows read, reason → rows set aside)."""
    gone: dict[str, dict[str, int]] = {}
    for each in aside:
        gone.setdefault(each.file, {})[str(each.reason)] = each.rows
    return {name: (rows, gone.get(name, {})) for name, rows in sorted(review.counts.balance.by_source.items())}


def _say_table(lines: Sequence[tuple[Any, ...]], heading: tuple[str, ...] = ()) -> None:
    """Texts at the left, figures at the right, in columns."""
    shown = [heading] if heading else []
    shown += [(what, *(f"{rows:,}" for rows in figures)) for what, *figures in lines]
    wide = [max(len(row[column]) for row in shown) for column in range(len(shown[0]))]
    for what, *figures in shown:
        say_line(f"{what:<{wide[0]}}", *(f"  {cell:>{width}}" for cell, width in zip(figures, wide[1:], strict=True)))


def checked_record(
    findings: Iterable[Finding], set_aside: Iterable[str], review: Review | None, aside: Iterable[RowsAside]
) -> dict[str, Any]:
    """What `check --json` prints; see docs/checks.md. review: None where the workspace could not be read."""
    return {
        "findings": [{**finding_record(finding), "why": why(finding.code)} for finding in sorted_findings(findings)],
        "set_aside": sorted(set_aside),
        "period": review.period.name if review else None,
        "as_of": review.counts.as_of.isoformat() if review else None,
        "accounts": len(review.pictures) if review else 0,
        "drafts": sorted(name for name, each in review.pictures.items() if each.draft) if review else [],
        "balance": _balance_record(review, aside) if review else None,
    }


def _balance_record(review: Review, aside: Iterable[RowsAside]) -> dict[str, Any]:
    from qbrgen.measure.balance import balance_lines, of_no_workflow

    balance = review.counts.balance
    in_period = balance_lines(review.counts, review.period)[0].rows
    return {
        "read": balance.rows,
        "counted_in_period": in_period,
        "counted_in_other_periods": balance.counted - in_period,
        "in_part_weeks": balance.in_part_weeks,
        "set_aside": dict(balance.set_aside),
        "count_for_nobody": {
            "unknown_people": balance.of_unknown_people,
            "no_persona": balance.of_no_persona,
            "no_workflow": of_no_workflow(review.counts),
        },
        "files": {name: {"read": rows, "set_aside": gone} for name, (rows, gone) in _by_file(review, aside).items()},
    }
