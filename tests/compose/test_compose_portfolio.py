from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from by_hand import BEFORE, SCORE, WITHHELD, gap, narrative, picture, texts_in

from qbrgen.audience import Audience
from qbrgen.compose.portfolio import compose_portfolio
from qbrgen.document import Contents, Document, KeyFigures, Section, Status, Table, Text
from qbrgen.errors import InputError
from qbrgen.figures import Money
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture, Score
from qbrgen.score.portfolio import portfolio
from qbrgen.score.portfolio_choice import choice_of
from qbrgen.score.states import GapKind, PortfolioOrder, Standing

ACME = picture()
BOREALIS = picture(
    id="borealis",
    name="Borealis",
    standing=Standing.AT_RISK,
    arr=Money(Decimal(96_000), "GBP"),
    renewal=date(2026, 12, 1),
    owner="Sam Okafor",
    segment="",
)
COBALT = picture(id="cobalt", name="Cobalt", standing=Standing.PARTIAL, arr=None, renewal=None, owner="")


def made(
    wording: Wording,
    *accounts: AccountPicture,
    briefs: list[str] | None = None,
    aside: dict[str, str] | None = None,
    order: PortfolioOrder = PortfolioOrder.RENEWAL,
    before: Iterable[AccountPicture] = (),
    owners: tuple[str, ...] = (),
) -> Document:
    pictures = {each.id: each for each in accounts or (ACME, BOREALIS, COBALT)}
    narratives = {key: narrative(each, Register.BRIEF) for key, each in pictures.items()}
    previous = {each.id: each for each in before}
    found = portfolio(pictures, aside or {}, previous, choice=choice_of(pictures, owners, ()))
    return compose_portfolio(found, narratives, wording, briefs, order)


def section(document: Document, key: str) -> Section:
    return next(s for s in document.sections if s.key == key)


def table(document: Document, key: str) -> Table:
    return next(block for block in section(document, key).blocks if isinstance(block, Table))


def test_page_one_has_the_totals_in_arr_and_accounts(wording: Wording) -> None:
    document = made(wording)
    assert (document.kind, document.audience) == ("portfolio", Audience.INTERNAL)
    figures = document.sections[0].blocks[0]
    assert isinstance(figures, KeyFigures)
    assert [(figure.figure, figure.note) for figure in figures.figures] == [
        ("£184k", "1 account"), ("£96k", "1 account"), ("£96k", "1 account"),
    ]  # fmt: skip
    rows = table(document, "portfolio").rows
    assert [row[0].text for row in rows] == [
        "All accounts", "By owner", "Priya Raman", "Sam Okafor", "Owner not set",
        "By segment", "Mid-market", "Segment not set",
    ]  # fmt: skip
    columns = [column.heading for column in table(document, "portfolio").columns]
    assert columns[1:] == ["Real adoption", "Partial adoption", "At risk", "At risk, renewing soon"]
    assert [cell.text for cell in rows[0][1:]] == ["1 (£184k)", "1", "1 (£96k)", "1 (£96k)"]
    assert "1 account has no ARR set and is in no sum of ARR. 1 account has no renewal date set." in list(
        texts_in(document)
    )


def test_accounts_that_need_attention_are_named_with_the_reason(wording: Wording) -> None:
    rows = table(made(wording), "attention").rows
    assert [row[0].text for row in rows] == ["Borealis", "Cobalt"]
    assert rows[0][1].status is Status.NOT_MET
    assert rows[0][1].text == "At risk: the standing's reason of Borealis; gap not-yet/reps"
    assert rows[0][1].sub == "Asked: A call from our CRO."
    assert rows[1][2].text == "not set"


def test_page_one_says_who_needs_attention_and_real_adoption_is_no_reason_for_it(wording: Wording) -> None:
    warned = dataclasses.replace(ACME, gaps=(gap("turning", GapKind.TURNING_DOWN),))
    shown = section(made(wording, warned), "attention").blocks
    assert isinstance(shown[0], Table)
    assert isinstance(shown[1], Text)
    assert shown[0].rows[0][1].text == "Real adoption, but gap turning"
    assert shown[1].text.startswith("Needs attention: every account that is not on real adoption")


def test_every_account_has_one_line_with_its_sentence_worst_renewals_first(wording: Wording) -> None:
    rows = table(made(wording), "accounts").rows
    assert [row[0].text for row in rows] == ["Borealis", "Cobalt", "Acme"]
    assert table(made(wording), "accounts").lines[2] == "The sentence of Acme."
    assert [(cell.text, cell.sub) for cell in rows[2][1:]] == [
        ("Real adoption", "Spreading"), ("88", "75 · 96 · 100"), ("6 of 8", ""), ("2 of 3", ""),
        ("31 January 2027", "£184k"),
    ]  # fmt: skip


