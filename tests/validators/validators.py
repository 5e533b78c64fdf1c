"""The outside validators that documents are put to. Each returns the errors found, or skips with its reason."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools"


def openxml_audit_errors(decks: Iterable[Path]) -> list[str]:
    """Errors by openxml-audit (pure Python, always there)."""
    from openxml_audit import validate_pptx

    found: list[str] = []
    for deck in decks:
        result = validate_pptx(deck)
        found += [f"{deck.name}: {error}" for error in result.errors]
    return found


def open_xml_sdk_errors(decks: Iterable[Path]) -> list[str]:
    """Errors by Microsoft's Open XML SDK, where npm is found."""
    programs = [p for p in (TOOLS / "npm").rglob("ooxml-validator") if p.is_file() and os.access(p, os.X_OK)]
    if not programs:
        pytest.skip("the Open XML SDK is not set up (make installs it where npm is found)")
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    found: list[str] = []
    for deck in decks:
        run = subprocess.run([programs[0], deck], capture_output=True, text=True, env=environment, check=False)
        found += [f"{deck.name}: {error}" for error in _sdk_rows(run.stdout or run.stderr)]
    return found


def _sdk_rows(text: str) -> list[str]:
    """The validator prints a JSON list of errors, of files with errors, or an object that holds one."""
    try:
        parsed = json.loads(text)
    except ValueError:
        return [text.strip()[:300] or "the validator printed nothing"]
    if isinstance(parsed, dict):
        parsed = parsed.get("errors", [parsed] if "description" in parsed else [])
    rows: list[str] = []
    for row in parsed:
        inner = row.get("errors") if isinstance(row, dict) else None
        rows += [json.dumps(e) for e in inner] if isinstance(inner, list) else [json.dumps(row)]
    return rows


def pdf_ua_errors(pdfs: Iterable[Path]) -> list[str]:
    """Failures of PDF/UA-1 by veraPDF, where Java is found."""
    classpath = TOOLS / "verapdf" / "classpath"
    if shutil.which("java") is None or not classpath.is_file():
        pytest.skip("veraPDF is not set up (make sets it up where Java is found)")
    paths = [str(pdf) for pdf in pdfs]
    # A short run: one compiler that is quick to begin, and no threads beside it.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classpath.read_text(), "PdfUa", *paths]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    assert sum(line[1] == "checked" for line in lines) == len(paths), run.stdout + run.stderr
    return [" ".join(line) for line in lines if line[1] != "checked"]


def deck_pictures(deck: Path, folder: Path, dpi: int = 60) -> list[Path]:
    """Every slide as a PNG, drawn by LibreOffice with a profile of its own (a shared one loses files silently)."""
    office, poppler = shutil.which("soffice"), shutil.which("pdftoppm")
    if office is None or poppler is None:
        pytest.skip("LibreOffice or poppler is not installed (make test-all installs them)")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(deck)]
    subprocess.run(convert, capture_output=True, check=True, timeout=180)
    subprocess.run(
        [poppler, "-r", str(dpi), "-png", str(folder / f"{deck.stem}.pdf"), str(folder / deck.stem)], check=True
    )
    return sorted(folder.glob(f"{deck.stem}-*.png"))
