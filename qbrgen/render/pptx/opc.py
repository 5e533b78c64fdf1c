"""The zip that a deck is: written with fixed times and in a fixed order, so that the same input is the same file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = ("[Content_Types].xml", "_rels/.rels")  # where readers look first
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can say


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts, key=lambda part: (_FIRST.index(part) if part in _FIRST else len(_FIRST), part)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = (
                zipfile.ZIP_STORED if name.endswith((".png", ".jpg", ".jpeg")) else zipfile.ZIP_DEFLATED
            )
            info.external_attr = 0o600 << 16
            info.create_system = 3  # the same on every machine
            package.writestr(info, parts[name])
    return stream.getvalue()


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}
