"""Every sample's brief keeps to two pages on either paper, and the workspace says which paper it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
from making import Made

from qbrgen.pipeline import make_brief, open_review, theme_of

SAMPLES = Path(__file__).resolve().parents[2] / "sample_accounts"
ACCOUNTS = sorted(file.stem for file in (SAMPLES / "accounts").glob("*.yml"))
SIZES = {"A4": (595, 842), "Letter": (612, 792)}


def test_every_brief_takes_at_most_two_pages_of_the_usual_paper(made: Made) -> None:
    for brief in made.briefs.values():
        assert_on(brief, "A4")


def test_every_brief_takes_at_most_two_pages_of_the_workspaces_paper(tmp_path: Path) -> None:
    for paper, accounts in {"Letter": ACCOUNTS, "A4": ["acme"]}.items():
        root = tmp_path / paper
        shutil.copytree(SAMPLES, root)
        settings = root / "qbrgen.yml"
        settings.write_text(f"{settings.read_text(encoding='utf-8')}\npaper: {paper}\n", encoding="utf-8")
        review = open_review(root, accounts=accounts)
        for account_id in accounts:
            made = make_brief(review, account_id, theme_of(review), tmp_path)
            assert not [finding for finding in made.findings if finding.code == "brief-too-long"]
            assert_on(made.path, paper)


def assert_on(brief: Path, paper: str) -> None:
    with pikepdf.open(brief) as pdf:
        assert len(pdf.pages) <= 2
        assert tuple(round(float(side)) for side in pdf.pages[0].mediabox[2:]) == SIZES[paper]
