"""Room to sign: a native table for each side, a ruled row for each thing to write, never cut over two slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qbrgen.document import Cell, Column, Signature, Table
from qbrgen.render.pptx.piece import Piece, Setting
from qbrgen.render.pptx.tables import Row, TablePiece, table_piece

_ROW, _SIGNATURE = 30.0, 56.0  # points, at least
_FOOT = 4.0  # under what is written on a row
_LABEL = 0.26  # of the width


def signature_pieces(sides: Sequence[Signature], width: float, setting: Setting) -> list[SignaturePiece]:
    """Each side's rows, measured; those of both stand on the same lines."""
    made = [_piece(side, width, setting) for side in sides]
    head = max(piece.head.height for piece in made)
    highest = [max(row.height for row in rows) for rows in zip(*(piece.rows for piece in made), strict=True)]
    return [
        replace(
            piece,
            head=replace(piece.head, height=head),
            rows=tuple(_raised(row, high) for row, high in zip(piece.rows, highest, strict=True)),
        )
        for piece in made
    ]


def _piece(side: Signature, width: float, setting: Setting) -> SignaturePiece:
    """What is written stands at the foot of its row, on the line."""
    columns = (Column("", _LABEL, nowrap=True), Column(side.party, 1 - _LABEL))
    rows = tuple((Cell(label), Cell(known)) for label, known in side.lines)
    made = table_piece(Table(columns, rows, side.alt), width, setting)
    last = len(made.rows) - 1
    raised = tuple(_on_the_line(row, _SIGNATURE if at == last else _ROW) for at, row in enumerate(made.rows))
    parts = {name: getattr(made, name) for name in ("widths", "head", "alt", "ink")}
    return SignaturePiece(**parts, rows=raised, more=0.0)


def _raised(row: Row, least: float) -> Row:
    height = max(row.height, least)
    return replace(row, height=height, top=row.top + height - row.height)


def _on_the_line(row: Row, least: float) -> Row:
    text = row.height - 2 * row.top
    height = max(row.height, least)
    return replace(row, height=height, top=height - text - _FOOT)


@dataclass(frozen=True)
class SignaturePiece(TablePiece):
    """Rows to write on: no higher where there is room, and never cut."""

    @property
    def grow(self) -> float:
        return 0.0

    def split(self, height: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002
        return None
