"""Ids and file names made of what people type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container


def file_name(account: str) -> str:
    """The file of an account that has none yet."""
    return f"accounts/{slug(account) or 'account'}.yml"


def free_file_name(account: str, taken: Container[str]) -> str:
    """The file of an account to come. taken: names of files that other accounts have, or are to have."""
    plain = file_name(account)
    number, found = 1, plain
    while found in taken:
        number += 1
        found = f"{plain.removesuffix('.yml')}-{number}.yml"
    return found


def slug(text: str, longest: int = 60) -> str:
    """A text as a short id: "Ask the team" → "ask-the-team"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return found if len(found) <= longest else found[:longest].rpartition("-")[0] or found[:longest]
