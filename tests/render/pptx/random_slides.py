"""Random blocks for slides: names of any length and script, shares above and below the scale, lists of any length."""

from __future__ import annotations

from hypothesis import strategies as st
from sample_slides import KEY, bar, persona, table, trend

from qbrgen.document import (
    BarGroup,
    BeforeAfter,
    Bullets,
    Callout,
    Cell,
    Column,
    Columns,
    KeyFigure,
    KeyFigures,
    People,
    Reading,
    Readings,
    Table,
    TargetBars,
    Text,
)

WORDS = st.sampled_from(
    ["weekly", "touches", "Konstantinopolitańczykiewiczówna", "営業担当者", "12 of 13", "a", "فريق", "same-day", "%"]
)
PHRASE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
NAME = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
SENTENCES = st.lists(WORDS, min_size=1, max_size=70).map(" ".join)
SHARE = st.one_of(st.none(), st.floats(0, 1.5))
STYLE = st.sampled_from(["lead", "body", "strong", "muted", "small"])
BAR = st.builds(
    lambda label, value, count: bar(label, value, count=count), PHRASE, SHARE, st.one_of(st.just(""), PHRASE)
)


def grouped(groups: list[tuple[str, list[str]]]) -> Table:
    """Rows that go on with what the row above is about, as those of the agreement."""
    columns = (Column("Who", 0.36), Column("Workflow", 0.48), Column("Target", 0.16, "right", nowrap=True))
    rows = (
        (Cell("", sub=who, continues=True) if at else Cell(who, strong=True), Cell(workflow), Cell("70%"))
        for who, workflows in groups
        for at, workflow in enumerate(workflows)
    )
    return Table(columns, tuple(rows), "What was agreed with whom")


READINGS = st.builds(
    lambda label, texts: Readings(
        label,
        tuple(
            Reading(name, "27 September 2026", text, value, kind)
            for name, text, value, kind in zip(
                ("Where you started", "Now", "Goal"), texts, (6.0, None, 10.0), ("earlier", "now", "goal"), strict=True
            )
        ),
        "6 at the start, 10 as the goal",
    ),
    PHRASE,
    st.tuples(NAME, NAME, NAME),
)
SIMPLE = st.one_of(
    st.builds(Text, SENTENCES, STYLE),
    st.builds(Bullets, st.lists(SENTENCES, max_size=6).map(tuple), PHRASE),
    st.builds(table, st.integers(1, 14), PHRASE, legible=st.booleans(), small=st.booleans()),
    st.builds(grouped, st.lists(st.tuples(PHRASE, st.lists(PHRASE, min_size=1, max_size=5)), min_size=1, max_size=4)),
    st.builds(Callout, PHRASE, SENTENCES),
    READINGS,
)
NOTE = st.lists(WORDS, max_size=8).map(" ".join)
FIGURE = st.builds(
    KeyFigure,
    NAME,
    st.sampled_from(["6 of 8", "−30%", "£1.2m", "No clear change", "10 June 2026"]),
    NOTE,
    boxes=st.sampled_from([None, (5, 7)]),
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
        NAME,
        SENTENCES,
    ),
)
