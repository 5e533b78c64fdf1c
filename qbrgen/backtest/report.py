"""A backtest as lines for a terminal, and as a record for a machine. AUCs and counts of accounts only: no account's
logins are in either, and no account is named but those that were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qbrgen.backtest.rankers import LOGINS, OURS
from qbrgen.backtest.ranking import Estimate
from qbrgen.backtest.run import CHANCE, DECIDES, ENOUGH_LOSSES, Backtest, Difference, Verdict
from qbrgen.load.nearest import listed
from qbrgen.load.report import counted

AUC = "AUC: 1 means every lost account was ranked below every kept one of its quarter, 0.5 is a coin toss."
_HEAD = ("AUC", "95% interval", "ranked", "lost")


def lines(found: Backtest) -> Iterator[str]:
    """The report, line by line: the verdict, what it was made from, then the tables behind it."""
    yield verdict(found)
    yield ""
    yield from _history(found)
    yield ""
    yield AUC
    yield from _table(("ranks the lost below the kept", *_HEAD), _ranks(found))
    yield ""
    yield from _table((f"{DECIDES} less …", "difference", *_HEAD[1:]), _differences(found))
    others = [each for each in (found.against(ranker) for ranker in OURS if ranker is not DECIDES) if each]
    if others:
        yield ""
        rows = [(f"{each.ranker} less {each.rival}", *_cells(each.plain, signed=True)) for each in others]
        yield from _table(("against the hardest rival", "difference", *_HEAD[1:]), rows)


def verdict(found: Backtest) -> str:
    """The answer in plain words."""
    when = _ahead(found.horizon)
    rival = f'"{found.decisive.rival}"' if found.decisive else "its rivals"
    told = _in_brackets(found.decisive)
    match found.verdict:
        case Verdict.EARLIER:
            said = (
                f"{_who(found)}: {DECIDES} ranks the accounts that are lost {when} clearly better than every rival; "
                f"the hardest is {rival} {told}."
            )
        case Verdict.RIVAL:
            kind = "Logins rank" if found.decisive and found.decisive.rival in LOGINS else "Event counts rank"
            said = f"{kind} better: {rival} ranks the accounts that are lost {when} better than {DECIDES} {told}."
        case Verdict.NO_DIFFERENCE:
            said = f"No difference can be told between {DECIDES} and {rival} {when} {told}."
            if found.decisive and found.decisive.plain.low is not None and found.decisive.plain.low > 0:
                said += f" {DECIDES.capitalize()} does rank better, but not clearly better than chance ({CHANCE})."
        case _:
            losses = counted(found.decisive.plain.losses if found.decisive else 0, "loss", "losses")
            said = (
                f"It cannot be decided: only {losses} could be ranked by {DECIDES} and a rival; "
                f"fewer than {ENOUGH_LOSSES} tell nothing."
            )
    if not _has_logins(found):
        said += " The workspace has no logins that reach back so far: this compares with event counts alone."
    return f"Verdict: {said}"


def record(found: Backtest) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "horizon": found.horizon,
        "known_until": found.known_until.isoformat(),
        "accounts": len({case.account for case in found.cases}),
        "account_quarters": len(found.cases),
        "losses": sum(case.lost for case in found.cases),
        "accounts_lost": found.lost,
        "left_out": {reason.value: list(names) for reason, names in found.left_out.items()},
        "quarters": [
            {
                "period": quarter.period.label,
                "ahead": quarter.ahead.label,
                "as_of": quarter.period.last_day.isoformat(),
                "accounts": len(quarter.cases),
                "lost": sum(case.lost for case in quarter.cases),
                "silent": sum(case.silent for case in quarter.cases),
                "gone_before": quarter.gone,
                "people_not_yet_known": quarter.unknown_people,
            }
            for quarter in found.quarters
        ],
        "rankers": [{"ranker": rank.ranker.value, **_estimate(rank.auc)} for rank in found.ranks],
        "differences": [
            {
                "ranker": each.ranker.value,
                "rival": each.rival.value,
                **_estimate(each.plain),
                "low_widened": each.widened.low,
                "high_widened": each.widened.high,
            }
            for each in found.differences
        ],
        "verdict": found.verdict.value,
        "decided_by": found.decisive.rival.value if found.decisive else None,
        "sentence": verdict(found),
    }


def _estimate(found: Estimate) -> dict[str, Any]:
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "account_quarters": found.cases,
        "losses": found.losses,
    }


# ---- the history ----------------------------------------------------------------------------------------------------


def _history(found: Backtest) -> Iterator[str]:
    cases = found.cases
    accounts = counted(len({case.account for case in cases}), "account")
    quarters = counted(len(found.quarters), "quarter")
    yield (
        f"{accounts}, {quarters}, {counted(len(cases), 'account-quarter')}; {_still_there(found)}. "
        f"Outcomes known until {found.known_until}."
    )
    for quarter in found.quarters:
        gone = f"; {quarter.gone} lost in between" if quarter.gone else ""
        yield (
            f"  as of {quarter.period.last_day} ({quarter.period.label}): {counted(len(quarter.cases), 'account')}, "
            f"{sum(case.lost for case in quarter.cases)} of them lost in {quarter.ahead.label}{gone}"
        )
    left = [
        f"{counted(len(names), 'account')} {reason} ({listed(names)})"
        for reason, names in found.left_out.items()
        if names
    ]
    if left:
        yield f"Left out: {'; '.join(left)}."
    silent = [case for case in cases if case.silent]
    if silent:
        yield (
            f"In {counted(len(silent), 'account-quarter')} ({sum(case.lost for case in silent)} lost) no event came: "
            "there only standing and the rivals rank."
        )
    unknown = max((quarter.unknown_people for quarter in found.quarters), default=0)
    if unknown:
        people = counted(unknown, "person", "people")
        yield (
            f"Up to {people} without a start date had no event yet, and {'is' if unknown == 1 else 'are'} left out of "
            "that quarter: nobody knew of them then."
        )


def _still_there(found: Backtest) -> str:
    """How many of the lost accounts were there to be ranked before their loss."""
    lost = sum(case.lost for case in found.cases)
    if not found.lost:
        return f"no account was lost by {found.known_until}"
    verb = "was" if lost == 1 else "were"
    return f"{lost} of {counted(found.lost, 'lost account')} {verb} still there to be ranked {_ahead(found.horizon)}"


def _ahead(horizon: int) -> str:
    return "one quarter ahead" if horizon == 1 else f"{horizon} quarters ahead"


def _who(found: Backtest) -> str:
    return "It sees trouble earlier than logins do" if _has_logins(found) else "It sees trouble earlier than events do"


def _has_logins(found: Backtest) -> bool:
    return any(each.rival in LOGINS for each in found.differences)


def _in_brackets(difference: Difference | None) -> str:
    if difference is None or difference.plain.value is None:
        return ""
    value, interval, *_ = _cells(difference.plain, signed=True)
    return f"(difference {value}, 95% interval {interval})"


# ---- tables ---------------------------------------------------------------------------------------------------------


def _ranks(found: Backtest) -> Iterator[Sequence[str]]:
    for rank in found.ranks:
        yield (rank.ranker.value, *_cells(rank.auc, signed=False))


def _differences(found: Backtest) -> Iterator[Sequence[str]]:
    for each in found.differences:
        if each.ranker is DECIDES:
            yield (each.rival.value, *_cells(each.plain, signed=True))


def _cells(found: Estimate, *, signed: bool) -> tuple[str, str, str, str]:
    def told(number: float) -> str:
        return f"{number:+.2f}" if signed else f"{number:.2f}"

    value = told(found.value) if found.value is not None else "–"
    interval = "–" if found.low is None or found.high is None else f"{told(found.low)} to {told(found.high)}"
    return value, interval, f"{found.cases:,}", f"{found.losses:,}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Columns side by side: the first to the left, the others to the right."""
    every = [head, *rows]
    widths = [max(len(row[column]) for row in every) for column in range(len(head))]
    for row in every:
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *others])
