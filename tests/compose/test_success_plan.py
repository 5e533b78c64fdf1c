"""The success plan, composed: what it says, what it says in place of what is missing, and what the CSM is told."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from by_hand import NO_OWNER, narrative, persona, picture, texts_in, workflow

from qbrgen.compose.deck import compose_deck, storyline
from qbrgen.compose.slides import BUILDERS
from qbrgen.compose.success_plan import ComposedPlan, compose_plan
from qbrgen.define.model.account import Action, Side, Sponsor
from qbrgen.document import Block, Document, Signatures, Slide, Table
from qbrgen.errors import AudienceLeak
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.period import Period, Quarter
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.score.picture import AccountPicture, PersonPicture, PlannedAction
from qbrgen.score.states import PersonState
from qbrgen.theme import load_theme

GOLDEN = Path(__file__).parent / "golden" / "sample-plans.txt"
AHEAD = Period(Quarter(2026, 4), 2960, 2973, "Q4 2026")
SIGNING = ("agreement", "signatures")
PAST, NOBODY = date(2026, 9, 1), (persona("reps", 0, not_yet=0),)


def complete(**changes: object) -> AccountPicture:
    """An account whose plan lacks nothing."""
    action = PlannedAction(
        Action("queue", "Put the queue there", "Dana Ortiz", Side.CUSTOMER, date(2026, 10, 23)), False
    )
    base = {"next_period": AHEAD, "next_review": date(2027, 1, 14), "actions": (action,), "gaps": ()}
    return picture(**(base | changes))


def plan(of: AccountPicture, wording: Wording) -> ComposedPlan:
    return compose_plan(narrate(of, Register.DECK, wording), wording)


def lines(document: Document) -> list[str]:
    """Every text of the sections, in the order of the page."""
    return [text for section in document.sections for text in texts_in((section.heading, section.meta, section.blocks))]


def lacks(of: AccountPicture, wording: Wording) -> list[str]:
    found = plan(of, wording).findings
    assert all(finding.code == "plan-lacks" and finding.fix and finding.account == of.id for finding in found)
    return [finding.what.removeprefix(f"The success plan of {of.name} ") for finding in found]


def test_the_plans_of_the_sample_accounts_are_the_golden_ones(
    pictures: dict[str, AccountPicture], wording: Wording, update_golden: bool
) -> None:
    said: list[str] = []
    for key, each in pictures.items():
        composed = plan(each, wording)
        said += [f"# {key}: {composed.document.title}", f"{composed.document.subject} | {composed.document.footer}"]
        said += _golden(composed)
    text = "\n".join(said)
    if update_golden:
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def _golden(composed: ComposedPlan) -> list[str]:
    found: list[str] = []
    for section in composed.document.sections:
        found.append(" | ".join((f"== {section.heading}", *section.meta)))
        found += [line for block in section.blocks for line in _block(block)]
    return [*found, *(f"missing: {finding.what}" for finding in composed.findings), ""]


def _block(block: Block) -> list[str]:
    if isinstance(block, Table):
        rows = [
            " | ".join(f"{cell.text} ({cell.sub})" if cell.sub else cell.text for cell in row) for row in block.rows
        ]
        return [" | ".join(column.heading for column in block.columns), *rows, f"alt: {block.alt}"]
    if isinstance(block, Signatures):
        return [
            f"{side.party}: " + ", ".join(f"{label} {known or '____'}" for label, known in side.lines)
            for side in block.sides
        ]
    return [" | ".join(text for text in texts_in(block) if text and not text.isdecimal())]


def test_a_plan_that_lacks_nothing_tells_the_csm_nothing(wording: Wording) -> None:
    assert lacks(complete(), wording) == []


@pytest.mark.parametrize(
    ("changes", "said", "told"),
    [
        ({"outcome": None}, "The outcome that was bought is not stated yet.", "does not say what was bought."),
        ({"actions": ()}, "No action is agreed yet.", "has no action."),
        ({"actions": (NO_OWNER,)}, "not set", "has no owner or date for “Put the reply queue on the home screen”."),
        ({"next_review": None}, "Not set yet", "has no day of the next review."),
        ({"next_review": PAST}, "Not set yet", "leaves out the day of the next review: 2026-09-01 is past."),
        ({"sponsor": None}, "", "names no one who signs for the customer."),
        ({"sponsor": Sponsor("Dana Ortiz")}, "Dana Ortiz", "has no role for Dana Ortiz, who signs."),
        ({"owner": ""}, "", "names no one who signs for you."),
        ({"personas": NOBODY, "workflows": ()}, "No one named yet", "names no one for the quota-carrying reps."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_its_place_and_told_to_the_csm(
    wording: Wording, changes: dict[str, object], said: str, told: str
) -> None:
    of = complete(**changes)
    assert told in lacks(of, wording)
    assert any(said in text for text in lines(plan(of, wording).document))


def test_who_signs_stands_there_already_and_the_rest_is_left_to_write_on(wording: Wording) -> None:
    last = plan(complete(), wording).document.sections[-1]
    (room,) = [block for block in last.blocks if isinstance(block, Signatures)]
    ours, theirs = room.sides[1], room.sides[0]
    assert theirs.party == "For Acme"
    assert dict(theirs.lines) == {"Name": "Dana Ortiz", "Role": "VP Sales", "Date": "", "Signature": ""}
    assert dict(ours.lines) == {"Name": "Priya Raman", "Role": "", "Date": "", "Signature": ""}
    assert last.keep, "a page may end before what is signed, never within it"


def test_done_actions_are_not_agreed_on_again_and_the_owner_stands_with_the_side_that_acts(wording: Wording) -> None:
    done = PlannedAction(
        Action("old", "Done long ago", "Priya Raman", due=date(2026, 7, 1), done_on=date(2026, 7, 1)), False
    )
    ours = PlannedAction(Action("new", "Sit together", "Priya Raman", Side.VENDOR, date(2026, 10, 2)), False)
    of = complete(actions=(done, ours, *complete().actions))
    (table,) = [
        b for s in plan(of, wording).document.sections if s.key == "actions" for b in s.blocks if isinstance(b, Table)
    ]
    assert [(row[0].text, row[1].text, row[1].sub, row[2].text) for row in table.rows] == [
        ("Sit together", "Priya Raman", "Halyard", "2 October 2026"),
        ("Put the queue there", "Dana Ortiz", "Acme", "23 October 2026"),
    ]


def test_a_narrative_for_leadership_makes_no_plan(wording: Wording) -> None:
    with pytest.raises(AudienceLeak):
        compose_plan(narrative(complete(), Register.BRIEF), wording)
    with pytest.raises(AudienceLeak):
        compose_plan(dataclasses.replace(narrative(complete()), picture=complete()), wording)


def test_a_draft_is_one_on_every_page(wording: Wording) -> None:
    assert plan(complete(draft=True), wording).document.draft_text.startswith("DRAFT")


# ---- as slides of a deck --------------------------------------------------------------------------------------------


def test_no_storyline_but_that_of_the_success_plan_has_its_slides() -> None:
    assert set(SIGNING) <= set(BUILDERS)
    for name in ("default", "30-minutes", "15-minutes"):
        assert not set(SIGNING) & set(storyline(name).slides)
    assert set(SIGNING) <= set(storyline("success-plan").slides)


def test_the_slides_say_what_the_file_says(pictures: dict[str, AccountPicture], wording: Wording) -> None:
    for key, each in pictures.items():
        said = narrate(each, Register.DECK, wording)
        deck = compose_deck(said, wording, storyline("success-plan"))
        slides = {slide.key: slide for slide in deck.document.slides}
        document = compose_plan(said, wording).document
        assert rows(slides["agreement"].blocks) == rows(
            b for s in document.sections if s.key.startswith("group/") for b in s.blocks
        )
        (room,) = [block for block in slides["signatures"].blocks if isinstance(block, Signatures)]
        assert room in document.sections[-1].blocks, key
        assert len({slide.title for slide in deck.document.slides}) == len(deck.document.slides), key


def rows(blocks: object) -> list[Sequence[object]]:
    return [row for block in blocks if isinstance(block, Table) for row in block.rows]  # type: ignore[attr-defined]


def test_the_decision_is_asked_for_once_where_it_is_signed(wording: Wording) -> None:
    slides = compose_deck(
        narrate(complete(), Register.DECK, wording), wording, storyline("success-plan")
    ).document.slides
    assert [slide.key for slide in slides if asks(slide)] == ["signatures"]


def asks(slide: Slide) -> bool:
    return any("Agree that all seven reps" in text for text in texts_in(slide.blocks))


def test_the_page_on_storylines_names_the_slides_and_the_storyline() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "storylines.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in BUILDERS)
    assert "| `success-plan` |" in page


# ---- hard cases, as pages -------------------------------------------------------------------------------------------

LONG = "Vereinigte Ostfriesische Kleinbahn- und Kraftverkehrsges. mbH"
NAMES = ("王小明", "محمد العربي", "שרה לוי", "Иван Ковалёв", "Ångström-Öhlén", "鈴木一郎")


def hard() -> AccountPicture:
    """60 people by name in scripts of all sorts, names of 60 letters, many workflows, and no action."""
    people = tuple(
        PersonPicture(
            PersonState.ACTIVE, 13, 13, f"{NAMES[n % len(NAMES)]} {n}", f"u-{n}", f"{NAMES[n % len(NAMES)]} {n}"
        )
        for n in range(60)
    )
    reps = persona("reps", 60, not_yet=0, people=people, name="w" * 60, one="w" * 60, is_active=True)
    flows = [workflow(f"reps/{'long-name-of-a-workflow-' * 2}{n}", Fraction(4, 5)) for n in range(5)]
    return complete(
        name=LONG, owner=f"{'Anne-Marie ' * 5}Long", sponsor=Sponsor(f"{'Jean-Luc ' * 6}Petit", "R" * 60),
        personas=(reps, persona("managers", 1, not_yet=0)), actions=(), names_agreed=True, outcome=None,
        workflows=(*flows, workflow("managers/pipeline-review")),
    )  # fmt: skip


def test_a_hard_case_keeps_its_names_and_what_is_signed_whole(wording: Wording) -> None:
    document = plan(hard(), wording).document
    content, _ = pdf_bytes(document, load_theme("plain", None), page="Letter")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert len(pages) <= 3
    assert sum("Signature" in page for page in pages) == 1
    with pikepdf.open(io.BytesIO(content)) as pdf:
        boxes = [[float(each) for each in page.MediaBox] for page in pdf.pages]
    assert {(box[2], box[3]) for box in boxes} == {(612.0, 792.0)}
    named = [text for text in lines(document) if "王小明 0" in text]
    assert named
    assert "鈴木一郎 59" in named[0]
    assert "No action is agreed yet." in lines(document)
