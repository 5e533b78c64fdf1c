"""The way of the data, step by step: load and define → measure → score → narrate → compose → render.

`open_review` goes as far as the account pictures, which needs no rendering library; `make_deck`, `make_brief` and
`make_portfolio` make one file each. The command line adds arguments, progress and exit codes, nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qbrgen.errors import Finding, InputError, Level
from qbrgen.period import Period, latest_complete, parse_period, period_with_week, previous

if TYPE_CHECKING:
    from qbrgen.define.model import Definitions
    from qbrgen.measure.counts import Counts
    from qbrgen.narrate.statement import Narrative, Register
    from qbrgen.narrate.wording import Wording
    from qbrgen.score.picture import AccountPicture
    from qbrgen.theme import Theme


@dataclass(frozen=True)
class Review:
    """One period of a workspace, measured and scored.

    pictures: by account id. set_aside: account id → the findings that broke it (all other accounts are in `pictures`).
    findings: warnings and notes about the definitions, which stopped nothing. urgent: warnings about the data that
    whoever makes a document has to know (rows that could not be read, an as-of date beyond the data).
    """

    definitions: Definitions
    counts: Counts
    period: Period
    wording: Wording
    pictures: Mapping[str, AccountPicture]
    set_aside: Mapping[str, tuple[Finding, ...]]
    findings: tuple[Finding, ...]
    urgent: tuple[Finding, ...] = ()
    _narratives: dict[tuple[str, Register], Narrative] = field(default_factory=dict, repr=False)

    def narrative(self, account_id: str, register: Register) -> Narrative:
        """What is said about one account in one register; worded once, then kept."""
        from qbrgen.narrate.story import narrate

        key = (account_id, register)
        if key not in self._narratives:
            self._narratives[key] = narrate(self.pictures[account_id], register, self.wording)
        return self._narratives[key]


@dataclass(frozen=True)
class Made:
    """One file that was made: for which account ("" for a portfolio), where, its findings, what it left out and why."""

    account: str
    path: Path
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def open_review(
    root: Path, *, accounts: Iterable[str] = (), period: str | None = None, as_of: date | None = None
) -> Review:
    """Load, define, measure and score a workspace.

    accounts: ids or names of those wanted; none means all. period: such as "2026-Q3"; default the latest that was
    complete at the as-of date. Raises InputError with every finding when the workspace, a playbook, an account asked
    for or the period cannot be used; a broken account is in `set_aside` instead.
    """
    from qbrgen.define.workspace import load_workspace
    from qbrgen.measure.events import measure
    from qbrgen.measure.findings import urgent_findings
    from qbrgen.narrate.wording import load_wording
    from qbrgen.score.account import score_accounts

    definitions = load_workspace(root)
    wanted = account_ids(definitions, accounts) or None
    counts = measure(definitions, as_of)
    chosen = _period(definitions, counts, period)
    broken = {a: f for a, f in definitions.set_aside.items() if wanted is None or a in wanted}
    only = None if wanted is None else [a for a in wanted if a not in broken]
    return Review(
        definitions=definitions,
        counts=counts,
        period=chosen,
        wording=load_wording(root, definitions.settings.locale),
        pictures=score_accounts(definitions, counts, chosen, only),
        set_aside=broken,
        findings=definitions.findings,
        urgent=tuple(urgent_findings(counts)),
    )


def account_ids(definitions: Definitions, typed: Iterable[str]) -> list[str]:
    """Account ids for what was typed (an id, or a name in any case), each once.

    Raises InputError that names all that are unknown.
    """
    from qbrgen.load.nearest import instead_of

    known = [*definitions.accounts, *definitions.set_aside]
    called: dict[str, list[str]] = {}
    for account_id in known:
        called.setdefault(account_id.casefold(), []).append(account_id)
    for account in definitions.accounts.values():
        if account.name.casefold() != account.id.casefold():
            called.setdefault(account.name.casefold(), []).append(account.id)
    found: list[str] = []
    problems: list[Finding] = []
    for word in typed:
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
    covered = chosen.first_day <= counts.as_of and chosen.last_day >= counts.data_start
    if covered and (not weeks or not weeks.isdisjoint(chosen.weeks)):
        return chosen
    what = f"The data run from {counts.data_start} to {counts.as_of} and hold nothing of {chosen.label}."
    if not weeks:
        raise InputError([Finding(Level.ERROR, "period-without-data", what, "Export a longer time.")])
    last = max(counts.last_event.values())
    latest = latest_complete(last, first_month)
    if weeks.isdisjoint(latest.weeks):
        latest = period_with_week(max(weeks), first_month)
    fix = (
        f"The last event is of {last}; choose a period that has some, such as --period {period_name(latest)}. "
        "Where the data end earlier than their dates say, set `as_of:` in qbrgen.yml."
    )
    raise InputError([Finding(Level.ERROR, "period-without-data", what, fix)])


def theme_of(review: Review, name: str | None = None) -> Theme:
    """The theme asked for, else the workspace's own."""
    from qbrgen.theme import load_theme

    settings = review.definitions.settings
    return load_theme(name or settings.theme, settings.root)


