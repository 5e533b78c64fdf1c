"""What is wrong with a theme: its brand file, its template, and the slides of a preview that is drawn on it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qbrgen.errors import Finding, Level, Location
from qbrgen.finding_codes import OF_A_PREVIEW

if TYPE_CHECKING:
    from qbrgen.lint import SignFound
    from qbrgen.theme import Theme

# Signs of the lint that a theme can be the cause of, and how bad each is; all others are the text's own.
_OF_THEMES = {
    "overflow": Level.WARNING,
    "overlap": Level.WARNING,
    "off-slide": Level.WARNING,
    "margin": Level.WARNING,
    "size-below-floor": Level.WARNING,
    "office-theme": Level.NOTE,
}
_FIX = "Look at it with `qbrgen theme preview`; another layout in template.yml, or larger frames in it, may help."
_SPREAD = 1.4  # slides for each subject of the preview, from which on it is told
_MOST = 3  # of one sign: what goes wrong on every slide is told a few times


def check_theme(theme: Theme) -> list[Finding]:
    """Everything that is found, errors first.

    Raises InputError where the template may not be used at all.
    """
    from qbrgen.cli.theme_template import template_findings
    from qbrgen.compose.preview import preview_document
    from qbrgen.lint import lint_deck
    from qbrgen.render.pptx import write_deck

    document = preview_document(theme.brand)
    where = Location(str(theme.template or theme.folder / "_brand.yml"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "preview.pptx"
        findings = [*theme.findings, *template_findings(theme)]
        mapped = any(finding.code == "template-map-misfit" for finding in findings)
        for finding in write_deck(document, theme, path):
            if not (mapped and finding.code == "template-map-misfit"):  # told in more detail
                findings.append(finding)
        findings += _signs(lint_deck(path), where)
        findings += _spread(path, len(document.slides), where)
    order = list(Level)
    return sorted(dict.fromkeys(findings), key=lambda finding: order.index(finding.level))


def _signs(signs: Iterable[SignFound], where: Location) -> list[Finding]:
    """What the lint finds on a preview, where the theme can be the cause."""
    found: list[Finding] = []
    count: Counter[str] = Counter()
    for sign in signs:
        level = _OF_THEMES.get(sign.code)
        count[sign.code] += 1
        if level is None or count[sign.code] > _MOST:
            continue
        place = f"slide {sign.slide}" + (f", {sign.shape}" if sign.shape else "") if sign.slide else ""
        what = f"A preview{f' ({place})' if place else ''}: {sign.what}"
        found.append(Finding(level, f"{OF_A_PREVIEW}{sign.code}", what, _FIX if sign.slide else "", where))
    more = sum(max(0, n - _MOST) for code, n in count.items() if code in _OF_THEMES)
    if more:
        what = f"A preview: {more} more like these."
        found.append(Finding(Level.NOTE, "preview-more", what, "Look at it: `qbrgen theme preview`.", where))
    return found


def _spread(path: Path, wanted: int, where: Location) -> list[Finding]:
    """A preview that needs many more slides than it has subjects: there is little room on each."""
    from pptx import Presentation

    slides = len(Presentation(str(path)).slides)
    if slides <= _SPREAD * wanted:
        return []
    what = f"A preview of {wanted} slides takes {slides}: lists and tables go on over more slides."
    fix = "A layout with a larger body, or a typeface that is narrower, keeps more on one."
    return [Finding(Level.NOTE, "preview-spread", what, fix, where)]
