"""A copy of the sample workspace, and its workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from editing import Book
from exporting import exported


@pytest.fixture(scope="session")
def sample_workbook(sample_accounts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of all sample accounts, never changed."""
    return exported(sample_accounts, tmp_path_factory.mktemp("workbook") / "accounts.xlsx")


@pytest.fixture
def workspace(sample_accounts: Path, tmp_path: Path) -> Path:
    """A copy of the sample workspace, to change; without its events, which no sheet needs."""
    root = tmp_path / "workspace"
    shutil.copytree(sample_accounts, root)
    for name in ("events.csv", "logins.csv"):
        path = root / "data" / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:3]), encoding="utf-8")
    return root


@pytest.fixture
def book(sample_workbook: Path, tmp_path: Path) -> Book:
    """The workbook of the sample accounts, to edit."""
    path = tmp_path / "accounts.xlsx"
    shutil.copyfile(sample_workbook, path)
    return Book(path)