def test_names_lead_to_the_briefs_that_are_part_of_it_and_to_no_other(wording: Wording) -> None:
    document = made(wording)
    keys = {s.key for s in document.sections}
    links = {row[0].text: row[0].link for row in table(document, "accounts").rows}
    assert links == {"Borealis": "brief/borealis", "Cobalt": "brief/cobalt", "Acme": ""}
    assert {"brief/borealis", "brief/cobalt"} <= keys
    assert "brief/acme" not in keys
    assert len(keys) == len(document.sections)


def test_briefs_asked_for_follow_in_that_order(wording: Wording) -> None:
    document = made(wording, briefs=["acme", "borealis", "acme"])
    opened = [s.key for s in document.sections if s.level == 1]
    assert opened == ["portfolio", "contents", "brief/acme", "brief/borealis"]
    assert all(s.page_break for s in document.sections if s.level == 1 and s.key != "portfolio")


def test_a_brief_of_no_account_is_refused_with_every_problem(wording: Wording) -> None:
    with pytest.raises(InputError) as caught:
        made(wording, briefs=["nemo", "broken"], aside={"broken": "no people"})
    assert {finding.code for finding in caught.value.findings} == {"unknown-account", "set-aside"}


def test_accounts_set_aside_are_listed_with_their_reason(wording: Wording) -> None:
    document = made(wording, aside={"broken": "no people are listed"})
    assert [[cell.text for cell in row] for row in table(document, "set-aside").rows] == [
        ["broken", "no people are listed"]
    ]
    assert not any(s.key == "set-aside" for s in made(wording).sections)


def test_without_any_arr_accounts_are_counted(wording: Wording) -> None:
    bare = [dataclasses.replace(each, arr=None) for each in (ACME, BOREALIS)]
    figures = made(wording, *bare).sections[0].blocks[0]
    assert isinstance(figures, KeyFigures)
    assert [figure.figure for figure in figures.figures] == ["1 account", "1 account", "1 account"]


def test_of_many_owners_those_without_room_share_a_row_and_all_of_them_are_listed_later(wording: Wording) -> None:
    many = [
        picture(id=f"a{i}", name=f"A{i}", owner=f"Owner {i}", standing=Standing.AT_RISK if i == 9 else Standing.REAL)
        for i in range(10)
    ]
    document = made(wording, *many)
    rows = table(document, "portfolio").rows
    assert [row[0].text for row in rows[2:4]] == ["Owner 9", "Owner 0"]
    assert [cell.text for cell in rows[-1]] == ["6 other owners", "6 (£1.1m)", "0", "0", "0"]
    assert len(rows) == 7
    assert len(table(document, "groups").rows) == 12


def test_a_portfolio_of_nothing_is_refused(wording: Wording) -> None:
    with pytest.raises(InputError, match="No account"):
        compose_portfolio(portfolio({}, {"broken": "no people"}), {}, wording)


def test_page_one_ends_with_what_each_standing_means(wording: Wording) -> None:
    last = section(made(wording), "attention").blocks[-1]
    assert isinstance(last, Text)
    assert last.text.startswith("Real adoption:")
    assert "at least 60% of the workflows" in last.text


def test_each_of_many_accounts_has_its_sentence_too(wording: Wording) -> None:
    many = [dataclasses.replace(ACME, id=f"a{number:02}", name=f"Account {number}") for number in range(60)]
    listed = table(made(wording, *many, briefs=[]), "accounts")
    assert len(listed.rows) == len(listed.lines) == 60
    assert all(listed.lines)


def test_no_renewal_date_at_all_is_not_told_as_nothing_at_risk(wording: Wording) -> None:
    undated = [dataclasses.replace(each, renewal=None) for each in (ACME, BOREALIS)]
    figures = made(wording, *undated).sections[0].blocks[0]
    assert isinstance(figures, KeyFigures)
    assert (figures.figures[2].figure, figures.figures[2].note) == ("cannot say", "no renewal date is set")


def test_where_nobody_owns_an_account_no_line_says_so_ten_times(wording: Wording) -> None:
    document = made(wording, *(dataclasses.replace(each, owner="") for each in (ACME, BOREALIS)))
    assert {row[0].sub for row in table(document, "attention").rows} == {""}


# ---- the score ------------------------------------------------------------------------------------------------------


def texts_of(document: Document) -> list[str]:
    return [block.text for block in section(document, "accounts").blocks if isinstance(block, Text)]


def test_the_list_says_once_which_part_is_which_and_what_each_weighs(wording: Wording) -> None:
    order, above, below = texts_of(made(wording))
    assert order.startswith("Worst renewals first: ")
    assert "breadth · depth · direction" in above
    assert below.startswith("Weights of the score: breadth 40, depth 40 and direction 20.")


