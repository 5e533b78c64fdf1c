from __future__ import annotations

import dataclasses

import pytest
from by_hand import gap, narrative, persona, picture, promise, promised, texts_in, workflow

from qbrgen.audience import Audience
from qbrgen.compose.brief import compose_brief
from qbrgen.compose.brief_promises import MOST_LINES
from qbrgen.document import (
    Bullets,
    Callout,
    Columns,
    Document,
    KeyFigures,
    Mark,
    Notes,
    People,
    Section,
    Status,
    Table,
    TargetBars,
    Text,
)
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording
from qbrgen.score.commitment import CommitmentKind, CommitmentState
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import Standing


def brief(wording: Wording, of: AccountPicture | None = None, without: tuple[str, ...] = ()) -> Document:
    return compose_brief(narrative(of or picture(), Register.BRIEF, without), wording)


def section(document: Document, key: str) -> Section:
    return next(s for s in document.sections if s.key.endswith(key))


def test_a_brief_is_internal_and_opens_with_the_account(wording: Wording) -> None:
    document = brief(wording)
    assert document.audience is Audience.INTERNAL
    head = document.sections[0]
    assert (head.level, head.heading, head.key) == (1, "Acme", "acme")
    assert head.meta == ("Real adoption", "£184k a year", "renews 31 January 2027, in 126 days", "Priya Raman")
    assert head.status is Status.MET
    assert isinstance(head.blocks[0], Text)
    assert head.blocks[0].style == "lead"
    assert isinstance(head.blocks[1], KeyFigures)
    assert [figure.figure for figure in head.blocks[1].figures] == ["6 of 8", "2 of 3", "Spreading"]
    assert head.blocks[2] == Callout("Asked of leadership:", "A call from our CRO.")


def test_what_is_missing_is_said_in_its_place(wording: Wording) -> None:
    bare = picture(arr=None, renewal=None, owner="", impacts=(), outcome=None, ask_of_leadership="", gaps=())
    document = brief(wording, bare, ("leadership", "outcome*"))
    assert document.sections[0].meta[1:] == ("ARR not set", "Renewal date not set", "Owner not set")
    said = " ".join(texts_in(document))
    assert "No impact stated yet." in said
    assert "not stated yet" in said
    assert "Nothing this quarter." in said


def test_a_renewal_that_has_passed_is_said_so(wording: Wording) -> None:
    from datetime import date

    assert "ago" in brief(wording, picture(renewal=date(2026, 9, 20))).sections[0].meta[2]


def test_workflows_stand_with_the_quarter_before(wording: Wording) -> None:
    bars = section(brief(wording), "workflows").blocks[0]
    assert isinstance(bars, TargetBars)
    assert bars.headings[3] == "Q2 2026"
    assert bars.groups[0].bars[0].previous_text == "60%"
    assert bars.groups[0].bars[0].previous == 0.6


def test_a_small_account_names_everyone_with_their_state(wording: Wording) -> None:
    block = section(brief(wording), "people").blocks[0]
    assert isinstance(block, People)
    people = block.groups[0].people
    assert [person.name for person in people] == [f"Person {i}" for i in range(7)]
    assert people[0].caption == "13 of 13"
    assert people[6].caption == "not yet active"


def test_a_large_persona_names_some_who_are_not_active_and_counts_the_rest(wording: Wording) -> None:
    block = section(brief(wording, picture(personas=(persona(active=6, not_yet=22),))), "people").blocks[0]
    assert isinstance(block, People)
    group = block.groups[0]
    named = [person for person in group.people if person.name]
    assert len(named) == 8
    assert {person.mark for person in named} == {Mark.OUTLINED}
    assert group.remark == "and 14 more not active"


def test_the_weeks_stand_beside_what_it_produces(wording: Wording) -> None:
    (columns,) = section(brief(wording), "weeks").blocks
    assert isinstance(columns, Columns)
    right = [block.text for block in columns.right if isinstance(block, Text)]
    assert "manual email time changed, by an estimate." in right
    assert "The outcome-progress of Acme." in right


def test_gaps_have_since_plan_owner_and_date(wording: Wording) -> None:
    table = section(brief(wording), "gaps").blocks[0]
    assert isinstance(table, Table)
    planned = [cell.text for cell in table.rows[0]]
    assert planned == ["gap not-yet/reps", "17 August", "One hour on a live list with each", "Priya Raman"]
    assert table.rows[0][3].sub == "16 October"
    assert table.rows[0][0].sub == ""  # who is not active stands with the people
    assert table.rows[1][2].text == "No plan yet"


def test_without_any_plan_no_room_is_left_for_owners(wording: Wording) -> None:
    table = section(brief(wording, picture(gaps=(gap("g1"), gap("g2")))), "gaps").blocks[0]
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["Gap", "Since", "Plan"]


def test_page_one_goes_from_the_promises_to_the_workflows_to_the_gaps(wording: Wording) -> None:
    keys = [section.key.rpartition("/")[2] for section in brief(wording).sections]
    assert keys == ["acme", "outlook", "promises", "workflows", "gaps", "people", "weeks", "receipts"]


def test_an_account_at_risk_says_so_beside_its_name(wording: Wording) -> None:
    head = brief(wording, picture(standing=Standing.AT_RISK)).sections[0]
    assert (head.meta[0], head.status) == ("At risk", Status.NOT_MET)


def test_without_a_line_what_it_produces_stands_beside_what_was_bought(wording: Wording) -> None:
    bare = picture(workflows=(), personas=())
    (columns,) = section(brief(wording, bare), "results").blocks
    assert isinstance(columns, Columns)
    assert [block.text for block in (columns.left[0], columns.right[0]) if isinstance(block, Text)] == [
        "What it produces", "What was bought",
    ]  # fmt: skip


