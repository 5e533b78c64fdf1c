"""Words of a workspace's own, and what is found in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qbrgen.errors import InputError
from qbrgen.narrate.wording import load_wording


def own(root: Path, text: str, language: str = "en", name: str = "mine.yml") -> Path:
    folder = root / "templates" / "wording" / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return root


def findings(root: Path, locale: str = "en-GB") -> list[str]:
    with pytest.raises(InputError) as raised:
        load_wording(root, locale)
    return [str(finding) for finding in raised.value.findings]
