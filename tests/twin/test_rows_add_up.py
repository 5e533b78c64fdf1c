"""The rows behind a figure add up to it, in random workspaces with every trouble that an export may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from plain import write
from worlds import world

from qbrgen.errors import InputError
from qbrgen.measure.rows import EventRow
from qbrgen.score.row_list import COUNTED
from qbrgen.score.row_marks import Part
from qbrgen.score.rows import rows_behind
from qbrgen.score.workspace import ScoredWorkspace, score_workspace

ACCOUNTS = 6  # of a world: a new one brings more than one account more


def scored(seed: int, folder: Path) -> ScoredWorkspace | None:
    """None where the data hold nothing of the quarter, which is refused."""
    plain = world(seed, range(ACCOUNTS))
    try:
        return score_workspace(write(plain, folder), period=plain.period)
    except InputError as error:
        if {finding.code for finding in error.findings} <= {"no-full-day", "period-without-data"}:
            return None
        raise


def check(workspace: ScoredWorkspace) -> None:
    for account, picture in workspace.pictures.items():
        receipts = [receipt for receipt in picture.receipts if receipt.rule in COUNTED]
        for found in rows_behind(workspace.definitions, workspace.counts, picture, receipts):
            of = found.receipt
            told = (of.numerator, of.denominator, {name: n for name, n in of.events if n})
            assert found.adds_up, (account, of.id, told, found.numerator, found.denominator, found.events)
            for each in found.rows:
                assert (each.part is Part.ASIDE) == (each.why is not None)
                assert isinstance(each.row, EventRow) or each.micro == 0
                assert each.part is not Part.ASIDE or each.micro == 0
            if of.rule not in ("direction", "value") and of.numerator is not None:
                counted = {each.row.user for each in found.counted if isinstance(each.row, EventRow)}
                # new people and leavers work without being counted among the active, so not <=
                assert of.rule != "milestone" or counted <= set(of.people)


@pytest.mark.parametrize("seed", [*range(7000, 7004), 7016])  # 7016: people lapse sooner than "recent" reaches back
def test_the_rows_of_random_workspaces_add_up_to_every_figure(seed: int, tmp_path: Path) -> None:
    workspace = scored(seed, tmp_path)
    assert workspace
    check(workspace)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(7004, 7205))
def test_the_rows_of_many_random_workspaces_add_up(seed: int, tmp_path: Path) -> None:
    if workspace := scored(seed, tmp_path):
        check(workspace)
