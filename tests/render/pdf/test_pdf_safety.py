"""Nothing is read from files or the network, and a missing library says how to get it."""

from __future__ import annotations

import builtins
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from briefs_by_hand import brief

from qbrgen.errors import InputError, MissingLibrary
from qbrgen.render.pdf import write_pdf
from qbrgen.render.pdf.assets import Assets
from qbrgen.render.pdf.engine import fetcher
from qbrgen.render.pdf.libraries import install_command
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import Font, Palette, Theme


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "FILE:///etc/passwd", "http://localhost/x", "https://localhost/x", "ftp://localhost/x",
     "mem:unknown", "//localhost/x", "/etc/passwd", "jar:file:///x", "mem:../../etc/passwd"],
)  # fmt: skip
def test_no_address_but_memory_and_data_is_fetched(address: str) -> None:
    with pytest.raises(ValueError, match="nothing is read from files or the network"):
        fetcher(Assets()).fetch(address)


def test_what_is_in_memory_and_data_is_fetched() -> None:
    assets = Assets()
    address = assets.add(b"<svg/>", "image/svg+xml")
    assert fetcher(assets).fetch(address).read() == b"<svg/>"
    assert fetcher(assets).fetch("data:text/plain,here").read() == b"here"


@pytest.mark.parametrize(
    "value",
    ["url(file:///etc/passwd)", "red}body{background:url(file:///x)}", "#12345", "red", "#000000;}"],
)
def test_a_colour_that_is_none_is_refused_with_its_name(theme: Theme, value: str) -> None:
    painted = replace(theme, palette=Palette(accent=value))
    with pytest.raises(InputError, match="accent"):
        pdf_bytes(brief(), painted)


@pytest.mark.parametrize("family", ['x"; } body { background: url(file:///x)', "a;b", "url(x)", "", "x\\22", "a\nb"])
def test_a_typeface_name_that_is_none_is_refused(theme: Theme, family: str) -> None:
    with pytest.raises(InputError, match="typeface"):
        pdf_bytes(brief(), replace(theme, body=Font(family, "Arial", theme.body.faces)))


def test_a_missing_library_names_the_command_and_leaves_no_file(
    theme: Theme, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = builtins.__import__

    def broken(name: str, *args: Any, **options: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return really(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", broken)
    with pytest.raises(MissingLibrary) as caught:
        write_pdf(brief(), theme, out)
    assert install_command() in str(caught.value)
    assert "libpango-1.0-0" in str(caught.value)
    assert not out.exists()


@pytest.mark.parametrize(
    ("system", "release", "command"),
    [
        ("Linux", "ID=debian\n", "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("Linux", "ID=ubuntu\nID_LIKE=debian\n", "apt-get install"),
        ("Linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf install"),
        ("Linux", "ID=fedora\n", "sudo dnf install -y pango"),
        ("Linux", "ID=alpine\nVERSION_ID=3.20\n", "sudo apk add pango"),
        ("Linux", 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "sudo zypper install -y libpango-1_0-0"),
        ("Linux", "ID=arch\n", "pacman -S"),
        ("Linux", "ID=something\n", "dnf install"),
        ("Darwin", "", "brew install pango"),
        ("Windows", "", "pacman -S mingw-w64-ucrt-x86_64-pango"),
        ("Windows", "", "WEASYPRINT_DLL_DIRECTORIES"),
    ],
)
def test_the_command_is_the_systems_own(system: str, release: str, command: str) -> None:
    assert command in install_command(system, release)


def test_importing_the_renderer_loads_no_heavy_library() -> None:
    code = (
        "import sys, qbrgen.render.pdf;"
        "print([name for name in ('weasyprint', 'matplotlib', 'fontTools', 'jinja2') if name in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
