"""The way of the data, step by step: load and define → measure → score → narrate → compose → render.

`open_review` goes as far as the account pictures, which needs no rendering library; `make_deck`, `make_plan`,
`make_brief` and `make_portfolio` make one file each. The command line adds arguments, progress, exit codes, no more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from dataclasses import replace as replace_fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qbrgen.audience import Audience
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.files import make_folder, source_date
from qbrgen.score.portfolio_choice import choice_of
from qbrgen.score.states import PortfolioOrder
from qbrgen.score.workspace import ScoredWorkspace, account_ids, score_workspace

if TYPE_CHECKING:
    from qbrgen.compose.deck import Composed
    from qbrgen.compose.storyline import Storyline
    from qbrgen.define.model.review import ReviewRecord
    from qbrgen.define.stand_ins import StandIns
    from qbrgen.document import Document
    from qbrgen.narrate.statement import Narrative, Register
    from qbrgen.narrate.wording import Wording
    from qbrgen.score.portfolio_picture import PortfolioPicture
    from qbrgen.theme import Theme

DEFAULT = "default"  # the storyline that decks follow where nobody names another


@dataclass(frozen=True, kw_only=True, repr=False)
class Review(ScoredWorkspace):
    """A scored workspace with the words that its documents are told in.

    storyline: name of the one that its decks follow.
    """

    wording: Wording
    storyline: str = DEFAULT
    _narratives: dict[tuple[str, Register], Narrative] = field(default_factory=dict)

    def narrative(self, account_id: str, register: Register) -> Narrative:
        """What is said about one account in one register; worded once, then kept."""
        from qbrgen.narrate.story import narrate

        key = (account_id, register)
        if key not in self._narratives:
            self._narratives[key] = narrate(self.pictures[account_id], register, self.wording)
        return self._narratives[key]

    @cached_property
    def story(self) -> Storyline:
        """Which slides a deck has, in which order; read once. Raises InputError with every finding."""
        from qbrgen.compose.deck import storyline

        return storyline(self.storyline, self.definitions.settings.root)


@dataclass(frozen=True)
class Made:
    """One file that was made: for which account ("" for a portfolio), where, its findings, what it left out and why."""

    account: str
    path: Path
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


ATTENTION, ALL_BRIEFS, NO_BRIEFS = _WORDS_FOR_BRIEFS = ("attention", "all", "none")


@dataclass(frozen=True, slots=True)
class PortfolioAsked:
    """What a portfolio brief is to hold.

    briefs: which follow the lists: "attention" for the accounts that need it (the default), "all", "none", and accounts
    by id or name. order: of the list of every account. owners, segments: only accounts of these; default any.
    """

    briefs: tuple[str, ...] = ()
    order: PortfolioOrder = PortfolioOrder.RENEWAL
    owners: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


def open_review(
    root: Path,
    *,
    accounts: Iterable[str] = (),
    period: str | None = None,
    as_of: date | None = None,
    stand_ins: StandIns | None = None,
    storyline: str = DEFAULT,
) -> Review:
    """Score a workspace and read its wording; arguments and errors are those of `score_workspace`.

    storyline: name of the one that decks follow. It is read when the first deck is made, or `Review.story` is asked.
    """
    from qbrgen.narrate.wording import load_wording

    source_date()  # what is wrong with it is told before anything is made
    scored = score_workspace(root, accounts=accounts, period=period, as_of=as_of, stand_ins=stand_ins)
    wording = load_wording(root, scored.definitions.settings.locale)
    found = {part.name: getattr(scored, part.name) for part in fields(scored)}
    found["findings"] = (*scored.findings, *wording.findings)
    return Review(**found, wording=wording, storyline=storyline)


def theme_of(review: Review, name: str | None = None) -> Theme:
    """The theme asked for, else the workspace's own."""
    from qbrgen.theme import load_theme

    settings = review.definitions.settings
    return load_theme(name or settings.theme, settings.root)


def deck_path(review: Review, account_id: str, out: Path) -> Path:
    """Where one account's deck goes: `out`/for-customers. A cut of it has a name of its own, and replaces no other."""
    return out / "for-customers" / f"{file_stem(account_id)}-{review.period.name}-qbr{_cut(review)}.pptx"


def talk_track_path(review: Review, account_id: str, out: Path) -> Path:
    """Where the CSM's private talk track for one account's deck goes: `out`/internal."""
    return out / "internal" / f"{file_stem(account_id)}-{review.period.name}-talk-track{_cut(review)}.html"


def plan_path(review: Review, account_id: str, out: Path) -> Path:
    """Where one account's success plan goes: `out`/for-customers."""
    return out / "for-customers" / f"{file_stem(account_id)}-{review.period.name}-plan.pdf"


def _cut(review: Review) -> str:
    """What tells the files of one storyline from those of another: "-15-minutes"; nothing for the default."""
    return "" if review.storyline == DEFAULT else f"-{review.storyline}"


