"""Decks on templates that are not ours: their look is kept, everything stands in its frame and can be read."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from access_checks import area_of, title_of
from deck_checks import problems
from deck_parts import A, Deck, P
from foreign_templates import MADE, SECRET, no_titles, two_masters
from pptx import Presentation
from sample_slides import HARD, REVIEW
from validators import openxml_audit_errors

from qbrgen.document import Document, Role
from qbrgen.lint import lint_deck
from qbrgen.pipeline import _composed_deck, open_review
from qbrgen.render.pptx import write_deck
from qbrgen.render.pptx.foreign_slides import title_of as set_title
from qbrgen.render.pptx.layouts import open_template
from qbrgen.render.pptx.metrics import typeface_of
from qbrgen.render.pptx.opened import _opened, opened
from qbrgen.render.pptx.slots import Layout
from qbrgen.render.pptx.template_binding import bound
from qbrgen.render.pptx.template_info import read_template
from qbrgen.render.pptx.template_safety import safe_template
from qbrgen.render.pptx.text import Ink
from qbrgen.render.pptx.theme_part import SCHEME
from qbrgen.theme import Theme, load_theme
from qbrgen.theme.colour import contrast

_SHARED = Path(__file__).resolve().parents[4] / "shared" / "templates"
_OUTSIDE = sorted(path.name for path in _SHARED.glob("*.p*x"))
# Its titles stand on a picture in two tones, which the checker takes for paper.
_FREEFORM = "slidedeckai_Ion_Boardroom.pptx"


def _theme(template: Path, layouts: dict[str, Any] | None = None) -> Theme:
    return dataclasses.replace(load_theme("plain"), folder=template.parent, template=template, layouts=layouts or {})


@pytest.fixture(scope="session")
def acme(sample_accounts: Path) -> Document:
    """The deck of a sample account, as a document."""
    return _composed_deck(open_review(sample_accounts, accounts=["acme"]), "acme").document


@pytest.fixture(params=list(MADE))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A small template of each kind."""
    path = tmp_path / ("template.potx" if request.param == "potx" else "template.pptx")
    path.write_bytes(MADE[request.param]())
    return path


def _misfits(path: Path, theme: Theme) -> list[str]:
    """What of a deck is not as a template's user expects it."""
    deck, layouts = Deck(path), opened(theme).layouts
    content = layouts[Role.CONTENT].foreign
    assert content is not None
    size = deck.xml("ppt/presentation.xml").find(f"{P}sldSz")
    page = (int(size.get("cx")) / 12700, int(size.get("cy")) / 12700)
    found = []
    for at, slide in enumerate(deck.slides()):
        tree = deck.xml(slide)
        if not title_of(tree):
            found.append(f"{slide}: no title in a title placeholder")
        if deck.xml(deck.layout(slide)).get("type") == "blank":
            found.append(f"{slide}: on a blank layout")
        for shape in tree.find(f"{P}cSld/{P}spTree")[2:]:
            name, area = next(shape.iter(f"{P}cNvPr")).get("name"), area_of(deck, slide, shape)
            if area is None:
                found.append(f"{slide}: {name} stands nowhere")
            elif area.left < -1 or area.top < -1 or area.right > page[0] + 1 or area.bottom > page[1] + 1:
                found.append(f"{slide}: {name} is off the slide: {area}")
            elif at and shape.find(f".//{P}ph") is None:
                x, y, w, h = content.frame
                if area.left < x - 1 or area.top < y - 1 or area.right > x + w + 1 or area.bottom > y + h + 1:
                    found.append(f"{slide}: {name} is out of the body's frame: {area}, not in {content.frame}")
    return found


def _master_and_name(layout: Layout, path: Path) -> tuple[int, str]:
    """(number of its master, from 1, name) of a layout in the template."""
    presentation = Presentation(io.BytesIO(safe_template(path).content))
    return next(
        (number, each.name)
        for number, master in enumerate(presentation.slide_masters, start=1)
        for each in master.slide_layouts
        if str(each.part.partname) == f"/{layout.part}"
    )


