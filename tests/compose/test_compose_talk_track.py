"""The talk track beside a deck: every slide has its entry, nothing of it is in the deck, and it reads as approved."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from by_hand import texts_in
from test_no_leak import CANARY, whole

from qbrgen.audience import Audience
from qbrgen.compose.deck import Composed, compose_deck, storyline
from qbrgen.compose.talk_track import compose_talk_track
from qbrgen.define.workspace import load_workspace
from qbrgen.document import Bullets, Callout, Document, Section, Table, Text
from qbrgen.errors import AudienceLeak
from qbrgen.measure.events import measure
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.talk_track import BEFORE, SLIDES, narrate_talk_track
from qbrgen.narrate.wording import Wording
from qbrgen.period import latest_complete
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture

GOLDEN = Path(__file__).parent / "golden"
APPROVED = ("acme", "calder-wye")


@pytest.fixture(scope="module")
def pictures(sample_accounts: Path) -> dict[str, AccountPicture]:
    definitions = load_workspace(sample_accounts)
    counts = measure(definitions)
    period = latest_complete(counts.as_of, definitions.settings.fiscal_year_starts)
    return score_accounts(definitions, counts, period)


def both(of: AccountPicture, wording: Wording, slides: tuple[str, ...] = ()) -> tuple[Composed, Document]:
    """The deck and its talk track. slides: the only ones that the storyline asks for; default all."""
    deck, brief = (narrate(of, register, wording) for register in (Register.DECK, Register.BRIEF))
    story = storyline()
    if slides:
        story = dataclasses.replace(story, parts=(dataclasses.replace(story.parts[0], slides=slides),))
    composed = compose_deck(deck, wording, story)
    talk = narrate_talk_track(brief, deck, wording)
    return composed, compose_talk_track(talk, composed, {}, deck.text("sentence"), wording)


def as_text(document: Document) -> str:
    lines = [document.title, document.subject, document.footer, document.draft_text]
    for section in document.sections:
        lines += ["", f"## {section.heading} ({', '.join(section.meta)})", *_lines(section)]
    return "\n".join(lines) + "\n"


def _lines(section: Section) -> list[str]:
    lines: list[str] = []
    for block in section.blocks:
        match block:
            case Callout():
                lines.append(f"{block.label}: {block.text}")
            case Bullets():
                lines += [f"{block.heading}:", *(f"- {item}" for item in block.items)]
            case Table():
                lines += [f"? {question.text}\n  {answer.text}" for question, answer in block.rows]
            case Text():
                lines.append(block.text)
    return lines


@pytest.mark.parametrize("account", APPROVED)
def test_a_talk_track_reads_as_it_was_approved(
    account: str, pictures: dict[str, AccountPicture], wording: Wording, update_golden: bool
) -> None:
    text = as_text(both(pictures[account], wording)[1])
    path = GOLDEN / f"talk-track-{account}.txt"
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_slide_of_every_deck_has_its_entry_in_its_order(
    pictures: dict[str, AccountPicture], wording: Wording
) -> None:
    for of in pictures.values():
        composed, talk = both(of, wording)
        before, *entries = talk.sections
        assert before.key == BEFORE
        assert [entry.key for entry in entries] == [slide.key for slide in composed.document.slides]
        assert [entry.heading for entry in entries] == [slide.title for slide in composed.document.slides]
        assert [entry.meta[0] for entry in entries] == [str(n) for n in range(1, len(entries) + 1)]
        assert all(any(isinstance(block, Callout) for block in entry.blocks) for entry in entries)


def test_a_slide_that_a_long_table_cuts_over_has_both_its_numbers(wording: Wording) -> None:
    deck, brief = (narrate(whole(), register, wording) for register in (Register.DECK, Register.BRIEF))
    composed, talk = compose_deck(deck, wording), narrate_talk_track(brief, deck, wording)
    last = composed.document.slides[-1].key
    document = compose_talk_track(talk, composed, {last: [11, 12, 13]}, "", wording)
    assert document.sections[-1].meta[0] == "11–13"


def test_no_sentence_of_the_talk_track_that_is_internal_stands_in_the_deck(wording: Wording) -> None:
    composed, talk = both(whole(), wording)
    internal = [text for text in texts_in(talk) if CANARY in text]
    assert len(internal) > 5, "the canaries are seen where they may stand"
    shown = list(texts_in(composed.document))
    assert not [text for text in shown if CANARY in text]
    assert talk.audience is Audience.INTERNAL
    aloud = [b for s in talk.sections if s.key != BEFORE for b in s.blocks if isinstance(b, Callout | Table)]
    assert not [block for block in aloud if CANARY in repr(block)]


def test_what_behind_a_slide_is_not_in_the_deck_is_told_all_the_same(wording: Wording) -> None:
    """A storyline without the slides does not hide who is not active."""
    composed, talk = both(whole(), wording, ("title", "sentence"))
    assert "people" not in {slide.key for slide in composed.document.slides}
    assert "nothing completed yet" in as_text(dataclasses.replace(talk, sections=talk.sections[:1]))


def test_the_slides_that_dropped_out_are_told_with_their_reasons(
    pictures: dict[str, AccountPicture], wording: Wording
) -> None:
    composed, talk = both(pictures["calder-wye"], wording)
    assert composed.left_out
    told = as_text(dataclasses.replace(talk, sections=talk.sections[:1]))
    assert all(item.reason.rstrip(".") in told for item in composed.left_out)


def test_it_says_internal_and_draft(wording: Wording) -> None:
    _, talk = both(dataclasses.replace(whole(), draft=True), wording)
    assert talk.subject.startswith("INTERNAL")
    assert talk.draft_text.startswith("DRAFT")
    assert not both(whole(), wording)[1].draft_text


def test_a_talk_track_for_the_customer_is_refused(wording: Wording) -> None:
    composed, talk = both(whole(), wording)
    with pytest.raises(AudienceLeak):
        dataclasses.replace(talk, audience=Audience.CUSTOMER)
    with pytest.raises(AudienceLeak):
        compose_talk_track(narrate(whole(), Register.DECK, wording), composed, {}, "", wording)


def test_the_figures_that_are_said_aloud_are_the_decks(pictures: dict[str, AccountPicture], wording: Wording) -> None:
    for of in pictures.values():
        composed, talk = both(of, wording)
        said = as_text(talk)
        sentence = next(slide for slide in composed.document.slides if slide.key == "sentence")
        assert sentence.title in said
        if not of.feed_silent and of.breadth.counted:
            facts = {"n": of.breadth.active, "m": of.breadth.counted, "new": of.breadth.new}
            assert wording.say("people.are-active", **facts) in said
    assert set(SLIDES) >= {slide.key for slide in composed.document.slides}
