"""What holds in every picture: parts make wholes, counts agree with shares, and one event more never lowers a count."""

from __future__ import annotations

import functools
from datetime import timedelta
from fractions import Fraction

from changes import with_event
from engine import Scored, run
from examples import tried
from hypothesis import assume, given
from hypothesis import strategies as st
from plain import Plain
from twin_model import people_of, personas_of
from twin_people import completing, named
from world_rows import NAMES
from worlds import world

from qbrgen.score.picture import AccountPicture, PersonaPicture, WorkflowPicture
from qbrgen.score.states import GapKind, PersonState, TargetState

ACCOUNTS = 8
SEEDS = st.integers(min_value=0, max_value=400)
RANK = ("not yet active", "lapsed", "occasional", "active")


@functools.lru_cache(maxsize=64)
def scored(seed: int) -> Scored:
    return run(world(seed, range(ACCOUNTS)))


def pictures(seed: int) -> list[AccountPicture]:
    return list(scored(seed).pictures.values())


@tried()
@given(SEEDS)
def test_every_row_is_counted_or_in_a_part_week_or_set_aside(seed: int) -> None:
    plain, balance = world(seed, range(ACCOUNTS)), scored(seed).counts.balance
    rows = sum(len(plain.tables[entry["file"]]) for entry in plain.files("events"))
    assert balance.rows == rows == balance.counted + balance.in_part_weeks + sum(balance.set_aside.values())
    assert sum(balance.by_source.values()) == rows


@tried()
@given(SEEDS)
def test_each_person_of_a_persona_has_exactly_one_state_and_the_states_make_the_roster(seed: int) -> None:
    for picture in pictures(seed):
        for persona in picture.personas:
            ids = [person.id for person in persona.people]
            assert len(ids) == len(set(ids))
            by_state = {state: persona.with_state(state) for state in PersonState}
            assert sum(len(people) for people in by_state.values()) == len(ids)
            silent = len(by_state[PersonState.NO_DATA])
            assert silent == (len(ids) if picture.feed_silent else 0)
            assert persona.new == len(by_state[PersonState.NEW])
            assert persona.away == len(by_state[PersonState.AWAY])
            assert persona.active == len(by_state[PersonState.ACTIVE]) <= persona.counted
            assert persona.counted + persona.new + persona.away + silent == len(ids)


@tried()
@given(SEEDS)
def test_met_and_not_met_and_no_data_and_not_applicable_are_all_workflows(seed: int) -> None:
    for picture in pictures(seed):
        deep, states = picture.depth, [flow.state for flow in picture.workflows]
        assert deep.met == states.count(TargetState.MET)
        assert deep.measurable == deep.met + states.count(TargetState.NOT_MET)
        assert deep.measurable + deep.no_data + deep.not_applicable == len(states)
        written = sum(len(persona["workflows"]) for persona in personas(seed, picture.id))
        assert len(states) == written


def personas(seed: int, account: str) -> list[dict[str, object]]:
    plain = world(seed, range(ACCOUNTS))
    return personas_of(plain, plain.accounts[account])


@tried()
@given(SEEDS)
def test_the_whole_is_the_sum_of_its_personas_and_each_share_is_its_own_counts(seed: int) -> None:
    for picture in pictures(seed):
        wide, groups = picture.breadth, picture.personas
        assert (wide.active, wide.counted) == (sum(p.active for p in groups), sum(p.counted for p in groups))
        assert wide.personas_active <= wide.personas_counted <= wide.personas == len(groups)
        for group in groups:
            share = Fraction(group.active, group.counted) if group.counted else None
            assert group.is_active == (None if share is None else share >= group.target)
            assert picture.receipt(group.receipt).numerator == group.active
            assert len(picture.receipt(group.receipt).people) == group.counted
        for flow in picture.workflows:
            check_figure(picture, flow)


def check_figure(picture: AccountPicture, flow: WorkflowPicture) -> None:
    receipt = picture.receipt(flow.receipt)
    assert (flow.value is not None) <= flow.state.measurable
    if flow.value is not None:
        assert (flow.state is TargetState.MET) == (flow.value >= flow.target)
    if flow.ratio is None:
        return
    assert flow.value == flow.ratio.value
    assert (receipt.numerator, receipt.denominator) == (flow.ratio.numerator, flow.ratio.denominator)
    if flow.kind != "share":
        assert 0 <= flow.ratio.numerator <= flow.ratio.denominator  # N ≤ M
    if flow.weekly:
        days = [picture.persona(flow.persona).window]
        this = [point for point in flow.weekly if days[0] and point.week * 7 >= _days(days[0].first)]
        assert sum(point.numerator for point in this) == flow.ratio.numerator
        assert sum(point.denominator for point in this) == flow.ratio.denominator