def _unreadable(layout: Layout, path: Path) -> Iterator[str]:
    """Bound colours of text that cannot be read on what the template draws behind content."""
    assert layout.foreign is not None
    where = _master_and_name(layout, path)
    found = next(one for one in read_template(path).layouts if (one.master, one.name) == where)
    for role in ("ink", "muted", "accent", "behind"):
        shown = layout.foreign.binding[role].shown(found.scheme)
        for shade in found.ground(layout.foreign.frame):
            if contrast(shown, shade) < 4.5:
                yield f"{role} {shown} on {shade}: {contrast(shown, shade):.2f}"


def _check(document: Document, template: Path, folder: Path) -> Path:
    theme, path = _theme(template), folder / "deck.pptx"
    assert [finding.code for finding in write_deck(document, theme, path) if finding.level.name != "NOTE"] == []
    assert _misfits(path, theme) == []
    assert openxml_audit_errors([path]) == []
    told = [one for one in problems(path) if template.name != _FREEFORM or " has a contrast of " not in one]
    assert told == []
    assert list(_unreadable(opened(theme).layouts[Role.CONTENT], template)) == []
    return path


def test_a_deck_on_any_template_keeps_to_it(made: Path, tmp_path: Path) -> None:
    path = _check(dataclasses.replace(REVIEW, slides=(REVIEW.slides[0], *REVIEW.slides[1::2])), made, tmp_path)
    looks = ("size-off-scale", "size-below-floor", "overflow", "overlap", "lonely-word")
    assert [sign for sign in lint_deck(path) if sign.code in looks] == []


@pytest.mark.parametrize("name", _OUTSIDE)
def test_a_sample_account_s_deck_keeps_to_templates_from_outside(
    name: str, shared: Path, acme: Document, tmp_path: Path
) -> None:
    path = _check(acme, shared / "templates" / name, tmp_path)
    deck = Deck(path)
    assert len(deck.all_of("slides")) == len(deck.slides()), "sample slides are left"
    # Some of them have the colours of Office's own theme, which a deck on them has too.
    assert [sign for sign in lint_deck(path) if sign.code != "office-theme"] == []


def test_the_longest_names_stay_on_a_small_slide(tmp_path: Path) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(MADE["capitals"]())
    theme, path = _theme(template), tmp_path / "deck.pptx"
    write_deck(dataclasses.replace(HARD, slides=HARD.slides[::3]), theme, path)
    assert [what for what in _misfits(path, theme) if "off the slide" in what] == []


def test_a_draft_says_so_on_each_slide_and_every_footnote_stands(tmp_path: Path) -> None:
    template, path = tmp_path / "template.pptx", tmp_path / "deck.pptx"
    template.write_bytes(MADE["no footers"]())
    document = dataclasses.replace(REVIEW, draft_text="DRAFT: not agreed yet")
    write_deck(document, _theme(template), path)
    deck = Deck(path)
    for slide in deck.slides():
        assert "DRAFT: not agreed yet" in "".join(deck.xml(slide).itertext()), slide
    said = " ".join("".join(deck.xml(slide).itertext()) for slide in deck.slides()).replace("\u00a0", " ")
    assert [slide.footnote for slide in REVIEW.slides if slide.footnote not in said] == []
    assert _misfits(path, _theme(template)) == []
    assert problems(path) == []


def test_nothing_of_sample_slides_is_left(tmp_path: Path) -> None:
    template, path = tmp_path / "template.pptx", tmp_path / "deck.pptx"
    template.write_bytes(MADE["samples"]())
    write_deck(REVIEW, _theme(template), path)
    deck = Deck(path)
    assert [name for name, content in deck.parts.items() if SECRET.encode() in content] == []
    sections = deck.xml("ppt/presentation.xml").iter(
        "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
    )
    assert SECRET not in [section.get("name") for section in sections]


def test_slides_are_on_the_master_whose_content_has_room(tmp_path: Path) -> None:
    template, path = tmp_path / "template.pptx", tmp_path / "deck.pptx"
    template.write_bytes(two_masters())
    write_deck(REVIEW, _theme(template), path)
    deck = Deck(path)
    assert {deck.master(slide) for slide in deck.slides()} == {"ppt/slideMasters/slideMaster2.xml"}