def brief_path(review: Review, account_id: str, out: Path) -> Path:
    """Where one account's brief goes: `out`/internal."""
    return out / "internal" / f"{file_stem(account_id)}-{review.period.name}-brief.pdf"


def portfolio_path(review: Review, out: Path, asked: PortfolioAsked | None = None) -> Path:
    """Where the portfolio brief goes: `out`/internal. One of some owners or segments has a name of its own, and
    replaces no other. Raises InputError for an owner or a segment that no account has."""
    asked = asked or PortfolioAsked()
    choice = choice_of(review.pictures, asked.owners, asked.segments)
    names = "_".join("-".join(name.casefold().split()) for name in (*choice.owners, *choice.segments))
    of = f"-{file_stem(names)}" if names else ""
    return out / "internal" / f"portfolio-{review.period.name}{of}.pdf"


def record_path(review: Review, account_id: str) -> Path:
    """Where the record of one account's review is kept: in the workspace itself."""
    from qbrgen.define.reviews import FOLDER

    return review.definitions.settings.root / FOLDER / review.period.name / f"{file_stem(account_id)}.yml"


def make_deck(review: Review, account_id: str, theme: Theme, out: Path) -> Made:
    """One account's QBR deck, for the customer, in `out`/for-customers."""
    from qbrgen.render.pptx import write_deck

    composed = _composed_deck(review, account_id)
    path = _with_folder(deck_path(review, account_id, out))
    findings = (*composed.findings, *write_deck(_dated(composed.document), theme, path))
    return Made(account_id, path, findings, tuple(composed.left_out))


def _dated(document: Document) -> Document:
    """A document carries the day to which its data are read, or that of SOURCE_DATE_EPOCH; never the clock's."""
    day = source_date()
    return replace_fields(document, made_on=day) if day else document


def _composed_deck(review: Review, account_id: str) -> Composed:
    from qbrgen.compose.deck import compose_deck
    from qbrgen.narrate.statement import Register

    return compose_deck(review.narrative(account_id, Register.DECK), review.wording, review.story)


def make_talk_track(review: Review, account_id: str, theme: Theme, out: Path) -> Made:
    """The CSM's private talk track beside one account's deck, slide by slide, in `out`/internal."""
    from qbrgen.compose.talk_track import compose_talk_track
    from qbrgen.narrate.statement import Register
    from qbrgen.narrate.talk_track import narrate_talk_track
    from qbrgen.render.html import write_html
    from qbrgen.render.pptx import slide_numbers

    deck, brief = (review.narrative(account_id, register) for register in (Register.DECK, Register.BRIEF))
    composed = _composed_deck(review, account_id)
    numbers = slide_numbers(composed.document, theme)
    talk = narrate_talk_track(brief, deck, review.wording)
    document = compose_talk_track(talk, composed, numbers, deck.text("sentence"), review.wording)
    path = _with_folder(talk_track_path(review, account_id, out))
    write_html(document, theme, path, templates=_own_templates(review, "talk-track"))
    return Made(account_id, path)


def make_plan(review: Review, account_id: str, theme: Theme, out: Path) -> Made:
    """One account's success plan, for the customer, in `out`/for-customers; its findings tell what it lacks.

    Raises MissingLibrary where WeasyPrint's are missing.
    """
    from qbrgen.compose.success_plan import compose_plan
    from qbrgen.narrate.statement import Register

    composed = compose_plan(review.narrative(account_id, Register.DECK), review.wording)
    where = review.definitions.where.get(f"account/{account_id}")
    lacks = tuple(replace_fields(finding, where=where) for finding in composed.findings)
    path = _with_folder(plan_path(review, account_id, out))
    return Made(account_id, path, (*lacks, *_written_pdf(review, composed.document, theme, path)))


def make_brief(review: Review, account_id: str, theme: Theme, out: Path) -> Made:
    """One account's brief, for leadership, in `out`/internal. Raises MissingLibrary where WeasyPrint's are missing."""
    from qbrgen.compose.brief import compose_brief
    from qbrgen.narrate.statement import Register

    document = compose_brief(review.narrative(account_id, Register.BRIEF), review.wording)
    path = _with_folder(brief_path(review, account_id, out))
    return Made(account_id, path, tuple(_written_pdf(review, document, theme, path)))


def _written_pdf(review: Review, document: Document, theme: Theme, path: Path) -> list[Finding]:
    """Write a brief, a portfolio or a plan on the workspace's paper, by its own templates where it has any."""
    from qbrgen.render.pdf import write_pdf

    paper = review.definitions.settings.paper
    return write_pdf(_dated(document), theme, path, page=paper, templates=_own_templates(review, "brief"))


def _own_templates(review: Review, group: str) -> Path:
    """Where a workspace's own templates are, if it has any. group: folder of those that come with qbrgen."""
    return review.definitions.settings.root / "templates" / group


