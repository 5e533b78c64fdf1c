"""Which review the changes are told since, what is compared with it, and what a customer sees of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from changing import figure, found
from delivering import EARLIER, deliver, look_back, reps
from score_building import QUARTER, Case, week

from qbrgen.audience import Audience, redact
from qbrgen.define.model.review import ReviewRecord
from qbrgen.define.model.workspace import Definitions
from qbrgen.score.account import score_accounts
from qbrgen.score.change import Why
from qbrgen.score.changes import changes_since
from qbrgen.score.picture import AccountPicture
from qbrgen.score.record import review_records


def with_records(case: Case, *records: ReviewRecord) -> AccountPicture:
    definitions = case.world.definitions()
    known = {"acme": {record.period: record for record in records}}
    whole = Definitions(definitions.settings, definitions.accounts, reviews=known)
    return score_accounts(whole, case.world.counts(), case.world.chosen())["acme"]


def delivered_now(case: Case) -> ReviewRecord:
    definitions, counts = case.world.definitions(), case.world.counts()
    pictures = score_accounts(definitions, counts, case.world.chosen())
    return review_records(definitions, counts, pictures, date(2026, 10, 2))["acme"]


def test_the_record_of_the_quarter_itself_goes_before_the_one_before_it() -> None:
    case = reps()
    changes = found(with_records(case, deliver(case.world), delivered_now(case)))
    assert (changes.period.name, changes.same_period, changes.figures) == ("2026-Q3", True, ())


def test_without_the_quarters_own_record_it_is_the_latest_before() -> None:
    case = reps()
    record = deliver(case.world)
    changes = found(with_records(case, replace(record, period="2026-Q1"), record))
    assert (changes.period.name, changes.same_period) == ("2026-Q2", False)


def test_a_record_of_a_later_quarter_is_passed_over() -> None:
    case = reps()
    early = case._with()
    early.world.period = "2026-Q2"
    record = replace(delivered_now(reps()), period="2026-Q3")
    assert with_records(early, record).changes is None


def test_without_a_record_there_are_no_changes() -> None:
    assert reps().score().changes is None


def test_a_review_may_be_chosen() -> None:
    case = reps()
    record, now = deliver(case.world), delivered_now(case)
    picture = with_records(case.did("slow", QUARTER), record, now)
    definitions = case.world.definitions()
    assert changes_since(definitions, case.world.counts(), picture, record).period.name == "2026-Q2"
    assert changes_since(definitions, case.world.counts(), picture, now) == picture.changes


def test_the_direction_is_compared_with_the_recorded_word() -> None:
    case = reps()
    record = replace(deliver(case.world), direction="spreading")
    change = figure(look_back(case.did("slow", QUARTER).world, record), "direction")
    assert (change.trend_then, change.causes) == ("spreading", (Why.EVENTS,))
    assert found(look_back(case.world, replace(record, direction=""))).figure("direction") is None


def test_the_customer_sees_no_name_no_id_and_no_event() -> None:
    case = reps().person("leaver-canary", EARLIER, end=week(1)).person("joiner-canary", QUARTER, start=week(1))
    record = deliver(case.world)
    picture = look_back(case.did("joiner-canary", [-2], "done").did("slow", EARLIER).world, record)
    assert "canary" in repr(picture.changes)
    seen = repr(redact(picture, Audience.CUSTOMER).changes)
    assert "canary" not in seen
    assert "'done'" not in seen