def test_a_map_names_a_layout_of_one_master_and_placeholders_by_name_or_index(tmp_path: Path) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(two_masters())
    entry = {"layout": "Title and Content", "master": 1, "title": "Title 1", "body": 1}
    mapped = {role.value: dict(entry) for role in Role}
    _, layouts, findings = open_template(_theme(template, mapped))
    assert findings == []
    assert _master_and_name(layouts[Role.CONTENT], template) == (1, "Title and Content")
    assert sorted(layouts[Role.CONTENT].slots) == ["body", "title"]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"layout": "Inhalt", "title": 0}, "no layout 'Inhalt'; there are Title Slide, Title and Content, "),
        ({"layout": "Title Only", "title": 7}, "no placeholder 7; it has Title 1 (0), Date Placeholder 2 (10), "),
        ({"layout": "Title Only", "master": 3, "title": 0}, "no master 3; they are numbered 1 to 1"),
        ({"layout": "Title Only", "headline": 0}, "'headline' is no slot; there are kicker, title, "),
        ({"layout": "Title Only"}, "it names no title for 'title'"),
    ],
)
def test_a_map_that_does_not_fit_is_told_and_the_proposed_one_is_used(
    entry: dict[str, object], told: str, tmp_path: Path
) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(MADE["4:3"]())
    _, layouts, findings = open_template(_theme(template, {role.value: dict(entry) for role in Role}))
    assert [finding.code for finding in findings] == ["template-map-misfit"]
    assert told in findings[0].what
    assert _master_and_name(layouts[Role.CONTENT], template)[1] == "Title and Content"


def test_a_template_without_titles_is_told_and_replaced(tmp_path: Path) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(no_titles())
    findings = write_deck(REVIEW, _theme(template), tmp_path / "deck.pptx")
    assert [finding.code for finding in findings] == ["template-no-content-layout"]
    assert "has a placeholder for the title" in findings[0].what
    assert problems(tmp_path / "deck.pptx") == []


def test_the_same_template_and_document_give_the_same_bytes(tmp_path: Path) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(MADE["samples"]())
    for name in ("one.pptx", "two.pptx"):
        _opened.cache_clear()
        write_deck(REVIEW, _theme(template), tmp_path / name)
    assert (tmp_path / "one.pptx").read_bytes() == (tmp_path / "two.pptx").read_bytes()


def test_no_colour_on_a_slide_or_in_a_chart_is_fixed(tmp_path: Path) -> None:
    template, path = tmp_path / "template.pptx", tmp_path / "deck.pptx"
    template.write_bytes(MADE["dark"]())
    write_deck(REVIEW, _theme(template), path)
    deck = Deck(path)
    drawn = chain(deck.all_of("slides"), deck.all_of("charts"))
    assert [name for name in drawn if re.search(rb"<a:(srgb|sys|prst)Clr", deck.parts[name])] == []


def test_every_role_is_bound_wherever_it_is_drawn(tmp_path: Path) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(MADE["4:3"]())
    foreign = opened(_theme(template)).layouts[Role.CONTENT].foreign
    assert foreign is not None
    for role, slot in SCHEME.items():
        assert bound(f'<a:schemeClr val="{slot}"/>', foreign.binding) == foreign.binding[role].xml


def test_titles_of_a_deck_share_one_size_where_most_fit(tmp_path: Path) -> None:
    template, path = tmp_path / "template.pptx", tmp_path / "deck.pptx"
    template.write_bytes(MADE["4:3"]())
    write_deck(REVIEW, _theme(template), path)
    deck = Deck(path)
    sizes = []
    for slide in deck.slides()[1:]:
        holder = next(one for one in deck.xml(slide).iter(f"{P}sp") if one.find(f".//{P}ph[@type='title']") is not None)
        sizes.append(int(next(holder.iter(f"{A}rPr")).get("sz")))
    assert max(sizes.count(size) for size in sizes) >= 0.6 * len(sizes)
    assert min(sizes) >= 2000


def test_a_title_in_capitals_is_measured_in_capitals(tmp_path: Path) -> None:
    template = tmp_path / "template.pptx"
    template.write_bytes(MADE["capitals"]())
    slot = opened(_theme(template)).layouts[Role.CONTENT].slots["title"]
    assert slot.held is not None
    small = dataclasses.replace(slot, held=dataclasses.replace(slot.held, caps=False))
    face = typeface_of(slot.held.font)
    title, ink = "Every rep reaches more buyers in a week than before", Ink(face, face, "en-GB")
    assert set_title(title, Role.CONTENT, slot, ink)[0] < set_title(title, Role.CONTENT, small, ink)[0]
