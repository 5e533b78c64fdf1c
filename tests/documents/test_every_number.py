"""Every number that a finished file shows is a traced figure of a statement, or one of the facts that labels name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from making import Made
from pptx import Presentation
from reading import charts_of, deck_texts, package_text, pdf_pages, shapes_of, slide_key, squeezed, workbook_values
from test_documents import ACCOUNTS

from qbrgen.compose.brief import leadership_told
from qbrgen.compose.told import Told, receipt_numbers
from qbrgen.figures import Form
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.trace import trace, written
from qbrgen.narrate.typed import typed_strings
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture

CITED = re.compile(r"Receipts? \d[\d, ]*(?:(?:and|to) \d+)?\.")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


# ---- what may stand there -------------------------------------------------------------------------------------------


def traced(said: Narrative, wording: Wording) -> Iterator[str]:
    """Every figure of every statement, as written there."""
    for statement in said.statements.values():
        for number in trace(statement, said, wording):
            assert not number.is_orphan, (statement.key, number.text)
            yield number.text


def of_labels(said: Narrative, wording: Wording) -> Iterator[str]:
    """The facts that headings, footnotes and tables name: those of the receipts, people and dates of the picture."""
    picture = said.picture
    told = Told(said, wording)
    for receipt in said.picture.receipts:
        for fact in receipt.figures:
            yield from written(fact, wording)
            if fact.form is Form.DATE and isinstance(fact.value, date):
                yield told.short_day(fact.value)
    yield from (str(n) for n in label_counts(picture))
    for workflow in picture.workflows:  # the first and the last point of a line are named beside it
        for point in (each for each in workflow.weekly if each.denominator):
            yield wording.percent(point.numerator / point.denominator)
            yield from (wording.count(point.numerator), wording.count(point.denominator))
    for each in [picture.as_of, *dates_of(picture)]:
        yield from (wording.date(each), wording.day_month(each), told.short_day(each))


def label_counts(picture: AccountPicture) -> Iterator[int]:
    """Counts that a label makes itself: how many of a list, of a group's people by state, weeks in seat of a person."""
    yield from (len(picture.gaps), len(picture.actions), len(picture.personas), len(picture.workflows))
    for persona in picture.personas:
        yield from (len(persona.people), persona.active, persona.counted)
        yield from (value for person in persona.people for value in (person.units_done, person.units_in_seat))
        yield from (int(value) for point in persona.weekly for value in (point.numerator, point.denominator))


def dates_of(picture: AccountPicture) -> Iterator[date]:
    """The days of the plan and the Mondays of the weeks that a line is drawn over."""
    for planned in picture.actions:
        yield from (day for day in (planned.action.due, planned.action.done_on) if day)
    for week in (*picture.period.weeks, *(picture.previous_period.weeks if picture.previous_period else ())):
        monday = date(1970, 1, 5) + timedelta(weeks=week)
        yield monday


def without(text: str, parts: Iterable[str]) -> str:
    """A text without these parts, the longest first; each stands by itself, not within a longer number."""
    folded = sorted({squeezed(part) for part in parts if any(c.isdigit() for c in part)}, key=len, reverse=True)
    for part in folded:
        if part.casefold() in text.casefold():
            text = re.sub(rf"(?<![\d.,])(?<!\d[.,]){re.escape(part)}(?![\d%]|[.,]\d)", " ", text, flags=re.IGNORECASE)
    return text


class Known:
    """What may stand in one account's document of one register."""

    def __init__(self, said: Narrative, wording: Wording) -> None:
        self.parts = {*typed_strings(said.picture), *traced(said, wording), *of_labels(said, wording)}
        self.receipts = receipt_numbers(said)

    def left(self, text: str, *more: str) -> list[str]:
        """The numbers of a text that nothing explains."""
        return NUMBER.findall(without(CITED.sub(" ", squeezed(text)), (*self.parts, *more)))

    @property
    def marks(self) -> tuple[str, ...]:
        """The numbers of receipts, and how many there are."""
        return tuple(str(number) for number in range(1, len(self.receipts) + 1))


# ---- the deck -------------------------------------------------------------------------------------------------------


def shown(slide: object) -> Iterator[str]:
    """What a slide shows, tells a screen reader, or says in its notes; the slide's own number is an exception."""
    for shape in shapes_of(slide.shapes):  # type: ignore[attr-defined]
        if shape.is_placeholder and shape.placeholder_format.type == 13:  # the slide's number
            continue
        if shape.has_text_frame:
            yield shape.text_frame.text
        if getattr(shape, "has_table", False) and shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        for properties in shape._element.xpath(".//p:cNvPr"):
            yield properties.get("descr") or ""
    if slide.has_notes_slide:  # type: ignore[attr-defined]
        yield slide.notes_slide.notes_text_frame.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_number_of_a_deck_has_a_receipt(made: Made, account: str) -> None:
    known = Known(made.review.narrative(account, Register.DECK), made.review.wording)
    for slide in Presentation(str(made.decks[account])).slides:
        marks = known.marks if slide_key(slide) == "receipts" else ()
        for text in shown(slide):
            assert known.left(text, *marks) == [], (slide_key(slide), text)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_value_of_a_chart_is_a_figure_of_the_picture(made: Made, account: str) -> None:
    """Exceptions: the ticks and dates of an axis, which the program draws that shows the deck; what is left of a bar to
    100%; and the width of the mark that stands for a target ("|")."""
    figures = set(chart_figures(made.review.narrative(account, Register.DECK).picture))
    for chart in charts_of(made.decks[account]):
        for name, values in workbook_values(chart).items():
            for value in values:
                if isinstance(value, int | float) and name != "|":
                    shown_value = 1 - value if name == "100%" else value
                    assert round(float(shown_value), 6) in figures, (name, value)


