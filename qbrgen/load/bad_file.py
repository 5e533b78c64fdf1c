"""The error of a file that cannot be read: one finding that names it."""

from __future__ import annotations

from qbrgen.errors import Finding, Level, Location

READABLE = "Check that it is a file that you may read."
AGAIN = "Export it again."


class BadFileError(Exception):
    """What is wrong with a data file, as the finding that its owner is told."""

    def __init__(self, code: str, name: str, what: str, fix: str, line: int | None = None) -> None:
        super().__init__(what)
        self.finding = Finding(Level.ERROR, code, what, fix, Location(name, line))


def unreadable(name: str, error: OSError) -> BadFileError:
    """The error of a file that the system does not give."""
    return BadFileError("unreadable", name, f"the file cannot be read: {error.strerror or error}.", READABLE)


def broken_pack(name: str, error: Exception) -> BadFileError:
    """The error of a packed file that breaks off, or is packed otherwise than its name says."""
    return BadFileError("unreadable", name, f"the file cannot be unpacked: {error}.", AGAIN)