def _days(day: object) -> int:
    from datetime import date

    assert isinstance(day, date)
    return (day - date(1970, 1, 5)).days


# ---- one event more -------------------------------------------------------------------------------------------------


@tried()
@given(SEEDS, st.integers(min_value=0, max_value=99), st.integers(min_value=0, max_value=90), st.sampled_from(NAMES))
def test_one_more_event_lowers_no_persons_state_and_no_count(seed: int, who: int, ago: int, name: str) -> None:
    """Not said of chains (each event serves one chain, so that one more can begin another) nor of shares' values."""
    plain, before, person, account = chosen(seed, who)
    day = before.window.last - timedelta(days=ago)
    row = {"sent at": f"{day} 12:00:00", "user_id": person, "account_id": account, "event": name}
    after = run(with_event(plain, row)).pictures[account]
    written = {group["id"]: group for group in personas_of(plain, plain.accounts[account])}
    for was, now in zip(before.personas, after.personas, strict=True):
        chained = any(name in flow.get("chain", {}).get("events", ()) for flow in written[was.id]["workflows"])
        if not chained:
            check_people(was, now)
    for old, new in zip(before.workflows, after.workflows, strict=True):
        flow = next(f for f in written[old.persona]["workflows"] if f["id"] == old.id.partition("/")[2])
        if old.kind not in ("chain", "value"):
            check_flow(old, new, flow, name)
        elif name not in named(flow):
            assert (new.state, new.value, new.ratio) == (old.state, old.value, old.ratio)


def chosen(seed: int, who: int) -> tuple[Plain, AccountPicture, str, str]:
    """A workspace, and in it someone whose start is known (else one more event may move it) in a living feed."""
    plain, found = world(seed, range(ACCOUNTS)), scored(seed)
    assume(found.counts.data_start <= found.counts.as_of)  # events of one day only hold no full day
    plain.settings |= {"as_of": str(found.counts.as_of), "data_start": str(found.counts.data_start)}
    people = [
        (name, person.id)
        for name, picture in found.pictures.items()
        if not picture.feed_silent
        for person in people_of(plain, name, personas_of(plain, plain.accounts[name]))
        if all(first for _, first, _ in person.seats)
    ]
    assume(people)
    account, person = people[who % len(people)]
    return plain, found.pictures[account], person, account


def check_people(was: PersonaPicture, now: PersonaPicture) -> None:
    assert now.active >= was.active
    assert (now.counted, now.new, now.away, now.leavers) == (was.counted, was.new, was.away, was.leavers)
    for one, other in zip(was.people, now.people, strict=True):
        assert other.units_done >= one.units_done
        assert other.units_in_seat == one.units_in_seat
        if one.state in RANK:
            assert RANK.index(other.state) >= RANK.index(one.state)


def check_flow(old: WorkflowPicture, new: WorkflowPicture, flow: dict[str, object], name: str) -> None:
    if old.ratio and new.ratio:
        assert new.ratio.numerator >= old.ratio.numerator
        assert new.ratio.denominator >= old.ratio.denominator
    if old.kind != "share":
        assert new.ratio is None or old.ratio is None or new.ratio.denominator == old.ratio.denominator
        assert (new.value or 0) >= (old.value or 0)
        assert new.early >= old.early or (new.value or 0) > (old.value or 0)
    elif name in completing(flow) and old.value is not None and old.value <= 1:
        assert new.value is not None
        assert new.value >= old.value  # (n + 1) ÷ (d + 1), or more above and none below


@tried()
@given(SEEDS)
def test_a_gap_is_told_once_and_names_people_of_its_own_persona(seed: int) -> None:
    for picture in pictures(seed):
        keys = [gap.key for gap in picture.gaps]
        assert len(keys) == len(set(keys))
        for gap in picture.gaps:
            if gap.persona and not gap.workflow and gap.kind is not GapKind.NO_PEOPLE:
                assert set(gap.who) <= {person.id for person in picture.persona(gap.persona).people}
