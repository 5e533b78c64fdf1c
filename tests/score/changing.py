"""What tests of the changes since a review ask of a picture."""

from __future__ import annotations

from qbrgen.score.change import Changes, FigureChange
from qbrgen.score.picture import AccountPicture


def found(picture: AccountPicture) -> Changes:
    assert picture.changes is not None
    return picture.changes


def figure(picture: AccountPicture, receipt: str) -> FigureChange:
    change = found(picture).figure(receipt)
    assert change is not None, [each.id for each in found(picture).figures]
    return change
