"""What tests of the changes since a review ask of a picture, and a random world in which much has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from score_building import World

from qbrgen.score.change import Changes, FigureChange
from qbrgen.score.picture import AccountPicture


def found(picture: AccountPicture) -> Changes:
    assert picture.changes is not None
    return picture.changes


def figure(picture: AccountPicture, receipt: str) -> FigureChange:
    change = found(picture).figure(receipt)
    assert change is not None, [each.id for each in found(picture).figures]
    return change


def shaken(world: World, seed: int) -> World:
    """The same with late rows, someone off the roster and another target, as the seed has it."""
    rows = [*world.rows, *(replace(r, at=r.at - timedelta(days=20)) for r in world.rows[:: 7 + seed % 5])]
    accounts = {}
    for name, account in world.accounts.items():
        people = account.people[1:] if seed % 3 == 0 else account.people
        personas = tuple(
            replace(p, workflows=tuple(replace(f, target=Fraction(1, 2)) for f in p.workflows)) if seed % 2 else p
            for p in account.personas
        )
        accounts[name] = replace(account, people=people, personas=personas)
    return replace(world, rows=rows if seed % 4 else world.rows, accounts=accounts)
