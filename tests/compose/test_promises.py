"""A missed promise is never dropped, never folded, and never stands after a win; the CSM is told of what was put in."""

from __future__ import annotations

import pytest
from by_hand import narrative, picture, promise, promised, texts_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qbrgen.audience import Audience
from qbrgen.compose.brief import compose_brief
from qbrgen.compose.brief_promises import MOST_LINES
from qbrgen.compose.deck import Composed, compose_deck, storyline
from qbrgen.compose.slides.promises import MOST_ROWS
from qbrgen.compose.storyline import WINS, Part, Storyline, with_promises
from qbrgen.compose.tables import MOST_KEPT_NAMED
from qbrgen.document import Slide, Status, Table
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.score.commitment import Commitment, CommitmentKind, Commitments, CommitmentState

WORDING = load_wording(None, "en-GB")
MISSED, KEPT = CommitmentState.MISSED, CommitmentState.KEPT
MARKS = {
    MISSED: Status.NOT_MET,
    CommitmentState.NOT_MEASURABLE: Status.NO_DATA,
    CommitmentState.OPEN: Status.NOT_APPLICABLE,
    KEPT: Status.MET,
}
settled = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def commitments(draw: st.DrawFn) -> Commitments:
    """Up to 30 promises in every state, internal actions among them."""
    made = []
    for place in range(draw(st.integers(0, 30))):
        state = draw(st.sampled_from(list(CommitmentState)))
        kind = draw(st.sampled_from(list(CommitmentKind)))
        hidden = kind is CommitmentKind.ACTION and draw(st.booleans())
        audience = Audience.INTERNAL if hidden else Audience.CUSTOMER
        made.append(promise(state, f"w{place}", kind=kind, name=f"Promise {place};", audience=audience))
    return promised(*made)


@st.composite
def storylines(draw: st.DrawFn) -> Storyline:
    """Any order of any slides, in one section or two."""
    keys = draw(st.lists(st.sampled_from(storyline().slides), unique=True, min_size=1))
    cut = draw(st.integers(0, len(keys)))
    parts = [Part(f"part-{n}", tuple(some), "A part") for n, some in enumerate((keys[:cut], keys[cut:])) if some]
    return Storyline("own", tuple(parts), draw(st.integers(0, 6)))


def composed(of: Commitments | None, story: Storyline | None = None) -> Composed:
    return compose_deck(narrative(picture(commitments=of)), WORDING, story)


def slide_of(deck: Composed) -> Slide | None:
    return next((slide for slide in deck.document.slides if slide.key == "promises"), None)


def rows_of(slide: Slide) -> list[str]:
    table = slide.blocks[0]
    assert isinstance(table, Table)
    return [row[0].text for row in table.rows]


def may_be_read(of: Commitments) -> list[Commitment]:
    return [each for each in of.all if each.audience is Audience.CUSTOMER]


@settled
@given(commitments(), storylines())
def test_a_missed_promise_has_its_row_before_every_win_whatever_the_storyline(
    of: Commitments, story: Storyline
) -> None:
    deck = composed(of, story)
    keys = [slide.key for slide in deck.document.slides]
    missed = [each for each in may_be_read(of) if each.state is MISSED]
    if not missed:
        assert deck.findings == ()
        return
    shown = slide_of(deck)
    assert shown is not None
    assert {f"{each.name}, what" for each in missed} <= set(rows_of(shown))
    assert all(keys.index("promises") < keys.index(win) for win in WINS if win in keys)
    moved = story.slides != with_promises(story, len(missed))[0].slides
    assert bool(deck.findings) == moved
    assert keys.count("promises") == 1


@settled
@given(commitments())
def test_only_kept_promises_are_added_up_and_the_missed_stand_first(of: Commitments) -> None:
    read = may_be_read(of)
    shown = slide_of(composed(of))
    if not read:
        assert shown is None
        return
    assert shown is not None
    table = shown.blocks[0]
    assert isinstance(table, Table)
    others = [each for each in read if each.state is not KEPT]
    assert rows_of(shown)[: len(others)] == [f"{each.name}, what" for each in others]
    assert [row[-1].status for row in table.rows][: len(others)] == [MARKS[each.state] for each in others]
    assert all(row[-1].text for row in table.rows)
    assert len(table.rows) <= max(MOST_ROWS, len(others) + 1)
    if len(read) <= MOST_ROWS:
        assert len(table.rows) == len(read)
    named = [each for each in read if f"{each.name}, what" in " ".join(rows_of(shown))]
    assert len(named) == min(len(read), len(table.rows) - 1 + MOST_KEPT_NAMED)