def test_a_score_that_is_withheld_says_so_beside_the_parts_that_there_are(wording: Wording) -> None:
    single = table(made(wording, dataclasses.replace(ACME, score=WITHHELD)), "accounts").rows[0]
    assert next(cell.sub for cell in single if cell.text == "withheld") == "75 · 96 · –"


def test_a_score_of_which_every_part_is_missing_has_no_row_of_dashes(wording: Wording) -> None:
    nothing = Score(tuple(dataclasses.replace(entry, value=None) for entry in SCORE.parts), None)
    (single,) = table(made(wording, dataclasses.replace(ACME, score=nothing)), "accounts").rows
    assert (single[2].text, single[2].sub) == ("withheld", "")


def test_by_score_the_lowest_comes_first_and_the_withheld_last(wording: Wording) -> None:
    low = dataclasses.replace(SCORE, total=SCORE.total and SCORE.total / 2)
    accounts = (dataclasses.replace(BOREALIS, score=WITHHELD), ACME, dataclasses.replace(COBALT, score=low))
    document = made(wording, *accounts, order=PortfolioOrder.SCORE)
    assert [row[0].text for row in table(document, "accounts").rows] == ["Cobalt", "Acme", "Borealis"]
    assert section(document, "accounts").heading == "Every account, lowest score first"
    assert [row[0].text for row in table(document, "attention").rows] == ["Borealis", "Cobalt"]


# ---- the quarter before ---------------------------------------------------------------------------------------------


def before(account: AccountPicture, standing: Standing, **changes: Any) -> AccountPicture:
    """The same account a quarter earlier."""
    return dataclasses.replace(account, standing=standing, period=BEFORE, **changes)


THEN = (
    before(ACME, Standing.AT_RISK, gaps=()),
    before(BOREALIS, Standing.REAL),
    before(COBALT, Standing.PARTIAL),
)


def test_each_total_says_what_it_was_at_todays_arr(wording: Wording) -> None:
    figures = made(wording, before=THEN).sections[0].blocks[0]
    assert isinstance(figures, KeyFigures)
    assert [figure.note for figure in figures.figures] == [
        "1 account; up from £96k (1) in Q2 2026",
        "1 account; down from £184k (1) in Q2 2026",
        "1 account; down from £184k (1) in Q2 2026",  # Acme renews by then too
    ]


def test_amounts_of_two_currencies_are_never_added_nor_called_up_or_down_together(wording: Wording) -> None:
    dollars = dataclasses.replace(COBALT, arr=Money(Decimal(50_000), "USD"), standing=Standing.REAL)
    then = (before(ACME, Standing.PARTIAL), before(BOREALIS, Standing.REAL), before(dollars, Standing.REAL))
    document = made(wording, ACME, BOREALIS, dollars, before=then)
    figures = document.sections[0].blocks[0]
    assert isinstance(figures, KeyFigures)
    assert figures.figures[0].figure == "£184k and US$50k"
    assert figures.figures[0].note == "2 accounts; up from £96k and US$50k (2) in Q2 2026"
    assert any("never added" in text for text in texts_in(document.sections[0]))
    swapped = (before(ACME, Standing.REAL), before(BOREALIS, Standing.PARTIAL), before(dollars, Standing.PARTIAL))
    mixed = dataclasses.replace(ACME, standing=Standing.PARTIAL)
    shown = made(wording, mixed, BOREALIS, dollars, before=swapped).sections[0].blocks[0]
    assert isinstance(shown, KeyFigures)
    assert shown.figures[0].note == "1 account; £184k (1) in Q2 2026"


def test_each_owner_has_how_many_moved(wording: Wording) -> None:
    rows = table(made(wording, before=THEN), "portfolio").rows
    moved = {row[0].text: row[-1].text for row in rows}
    assert moved["All accounts"] == "1 up, 1 down"
    assert (moved["Priya Raman"], moved["Sam Okafor"], moved["Owner not set"]) == ("1 up", "1 down", "no move")


def test_what_has_changed_names_those_who_moved_down_first_then_up_with_what_their_figures_were(
    wording: Wording,
) -> None:
    document = made(wording, before=THEN)
    rows = table(document, "changes").rows
    assert [row[0].text for row in rows] == ["Moved down", "Borealis", "Moved up", "Acme"]
    assert [cell.text for cell in rows[1][1:3]] == ["Real adoption", "At risk"]
    assert rows[1][0].link == "brief/borealis"
    assert rows[3][0].link == "line/acme", "Acme has no brief here, so it leads to its line"
    first = next(block for block in section(document, "changes").blocks if isinstance(block, Text))
    assert first.text.startswith("One account moved up and one moved down since Q2 2026; one stands where it stood.")


