"""PDF/UA-1 by veraPDF: every kind of PDF, with names in many scripts and of great length."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from qbrgen.cli.main import main

SAMPLES = Path(__file__).resolve().parents[2] / "sample_accounts"
PEOPLE = (
    "高橋 美咲", "ليلى عبد الرحمن", "דנה לוי", "Володимир Ковальчук", "🙂 Mia 🚀", "김민준", "สมชาย ใจดี",
    "Wolfeschlegelsteinhausenbergerdorff-Aleksandrowicz Hohenzollern", "नरेन्द्र कुमार", "O'Brien <b>x</b> {{ 7*7 }}",
)  # fmt: skip
ACCOUNTS = (
    "東京商事株式会社 🚀", "شركة النور للتجارة", 'חברת דוגמה בע"מ', "ТОВ «Зелена Долина»", "<script>alert(1)</script>",
    "Wolfeschlegelsteinhausenbergerdorff Przedsiębiorstwo Handlowe z o.o.", "한국전자 주식회사", "🙂🙂🙂",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The samples, with other names for all people and accounts."""
    folder = tmp_path / "workspace"
    shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("out"))
    people = folder / "data" / "people.csv"
    with people.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        row["full_name"] = f"{PEOPLE[number % len(PEOPLE)]} {number}"
    with people.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    for path, name in zip(sorted((folder / "accounts").glob("*.yml")), ACCOUNTS, strict=True):
        named = f"name: '{name.replace(chr(39), chr(39) * 2)}'"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^name: .*$", lambda _, named=named: named, text, count=1), encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("samples", [False, True], ids=["hard-names", "samples"])
def test_every_pdf_passes(samples: bool, workspace: Path, shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for command in (("brief", "--all"), ("portfolio",), ("plan", "--all")):
        made = CliRunner().invoke(main, [*command, "-w", str(SAMPLES if samples else workspace), "--out", str(out)])
        assert made.exit_code == 0, made.output
    files = sorted(out.rglob("*.pdf"))
    assert len(files) == 2 * len(ACCOUNTS) + 1
    checked = subprocess.run(
        [shared / "tools" / "check-pdf", "ua1", *files], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("PASS ua1") == len(files)
