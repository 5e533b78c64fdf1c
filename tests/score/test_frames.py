"""Pandas frames of pictures: the same figures, keyed so that they join, for one reader."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from score_building import AS_OF, QUARTER, Case, frequency, persona, share, week, workflow
from test_audiences import CANARIES, whole

import qbrgen
from qbrgen.audience import Audience, redact
from qbrgen.score.frames import Frames, frames, portfolio_frame
from qbrgen.score.frames.build import OF_PICTURES
from qbrgen.score.frames.findings import PORTFOLIO
from qbrgen.score.other_times import Delivered
from qbrgen.score.states import Cause, PersonState, TargetState


@pytest.fixture(scope="module")
def scored(sample_accounts) -> qbrgen.ScoredWorkspace:
    return qbrgen.score_workspace(sample_accounts)


@pytest.fixture(scope="module")
def made(scored) -> Frames:
    return scored.frames()


def text_of(found: Frames) -> str:
    """Everything in the frames, untruncated."""
    return "\n".join(frame.to_csv() for _, frame in found)


def only(frame: pd.DataFrame, **keys: str) -> pd.DataFrame:
    """The rows with these keys."""
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    return frame


def test_figures_are_those_of_the_pictures(scored, made):
    for account, picture in scored.pictures.items():
        row = only(made.accounts, account=account).iloc[0]
        assert (row["active"], row["counted"]) == (picture.breadth.active, picture.breadth.counted)
        assert row["standing"] == picture.standing.value
        for flow in picture.workflows:
            row = only(made.workflows, account=account, workflow=flow.id).iloc[0]
            assert row["state"] == flow.state.value
            assert row["target"] == float(flow.target)
            assert (row["value"] is pd.NA) == (flow.value is None)
            assert flow.value is None or row["value"] == float(flow.value)
        for group in picture.personas:
            people = only(made.people, account=account, persona=group.id)
            assert list(people["person"]) == [person.id for person in group.people]
            assert list(people["state"]) == [person.state.value for person in group.people]
            weeks = only(made.persona_weeks, account=account, persona=group.id)
            assert list(weeks["did_it"]) == [point.numerator for point in group.weekly]
        assert list(only(made.gaps, account=account)["gap"]) == [gap.key for gap in picture.gaps]
        assert list(only(made.receipts, account=account)["receipt"]) == [one.id for one in picture.receipts]


def test_counts_and_shares_agree(made):
    personas = made.personas
    assert (personas["active"] <= personas["counted"]).all()
    states = personas[["active", "occasional", "lapsed", "not_yet_active"]].sum(axis=1)
    assert (states == personas["counted"]).all()
    for frame, above, below, ratio in (
        (made.accounts, "active", "counted", "active_share"),
        (made.accounts, "met", "measurable", "met_share"),
        (made.workflow_weeks, "numerator", "denominator", "share"),
    ):
        told = frame[frame[ratio].notna()]
        assert ((told[above] / told[below] - told[ratio]).abs() < 1e-12).all()


def test_frames_merge_by_their_keys(made):
    for frame in OF_PICTURES:
        keys = [column.name for column in frame.columns[: frame.keys]]
        assert not getattr(made, frame.name).duplicated(keys).any(), frame.name
    joined = made.workflows.merge(
        made.personas, on=["account", "persona"], validate="many_to_one", suffixes=("", "_persona")
    )
    assert len(joined) == len(made.workflows)
    weeks = made.workflow_weeks.merge(made.workflows, on=["account", "workflow"], validate="many_to_one")
    assert len(weeks) == len(made.workflow_weeks)
    assert set(made.gaps["action"].dropna()) <= set(made.actions["action"])


def test_weeks_of_the_period_are_told_from_those_before(made):
    weeks = only(made.persona_weeks, account="acme", persona="reps")
    assert weeks["in_period"].sum() == 13
    assert weeks[weeks["in_period"]]["iso_week"].iloc[0] == "2026-W27"
    months = only(made.persona_weeks, account="sable-meridian", persona="revops")
    assert list(months[months["in_period"]]["iso_week"]) == ["2026-W27", "2026-W32", "2026-W36"]
    pairs = only(made.persona_weeks, account="sable-meridian", persona="managers")
    assert pairs["in_period"].sum() == 7  # the first pair begins in the last week of the quarter before


def test_what_is_missing_is_missing_and_never_zero():
    silent = Case(persona(workflow(share()))).person("ann", weeks=range(-12, 1)).score()
    found = frames(silent)
    assert found.people["state"].tolist() == [PersonState.NO_DATA.value]
    assert found.workflows["state"].tolist() == [TargetState.NO_DATA.value]
    for column in ("value", "numerator", "denominator", "below_since", "outlook"):
        assert found.workflows[column].isna().all(), column
    assert found.accounts["active_share"].isna().all()
    assert found.personas["is_active"].isna().all()
    assert found.accounts["renewal"].isna().all()
    in_period = found.workflow_weeks[found.workflow_weeks["in_period"]]
    assert in_period["share"].isna().all()
    assert (in_period["denominator"] == 0).all()


def test_columns_have_the_types_that_they_are_said_to_have():
    for named in (frames([]), frames(whole()), frames(whole(), "customer")):
        for frame in OF_PICTURES:
            found = getattr(named, frame.name)
            for column in frame.columns:
                if column.name in found:
                    words = None if isinstance(column.dtype, str) else [word.value for word in column.dtype]
                    dtype = found[column.name].dtype
                    assert dtype == column.dtype if words is None else list(dtype.categories) == words


def test_no_picture_makes_empty_frames_with_all_columns():
    empty, full = frames([]), frames(whole())
    assert all(len(frame) == 0 for _, frame in empty)
    assert [list(frame.columns) for _, frame in empty] == [list(frame.columns) for _, frame in full]


def test_the_customers_frames_hold_nothing_internal():
    inside = text_of(frames(whole()))
    assert all(
        canary in inside for canary in ("person-canary0", "segment-canary", "987654", "2027-01-31", "events.csv")
    )
    told = frames(whole(), Audience.CUSTOMER)
    assert [canary for canary in CANARIES if canary in text_of(told)] == []
    for frame in OF_PICTURES:
        kept = {*getattr(told, frame.name).columns}
        assert kept.isdisjoint(column.name for column in frame.columns if column.audience is Audience.INTERNAL)
    assert len(told.score_parts) == 0


def test_people_one_by_one_are_for_a_customer_who_agreed_to_names():
    assert len(frames(whole(), "customer").people) == 0
    agreed = Case(persona(), names_agreed=True).person("ann", weeks=QUARTER).score()
    assert frames(agreed, "customer").people["name"].tolist() == ["Ann"]


def test_a_redacted_picture_makes_frames_without_what_was_blanked():
    found = frames(redact(whole(), Audience.CUSTOMER))
    assert [canary for canary in CANARIES if canary in text_of(found)] == []
    assert found.accounts[["arr", "standing", "score", "score_breadth"]].isna().all(axis=None)


def test_a_customer_sees_one_account():
    one, other = Case().person("ann").score(), Case(account="other").person("ben").score()
    with pytest.raises(ValueError, match="one account"):
        frames([one, other], "customer")


def test_two_pictures_of_one_account_are_refused():
    one = Case().person("ann").score()
    with pytest.raises(ValueError, match=r"pandas\.concat"):
        frames([one, replace(one)])


def test_an_unknown_audience_is_refused():
    with pytest.raises(ValueError, match="everyone"):
        frames([], "everyone")


def test_a_picture_a_list_and_a_mapping_make_the_same_frames():
    one = Case(persona(workflow(frequency()))).person("ann", weeks=QUARTER).score()
    for name, frame in frames(one):
        pd.testing.assert_frame_equal(frame, getattr(frames([one]), name))
        pd.testing.assert_frame_equal(frame, getattr(frames({"acme": one}), name))


def test_parts_of_events_are_no_whole_numbers():
    case = Case(persona(workflow(share("done", "done"))))
    case.person("ann")
    case.world.rows.append(replace(case.on("ann", week(3)).world.rows.pop(), value=Fraction(1, 2)))
    assert frames(case.score()).workflows["numerator"].tolist() == [0.5]


def test_what_was_delivered_stands_beside_what_is_counted_today():
    picture = Case(persona(workflow(frequency()))).person("ann", weeks=QUARTER).score()
    told = Delivered(
        Fraction(3), Fraction(4), Fraction(3, 4), Fraction(7, 10), TargetState.MET, Fraction(1, 2), None, (Cause.DATA,)
    )
    found = frames(
        replace(
            picture,
            breadth=replace(picture.breadth, delivered=told),
            workflows=tuple(replace(flow, delivered=told) for flow in picture.workflows),
            delivered_on=date(2026, 7, 8),
        )
    )
    account, flow = found.accounts.iloc[0], found.workflows.iloc[0]
    assert (account["delivered_active"], account["delivered_counted"]) == (3, 4)
    assert account["delivered_met"] is pd.NA
    assert account["delivered_on"] == pd.Timestamp(2026, 7, 8)
    assert (flow["delivered_value"], flow["delivered_state"], flow["delivered_recounted"]) == (0.75, "met", 0.5)
    assert flow["delivered_causes"] == ("data",)


def test_every_frame_has_its_field():
    assert [frame.name for frame in OF_PICTURES] == [part.name for part in dataclasses.fields(Frames)]
    for frame in (*OF_PICTURES, PORTFOLIO):
        names = [column.name for column in frame.columns]
        assert len(set(names)) == len(names)


def test_the_portfolio_comes_worst_renewals_first(scored):
    overview = scored.portfolio()
    found = portfolio_frame(overview)
    assert list(found["account"]) == [row.id for row in overview.rows]
    assert list(found[found["needs_attention"]]["account"]) == [entry.row.id for entry in overview.attention]
    assert list(only(found, account="acme")["arr"]) == [84000]


def test_the_score_has_its_parts_beside_it(scored, made):
    for found in (made.accounts, portfolio_frame(scored.portfolio())):
        row, score = only(found, account="acme").iloc[0], scored.pictures["acme"].score
        assert row["score"] == float(score.total)
        assert {str(one.part): row[f"score_{one.part}"] for one in score.parts} == {
            str(one.part): float(one.value) for one in score.parts
        }
        assert row["score_outcome"] is pd.NA  # of weight 0, and so no part


def test_a_workspace_is_scored_from_its_folder(scored, sample_accounts):
    assert repr(scored) == "<ScoredWorkspace Q3 2026: 8 accounts, 0 set aside>"
    assert list(scored.pictures_before()) == list(scored.pictures)
    early = qbrgen.score_workspace(str(sample_accounts), accounts=["Acme"], as_of=date(2026, 8, 12))
    assert list(early.pictures) == ["acme"]
    assert early.period.name == "2026-Q2"
    assert early.pictures_before() == {}
    assert early.counts.as_of < AS_OF


def test_a_folder_named_from_where_one_stands_makes_the_same_pictures(scored, sample_accounts, monkeypatch):
    monkeypatch.chdir(sample_accounts.parent)
    assert qbrgen.score_workspace(sample_accounts.name, accounts=["acme"]).pictures["acme"] == scored.pictures["acme"]


def test_promises_are_those_of_the_pictures_and_a_customer_sees_no_internal_one(scored, made):
    told = {
        (name, each.kind.value, each.id): each
        for name, picture in scored.pictures.items()
        for each in (picture.commitments.all if picture.commitments else ())
    }
    rows = made.commitments
    assert list(zip(rows["account"], rows["kind"], rows["commitment"], strict=True)) == list(told)
    for (_, row), each in zip(rows.iterrows(), told.values(), strict=True):
        assert row["state"] == each.state.value
        assert (row["target"] is pd.NA) == (each.target is None)
        assert (row["owner"] is pd.NA) == (row["side"] is pd.NA or pd.isna(row["side"])) == (not each.owner)
        assert row["receipt"] == each.receipt
    assert set(rows["promised_in"]) == {"2026-Q2"}
    inside = rows[rows["audience"] == "internal"]["commitment"]
    assert list(inside) == ["mailer-price"]
    theirs = qbrgen.frames(scored.pictures["calder-wye"], audience="customer").commitments
    assert "mailer-price" not in set(theirs["commitment"])
    assert len(theirs) == len(only(rows, account="calder-wye")) - 1
