"""The table of assets in memory: the only place that a page may take pictures and fonts from.

An address is `mem:` and the hash of the content, so that the same picture is stored, fetched and embedded once, and an
address can neither be guessed nor point to a file.
"""

from __future__ import annotations

from hashlib import sha256

SCHEME = "mem:"


class Assets:
    """Content by address."""

    def __init__(self) -> None:
        self._content: dict[str, tuple[bytes, str]] = {}

    def add(self, content: bytes, mime_type: str) -> str:
        """Keep `content`; returns its address."""
        address = f"{SCHEME}{sha256(content).hexdigest()[:24]}"
        self._content.setdefault(address, (content, mime_type))
        return address

    def find(self, address: str) -> tuple[bytes, str] | None:
        """(content, MIME type) of an address; None when it is not one of ours."""
        return self._content.get(address)