def chart_figures(picture: AccountPicture) -> Iterator[float]:
    for value in exact_figures(picture):
        yield round(float(value), 6)
        yield round(abs(float(value)), 6)


def exact_figures(picture: AccountPicture) -> Iterator[Fraction]:
    yield from (Fraction(0), Fraction(1))
    for receipt in picture.receipts:
        yield from (fact.value for fact in receipt.figures if isinstance(fact.value, Fraction))
    for persona in picture.personas:
        yield persona.target
        if persona.counted:
            yield Fraction(persona.active, persona.counted)
            yield Fraction(-((-persona.target * persona.counted) // 1), persona.counted)
    for noun in (*picture.personas, *picture.workflows):
        yield noun.target
        for point in noun.weekly:
            yield from (point.numerator, point.denominator)
            if point.denominator:
                yield point.numerator / point.denominator
    for impact in (each.impact for each in picture.impacts):
        yield from (value for value in (impact.value, impact.before, impact.change) if value is not None)
        if impact.change is not None:
            yield 1 + impact.change


# ---- the brief ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_number_of_a_brief_has_a_receipt(made: Made, account: str) -> None:
    """Exceptions: the number of a footnote, and the 0% and 100% of an axis."""
    known = Known(made.review.narrative(account, Register.BRIEF), made.review.wording)
    for page in pdf_pages(made.briefs[account]):
        assert known.left(page, *known.marks, "0%", "100%") == [], page


def test_the_walk_over_documents_finds_a_number_that_no_receipt_has(made: Made) -> None:
    known = Known(made.review.narrative("acme", Register.DECK), made.review.wording)
    assert known.left("80% of outbound touches") == []
    assert known.left("81.7% of outbound touches") == ["81.7"]
    assert known.left("4,180 of 5,226 on 29 June") == ["5,226"]
    assert known.left("4,1801") != []


def test_a_deck_with_one_number_more_is_found(made: Made, tmp_path: Path) -> None:
    deck = Presentation(str(made.decks["acme"]))
    title = next(iter(deck.slides[2].shapes)) if deck.slides[2].shapes.title is None else deck.slides[2].shapes.title
    title.text_frame.text += " and 9,731 more"
    deck.save(str(tmp_path / "wrong.pptx"))
    known = Known(made.review.narrative("acme", Register.DECK), made.review.wording)
    slides = [s for s in Presentation(str(tmp_path / "wrong.pptx")).slides if slide_key(s) != "receipts"]
    found = [number for slide in slides for text in shown(slide) for number in known.left(text)]
    assert found == ["9,731"]


# ---- footnotes and receipts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_footnote_of_a_brief_says_counts_days_rule_and_file(made: Made, account: str) -> None:
    said, wording = made.review.narrative(account, Register.BRIEF), made.review.wording
    told = leadership_told(said, wording)
    pages = " ".join(pdf_pages(made.briefs[account])).replace(" ", "")
    first = said.picture.receipts[0]
    for name, number in told.receipts.items():
        receipt, text = said.picture.receipt(name), told.text(f"receipt:{name}")
        assert squeezed(text).replace(" ", "") in pages, (number, text)
        if (
            receipt.numerator is not None
            and receipt.denominator
            and receipt.denominator > 1
            and receipt.rule in COUNTED
        ):
            assert wording.number(receipt.denominator) in text, text
        if receipt.window:
            assert wording.date(receipt.window.last) in text, text
        assert receipt.rule in STATED or re.search(r"\bRule:|on target at|times what|no larger|no one", text), text
        files = [source.rpartition("/")[2] for source in receipt.sources]
        if receipt is first or receipt.sources != first.sources:
            assert all(file in text for file in files), text


COUNTED = ("active", "share", "frequency", "chain", "milestone")
STATED = ("impact", "outcome", "direction")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_receipts_of_a_deck_have_counts_days_and_rule_and_nobody_no_rows_and_no_files(
    made: Made, account: str
) -> None:
    said = made.review.narrative(account, Register.DECK)
    assert all(not (each.people or each.sources or each.events) for each in said.picture.receipts)
    shown_there = " ".join(text for key, text in deck_texts(made.decks[account]).items() if key.endswith(":receipts"))
    if said.picture.depth.measurable:
        assert made.review.wording.span(said.picture.window) in shown_there
    content = package_text(made.decks[account])
    whole = made.review.pictures[account].receipts
    forbidden = {name for each in whole for name, _ in each.events} | {s for each in whole for s in each.sources}
    forbidden |= {source.rpartition("/")[2] for source in forbidden}
    assert [name for name in forbidden if name and name in content] == []