def make_portfolio(review: Review, theme: Theme, out: Path, asked: PortfolioAsked | None = None) -> Made:
    """The portfolio brief over every account of the review, or those asked for, in `out`/internal."""
    from qbrgen.compose.portfolio import compose_portfolio
    from qbrgen.narrate.statement import Register

    asked = asked or PortfolioAsked()
    overview = review.portfolio(asked.owners, asked.segments)
    narratives = {row.id: review.narrative(row.id, Register.BRIEF) for row in overview.rows}
    document = compose_portfolio(overview, narratives, review.wording, _briefs(review, overview, asked), asked.order)
    path = _with_folder(portfolio_path(review, out, asked))
    return Made("", path, tuple(_written_pdf(review, document, theme, path)))


def _briefs(review: Review, overview: PortfolioPicture, asked: PortfolioAsked) -> list[str] | None:
    """Ids of the accounts whose briefs follow; None for those that need attention."""
    words = list(dict.fromkeys(asked.briefs))
    if words in ([], [ATTENTION]):
        return None
    if words == [NO_BRIEFS]:
        return []
    found: list[str] = []
    if ATTENTION in words:
        found += [each.row.id for each in overview.attention]
    if ALL_BRIEFS in words:
        found += [row.id for row in overview.listed(asked.order)]
    return found + account_ids(review.definitions, [word for word in words if word not in _WORDS_FOR_BRIEFS])


def keep_record(review: Review, record: ReviewRecord, *, replace: bool = False) -> tuple[Path, bool]:
    """Keep a review as it is delivered, in the workspace: (its file, whether it was written).

    The sentences of the customer's deck are kept with it. A record that tells the same is left as it is, with its day.
    Raises InputError where another one is there, unless it is to be replaced.
    """
    from qbrgen.define.review_text import review_text
    from qbrgen.files import write_text
    from qbrgen.narrate.changes import told_in_deck
    from qbrgen.narrate.statement import Register

    path = record_path(review, record.account)
    if check_record(review, record, replace=replace):
        return path, False
    told = told_in_deck(review.narrative(record.account, Register.DECK))
    write_text(path, review_text(replace_fields(record, told=told)))
    return path, True


def check_record(review: Review, record: ReviewRecord, *, replace: bool = False) -> bool:
    """Whether a record that tells the same is kept already. Raises InputError as `keep_record` does.

    It tells the same when the figures, the definitions and the promises agree, and the figures in every sentence; other
    words for the same figures are the same review.
    """
    from qbrgen.define.review_text import review_differences
    from qbrgen.define.reviews import how_to_mend, read_review
    from qbrgen.load.yaml_files import read_yaml
    from qbrgen.narrate.changes import told_otherwise
    from qbrgen.narrate.statement import Register

    settings = review.definitions.settings
    path = record_path(review, record.account)
    if not path.exists():
        return False
    name = path.relative_to(settings.root).as_posix()
    old, broken = read_review(read_yaml(path, name), settings.fiscal_year_starts)
    if old is None:
        if not replace:
            wrong = "; ".join(finding.what for finding in broken)
            fix = how_to_mend(record.account, record.period)
            raise InputError([Finding(Level.ERROR, "review-recorded", wrong, fix, Location(name), record.account)])
        return False
    deck = review.narrative(record.account, Register.DECK)
    changes = [*review_differences(old, record), *told_otherwise(old.told, old.as_of, deck, review.wording)]
    if changes and not replace:
        raise InputError([_other_record(record, name, changes)])
    return not changes


_MOST_CHANGES = 12


def _other_record(record: ReviewRecord, name: str, changes: Sequence[str]) -> Finding:
    more = f"; and {len(changes) - _MOST_CHANGES} more" if len(changes) > _MOST_CHANGES else ""
    said = "; ".join(changes[:_MOST_CHANGES]) + more
    what = f"{record.period} is recorded already, and would change: {said}."
    to_replace = f"`qbrgen commit {record.account} --period {record.period} --replace`"
    fix = f"Leave it, if that is what was delivered. To put what is counted today in its place, write {to_replace}."
    return Finding(Level.ERROR, "review-recorded", what, fix, Location(name), record.account)


def summaries(review: Review, audience: Audience = Audience.INTERNAL) -> Iterator[tuple[str, str]]:
    """(account id, its one sentence for a terminal, an e-mail or a CRM), in order of id."""
    for account_id in review.pictures:
        yield account_id, review.narrative(account_id, line_register(audience)).text("sentence")


def line_register(audience: Audience) -> Register:
    """The register of a summary: the terminal's own, or the deck's for what a customer may read."""
    from qbrgen.narrate.statement import Register

    return Register.DECK if audience is Audience.CUSTOMER else Register.LINE


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


def _with_folder(path: Path) -> Path:
    make_folder(path.parent)
    return path