@settled
@given(commitments())
def test_an_internal_action_never_reaches_the_customer(of: Commitments) -> None:
    told = " ".join(texts_in(composed(of).document))
    for each in of.all:
        if each.audience is Audience.INTERNAL:
            assert each.name not in told


@settled
@given(commitments())
def test_the_brief_names_every_promise_that_was_not_kept_or_says_how_many_more_there_are(of: Commitments) -> None:
    document = compose_brief(narrative(picture(commitments=of), Register.BRIEF), WORDING)
    section = next((each for each in document.sections if each.key == "acme/promises"), None)
    assert (section is None) == (not of.all)
    told = " ".join(texts_in(section))
    others = [each for each in of.all if each.state is not KEPT]
    named = sum(each.name in told for each in others)
    assert named == len(others) if len(others) <= MOST_LINES else f"And {len(others) - named} more " in told
    assert named >= min(len(others), MOST_LINES - 1)


# ---- the storyline --------------------------------------------------------------------------------------------------


def short(*slides: str) -> Storyline:
    return Storyline("own", (Part("opening", ("title", "sentence")), Part("rest", slides)), 0, "templates/own.yml")


@pytest.mark.parametrize(
    ("slides", "expected", "says"),
    [
        (("people", "workflows"), "title sentence promises people workflows", "has no slide 'promises'"),
        (("impact", "promises", "plan"), "title sentence promises impact plan", "after 'impact'"),
        (("plan", "gaps"), "title sentence promises plan gaps", "has no slide 'promises'"),
        (("bought",), "title sentence bought promises", "at its end"),
        (("bought", "promises", "people"), "title sentence bought promises people", ""),
        (("plan", "promises"), "title sentence plan promises", ""),
    ],
)
def test_a_storyline_without_the_slide_gets_it_and_the_csm_is_told(
    slides: tuple[str, ...], expected: str, says: str
) -> None:
    deck = composed(promised(promise(MISSED), promise()), short(*slides))
    assert [slide.key for slide in deck.document.slides] == expected.split()
    told = " ".join(finding.what for finding in deck.findings)
    assert says in told
    assert bool(told) == bool(says)
    if told:
        assert "1 promise was missed" in told
        assert str(deck.findings[0].where) == "templates/own.yml"
        assert deck.findings[0].fix


def test_while_nothing_was_missed_the_storyline_is_the_users() -> None:
    kept = promised(promise(), promise(CommitmentState.NOT_MEASURABLE, "b"), promise(CommitmentState.OPEN, "c"))
    deck = composed(kept, short("people", "promises"))
    assert [slide.key for slide in deck.document.slides] == ["title", "sentence", "people", "promises"]
    assert [slide.key for slide in composed(kept, short("people")).document.slides][2:] == ["people"]
    assert deck.findings == ()


def test_a_missed_internal_action_moves_no_slide_of_the_customers() -> None:
    secret = promise(MISSED, kind=CommitmentKind.ACTION, audience=Audience.INTERNAL)
    deck = composed(promised(secret, promise()), short("people", "promises"))
    assert [slide.key for slide in deck.document.slides] == ["title", "sentence", "people", "promises"]


def test_the_slide_drops_out_where_nothing_was_promised_and_says_why(wording: Wording) -> None:
    for nothing in (None, promised(), promised(promise(kind=CommitmentKind.ACTION, audience=Audience.INTERNAL))):
        deck = composed(nothing)
        assert slide_of(deck) is None
        reason = dict(deck.left_out)["promises"]
        assert reason == wording.say(
            "label.left-out-promises-none" if nothing else "label.left-out-promises", period="Q2 2026"
        )


def test_the_slide_says_by_which_review_and_which_definitions_it_judges() -> None:
    shown = slide_of(composed(promised(promise(MISSED))))
    assert shown is not None
    assert "Q2 2026" in shown.footnote
    assert "3 July 2026" in shown.footnote
    assert shown.notes == ("Say this of promises.", "Counted so.")
