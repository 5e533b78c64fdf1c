"""Python's collector while pages are made: it looks through what they leave behind, and through nothing else.

Boxes of pages hold each other, so only the collector can free them; it would look through all that the process holds to
find that out, the data of every account among it: as long as a whole brief takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Nothing is collected but by `sweep`, and what there is already is not looked through."""
    if not gc.isenabled() or gc.get_freeze_count():  # somebody else has charge of it
        yield
        return
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        gc.enable()


def sweep() -> None:
    """Free the pages that are no longer used."""
    if not gc.isenabled():
        gc.collect()