def make_deck(review: Review, account_id: str, theme: Theme, out: Path) -> Made:
    """One account's QBR deck, for the customer, in `out`/for-customers."""
    from qbrgen.compose.deck import compose_deck, storyline
    from qbrgen.narrate.statement import Register
    from qbrgen.render.pptx import write_deck

    story = storyline(root=review.definitions.settings.root)
    composed = compose_deck(review.narrative(account_id, Register.DECK), review.wording, story)
    path = _place(out, "for-customers", f"{file_stem(account_id)}-{period_name(review.period)}-qbr.pptx")
    findings = write_deck(composed.document, theme, path)
    return Made(account_id, path, tuple(findings), tuple(composed.left_out))


def make_brief(review: Review, account_id: str, theme: Theme, out: Path) -> Made:
    """One account's brief, for leadership, in `out`/internal. Raises MissingLibrary where WeasyPrint's are missing."""
    from qbrgen.compose.brief import compose_brief
    from qbrgen.narrate.statement import Register
    from qbrgen.render.pdf import write_pdf

    settings = review.definitions.settings
    document = compose_brief(review.narrative(account_id, Register.BRIEF), review.wording)
    path = _place(out, "internal", f"{file_stem(account_id)}-{period_name(review.period)}-brief.pdf")
    return Made(account_id, path, tuple(write_pdf(document, theme, path, page=settings.paper)))


def make_portfolio(review: Review, theme: Theme, out: Path, briefs: Iterable[str] | None = None) -> Made:
    """The portfolio brief over every account of the review, in `out`/internal.

    briefs: ids of the accounts whose briefs follow the list; None takes those that need attention.
    """
    from qbrgen.compose.portfolio import compose_portfolio
    from qbrgen.narrate.statement import Register
    from qbrgen.render.pdf import write_pdf
    from qbrgen.score.portfolio import portfolio

    reasons = {account: finding_text(findings) for account, findings in review.set_aside.items()}
    settings = review.definitions.settings
    chosen = None if briefs is None else account_ids(review.definitions, briefs)
    overview = portfolio(review.pictures, reasons, _pictures_before(review), rules=settings.rules)
    narratives = {account: review.narrative(account, Register.BRIEF) for account in review.pictures}
    document = compose_portfolio(overview, narratives, review.wording, briefs=chosen)
    path = _place(out, "internal", f"portfolio-{period_name(review.period)}.pdf")
    return Made("", path, tuple(write_pdf(document, theme, path, page=settings.paper)))


def _pictures_before(review: Review) -> Mapping[str, AccountPicture] | None:
    """Every account in the quarter before, scored by today's definitions; None when the data hold nothing of it."""
    from qbrgen.score.account import score_accounts

    before = previous(review.period, review.definitions.settings.fiscal_year_starts)
    if set(review.counts.life["week"]).isdisjoint(before.weeks):
        return None
    return score_accounts(review.definitions, review.counts, before, review.pictures)


def summaries(review: Review) -> Iterator[tuple[str, str]]:
    """(account id, its one sentence for a terminal, an e-mail or a CRM), in order of id."""
    from qbrgen.narrate.statement import Register

    for account_id in review.pictures:
        yield account_id, review.narrative(account_id, Register.LINE).text("sentence")


def finding_text(findings: Iterable[Finding]) -> str:
    """What broke an account, in one line."""
    return "; ".join(finding.what for finding in findings)


def period_name(period: Period) -> str:
    """A period as people type it, and as part of a file name: 2026-Q3."""
    return f"{period.quarter.year}-Q{period.quarter.number}"


def file_stem(account_id: str) -> str:
    """An account id as part of a file name that every system takes, different for different ids.

    An id that is a plain file name already stays as it is. From any other (`../x`, `a/b`, `CON`, ids that differ in
    case only where file systems cannot tell them apart) what is not letter, digit, dot, dash or underscore goes, and a
    digest of the id keeps two of them apart.
    """
    kept = re.sub(r"[^a-z0-9._-]+", "_", account_id.lower()).strip("._")[:60]
    if kept and kept == account_id and kept not in _RESERVED:
        return kept
    digest = hashlib.sha256(account_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept}-{digest}" if kept else digest


# Names that Windows keeps for devices.
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def _place(out: Path, room: str, name: str) -> Path:
    folder = out / room
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError:
        what = f"The folder {folder} cannot be made."
        raise InputError([Finding(Level.ERROR, "no-folder", what, "Choose another with --out.")]) from None
    return folder / name