def crowded() -> AccountPicture:
    return picture(gaps=tuple(gap(f"g{i}", weight=i) for i in range(20)))


def test_the_most_urgent_gaps_are_shown_and_the_rest_counted(wording: Wording) -> None:
    table, more = section(brief(wording, dataclasses.replace(crowded(), commitments=None)), "gaps").blocks
    assert isinstance(table, Table)
    assert isinstance(more, Text)
    assert [row[0].text for row in table.rows] == [f"gap g{i}" for i in range(19, 7, -1)]
    assert "8 more" in more.text


def test_the_less_the_rest_of_the_pages_leaves_the_fewer_gaps_are_shown_down_to_five(wording: Wording) -> None:
    def shown(sentences: int) -> int:
        of = dataclasses.replace(crowded(), commitments=None)
        said = {"risk": "Much is to be said of this account. " * sentences}
        table = section(compose_brief(narrative(of, Register.BRIEF, texts=said), wording), "gaps").blocks[0]
        assert isinstance(table, Table)
        return len(table.rows)

    assert [shown(0), shown(400)] == [12, 5]
    assert shown(0) > shown(110) > shown(400)


def test_a_crowded_brief_gives_receipts_only_for_what_has_no_counts_beside_it(wording: Wording) -> None:
    (notes,) = section(brief(wording, crowded()), "receipts").blocks
    assert isinstance(notes, Notes)
    assert [text.partition(":")[0] for _, text in notes.items] == [
        "Key people active", "Workflows on target", "Direction",
    ]  # fmt: skip
    assert notes.rest.endswith("qbrgen explain acme")


def test_many_workflows_stand_on_one_line_each_with_their_counts_below(wording: Wording) -> None:
    many = tuple(workflow(f"reps/w{i}") for i in range(9))
    bars, counts = section(brief(wording, picture(workflows=many, commitments=None)), "workflows").blocks
    assert isinstance(bars, TargetBars)
    assert {bar.count_text for group in bars.groups for bar in group.bars} == {""}
    assert isinstance(counts, Text)
    assert counts.text.count("4,176 of 5,220") == 9


def test_where_promises_take_the_room_a_crowded_brief_says_less_of_the_rest(wording: Wording) -> None:
    many = tuple(workflow(f"reps/w{i}") for i in range(9))
    (bars,) = section(brief(wording, picture(workflows=many)), "workflows").blocks
    assert isinstance(bars, TargetBars)
    assert {bar.count_text for group in bars.groups for bar in group.bars} == {""}


def test_every_promise_that_was_not_kept_has_a_line_of_its_own_and_the_rest_of_the_brief_gives_way(
    wording: Wording,
) -> None:
    name = "A step that takes more than half a line"
    missed = [promise(CommitmentState.MISSED, f"w{n}", name=name) for n in range(MOST_LINES)]
    roomy = picture(commitments=promised(*missed[:3], promise(key="k")))
    assert [type(block) for block in section(brief(wording, roomy), "promises").blocks] == [Text, Bullets, Text]
    many = brief(wording, dataclasses.replace(crowded(), commitments=promised(*missed)))
    _, lines = section(many, "promises").blocks
    assert isinstance(lines, Bullets)
    assert len(lines.items) == MOST_LINES
    most = brief(wording, picture(commitments=promised(*missed, promise(CommitmentState.MISSED, "last"))))
    (receipts,) = section(most, "receipts").blocks
    assert isinstance(receipts, Text)
    assert receipts.text == "The receipt of every figure: qbrgen explain acme"


def test_what_was_promised_is_cut_to_a_line_and_what_has_no_room_is_counted(wording: Wording) -> None:
    name = "An action of a hundred letters and more, as people do write them, at length, with all that it is for"
    missed = [promise(CommitmentState.MISSED, f"w{n}", name=name) for n in range(40)]
    _, lines, more = section(brief(wording, picture(commitments=promised(*missed))), "promises").blocks
    assert isinstance(lines, Bullets)
    assert isinstance(more, Text)
    assert all(line.endswith("…, short") for line in lines.items)
    assert more.text == f"And {40 - len(lines.items)} more missed, each in the customer's deck."


def test_internal_promises_that_were_missed_come_first_as_no_deck_tells_them(wording: Wording) -> None:
    missed = [
        promise(CommitmentState.MISSED, f"w{n}", name=f"A step that takes more than half a line {n};")
        for n in range(30)
    ]
    secret = promise(CommitmentState.MISSED, "s", kind=CommitmentKind.ACTION, name="Ours;", audience=Audience.INTERNAL)
    lines = section(brief(wording, picture(commitments=promised(*missed, secret))), "promises").blocks[1]
    assert isinstance(lines, Bullets)
    assert "Ours;" in lines.items[0]


def test_receipts_are_numbered_footnotes(wording: Wording) -> None:
    notes = section(brief(wording), "receipts").blocks[0]
    assert isinstance(notes, Notes)
    assert notes.items[0] == ("1", "Key people active: What was counted for people.")


def test_a_customers_narrative_makes_no_brief(wording: Wording) -> None:
    with pytest.raises(ValueError, match="leadership"):
        compose_brief(narrative(picture()), wording)


def test_section_keys_are_unique_and_headings_never_skip_a_level(wording: Wording) -> None:
    sections = brief(wording).sections
    assert len({s.key for s in sections}) == len(sections)
    assert [s.level for s in sections] == [1] + [2] * (len(sections) - 1)
