"""The backtest: every past quarter ranked with what was known then, and judged by what became of the accounts.

In: a workspace's definitions and the fate of its accounts. Out: a `Backtest`: how well each ranker put the accounts
that were lost one quarter later below those that stayed, each of ours against each rival, and one verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from qbrgen.backtest.as_it_was import AsItWas, as_it_was
from qbrgen.backtest.outcomes import Fate
from qbrgen.backtest.rankers import OURS, RIVALS, Ranker, Values, activity_of, of_activity, of_picture
from qbrgen.backtest.ranking import LEVEL, Cases, Estimate, Floats, auc, difference
from qbrgen.define.model.workspace import Definitions
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.report import capped
from qbrgen.measure.events import measure
from qbrgen.measure.findings import urgent_findings
from qbrgen.period import Period, following, full_weeks, period_with_week
from qbrgen.score.account import score_accounts

CHANCE = 0.5
ENOUGH_LOSSES = 10  # with fewer, one account more or less turns the answer
DECIDES = Ranker.BREADTH  # named before looking: the best of five would win by luck too often

Progress = Callable[[Iterable[Period]], Iterable[Period]]


class Verdict(StrEnum):
    """What the history says of breadth against its rivals."""

    EARLIER = "sees it earlier"
    NO_DIFFERENCE = "no difference can be told"
    RIVAL = "a rival ranks better"
    TOO_FEW = "too few losses"


class LeftOut(StrEnum):
    """Why an account is in no ranking."""

    NO_OUTCOME = "without an outcome"
    LOST_BEFORE = "lost before it could be ranked"
    TOO_LATE = "begun too late to be ranked"
    SET_ASIDE = "set aside, as its definition has errors"


@dataclass(frozen=True, slots=True)
class Case:
    """One account in one quarter: what each ranker said, and whether it was lost `horizon` quarters later."""

    account: str
    period: Period
    lost: bool
    silent: bool
    values: Values


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of the history. gone: accounts lost before the quarter that is foretold, which rank no more.

    unknown_people: people without a start date who had no event by then, and are therefore left out.
    """

    period: Period
    ahead: Period
    cases: tuple[Case, ...]
    gone: int
    unknown_people: int


@dataclass(frozen=True, slots=True)
class Rank:
    """How well one ranker ranked."""

    ranker: Ranker
    auc: Estimate


@dataclass(frozen=True, slots=True)
class Difference:
    """AUC of one of ours less a rival's, over the account-quarters that both could rank.

    widened: the same with an interval for the best of all rivals, found after the fact (Bonferroni).
    """

    ranker: Ranker
    rival: Ranker
    plain: Estimate
    widened: Estimate


@dataclass(frozen=True, slots=True)
class Backtest:
    """The whole answer.

    known_until: the last day of which the fate of the accounts is known. lost: accounts that the outcomes call lost by
    then, ranked or not. decisive: what the verdict rests on. findings: about the data and the outcomes. left_out: why →
    the accounts of the workspace that are in no ranking.
    """

    horizon: int
    known_until: date
    lost: int
    quarters: tuple[Quarter, ...]
    ranks: tuple[Rank, ...]
    differences: tuple[Difference, ...]
    verdict: Verdict
    decisive: Difference | None
    findings: tuple[Finding, ...] = ()
    left_out: Mapping[LeftOut, tuple[str, ...]] = field(default_factory=dict)

    @property
    def cases(self) -> tuple[Case, ...]:
        return tuple(case for quarter in self.quarters for case in quarter.cases)

    def against(self, ranker: Ranker) -> Difference | None:
        """One of ours against the rival that is hardest for it to beat; None where there is nothing to compare."""
        found = [each for each in self.differences if each.ranker is ranker]
        return min(found, key=_value, default=None)


