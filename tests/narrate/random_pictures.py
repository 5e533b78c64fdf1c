"""Random account pictures, and what no text made of one may hold."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from pictures import AS_OF, gaps_of_every_kind, persona, picture, workflow

from qbrgen.define.model.account import Action, Impact, Outcome, Reading, Side, Source
from qbrgen.define.model.settings import ScoreWeights
from qbrgen.figures import Money
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import load_wording
from qbrgen.period import Rhythm
from qbrgen.score.picture import AccountPicture, Comparison, Direction, OutcomePicture, PersonaPicture, WorkflowPicture
from qbrgen.score.states import GapKind, Standing, TargetState, Trend

WORDING = load_wording(None, "en-GB")
CANARY = "zqcanary"
RESIDUE = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bNone\b(?! of)|\bnan\b|\b0 of 0\b|  | ,|,,| \.|\.\.|;;|; ;|\(\)"
    r"|\bUndefined\b|Fraction\(|\bTrue\b|\bFalse\b"
)
SLIPS = re.compile(
    r"\b(?:1|one) (?:reps|leads|people|weeks|months|workflows|actions|groups|points|days)\b(?! of)"
    r"|\b(?:[2-9]|\d\d+) (?:rep|lead|person|week|month|workflow|action|group|point|day)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine) (?:rep|lead|person|week|workflow|action|group)\b"
    r"|\bone (?:are|were|have)\b(?! not)|\b(?:two|three|four) (?:is|was|has)\b"
    r"|\bof 1 |\ball 1 |\ball 2 |\bthe the\b|\ba a\b",
    re.IGNORECASE,
)
ONE_OF_ONE = re.compile(r"\bof 1 (?:person|week|month|two-week period)\b")
PRESENCE = re.compile(
    r"\b(?:log-?ins?|logged in|sign-?ins?|sessions?|MAU|DAU|page[- ]?views?|active users?)\b", re.IGNORECASE
)
INTERNAL = re.compile(rf"\b(?:ARR|renew\w*|churn\w*|risks?|scores?)\b|{CANARY}|£(?:184|47)", re.IGNORECASE)
NAMES = [
    ("quota-carrying reps", "quota-carrying rep", ("reps",)),
    ("team leads", "team lead", ()),
    ("heads of sales", "head of sales", ()),
    ("analysts", "analyst", ()),
]
SAYS = {
    "share": {"of": "outbound touches", "do": "run through sequences"},
    "value": {"of": "e-mails", "do": "reach the inbox"},
    "frequency": {"did": "reviewed the board"},
    "chain": {"did": "carried a call through to a meeting"},
    "milestone": {"did": "created a sequence"},
}
UNIT = {Rhythm.WEEK: "weeks in seat", Rhythm.TWO_WEEKS: "two-week units in seat", Rhythm.MONTH: "months in seat"}
small = st.integers(0, 12)
shares = st.fractions(0, 1, max_denominator=400)


@st.composite
def personas(draw: st.DrawFn, place: int, silent: bool) -> PersonaPicture:
    name, one, synonyms = NAMES[place]
    rhythm = draw(st.sampled_from(list(Rhythm)))
    total = {Rhythm.WEEK: 13, Rhythm.TWO_WEEKS: 6, Rhythm.MONTH: 3}[rhythm]
    most = draw(st.sampled_from([1, 2, 9]))  # ones and twos are where words go wrong
    states = {s: draw(st.integers(0, most)) for s in ("active", "not_yet", "lapsed", "occasional", "new", "away")}
    if silent:
        states = {"no_data": draw(small)}
    counted = sum(n for s, n in states.items() if s not in ("new", "away", "no_data"))
    both = draw(st.integers(0, counted + 3))
    then = Comparison(draw(st.integers(0, both)), min(both, states.get("active", 0)), both)
    if draw(st.booleans()):
        of = draw(st.integers(1, 12))
        then = dataclasses.replace(then, as_reported=(draw(st.integers(0, of)), of))
    return persona(
        f"p{place}",
        name,
        one,
        rhythm=rhythm,
        target=draw(st.sampled_from([Fraction(1, 2), Fraction(7, 10), Fraction(2, 3), Fraction(1)])),
        least=(draw(st.integers(-(-3 * total // 4), total)), total),  # whoever does less is not active
        previous=draw(st.sampled_from([None, then])),
        synonyms=synonyms,
        leavers=draw(st.integers(0, 3)),
        **states,
    )


@st.composite
def workflows(draw: st.DrawFn, owner: PersonaPicture, place: int, silent: bool) -> WorkflowPicture:
    kind = draw(st.sampled_from(list(SAYS)))
    of = draw(st.integers(1, 5000)) if kind in ("share", "value") else draw(st.integers(1, 60))
    done: int | None = draw(st.integers(0, of))
    state = None
    if silent or draw(st.integers(0, 5)) == 0:
        done = None
        state = (
            TargetState.NO_DATA if silent else draw(st.sampled_from([TargetState.NOT_APPLICABLE, TargetState.NOT_MET]))
        )
    unit = {"share": "events", "value": "", "milestone": "people"}.get(kind, UNIT[owner.rhythm])
    return workflow(
        f"{owner.id}/w{place}",
        done,
        of,
        kind=kind,
        name=f"Workflow called {'abcdefgh'[place]}",
        says=draw(st.sampled_from([SAYS[kind], {}])),
        target=draw(st.sampled_from([Fraction(7, 10), Fraction(1, 8), Fraction(2, 3), Fraction(1), Fraction(9, 10)])),
        state=state,
        unit=unit,
        previous=draw(st.one_of(st.none(), shares)),
        early=draw(st.integers(0, 3)) if kind == "milestone" else 0,
        below_since=draw(st.one_of(st.none(), days)),
        shortfall=tuple(p.id for p in owner.people[: draw(small)]),
    )


days = st.integers(-500, 200).map(lambda n: AS_OF + timedelta(days=n))
values = st.fractions(1, 5_000_000, max_denominator=4)


@st.composite
def impacts(draw: st.DrawFn, place: int) -> Impact:
    change = draw(st.one_of(st.none(), st.fractions(-1, 2, max_denominator=200)))
    return Impact(
        f"i{place}",
        "manual email time",
        change=change,
        value=None if change is not None else draw(values),
        before=draw(st.one_of(st.none(), values)),
        unit=draw(st.sampled_from(["", "GBP", "hours", "%"])),
        lower_is_better=draw(st.booleans()),
        source=draw(st.sampled_from([None, *Source])),
        by=draw(st.sampled_from(["the team", "Dana Ortiz, VP Sales", "the reps", "a report"])),
        because=draw(st.booleans()),
        period=draw(st.sampled_from(["", "since March"])),
        said_on=draw(days.filter(lambda day: day <= AS_OF)),
    )


@st.composite
def actions(draw: st.DrawFn, place: int, closes: list[str]) -> Action:
    internal = draw(st.integers(0, 3)) == 0
    return Action(
        f"a{place}",
        f"{CANARY} step" if internal else "Sit together for an hour",
        draw(st.sampled_from(["", "Priya Raman"])),
        draw(st.sampled_from(list(Side))),
        draw(st.one_of(st.none(), days)),
        draw(st.sampled_from([None, None, AS_OF])),
        draw(st.sampled_from(closes)),
        internal=internal,
    )


@st.composite
def pictures(draw: st.DrawFn) -> AccountPicture:
    silent = draw(st.integers(0, 9)) == 0
    groups = [draw(personas(n, silent)) for n in range(draw(st.integers(1, 4)))]
    what = [draw(workflows(owner, n, silent)) for owner in groups for n in range(draw(st.integers(0, 3)))]
    closes = ["", "impact", "outcome", *(p.id for p in groups), *(w.id for w in what)]
    reading = st.one_of(st.none(), st.builds(Reading, values, st.one_of(st.none(), days)))
    bought = Outcome("reach more buyers", "meetings per month", "", draw(reading), draw(reading), draw(reading))
    progress = draw(st.one_of(st.none(), st.fractions(-2, 2, max_denominator=50)))
    renewal = draw(st.one_of(st.none(), days))
    more = gaps_of_every_kind(groups, what) if draw(st.booleans()) else ()
    found = Direction(
        Trend.NO_DATA if silent else draw(st.sampled_from([t for t in Trend if t is not Trend.NO_DATA])),
        *(draw(small) for _ in range(3)),
        weeks=draw(st.integers(0, 26)),
        receipt="direction",
    )
    of = picture(
        groups,
        what,
        [draw(impacts(n)) for n in range(draw(st.integers(0, 2)))],
        [draw(actions(n, closes)) for n in range(draw(st.integers(0, 3)))],
        silent=silent,
        gaps=[gap for gap in more if renewal or gap.kind is not GapKind.MISS_AT_RENEWAL],
        direction=found,
        outcome=draw(st.sampled_from([None, OutcomePicture(bought, progress)])),
        draft=draw(st.booleans()),
        standing=draw(st.sampled_from([None, *Standing])),
        weights=draw(st.sampled_from([ScoreWeights(), ScoreWeights(3, 0, 1, 7), ScoreWeights(0, 1, 0, 0)])),
        renewal=renewal,
        arr=draw(st.sampled_from([None, Money(Decimal(184_000), "GBP"), Money(Decimal(47), "GBP")])),
        ask=draw(st.sampled_from(["", "Agree to meet."])),
        ask_of_leadership=f"{CANARY} asked of leadership",
        notes=f"{CANARY} notes",
        segment=CANARY,
    )
    secret = tuple(
        dataclasses.replace(p, people=tuple(dataclasses.replace(q, name=f"{CANARY} {q.name}") for q in p.people))
        for p in of.personas
    )
    return dataclasses.replace(of, personas=secret)


registers = st.sampled_from(list(Register))
often = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
