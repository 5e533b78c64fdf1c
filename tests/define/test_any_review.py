"""The record of any review: what is written reads back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qbrgen.define.model.account import Side
from qbrgen.define.model.playbook import Chain, Combine, Frequency, Measure, Milestone, ReadyMade, Share, Step
from qbrgen.define.model.review import (
    COUNTED_WORDS,
    PERSON_WORDS,
    ActionPromised,
    ActiveRule,
    PersonaDelivered,
    PersonDelivered,
    Promised,
    ReviewRecord,
    WorkflowDelivered,
)
from qbrgen.define.review_text import review_differences, review_text
from qbrgen.define.reviews import read_review
from qbrgen.figures import Span
from qbrgen.load.yaml_files import parse_yaml
from qbrgen.period import Rhythm

ODD = (
    "0042",
    "yes",
    "null",
    "~",
    "1e5",
    "-",
    "a: b",
    "- x",
    "# no",
    "'quoted'",
    '"',
    "{x}",
    "@x",
    "%",
    "?",
    "2026-01-01",
)
clean = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
texts = st.one_of(st.sampled_from(ODD), clean, st.builds("{} {}".format, clean, clean))
ids = st.one_of(texts, st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8))
counts = st.fractions(0, 10**9, max_denominator=10**6)
targets = st.one_of(st.fractions(Fraction(1, 100), 1), st.integers(1, 100).map(lambda n: Fraction(n, 100)))
whole = st.integers(0, 500)
times = st.one_of(st.integers(1, 50).map(Fraction), st.integers(1, 99).map(lambda n: Fraction(n, 100)))
names = st.lists(texts, min_size=1, max_size=3).map(tuple)
steps = st.lists(st.builds(Step, texts, times), min_size=1, max_size=2).map(tuple)
measures: st.SearchStrategy[Measure] = st.one_of(
    st.builds(Share, names, names),
    st.builds(Frequency, names, times),
    st.builds(
        Milestone, st.lists(st.builds(Step, texts, times), min_size=1, max_size=2).map(tuple), st.integers(1, 99)
    ),
    st.builds(Chain, names, st.integers(1, 99), times),
    st.builds(ReadyMade, texts, texts, st.sampled_from(Combine)),
)

days = st.dates(date(2020, 1, 1), date(2099, 1, 1))


@st.composite
def workflows(draw: st.DrawFn, name: str) -> WorkflowDelivered:
    target = draw(targets)
    made = WorkflowDelivered(name, draw(texts), target, draw(measures), "no data")
    case = draw(st.sampled_from(["ratio", "given", "none", "no data", "not applicable"]))
    value = draw(st.fractions(0, 2, max_denominator=10**9))
    below = draw(st.fractions(Fraction(1, 7), 10**6, max_denominator=10**6))
    state = "met" if value >= target else "not met"
    match case:
        case "ratio":
            return replace(made, state=state, numerator=value * below, denominator=below, value=value)
        case "given":
            return replace(made, state=state, value=value)
        case "none":
            return replace(made, state="not met")
    return replace(made, state=case, people=tuple(draw(st.lists(ids, unique=True, max_size=3))))


@st.composite
def personas(draw: st.DrawFn, name: str) -> PersonaDelivered:
    person = st.builds(PersonDelivered, st.sampled_from(PERSON_WORDS), whole)
    people = draw(st.dictionaries(ids, person, max_size=5))
    return PersonaDelivered(
        id=name,
        name=draw(texts),
        target=draw(targets),
        rhythm=draw(st.sampled_from(Rhythm)),
        active=sum(each.state == "active" for each in people.values()),
        counted=sum(each.state in COUNTED_WORDS for each in people.values()),
        people=people,
        workflows=tuple(draw(workflows(key)) for key in draw(st.lists(texts, unique=True, max_size=3))),
    )


sentences = st.lists(texts, min_size=1, max_size=60).map(" ".join)


@st.composite
def promises(draw: st.DrawFn, made: tuple[PersonaDelivered, ...]) -> Promised:
    ends = [each.id for each in made] + [f"{each.id}/{flow.id}" for each in made for flow in each.workflows]
    actions = [
        ActionPromised(
            name,
            draw(sentences),
            draw(texts),
            draw(st.sampled_from(Side)),
            draw(days),
            draw(texts),
            draw(st.booleans()),
        )
        for name in draw(st.lists(ids, unique=True, max_size=3))
    ]
    return Promised(tuple(draw(st.lists(st.sampled_from(ends), unique=True))), tuple(actions))


@st.composite
def records(draw: st.DrawFn) -> ReviewRecord:
    made = tuple(draw(personas(key)) for key in draw(st.lists(texts, unique=True, min_size=1, max_size=3)))
    first = date(2026, 3, 30) + timedelta(days=draw(st.integers(0, 40)))
    return ReviewRecord(
        account=draw(texts),
        period="2026-Q2",
        as_of=draw(st.dates(date(2020, 1, 1), date(2099, 1, 1))),
        recorded_on=draw(st.dates(date(2020, 1, 1), date(2099, 1, 1))),
        window=Span(first, date(2026, 6, 28)),
        rule=ActiveRule(draw(targets), draw(whole), draw(whole), draw(whole)),
        personas=made,
        events=draw(st.dictionaries(ids, counts, max_size=4)),
        promised=draw(st.none() | promises(made)),
        told=draw(st.dictionaries(ids, st.text(st.characters(exclude_categories=("Cs",))) | sentences, max_size=3)),
    )


@given(records())
def test_what_is_read_back_is_what_was_written(record: ReviewRecord) -> None:
    read, findings = read_review(parse_yaml(review_text(record), "reviews/2026-Q2/x.yml"), 1)
    assert findings == []
    assert read == record
    assert read is not None
    assert review_differences(record, read) == []


@given(records())
def test_a_second_writing_is_the_same_text(record: ReviewRecord) -> None:
    read, _ = read_review(parse_yaml(review_text(record), "x.yml"), 1)
    assert read is not None
    assert review_text(read) == review_text(record)
