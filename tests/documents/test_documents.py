"""Promises about every file made from the sample accounts: the same figures everywhere, nothing internal, valid."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from pathlib import Path

import pytest
from making import Built, Made
from naive_figures import Account, naive_figures
from reading import charts_of, deck_texts, notes_texts, package_text, pdf_pages, workbook_values

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = sorted(path.stem for path in (ROOT / "sample_accounts" / "accounts").glob("*.yml"))
PRESENCE = re.compile(
    r"\b(log-?ins?|logged in|log in|sign-?ins?|sessions?|page.?views?|MAU|DAU|WAU|active users)\b", re.I
)
LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|\bNone\b(?! of)|\bnan\b|\bNaN\b|lorem|TODO|\bundefined\b| ,|\.\.|  ")


@pytest.fixture(scope="session")
def naive() -> dict[str, Account]:
    return naive_figures(ROOT / "sample_accounts", 2026, 3)


def named(texts: dict[str, str], key: str) -> str:
    """What the slides of one key show ("" when that slide dropped out)."""
    return " ".join(text for name, text in texts.items() if name.partition(":")[2] == key)


def test_build_makes_a_deck_a_plan_and_a_brief_for_each_account_the_portfolio_and_a_report(built: Built) -> None:
    out = built.out
    assert built.result.exit_code == 0, built.result.output
    assert len(list((out / "for-customers").glob("*.pptx"))) == 8
    assert len(list((out / "for-customers").glob("*-plan.pdf"))) == 8
    assert len(list((out / "internal").glob("*-brief.pdf"))) == 8
    assert len(list((out / "internal").glob("*-talk-track.html"))) == 8
    assert (out / "internal" / "portfolio-2026-Q3.pdf").is_file()
    report = json.loads((out / "internal" / "report.json").read_text(encoding="utf-8"))
    assert len(report["files"]) == 33
    rows = report["rows"]
    assert rows["read"] >= rows["counted"] > 0
    assert not [p for p in out.rglob("*") if p.name.startswith(".")], "temporary files were left behind"


@pytest.mark.parametrize("account", ACCOUNTS)
def test_people_active_are_the_same_in_deck_brief_and_naive_count(
    made: Made, naive: dict[str, Account], account: str
) -> None:
    active, counted = naive[account].people
    figure = f"{active} of {counted}"
    assert counted
    assert figure in named(deck_texts(made.decks[account]), "sentence")
    assert figure in " ".join(pdf_pages(made.briefs[account]))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_workflows_on_target_are_the_same_in_deck_brief_and_naive_count(
    made: Made, naive: dict[str, Account], account: str
) -> None:
    met = naive[account].depth("met")
    measurable = met + naive[account].depth("not met")
    figure = f"{met} of {measurable}"
    assert measurable
    assert figure in named(deck_texts(made.decks[account]), "sentence")
    assert figure in " ".join(pdf_pages(made.briefs[account]))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_workflow_value_is_shown_alike_in_deck_and_brief(
    made: Made, naive: dict[str, Account], account: str
) -> None:
    deck = " ".join(deck_texts(made.decks[account]).values())
    brief = " ".join(pdf_pages(made.briefs[account]))
    for key, workflow in naive[account].workflows.items():
        if workflow.value is None:
            continue
        # Half a percent is rounded up, as people do; where that would contradict the state a decimal is shown.
        whole = f"{math.floor(workflow.value * 100 + Fraction(1, 2))}%"
        tenth = f"{float(workflow.value * 100):.1f}%"
        assert whole in deck or tenth in deck, f"{key}: {whole} is not in the deck"
        assert whole in brief or tenth in brief, f"{key}: {whole} is not in the brief"


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_bars_of_the_deck_are_the_naive_values(made: Made, naive: dict[str, Account], account: str) -> None:
    drawn = {
        round(value, 6)
        for chart in charts_of(made.decks[account])
        for values in workbook_values(chart).values()
        for value in values
        if isinstance(value, (int, float))
    }
    assert named(deck_texts(made.decks[account]), "workflows")
    values = [workflow.value for workflow in naive[account].workflows.values() if workflow.value is not None]
    assert values
    for value in values:
        assert round(float(value), 6) in drawn


@pytest.mark.parametrize("account", ACCOUNTS)
def test_edit_data_opens_the_values_that_the_chart_shows(made: Made, account: str) -> None:
    charts = charts_of(made.decks[account])
    for chart in charts:
        workbook = workbook_values(chart)
        for plot in chart.plots:
            for series in plot.series:
                assert series.name in workbook
                cached = [None if v is None else round(v, 9) for v in series.values]
                edited = [None if v is None else round(float(v), 9) for v in workbook[series.name][: len(cached)]]
                assert edited == cached


def every_text(made: Made) -> dict[str, str]:
    texts: dict[str, str] = {}
    for account in ACCOUNTS:
        texts |= {f"{account} {name}": text for name, text in deck_texts(made.decks[account]).items()}
        texts |= {f"{account} notes {n}": text for n, text in enumerate(notes_texts(made.decks[account]), 1)}
        texts |= {f"{account} brief {n}": text for n, text in enumerate(pdf_pages(made.briefs[account]), 1)}
    return texts | {f"portfolio {n}": text for n, text in enumerate(pdf_pages(made.portfolio), 1)}


def test_no_presence_figure_is_anywhere(made: Made) -> None:
    assert {place: PRESENCE.findall(text) for place, text in every_text(made).items() if PRESENCE.search(text)} == {}


def test_no_template_residue_is_anywhere(made: Made) -> None:
    assert {place: LEFTOVERS.findall(text) for place, text in every_text(made).items() if LEFTOVERS.search(text)} == {}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_nothing_internal_is_in_any_part_of_a_deck(made: Made, account: str) -> None:
    content = package_text(made.decks[account])
    definition = made.review.definitions.accounts[account]
    assert definition.arr is not None
    forbidden = [definition.notes, definition.ask_of_leadership, definition.segment, f"{definition.arr.amount:,.0f}"]
    forbidden += [a.action for a in definition.actions if a.internal]
    forbidden += [p.id for p in definition.people]
    if not definition.names_agreed:
        # Whom the CSM herself names for the customer, in a plan or as a witness, is named.
        told = " ".join([f"{a.action} {a.owner}" for a in definition.actions] + [i.by for i in definition.impacts])
        told += definition.sponsor.name if definition.sponsor else ""
        forbidden += [p.name for p in definition.people if p.name not in told]
    forbidden += [t.path.name for t in made.review.definitions.settings.sources.events]
    others = [a for a in made.review.definitions.accounts.values() if a.id != account]
    forbidden += [a.name for a in others if a.name not in definition.name]
    assert [text for text in forbidden if text and text in content] == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_word_of_risk_or_churn_is_in_a_deck(made: Made, account: str) -> None:
    texts = [*deck_texts(made.decks[account]).values(), *notes_texts(made.decks[account])]
    assert [t for t in texts if re.search(r"\b(churn|at risk|ARR|renew\w*|score|masked)\b", t, re.I)] == []


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_brief_has_at_most_two_pages(made: Made, account: str) -> None:
    assert len(pdf_pages(made.briefs[account])) <= 2


@pytest.mark.parametrize("account", ACCOUNTS)
def test_slide_titles_are_findings_and_differ(made: Made, account: str) -> None:
    from pptx import Presentation

    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(made.decks[account])).slides]
    assert len(set(titles)) == len(titles)
    assert all(titles)


def test_the_same_workspace_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    from qbrgen.pipeline import make_brief, make_deck, make_plan, open_review, theme_of

    review = open_review(ROOT / "sample_accounts", accounts=["acme"])
    theme = theme_of(review)
    assert make_deck(review, "acme", theme, tmp_path).path.read_bytes() == made.decks["acme"].read_bytes()
    assert make_brief(review, "acme", theme, tmp_path).path.read_bytes() == made.briefs["acme"].read_bytes()
    assert make_plan(review, "acme", theme, tmp_path).path.read_bytes() == made.plans["acme"].read_bytes()


# ---- validators -----------------------------------------------------------------------------------------------------


def test_every_deck_passes_openxml_audit(made: Made) -> None:
    from validators import openxml_audit_errors

    assert openxml_audit_errors(made.decks.values()) == []


def test_every_deck_passes_the_open_xml_sdk(made: Made) -> None:
    from validators import open_xml_sdk_errors

    assert open_xml_sdk_errors(made.decks.values()) == []


def test_every_pdf_passes_pdf_ua(made: Made) -> None:
    from validators import pdf_ua_errors

    assert pdf_ua_errors([*made.briefs.values(), *made.plans.values(), made.portfolio]) == []


@pytest.mark.slow
@pytest.mark.parametrize("account", ACCOUNTS)
def test_libreoffice_draws_every_slide(made: Made, account: str, tmp_path: Path) -> None:
    from PIL import Image
    from validators import deck_pictures

    pictures = deck_pictures(made.decks[account], tmp_path)
    assert len(pictures) == len(deck_texts(made.decks[account]))
    for picture in pictures:
        colours = Image.open(picture).convert("RGB").getcolors(1 << 20)
        assert colours is not None
        assert len(colours) > 8, f"{picture.name} is blank"