def backtest(
    definitions: Definitions,
    fates: Mapping[str, Fate],
    *,
    horizon: int = 1,
    known_until: date | None = None,
    progress: Progress = iter,
) -> Backtest:
    """Rank every whole quarter of the data whose fate is known.

    fates: by account id; accounts without one are left out. horizon: how many quarters ahead the loss lies, 1 or more.
    known_until: the last day of which the fates are known; default the as-of date of the workspace. progress: wraps
    the quarters while they are worked on. Raises InputError for data that cannot be read, and where they hold no
    quarter with a known end.
    """
    counts = measure(definitions)
    known_until = known_until or counts.as_of
    known = {name: fate for name, fate in fates.items() if name in definitions.accounts}
    periods = _periods(counts.data_start, counts.as_of, known_until, horizon, definitions)
    first_month = definitions.settings.fiscal_year_starts
    quarters = []
    for period in progress(periods):
        ahead = _ahead(period, horizon, first_month)
        quarters.append(_quarter(as_it_was(definitions, period.last_day), known, period, ahead, first_month))
    cases = [case for quarter in quarters for case in quarter.cases]
    ranks, differences = compare(cases)
    verdict, decisive = judge(differences, ranks)
    lost = sum(fate.lost_on is not None and fate.lost_on <= known_until for fate in known.values())
    findings = (*urgent_findings(counts), *_later(known, known_until))
    left_out = _left_out(definitions, known, quarters)
    return Backtest(
        horizon, known_until, lost, tuple(quarters), ranks, differences, verdict, decisive, findings, left_out
    )


def _left_out(
    definitions: Definitions, fates: Mapping[str, Fate], quarters: Iterable[Quarter]
) -> dict[LeftOut, tuple[str, ...]]:
    """Every account of the workspace that no quarter ranked, by the reason."""
    found: dict[LeftOut, list[str]] = {reason: [] for reason in LeftOut}
    found[LeftOut.SET_ASIDE] = list(definitions.set_aside)
    ranked, last = set(), date.min
    for quarter in quarters:
        ranked |= {case.account for case in quarter.cases}
        last = max(last, quarter.ahead.first_day)
    for name in definitions.accounts:
        fate = fates.get(name)
        if fate is None:
            found[LeftOut.NO_OUTCOME].append(name)
        elif name not in ranked:
            gone = fate.lost_on is not None and fate.lost_on < last
            found[LeftOut.LOST_BEFORE if gone else LeftOut.TOO_LATE].append(name)
    return {reason: tuple(names) for reason, names in found.items()}


def _later(fates: Mapping[str, Fate], known_until: date) -> list[Finding]:
    """Losses dated after the last day of which anything is known: a notice given is no loss yet."""
    found = [
        Finding(
            Level.WARNING,
            "lost-later",
            f"the account '{name}' is lost on {fate.lost_on}, after the last day known ({known_until}).",
            "It counts as kept until then. Where all outcomes are known for longer, say so with --known-until.",
            fate.where,
        )
        for name, fate in fates.items()
        if fate.lost_on and fate.lost_on > known_until
    ]
    return capped(found)


# ---- the quarters ---------------------------------------------------------------------------------------------------


def _periods(
    data_start: date, as_of: date, known_until: date, horizon: int, definitions: Definitions
) -> tuple[Period, ...]:
    """The quarters whose weeks all lie in the data, and whose end so many quarters later is known."""
    first_month, weeks = definitions.settings.fiscal_year_starts, full_weeks(data_start, as_of)
    found = []
    period = period_with_week(weeks.start, first_month)
    while period.last_week in weeks:
        if period.first_week in weeks and _ahead(period, horizon, first_month).last_day <= known_until:
            found.append(period)
        period = following(period, first_month)
    if not found:
        ahead = "the quarter after it" if horizon == 1 else f"the {horizon} quarters after it"
        what = (
            f"The data cover {data_start} to {as_of} and the outcomes {known_until}: "
            f"no quarter lies whole in the data with {ahead} known."
        )
        fix = "Export a longer time; where the outcomes are known for longer than the data, say so with --known-until."
        raise InputError([Finding(Level.ERROR, "too-little-history", what, fix)])
    return tuple(found)


def _ahead(period: Period, horizon: int, first_month: int) -> Period:
    for _ in range(horizon):
        period = following(period, first_month)
    return period


