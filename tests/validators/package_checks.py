"""What a deck's package must hold that schema validators miss: parts, ids, properties, sections. Knows no qbrgen."""

from __future__ import annotations

import re
from collections import Counter

from deck_parts import Deck, P, R
from lxml import etree

_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "created": "{http://purl.org/dc/terms/}created",
    "modified": "{http://purl.org/dc/terms/}modified",
}
_STRANGERS = ("python-pptx", "Steve Canny", "PowerPoint Presentation", "openpyxl", "XlsxWriter", "2013-01-27")
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_MACROS = ("vbaproject", "activex", "macroenabled", "oleobject")
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"


def package_problems(deck: Deck) -> list[str]:
    """Everything wrong with the package as such."""
    found = [f"twice in the zip: {name}" for name, count in Counter(deck.names).items() if count > 1]
    found += _reached(deck)
    found += [f"a thumbnail: {name}" for name in deck.names if "thumbnail" in name.lower()]
    found += [f"a macro or control: {name}" for name in deck.names if any(one in name.lower() for one in _MACROS)]
    types = deck.parts["[Content_Types].xml"].lower()
    found += ["a macro or control among the content types" for one in _MACROS if one.encode() in types]
    return [*found, *_types(deck), *_ids(deck), *_properties(deck), *_sections(deck)]


def _reached(deck: Deck) -> list[str]:
    """Every part is led to from the package's root, every link leads somewhere inside, slides are in the list."""
    found, seen, open_ = [], {"[Content_Types].xml"}, [""]
    while open_:
        name = open_.pop()
        for link, kind, target, external in deck.links(name):
            if external:
                found.append(f"{name or 'the package'}: external link {target}")
            elif target not in deck.parts:
                found.append(f"{name or 'the package'}: {link} ({kind}) leads nowhere: {target}")
            elif target not in seen:
                seen.add(target)
                open_.append(target)
    rels = {name for name in deck.names if name.endswith(".rels")}
    found += [f"nothing leads to {name}" for name in deck.names if name not in seen | rels]
    slides = deck.slides()
    found += [f"orphan slide {name}" for name in deck.all_of("slides") if name not in slides]
    owners = Counter(target for slide in slides for target in deck.linked(slide, "notesSlide"))
    found += [f"{notes} belongs to {count} slides" for notes, count in owners.items() if count > 1]
    found += [f"orphan notes {name}" for name in deck.all_of("notesSlides") if name not in owners]
    found += [f"{slide}: no layout, or several" for slide in slides if len(deck.linked(slide, "slideLayout")) != 1]
    charts = Counter(target for slide in slides for target in deck.linked(slide, "chart"))
    return found + [f"{chart} stands on {count} slides" for chart, count in charts.items() if count > 1]


def _types(deck: Deck) -> list[str]:
    """Every part has a content type, and none is told of a part that is not there."""
    root = etree.fromstring(deck.parts["[Content_Types].xml"])
    extensions = {one.get("Extension").lower() for one in root if one.tag.endswith("Default")}
    parts = [one.get("PartName").lstrip("/") for one in root if one.tag.endswith("Override")]
    found = [f"a content type for {name}, which is not there" for name in parts if name not in deck.parts]
    found += [f"two content types for {name}" for name, count in Counter(parts).items() if count > 1]
    for name in deck.names:
        if name != "[Content_Types].xml" and name not in parts and name.rsplit(".", 1)[-1].lower() not in extensions:
            found.append(f"no content type for {name}")
    plain = [name for name in deck.names if name.startswith("ppt/") and name.endswith(".xml") and name not in parts]
    return found + [f"{name} has the type of any XML" for name in plain]


def _ids(deck: Deck) -> list[str]:
    """Ids of masters and layouts are one row of numbers, those of slides another; each has its own range."""
    presentation = deck.xml("ppt/presentation.xml")
    looks = [one.get("id") for one in presentation.iter(f"{P}sldMasterId")]
    for name in deck.all_of("slideMasters"):
        looks += [one.get("id") for one in deck.xml(name).iter(f"{P}sldLayoutId")]
        listed = {one.get(f"{R}id") for one in deck.xml(name).iter(f"{P}sldLayoutId")}
        own = {link for link, kind, _, _ in deck.links(name) if kind == "slideLayout"}
        if listed != own:
            looks.append("unlisted")
    found = [f"layout or master id {one} is taken twice" for one, count in Counter(looks).items() if count > 1]
    found += [
        f"layout or master id {one} is none" for one in looks if not one.isdigit() or not 2**31 <= int(one) < 2**32
    ]
    slides = [one.get("id") for one in presentation.iter(f"{P}sldId")]
    found += [f"slide id {one} is taken twice" for one, count in Counter(slides).items() if count > 1]
    return found + [f"slide id {one} is none" for one in slides if not 256 <= int(one) < 2**31]


def _properties(deck: Deck) -> list[str]:
    """The file's own title, author, company, language and dates; no other maker's."""
    found = []
    core = deck.parts.get("docProps/core.xml")
    if core is None:
        return ["no core properties"]
    root = etree.fromstring(core)
    if deck.slides():
        said = {name: (root.findtext(tag) or "").strip() for name, tag in _CORE.items()}
        found += [f"no {name} in the core properties" for name, value in said.items() if not value]
        app = etree.fromstring(deck.parts["docProps/app.xml"])
        found += [] if (app.findtext(f"{_PROPERTIES}Company") or "").strip() else ["no company in the properties"]
        count = app.findtext(f"{_PROPERTIES}Slides")
        found += [] if count in (None, str(len(deck.slides()))) else [f"{count} slides in the properties"]
    told = core.decode() + deck.parts.get("docProps/app.xml", b"").decode()
    return found + [f"a stranger in the properties: {one}" for one in _STRANGERS if one in told]


def _sections(deck: Deck) -> list[str]:
    """Every slide in one named section, in the order of the slides."""
    presentation = deck.xml("ppt/presentation.xml")
    sections = list(presentation.iter(f"{_P14}section"))
    slides = [one.get("id") for one in presentation.iter(f"{P}sldId")]
    if not sections:
        return []
    listed = [one.get("id") for section in sections for one in section.iter(f"{_P14}sldId")]
    found = [] if listed == slides else ["the sections do not hold every slide once, in order"]
    found += ["a section without a name" for section in sections if not section.get("name", "").strip()]
    ids = Counter(section.get("id") for section in sections)
    pattern = re.compile(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}")
    found += [f"section id {one}" for one, count in ids.items() if count > 1 or not pattern.fullmatch(one or "")]
    return found
