"""One period of a whole workspace, from its folder to account pictures, without any library that only documents need.

In: the folder of a workspace. Out: `ScoredWorkspace`. What a notebook starts from, and what `pipeline` makes files of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qbrgen.define.model.workspace import Definitions
from qbrgen.define.reviews import unusable_records
from qbrgen.define.stand_ins import StandIns
from qbrgen.define.workspace import load_workspace
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.identifiers import in_full
from qbrgen.load.nearest import instead_of
from qbrgen.measure.counts import Counts
from qbrgen.measure.events import measure
from qbrgen.measure.findings import urgent_findings
from qbrgen.period import Period, full_weeks, latest_complete, parse_period, period_with_week, previous
from qbrgen.score.account import score_accounts
from qbrgen.score.frames import Frames, frames
from qbrgen.score.picture import AccountPicture
from qbrgen.score.portfolio import portfolio
from qbrgen.score.portfolio_choice import choice_of
from qbrgen.score.portfolio_picture import PortfolioPicture


@dataclass(frozen=True, kw_only=True)
class ScoredWorkspace:
    """One period of a workspace, measured and scored.

    pictures: by account id. set_aside: account id → the findings that broke it (all other accounts are in `pictures`).
    findings: warnings and notes about the definitions, which stopped nothing. urgent: warnings about the data that
    whoever makes a document has to know (rows that could not be read, an as-of date beyond the data), and records of
    these accounts' reviews that cannot be used.
    """

    definitions: Definitions
    counts: Counts
    period: Period
    pictures: Mapping[str, AccountPicture]
    set_aside: Mapping[str, tuple[Finding, ...]]
    findings: tuple[Finding, ...]
    urgent: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        """Short: the fields hold every row of every account."""
        accounts, broken = len(self.pictures), len(self.set_aside)
        return f"<{type(self).__name__} {self.period.label}: {accounts} accounts, {broken} set aside>"

    def pictures_before(self, only: Iterable[str] | None = None) -> dict[str, AccountPicture]:
        """The same accounts in the quarter before, by today's definitions; none when the data hold nothing of it.

        only: ids of those wanted; default all.
        """
        before = previous(self.period, self.definitions.settings.fiscal_year_starts)
        if set(self.counts.life["week"]).isdisjoint(before.weeks):
            return {}
        return score_accounts(self.definitions, self.counts, before, self.pictures if only is None else only)

    def portfolio(self, owners: Iterable[str] = (), segments: Iterable[str] = ()) -> PortfolioPicture:
        """The whole book: totals by standing, owner and segment, who needs attention, what has changed. Internal.

        owners, segments: only accounts of these; default any. Raises InputError for a name that no account has, and
        where no account is left.
        """
        choice = choice_of(self.pictures, owners, segments)
        chosen = [name for name, picture in self.pictures.items() if choice.takes(picture)]
        reasons = {account: _in_one_line(findings) for account, findings in self.set_aside.items()}
        rules = self.definitions.settings.rules
        return portfolio(self.pictures, reasons, self.pictures_before(chosen), rules=rules, choice=choice)

    def frames(self) -> Frames:
        """Every picture as pandas frames, for internal eyes; `qbrgen.frames` makes them of one, or for a customer."""
        return frames(self.pictures)


def score_workspace(
    folder: Path | str,
    *,
    accounts: Iterable[str] = (),
    period: str | None = None,
    as_of: date | None = None,
    stand_ins: StandIns | None = None,
) -> ScoredWorkspace:
    """Load, measure and score a workspace.

    folder: the one that holds qbrgen.yml. accounts: ids or names of those wanted; none means all. period: such as
    "2026-Q3"; default the latest that was complete at the as-of date, or where none was yet, the one that the data are
    in. as_of: the last full day to count; default the workspace's own. stand_ins: files to read in place of the
    workspace's own, by their names in it.

    Raises InputError with every finding when the workspace, a playbook, an account asked for or the period cannot be
    used; a broken account is in `set_aside` instead.
    """
    definitions = load_workspace(Path(folder), stand_ins)
    wanted = account_ids(definitions, accounts) or None
    try:
        counts = measure(definitions, as_of)
    except InputError as problem:
        aside = [finding for reasons in definitions.set_aside.values() for finding in reasons]
        raise InputError([*problem.findings, *definitions.findings, *aside]) from problem
    _check_days(definitions, counts, as_of)
    chosen = _period(definitions, counts, period)
    broken = {a: f for a, f in definitions.set_aside.items() if wanted is None or a in wanted}
    only = None if wanted is None else [a for a in wanted if a not in broken]
    pictures = score_accounts(definitions, counts, chosen, only)
    known = definitions.accounts.keys() | definitions.set_aside.keys()
    return ScoredWorkspace(
        definitions=definitions,
        counts=counts,
        period=chosen,
        pictures=pictures,
        set_aside=broken,
        findings=definitions.findings,
        urgent=(
            *urgent_findings(counts),
            *([] if period else _in_progress(counts, chosen)),
            *(f for f in unusable_records(definitions.findings) if f.account in pictures or f.account not in known),
        ),
    )


def account_ids(definitions: Definitions, typed: Iterable[str]) -> list[str]:
    """Account ids for what was typed (an id, one of Salesforce in either form, or a name in any case), each once.

    Raises InputError that names all that are unknown.
    """
    known = [*definitions.accounts, *definitions.set_aside]
    called: dict[str, list[str]] = {}
    for account_id in known:
        called.setdefault(account_id.casefold(), []).append(account_id)
    for account in definitions.accounts.values():
        if account.name.casefold() != account.id.casefold():
            called.setdefault(account.name.casefold(), []).append(account.id)
    found: list[str] = []
    problems: list[Finding] = []
    for word in map(in_full, typed):
        ids = [word] if word in known else called.get(word.casefold(), [])
        if len(ids) == 1:
            found += ids
        elif ids:
            what, fix = f"{len(ids)} accounts are called {word!r}.", f"Write the id: {', '.join(sorted(ids)[:8])}."
            problems.append(Finding(Level.ERROR, "ambiguous-account", what, fix))
        else:
            fix = instead_of(word, sorted(known), "accounts")
            problems.append(Finding(Level.ERROR, "unknown-account", f"There is no account {word!r}.", fix))
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(found))


def _check_days(definitions: Definitions, counts: Counts, as_of: date | None) -> None:
    """InputError where the last day to count lies before the first day of the data."""
    first, last = counts.data_start, counts.as_of
    if first <= last:
        return
    settings, key = definitions.settings, "as_of"
    what = f"the last day to count, {last}, lies before the first day of the data, {first}."
    fix = "Export a longer time: the events cover not one full day."
    if as_of or settings.as_of:
        fix = "Set a later as-of date, or none: then it is the last full day of the events."
    elif settings.data_start:
        key, fix = "data_start", "Set an earlier `data_start:`, or none: then it is the day of the first event."
    where = None if as_of else definitions.where.get(f"settings/{key}")
    raise InputError([Finding(Level.ERROR, "no-full-day", what, fix, where)])


def _period(definitions: Definitions, counts: Counts, typed: str | None) -> Period:
    """The period asked for, or the latest complete one; InputError when the text or the data do not allow it."""
    first_month = definitions.settings.fiscal_year_starts
    if typed is None:
        chosen = latest_complete(counts.as_of, first_month)
    else:
        try:
            chosen = parse_period(typed, first_month)
        except ValueError as problem:
            raise InputError([Finding(Level.ERROR, "period", str(problem))]) from None
    weeks = set(counts.life["week"])
    if typed is None and weeks and min(weeks) > chosen.last_week:  # no quarter is complete yet
        return period_with_week(max(weeks), first_month)
    covered = chosen.first_day <= counts.as_of and chosen.last_day >= counts.data_start
    if covered and (not weeks or not weeks.isdisjoint(chosen.weeks)):
        return chosen
    end = min(counts.as_of, max(counts.last_event.values(), default=counts.as_of))
    what = f"The data run from {counts.data_start} to {end} and hold nothing of {chosen.label}."
    if not weeks:
        if not full_weeks(counts.data_start, counts.as_of):
            what = f"The data run from {counts.data_start} to {counts.as_of} and hold no full week, Monday to Sunday."
        fix = "Export a longer time, or set a later as-of date where the data reach further."
        raise InputError([Finding(Level.ERROR, "period-without-data", what, fix)])
    last = max(counts.last_event.values())
    latest = latest_complete(last, first_month)
    if weeks.isdisjoint(latest.weeks):
        latest = period_with_week(max(weeks), first_month)
    fix = (
        f"The last event is of {last}; choose a period that has some, such as --period {latest.name}. "
        "Where the data end earlier than their dates say, set `as_of:` in qbrgen.yml."
    )
    raise InputError([Finding(Level.ERROR, "period-without-data", what, fix)])


def _in_progress(counts: Counts, period: Period) -> list[Finding]:
    """That no quarter is complete yet, where the one taken by default goes on."""
    if period.last_day <= counts.as_of:
        return []
    what = f"The data begin on {counts.data_start}, and no quarter is complete since: {period.label} is told so far."
    return [Finding(Level.WARNING, "quarter-in-progress", what, "Export a longer time where there is one.")]


def _in_one_line(findings: Iterable[Finding]) -> str:
    """What broke an account."""
    return "; ".join(finding.what for finding in findings)