def _quarter(was: AsItWas, fates: Mapping[str, Fate], period: Period, ahead: Period, first_month: int) -> Quarter:
    """Every account that had begun and was not lost by the last day of a quarter, with what each ranker said."""
    day_before = ahead.first_day - timedelta(days=1)
    there = {name: fate for name, fate in fates.items() if _is_customer(name, fate, was, period.last_day)}
    here = {name: fate for name, fate in there.items() if not fate.lost_on or fate.lost_on > day_before}
    pictures = score_accounts(was.definitions, was.counts, period, here)
    activity = activity_of(was.counts, full_weeks(was.counts.data_start, was.counts.as_of).start)
    cases = []
    for name, picture in pictures.items():
        lost_on = here[name].lost_on
        people = frozenset(person.id for persona in picture.personas for person in persona.people)
        values = of_picture(picture) | of_activity(name, people, activity, period, first_month)
        lost = lost_on is not None and lost_on <= ahead.last_day
        cases.append(Case(name, period, lost, picture.feed_silent, values))
    return Quarter(period, ahead, tuple(cases), len(there) - len(here), was.unknown_people)


def _is_customer(name: str, fate: Fate, was: AsItWas, day: date) -> bool:
    """Whether an account had begun, and was not lost, by the end of a day."""
    since = fate.since or was.begun.get(name)
    return since is not None and since <= day and (fate.lost_on is None or fate.lost_on > day)


# ---- the comparison -------------------------------------------------------------------------------------------------


def compare(cases: Iterable[Case]) -> tuple[tuple[Rank, ...], tuple[Difference, ...]]:
    """The AUC of every ranker that could rank anything, and each of ours against each rival."""
    found = list(cases)
    accounts = {name: number for number, name in enumerate(sorted({case.account for case in found}))}
    quarters = {week: number for number, week in enumerate(sorted({case.period.first_week for case in found}))}
    table = Cases(
        np.array([accounts[case.account] for case in found], dtype=np.int64),
        np.array([quarters[case.period.first_week] for case in found], dtype=np.int64),
        np.array([case.lost for case in found], dtype=np.bool_),
    )
    values = dict(_columns(found))
    ranks = tuple(Rank(ranker, auc(table, column)) for ranker, column in values.items())
    rivals = [rival for rival in RIVALS if rival in values]
    differences = []
    for ranker in (ranker for ranker in OURS if ranker in values):
        for rival in rivals:
            plain = difference(table, values[ranker], values[rival])
            if plain.value is not None:
                widened = difference(table, values[ranker], values[rival], 1 - (1 - LEVEL) / len(rivals))
                differences.append(Difference(ranker, rival, plain, widened))
    return ranks, tuple(differences)


def _columns(cases: list[Case]) -> Iterator[tuple[Ranker, Floats]]:
    """The values of each ranker that has any; NaN for none. Equal fractions make equal floats: ties stay ties."""
    for ranker in Ranker:
        given = [case.values.get(ranker) for case in cases]
        if any(value is not None for value in given):
            yield ranker, np.array([np.nan if value is None else float(value) for value in given])


def judge(differences: Iterable[Difference], ranks: Iterable[Rank]) -> tuple[Verdict, Difference | None]:
    """The verdict on breadth, and the difference that it rests on.

    It sees trouble earlier only when it ranks better than chance and clearly better than each single rival. A rival
    ranks better when one is clearly ahead, with its interval widened for the choice among them. Rivals that could rank
    fewer than ten losses together with breadth decide nothing.
    """
    ours = [each for each in differences if each.ranker is DECIDES]
    decided = [each for each in ours if each.plain.losses >= ENOUGH_LOSSES]
    if not decided:
        return Verdict.TOO_FEW, max(ours, key=lambda each: each.plain.losses, default=None)
    ahead = [each for each in decided if each.widened.high is not None and each.widened.high < 0]
    if ahead:
        return Verdict.RIVAL, min(ahead, key=_value)
    unsure = [each for each in decided if each.plain.low is None or each.plain.low <= 0]
    if unsure:
        return Verdict.NO_DIFFERENCE, min(unsure, key=_value)
    own = next(rank.auc for rank in ranks if rank.ranker is DECIDES)
    above_chance = own.low is not None and own.low > CHANCE
    return (Verdict.EARLIER if above_chance else Verdict.NO_DIFFERENCE), min(decided, key=_value)


def _value(difference: Difference) -> float:
    return difference.plain.value or 0.0
