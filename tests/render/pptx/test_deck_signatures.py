"""Room to sign on a slide: a table for each side, on the same lines, whole on one slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from deck_checks import misplaced, problems
from pptx import Presentation
from sample_slides import content, document
from text_fit import unfit

from qbrgen.document import Block, Cell, Column, Signature, Signatures, Table
from qbrgen.render.pptx import write_deck
from qbrgen.render.pptx.metrics import Typeface
from qbrgen.render.pptx.piece import Setting
from qbrgen.render.pptx.signatures import signature_pieces
from qbrgen.render.pptx.text import Ink
from qbrgen.theme import load_theme

PLAIN = load_theme("plain")
INK = Ink(Typeface(PLAIN.body), Typeface(PLAIN.heading), "en-GB")
LONG = "For Vereinigte Ostfriesische Kleinbahn- und Kraftverkehrsgesellschaft mbH & Co. KG"


def side(party: str, name: str = "", role: str = "") -> Signature:
    lines = (("Name", name), ("Role", role), ("Date", ""), ("Signature", ""))
    return Signature(party, lines, f"Room to sign, {party}: name {name}, date and signature.")


ROOM = Signatures((side(LONG, "Bożena Krzyżanowska-Lewandowska " * 2, "Dyrektor " * 9), side("For Halyard", "王小明")))


def signed(folder: Path, *blocks: Block) -> list[list[list[tuple[int, list[str]]]]]:
    """The slides of a deck: of each the tables, of each its rows as (height, texts). The deck is checked as well."""
    path = folder / "deck.pptx"
    write_deck(document(content(*blocks)), PLAIN, path)
    assert misplaced(path) == []
    assert problems(path) == []
    assert unfit(path, INK) == []
    return [
        [
            [(row.height, [cell.text for cell in row.cells]) for row in shape.table.rows]
            for shape in slide.shapes
            if shape.has_table
        ]
        for slide in Presentation(str(path)).slides
    ]


def test_both_sides_sign_on_the_same_lines_however_long_a_name_is(tmp_path: Path) -> None:
    ((theirs, ours),) = [tables for tables in signed(tmp_path, ROOM) if tables]
    assert [height for height, _ in theirs] == [height for height, _ in ours]
    assert [texts[0] for _, texts in theirs[1:]] == ["Name", "Role", "Date", "Signature"]
    assert ours[1][1][1] == "王小明"
    assert theirs[-1][0] > theirs[-2][0], "a signature needs more room than a date"


@pytest.mark.parametrize("rows", [4, 5])
def test_room_to_sign_goes_whole_to_the_next_slide_where_one_is_full(tmp_path: Path, rows: int) -> None:
    above = tuple((Cell(f"Action {n} with what is to be done"), Cell("Priya Raman")) for n in range(rows))
    full = Table((Column("Action", 0.7), Column("Owner", 0.3)), above, f"{rows} actions planned", legible=True)
    slides = signed(tmp_path, full, ROOM)
    held = [{texts[0] for table in tables for _, texts in table} & {"Name", "Signature"} for tables in slides]
    assert [each for each in held if each] == [{"Name", "Signature"}]


def test_room_to_sign_is_never_cut_between_its_lines() -> None:
    (piece, _) = signature_pieces(ROOM.sides, 300, Setting(INK))
    assert piece.height > 150
    assert [piece.split(height) for height in (40, 90, piece.height - 1)] == [None, None, None]
