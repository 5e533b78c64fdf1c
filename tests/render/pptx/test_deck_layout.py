"""Random documents: whatever is in them, nothing overflows, overlaps or leaves the page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from deck_checks import misplaced, problems
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from sample_slides import KEY, bar, content, document, persona, table, trend

from qbrgen.document import (
    BarGroup,
    BeforeAfter,
    Bullets,
    Callout,
    Columns,
    KeyFigure,
    KeyFigures,
    People,
    TargetBars,
    Text,
)
from qbrgen.render.pptx import write_deck
from qbrgen.theme import load_theme

PLAIN = load_theme("plain")
WORDS = st.sampled_from(
    ["weekly", "touches", "Konstantinopolitańczykiewiczówna", "営業担当者", "12 of 13", "a", "فريق", "same-day", "%"]
)
PHRASE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
SENTENCES = st.lists(WORDS, min_size=1, max_size=70).map(" ".join)
SHARE = st.one_of(st.none(), st.floats(0, 1.5))
STYLE = st.sampled_from(["lead", "body", "strong", "muted", "small"])
BAR = st.builds(
    lambda label, value, count: bar(label, value, count=count), PHRASE, SHARE, st.one_of(st.just(""), PHRASE)
)
SIMPLE = st.one_of(
    st.builds(Text, SENTENCES, STYLE),
    st.builds(Bullets, st.lists(SENTENCES, max_size=6).map(tuple), PHRASE),
    st.builds(table, st.integers(1, 14), PHRASE),
    st.builds(Callout, PHRASE, SENTENCES),
)
FIGURE = st.builds(
    KeyFigure, PHRASE, st.sampled_from(["6 of 8", "−30%", "£1.2m", "No clear change"]), PHRASE, boxes=st.just((5, 7))
)
BLOCK = st.one_of(
    SIMPLE,
    st.builds(
        Columns, st.lists(SIMPLE, max_size=3).map(tuple), st.lists(SIMPLE, max_size=2).map(tuple), st.just((0.4, 0.6))
    ),
    st.builds(KeyFigures, st.lists(FIGURE, min_size=1, max_size=4).map(tuple)),
    st.builds(
        lambda groups: TargetBars(tuple(BarGroup(label, tuple(bars)) for label, bars in groups), "alt"),
        st.lists(st.tuples(PHRASE, st.lists(BAR, min_size=1, max_size=6)), min_size=1, max_size=4),
    ),
    st.builds(
        lambda groups: People(tuple(persona(label, count, names) for label, count, names in groups), KEY, "alt"),
        st.lists(
            st.tuples(PHRASE, st.integers(1, 40), st.sampled_from([(), ("Bo", "Konstantinopolitańczykiewiczówna")])),
            min_size=1,
            max_size=4,
        ),
    ),
    st.builds(trend, st.lists(SHARE, min_size=1, max_size=27)),
    st.builds(
        lambda label, witness: BeforeAfter(label, 6, 8, "6", "8", "before", label, witness, "alt", "+33%"),
        PHRASE,
        SENTENCES,
    ),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(BLOCK, min_size=1, max_size=4), SENTENCES, PHRASE, st.one_of(st.just(""), SENTENCES))
def test_whatever_a_slide_holds_stands_within_the_page(
    blocks: list[object], title: str, kicker: str, footnote: str
) -> None:
    made = document(content(*blocks, title=title, kicker=kicker, footnote=footnote))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        write_deck(made, PLAIN, path)
        assert misplaced(path) == []
        assert problems(path) == []


def test_a_word_with_a_long_reason_goes_on_where_the_numbers_leave_no_room() -> None:
    """Found by the test of random slides: the reason ran into the footer."""
    long = "weekly same-day touches of quota-carrying Konstantinopolitańczykiewiczówna " * 3
    figures = (
        *[KeyFigure(long, "6 of 8", long, boxes=(5, 7))] * 3,
        KeyFigure("Direction", "No clear change", long * 4),
    )
    made = document(content(KeyFigures(figures), title=long, kicker="kicker"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        write_deck(made, PLAIN, path)
        assert misplaced(path) == []
        assert len(Presentation(str(path)).slides) == 2
