"""The documents of the sample accounts, composed from their data: their structure, and what no document may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from by_hand import texts_in

from qbrgen.compose.brief import compose_brief
from qbrgen.compose.deck import Composed, compose_deck
from qbrgen.compose.portfolio import compose_portfolio
from qbrgen.document import Block, Columns, Contents, Document, KeyFigures, Role, Slide, Table, TargetBars, Text
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture
from qbrgen.score.portfolio import portfolio

GOLDEN = Path(__file__).parent / "golden" / "sample-decks.txt"
ACCOUNTS = [
    "acme", "calder-wye", "fernhill", "oakhaven", "pembury", "sable-meridian", "tidewell", "zielona-dolina",
]  # fmt: skip
PRESENCE = re.compile(r"\b(log-?ins?|logged in|sessions?|MAU|DAU|(monthly|daily) active|page.?views?)\b", re.IGNORECASE)
# A figure, or the word for a state.
FINDING = re.compile(
    r"\d|\bon target\b|\bbelow\b|\bactive\b|\bDirection: \w|\bno one to count\b|\bhappened\b", re.IGNORECASE
)
LEFTOVERS = re.compile(r"\{\{|\}\}|[:(=] ?None\b|\bNaN\b|\bnan\b|Fraction\(|TODO|[Ll]orem|  ")


@pytest.fixture(scope="module")
def decks(pictures: dict[str, AccountPicture], wording: Wording) -> dict[str, Composed]:
    return {key: compose_deck(narrate(each, Register.DECK, wording), wording) for key, each in pictures.items()}


@pytest.fixture(scope="module")
def briefs(pictures: dict[str, AccountPicture], wording: Wording) -> dict[str, Document]:
    return {key: compose_brief(narrate(each, Register.BRIEF, wording), wording) for key, each in pictures.items()}


@pytest.fixture(scope="module")
def book(quarters: tuple[dict[str, AccountPicture], dict[str, AccountPicture]], wording: Wording) -> Document:
    pictures, before = quarters
    narratives = {key: narrate(each, Register.BRIEF, wording) for key, each in pictures.items()}
    return compose_portfolio(portfolio(pictures, {}, before), narratives, wording)


def kinds(slide: Slide) -> str:
    names = [
        f"Columns({'+'.join(type(x).__name__ for x in b.left)} | {'+'.join(type(x).__name__ for x in b.right)})"
        if isinstance(b, Columns)
        else type(b).__name__
        for b in slide.blocks
    ]
    return ", ".join(names)


def blocks_of(slide: Slide) -> Iterator[Block]:
    for block in slide.blocks:
        yield from (*block.left, *block.right) if isinstance(block, Columns) else (block,)


def test_the_structure_of_every_deck_is_the_golden_one(decks: dict[str, Composed], update_golden: bool) -> None:
    lines = []
    for key, composed in decks.items():
        lines.append(f"# {key}")
        lines += [f"{s.section} / {s.key}: {s.title}\n    {kinds(s)}" for s in composed.document.slides]
        lines += [f"left out / {item.slide}: {item.reason}" for item in composed.left_out]
        lines.append("")
    text = "\n".join(lines)
    if update_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def told(block: Block) -> Iterator[str]:
    """A block of the portfolio, line by line."""
    match block:
        case Text():
            yield block.text
        case KeyFigures():
            yield from (f"{figure.label}: {figure.figure} ({figure.note})" for figure in block.figures)
        case Contents():
            yield from (f"{entry.text} → {entry.link}" for entry in block.entries)
        case Table():
            yield " | ".join(column.heading for column in block.columns)
            for number, row in enumerate(block.rows):
                cells = (cell.text + f" ({cell.sub})" * bool(cell.sub) for cell in row)
                yield f"{' | '.join(cells)}{f' → {row[0].link}' if row[0].link else ''}"
                yield from block.lines[number : number + 1]


def test_the_portfolio_of_the_samples_reads_as_the_golden_one(book: Document, update_golden: bool) -> None:
    lines = [f"{book.title}\n{book.footer}"]
    for section in book.sections:
        if section.key.startswith("brief/"):
            break
        heading = " | ".join((section.heading, *section.meta))
        lines += [f"\n# {heading}", *(line for block in section.blocks for line in told(block))]
    text = "\n".join(lines) + "\n"
    golden = GOLDEN.with_name("sample-portfolio.txt")
    if update_golden:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ACCOUNTS)
def test_no_deck_repeats_itself(decks: dict[str, Composed], key: str) -> None:
    slides = decks[key].document.slides
    titles = [slide.title for slide in slides]
    assert len(set(titles)) == len(titles)
    shapes = [(slide.role, kinds(slide)) for slide in slides]
    assert not any(a == b == c for a, b, c in zip(shapes, shapes[1:], shapes[2:], strict=False))
    for slide in slides:
        said = [block.text.rstrip(".") for block in blocks_of(slide) if isinstance(block, Text)]
        said.append(slide.title.rstrip("."))
        assert len(set(said)) == len(said), slide.key


@pytest.mark.parametrize("key", ACCOUNTS)
def test_titles_are_short_findings(decks: dict[str, Composed], key: str) -> None:
    for slide in decks[key].document.slides:
        if slide.role is not Role.STATEMENT and slide.key not in ("bought", "impact"):
            assert len(slide.title.split()) <= 16, slide.title
        assert not slide.title.endswith(".") or slide.role is Role.STATEMENT or slide.title.endswith("o.o.")


@pytest.mark.parametrize("key", ACCOUNTS)
def test_every_percentage_on_a_bar_has_its_counts(decks: dict[str, Composed], key: str) -> None:
    for slide in decks[key].document.slides:
        for block in blocks_of(slide):
            if isinstance(block, TargetBars):
                bars = [bar for group in block.groups for bar in group.bars if "%" in bar.value_text]
                ready_made = [bar.label for bar in bars if not bar.count_text]
                assert ready_made in ([], ["Emails that reach the inbox"])


@pytest.mark.parametrize("key", ACCOUNTS)
def test_no_document_holds_a_presence_figure_or_a_leftover(
    decks: dict[str, Composed], briefs: dict[str, Document], book: Document, key: str
) -> None:
    for document in (decks[key].document, briefs[key], book):
        for text in texts_in(document):
            assert not PRESENCE.search(text), text
            assert not LEFTOVERS.search(text), text


def test_names_stay_out_of_a_deck_unless_they_were_agreed(
    decks: dict[str, Composed], pictures: dict[str, AccountPicture]
) -> None:
    for key, composed in decks.items():
        picture = pictures[key]
        told = " ".join(texts_in(composed.document))
        typed = " ".join(
            [*(a.action.owner + a.action.action for a in picture.actions), *(i.impact.by for i in picture.impacts)]
        )
        typed += picture.ask + (picture.sponsor.name if picture.sponsor else "")
        names = {p.name for persona in picture.personas for p in persona.people}
        shown = {name for name in names if name in told and name not in typed}
        assert not shown or picture.names_agreed, (key, shown)


def test_money_and_renewal_stay_out_of_every_deck(
    decks: dict[str, Composed], pictures: dict[str, AccountPicture], wording: Wording
) -> None:
    for key, composed in decks.items():
        told = " ".join(texts_in(composed.document))
        picture = pictures[key]
        assert picture.arr is not None
        assert picture.renewal is not None
        assert wording.money(picture.arr) not in told
        readings = picture.outcome.outcome if picture.outcome else None
        same_day = readings and picture.renewal in {r.on for r in (readings.goal, readings.present) if r}
        assert same_day or wording.date(picture.renewal) not in told
        assert picture.notes == "" or picture.notes not in told


def test_acme_comes_out_with_its_facts(decks: dict[str, Composed], briefs: dict[str, Document]) -> None:
    sentence = next(slide for slide in decks["acme"].document.slides if slide.key == "sentence").title
    for fact in ("5 of 7 quota-carrying reps", "the sales manager", "every week", "80% of outbound touches"):
        assert fact in sentence
    for fact in ("roughly 30%", "the team estimates", "not yet active", "there is a plan"):
        assert fact in sentence
    assert "Helen Marsh" not in sentence
    assert "Helen Marsh" in " ".join(texts_in(briefs["acme"]))


def test_every_description_in_a_deck_tells_what_is_shown_and_not_that_something_is(decks: dict[str, Composed]) -> None:
    """Read aloud, each has a figure or a state in it, and none begins by saying that it is a picture."""
    seen = 0
    for key, composed in decks.items():
        for slide in composed.document.slides:
            for alt in described(slide):
                assert FINDING.search(alt), (key, slide.key, alt)
                assert not re.match(r"(a |the )?(chart|picture|table|diagram|bars?|line)\b", alt, re.IGNORECASE), alt
                assert not re.search(r"[:;,] ?[.;]|\(\)|  ", alt), alt
                seen += 1
    assert seen > 80


def described(slide: Slide) -> Iterator[str]:
    """The descriptions of a slide's blocks, and of the bars and figures in them."""
    for block in blocks_of(slide):
        for each in (
            block,
            *getattr(block, "figures", ()),
            *(b for g in getattr(block, "groups", ()) for b in bars_in(g)),
        ):
            if alt := getattr(each, "alt", ""):
                yield alt


def bars_in(group: object) -> tuple[object, ...]:
    return tuple(getattr(group, "bars", ()))
