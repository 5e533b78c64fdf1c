from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from by_hand import SCORE, WITHHELD, gap, narrative, picture, texts_in

from qbrgen.audience import Audience
from qbrgen.compose.portfolio import compose_portfolio
from qbrgen.document import Document, KeyFigures, Section, Status, Table, Text
from qbrgen.errors import InputError
from qbrgen.figures import Money
from qbrgen.narrate.statement import Register
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture, Score
from qbrgen.score.portfolio import portfolio
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
) -> Document:
    pictures = {each.id: each for each in accounts or (ACME, BOREALIS, COBALT)}
    narratives = {key: narrative(each, Register.BRIEF) for key, each in pictures.items()}
    return compose_portfolio(portfolio(pictures, aside or {}), narratives, wording, briefs, order)


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
    assert [cell.text for cell in rows[0][1:]] == ["1 (£184k)", "1", "1 (£96k)", "0"]
    assert "1 account has no ARR set and is in no sum of ARR." in list(texts_in(document))


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
    assert links == {"Borealis": "borealis", "Cobalt": "cobalt", "Acme": ""}
    assert {"borealis", "cobalt"} <= keys
    assert "acme" not in keys
    assert len(keys) == len(document.sections)


def test_briefs_asked_for_follow_in_that_order(wording: Wording) -> None:
    document = made(wording, briefs=["acme", "borealis", "acme"])
    opened = [s.key for s in document.sections if s.level == 1]
    assert opened == ["portfolio", "acme", "borealis"]
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


def test_many_owners_are_cut_to_those_with_most_at_risk(wording: Wording) -> None:
    many = [
        picture(id=f"a{i}", name=f"A{i}", owner=f"Owner {i}", standing=Standing.AT_RISK if i == 9 else Standing.REAL)
        for i in range(10)
    ]
    document = made(wording, *many)
    rows = table(document, "portfolio").rows
    assert len(rows) == 8
    assert rows[2][0].text == "Owner 9"
    assert any("4 more" in text for text in texts_in(document.sections[0]))


def test_a_portfolio_of_nothing_is_refused(wording: Wording) -> None:
    with pytest.raises(InputError, match="No account"):
        compose_portfolio(portfolio({}, {"broken": "no people"}), {}, wording)


def test_page_one_ends_with_what_each_standing_means(wording: Wording) -> None:
    last = section(made(wording), "attention").blocks[-1]
    assert isinstance(last, Text)
    assert last.text.startswith("Real adoption:")
    assert "at least 60% of the workflows" in last.text


def test_many_accounts_take_one_line_each(wording: Wording) -> None:
    many = [dataclasses.replace(ACME, id=f"a{number:02}", name=f"Account {number}") for number in range(41)]
    rows = table(made(wording, *many, briefs=[]), "accounts").rows
    assert len(rows) == 41
    assert not any(cell.sub for row in rows for cell in row)
    assert table(made(wording, *many, briefs=[]), "accounts").lines == ()
    assert [cell.text for cell in rows[0]] == [
        rows[0][0].text, "Real adoption", "88 (75 · 96 · 100)", rows[0][3].text, "6 of 8", "2 of 3",
        "31 January 2027", "£184k", "Priya Raman",
    ]  # fmt: skip


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
    above, order, below = texts_of(made(wording))
    assert order.startswith("Worst renewals first: ")
    assert "breadth · depth · direction" in above
    assert below.startswith("Weights of the score: breadth 40, depth 40 and direction 20.")


def test_a_score_that_is_withheld_says_so_beside_the_parts_that_there_are(wording: Wording) -> None:
    for many, shown in ((1, "withheld"), (41, "withheld (75 · 96 · –)")):
        accounts = [dataclasses.replace(ACME, id=f"a{number}", score=WITHHELD) for number in range(many)]
        rows = table(made(wording, *accounts, briefs=[]), "accounts").rows
        assert shown in [cell.text for cell in rows[0]]
    single = table(made(wording, dataclasses.replace(ACME, score=WITHHELD)), "accounts").rows[0]
    assert next(cell.sub for cell in single if cell.text == "withheld") == "75 · 96 · –"


def test_a_score_of_which_every_part_is_missing_has_no_row_of_dashes(wording: Wording) -> None:
    nothing = Score(tuple(dataclasses.replace(entry, value=None) for entry in SCORE.parts), None)
    accounts = [dataclasses.replace(ACME, id=f"a{number}", score=nothing) for number in range(41)]
    assert table(made(wording, *accounts, briefs=[]), "accounts").rows[0][2].text == "withheld"
    (single,) = table(made(wording, accounts[0]), "accounts").rows
    assert (single[2].text, single[2].sub) == ("withheld", "")


def test_by_score_the_lowest_comes_first_and_the_withheld_last(wording: Wording) -> None:
    low = dataclasses.replace(SCORE, total=SCORE.total and SCORE.total / 2)
    accounts = (dataclasses.replace(BOREALIS, score=WITHHELD), ACME, dataclasses.replace(COBALT, score=low))
    document = made(wording, *accounts, order=PortfolioOrder.SCORE)
    assert [row[0].text for row in table(document, "accounts").rows] == ["Cobalt", "Acme", "Borealis"]
    assert section(document, "accounts").heading == "Every account, lowest score first"
    assert [row[0].text for row in table(document, "attention").rows] == ["Borealis", "Cobalt"]
