"""Templates of a user's own: what they print, what they may not, and how each fault is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_html_file import document, theme

from qbrgen.errors import Finding, InputError, Level
from qbrgen.render.html import write
from qbrgen.render.html.write import html_text
from qbrgen.render.limits import Limits, limited
from qbrgen.render.template_files import PAGES, template_findings
from qbrgen.render.templates import printed, template_errors
from qbrgen.resources import templates_dir

SHORT = Limits(seconds=1.0, megabytes=300)


def own(folder: Path, text: str, name: str = "document.html") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, limits: Limits = SHORT) -> Finding:
    with pytest.raises(InputError) as caught:
        limited(folder, limits, write._text, document(), theme(), folder)
    (finding,) = caught.value.findings
    return finding


def place(finding: Finding) -> tuple[str, int | None]:
    assert finding.where is not None
    return Path(finding.where.file).name, finding.where.line


def test_copies_of_the_shipped_templates_print_the_same_page() -> None:
    assert html_text(document(), theme(), templates=templates_dir() / "talk-track") == html_text(document(), theme())


def test_a_change_is_used_at_once(tmp_path: Path) -> None:
    for text in ("<p>first", "<p>second"):
        assert text in html_text(document(), theme(), templates=own(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", 2),
        ("{% macro again() %}\n{% for a in range(9) %}{{ again() }}{% endfor %}{% endmacro %}\n\n{{ again() }}", 2),
        ("\n\n{{ 'a' * 4000000000 }}", 3),
        ("{% set ns = namespace(x='aaaaaaaa') %}{% for a in range(60) %}\n{% set ns.x = ns.x ~ ns.x %}{% endfor %}", 2),
    ],
    ids=["loop", "calls-itself", "text", "doubled"],
)
def test_a_template_without_end_is_stopped_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    finding = fault(own(tmp_path, text))
    assert place(finding) == ("document.html", line)
    assert finding.level is Level.ERROR


@pytest.mark.parametrize("text", ["{{ 9**9**9 }}", "{{ 9**(9**9) }}", "{% set a = 2 %}{{ a**2 }}"])
def test_no_power_is_reckoned_not_even_before_the_template_runs(tmp_path: Path, text: str) -> None:
    assert "** is not for templates" in fault(own(tmp_path, text)).what


def test_a_page_that_prints_on_and_on_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbrgen.render.templates.LONGEST", 10_000)
    folder = own(tmp_path, "\n{% for a in range(99999) %}{{ a }}{% endfor %}")
    page = write.environment(folder).get_template("document.html")
    with pytest.raises(InputError, match="prints more than 10,000 characters") as caught, template_errors(folder):
        printed(page, folder, {})
    assert place(caught.value.findings[0]) == ("document.html", 2)


def test_the_next_page_is_printed_after_one_that_was_stopped(tmp_path: Path) -> None:
    fault(own(tmp_path / "a", "{{ 'a' * 4000000000 }}"))
    with pytest.raises(InputError, match="broke"):
        limited(tmp_path, SHORT, os._exit, 3)
    assert "<p>Acme" in html_text(document(), theme(), templates=own(tmp_path / "b", "<p>{{ document.company }}"))


def test_what_cannot_be_stopped_from_within_is_ended_from_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qbrgen.render.limits._GRACE", 0.2)
    with pytest.raises(InputError, match="not laid out after 0"):
        limited(tmp_path, Limits(seconds=0.3), pow, 9, 9**9)


def test_a_bug_in_the_other_process_keeps_its_kind_and_its_place(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        limited(tmp_path, SHORT, divmod, 1, 0)
    assert "limits.py" in "".join(caught.value.__notes__)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ document.titel }}", "Document has no 'titel'; it has kind, audience, title,"),
        ("{{ documen }}", "there are accent, document"),
        ("{{ document.sections[9].heading }}", "no element 9"),
        ("{{ document.title.__class__ }}", "unsafe"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(tmp_path: Path, text: str, said: str) -> None:
    assert said in fault(own(tmp_path, text)).what


def test_a_link_to_a_file_elsewhere_is_not_read(tmp_path: Path) -> None:
    secret = own(tmp_path, "the secret", "secret.html") / "secret.html"
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "blocks.html").symlink_to(secret)
    assert "link to a file elsewhere" in fault(folder).what


@pytest.mark.parametrize(
    "head", ["<html><head><title>t</title>", "<p>no head", "<!-- <head> --><p>x", "<HTML><HEAD x>"]
)
def test_a_browser_is_told_to_fetch_nothing_whatever_a_template_holds(tmp_path: Path, head: str) -> None:
    page = html_text(document(), theme(), templates=own(tmp_path, f"{head}<img src=http://localhost/x>"))
    assert page.index("Content-Security-Policy") < min(
        page.find(mark) % 10**6 for mark in ("<p>", "<img", "<!--", "<ti")
    )
    assert "default-src 'none'" in page


# ---- what templates see ---------------------------------------------------------------------------------------------


def _reached(value: Any, seen: set[int]) -> Iterator[Any]:
    """Everything that a template can reach by names without an underscore and by index."""
    if id(value) in seen or isinstance(value, str | int | float | bool | None):
        return
    seen.add(id(value))
    yield value
    if isinstance(value, dict):
        inner = [*value, *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        inner = list(value)
    else:
        inner = [getattr(value, name) for name in dir(value) if not name.startswith("_") and name not in ("min", "max")]
    for each in inner:
        yield from _reached(each, seen)


def test_templates_see_no_path_and_nothing_that_opens_one(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(write, "printed", lambda _page, _own, facts: seen.append(facts) or "")
    write._text(document(), theme(), None)
    reached = [each for each in _reached(seen[0], set()) if not callable(each)]
    assert len(reached) > 20
    assert not [each for each in reached if isinstance(each, os.PathLike) or hasattr(each, "read")]


# ---- before anything is made ----------------------------------------------------------------------------------------


def found(root: Path, name: str, text: str | bytes) -> list[str]:
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    said = template_findings(root)
    assert all(str(each.where).startswith(str(root)) for each in said)
    return [f"{str(each.where).removeprefix(str(root / 'templates'))[1:]}: {each.what} {each.fix}" for each in said]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("brief/head.html", "\n{% if %}", "brief/head.html:2: Expected an expression"),
        ("brief/head.html", "a\n{{ x y }}", "brief/head.html:2: expected token"),
        ("brief/head.html", "a\n{{ brand|shout }}", "head.html:2: There is no filter 'shout'. Filters of qbrgen:"),
        ("brief/head.html", "{% if brand is loud %}{% endif %}", "head.html:1: There is no test 'loud'."),
        ("brief/head.html", "\n\n{{ brnd }}", "head.html:3: There is no variable 'brnd'. There are "),
        ("brief/svg/bar.svg", "{{ bar }}{{ total }}", "bar.svg:1: There is no variable 'total'. There are bar"),
        ("brief/style.css", "{{ document }}", "style.css:1: There is no variable 'document'. There are style."),
        ("talk-track/document.html", "\n{{ parts }}", "document.html:2: There is no variable 'parts'. There are"),
        ("brief/head.html", '\n{% include "foot.html" %}', "head.html:2: There is no template 'foot.html'. There are"),
        ("brief/head.html", b"a\n\xff", "head.html:2: It is not UTF-8 text."),
        ("brief/head.html", "a" * 1_000_001, "head.html: It has 1,000,001 bytes"),
        ("brief/head.html", "{{ " + "(" * 3000, "head.html"),
        ("brief/styles.css", "", "styles.css: Nothing uses this file: brief has blocks.html,"),
    ],
)  # fmt: skip
def test_a_fault_is_told_before_the_template_runs(tmp_path: Path, name: str, text: str | bytes, said: str) -> None:
    (only,) = found(tmp_path, name, text)
    assert said in only


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    found(tmp_path, "brief/people.html", "{{ no }}")
    said = found(tmp_path, "talk-track/style.css", "{{ a }}\n{{ b|c }}")
    assert len(said) == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("brief/head.html", "{% set a = 1 %}{% macro m(b) %}{{ a }}{{ b }}{{ varargs }}{% endmacro %}{{ m(1) }}"),
        ("brief/head.html", "{% for a, b in {}.items() %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}{{ range(3) }}"),
        ("brief/head.html", '{% from "blocks.html" import draw as d %}{% import "people.html" as p %}{{ d }}{{ p }}'),
        ("brief/svg/mine.svg", "{{ whatever }}"),
        ("brief/notes.txt", "{% if"),
        ("brief/style.css.bak", "{% if"),
    ],
)  # fmt: skip
def test_what_is_right_is_not_told(tmp_path: Path, name: str, text: str) -> None:
    assert found(tmp_path, name, text) == []


def test_a_file_that_is_included_sees_what_stands_around_it(tmp_path: Path) -> None:
    found(tmp_path, "brief/line.html", "{{ each }}")
    assert found(tmp_path, "brief/head.html", '{% for each in parts %}{% include "line.html" %}{% endfor %}') == []


def test_nothing_is_wrong_with_copies_of_those_that_come_with_qbrgen(tmp_path: Path) -> None:
    for group in PAGES:
        for path in (templates_dir() / group).rglob("*.*"):
            own(
                tmp_path,
                path.read_text(encoding="utf-8"),
                f"templates/{group}/{path.relative_to(templates_dir() / group)}",
            )
    assert template_findings(tmp_path) == []


def test_the_limits_grow_with_the_accounts() -> None:
    one, many = Limits().for_parts(1), Limits().for_parts(200)
    assert one == Limits()
    assert many.seconds > 10 * one.seconds
    assert many.megabytes > one.megabytes