def test_gaps_that_the_quarter_before_did_not_have_are_told_with_their_plan(wording: Wording) -> None:
    blocks = section(made(wording, before=THEN), "changes").blocks
    new = [block for block in blocks if isinstance(block, Table)][-1]
    assert {row[0].text for row in new.rows} == {"Acme", ""}
    assert new.rows[0][1].text.startswith("gap ")
    assert new.rows[0][2].text


def test_an_account_that_had_not_begun_neither_moved_nor_has_new_gaps(wording: Wording) -> None:
    silent = before(ACME, Standing.UNKNOWN, gaps=(), feed_silent=True, feed_last=None, feed_next=date(2026, 7, 1))
    document = made(wording, ACME, before=[silent])
    rows = table(document, "changes").rows
    assert [row[0].text for row in rows] == ["Had not begun in Q2 2026", "Acme"]
    assert rows[1][1].text == "not begun"
    assert len([block for block in section(document, "changes").blocks if isinstance(block, Table)]) == 1


def test_without_the_quarter_before_nothing_is_said_to_have_changed(wording: Wording) -> None:
    document = made(wording)
    assert not any(each.key == "changes" for each in document.sections)
    assert "Q2 2026" not in " ".join(texts_in(document.sections[0]))


# ---- the ways through it --------------------------------------------------------------------------------------------


def test_the_contents_lead_to_every_part_and_every_brief(wording: Wording) -> None:
    document = made(wording, before=THEN, aside={"broken": "no people"})
    (contents,) = section(document, "contents").blocks
    assert isinstance(contents, Contents)
    assert [entry.text for entry in contents.entries] == [
        "Portfolio, Q3 2026", "Accounts that need attention", "Every account, worst renewals first",
        "What has changed since Q2 2026", "Set aside, and why", "Briefs", "Borealis", "Cobalt",
    ]  # fmt: skip
    keys = {each.key for each in document.sections}
    assert {entry.link for entry in contents.entries if entry.link} <= keys


def test_a_brief_leads_back_to_page_one_the_contents_and_its_line(wording: Wording) -> None:
    document = made(wording)
    assert section(document, "brief/borealis").back == (
        ("Page one", "portfolio"), ("Contents", "contents"), ("In the list", "line/borealis"),
    )  # fmt: skip
    anchors = [row[0].anchor for row in table(document, "accounts").rows]
    assert anchors == ["line/borealis", "line/cobalt", "line/acme"]


def test_an_account_may_be_called_like_a_part_of_the_portfolio(wording: Wording) -> None:
    odd = [dataclasses.replace(BOREALIS, id=name, name=name) for name in ("accounts", "portfolio", "contents")]
    document = made(wording, *odd)
    keys = [each.key for each in document.sections]
    assert len(keys) == len(set(keys))
    assert {row[0].link for row in table(document, "attention").rows} <= set(keys)


def test_a_choice_of_owners_says_whose_accounts_these_are_and_of_how_many(wording: Wording) -> None:
    document = made(wording, owners=("sam okafor",), aside={"broken": "no people"})
    assert document.title == "Halyard: portfolio brief, Q3 2026: Sam Okafor"
    assert document.sections[0].meta[:2] == ("Sam Okafor", "1 of 3 accounts")
    assert "Sam Okafor" in document.footer
    assert [row[0].text for row in table(document, "accounts").rows] == ["Borealis"]
    assert any("Whose accounts these are is not known" in text for text in texts_in(section(document, "set-aside")))
    with pytest.raises(InputError, match="among those chosen"):
        made(wording, owners=("Sam Okafor",), briefs=["acme"])


def test_a_portfolio_with_drafts_says_of_how_many_on_each_page_and_of_which_on_their_lines(wording: Wording) -> None:
    drafted = dataclasses.replace(BOREALIS, draft=True)
    document = made(wording, ACME, drafted, briefs=["acme", "borealis"])
    assert document.draft_text == "DRAFT: 1 of 2 accounts is not confirmed yet"
    names = [row[0].text for row in table(document, "accounts").rows]
    assert sorted(names) == ["Acme", "Borealis (DRAFT)"]
    assert "Borealis (DRAFT)" in [row[0].text for row in table(document, "attention").rows]
    assert [section(document, f"brief/{each}").meta.count("DRAFT") for each in ("acme", "borealis")] == [0, 1]
    assert not made(wording, ACME, BOREALIS).draft_text
    every = made(wording, dataclasses.replace(ACME, draft=True), drafted).draft_text
    assert every.startswith("DRAFT")
    assert "2" not in every
