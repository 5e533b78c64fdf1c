"""Pictures → pandas frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pandas as pd

from qbrgen.audience import Audience, redact
from qbrgen.score.frames.adoption import ACCOUNTS, PEOPLE, PERSONAS, SCORE_PARTS
from qbrgen.score.frames.columns import Column, Frame, Row
from qbrgen.score.frames.findings import ACTIONS, COMMITMENTS, GAPS, IMPACTS, OUTCOMES, PORTFOLIO, RECEIPTS
from qbrgen.score.frames.work import DIRECTIONS, PERSONA_WEEKS, WORKFLOW_WEEKS, WORKFLOWS
from qbrgen.score.picture import AccountPicture
from qbrgen.score.portfolio_picture import PortfolioPicture

OF_PICTURES = (
    ACCOUNTS,
    PERSONAS,
    PEOPLE,
    WORKFLOWS,
    PERSONA_WEEKS,
    WORKFLOW_WEEKS,
    DIRECTIONS,
    GAPS,
    ACTIONS,
    COMMITMENTS,
    IMPACTS,
    OUTCOMES,
    RECEIPTS,
    SCORE_PARTS,
)
"""The frames of `Frames`, in its order."""


@dataclass(frozen=True, eq=False, repr=False)
class Frames:
    """Pandas frames of account pictures, one row a thing. The first columns are its key, by which frames merge.

    Rows come in the order of the pictures, within one in its own order. docs/api.md lists every column. Keys are plain
    columns, since an index of several levels would have to be sorted, and the order of a playbook would be lost.
    """

    accounts: pd.DataFrame
    personas: pd.DataFrame
    people: pd.DataFrame
    workflows: pd.DataFrame
    persona_weeks: pd.DataFrame
    workflow_weeks: pd.DataFrame
    directions: pd.DataFrame
    gaps: pd.DataFrame
    actions: pd.DataFrame
    commitments: pd.DataFrame
    impacts: pd.DataFrame
    outcomes: pd.DataFrame
    receipts: pd.DataFrame
    score_parts: pd.DataFrame

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """(name, frame) of each."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))

    def __repr__(self) -> str:
        return f"<Frames: {', '.join(f'{name} {len(frame)}' for name, frame in self)}>"


def frames(
    pictures: AccountPicture | Mapping[str, AccountPicture] | Iterable[AccountPicture],
    audience: Audience | str = Audience.INTERNAL,
) -> Frames:
    """Account pictures as pandas frames.

    pictures: one, several of different accounts, or a mapping to them, such as `score_accounts` gives.
    audience: "internal" (default) has every column; "customer" is made from the redacted picture of one account,
    without the columns that are internal, and without people one by one unless it was agreed to name them.

    Raises ValueError for an unknown audience, for two pictures of one account (make frames of each period, and join
    them with `pandas.concat`), and for more than one account for a customer, who is to see no other's figures.
    """
    reader = Audience(audience)
    found = _listed(pictures)
    if len({picture.id for picture in found}) < len(found):
        raise ValueError("two pictures of one account: make frames of each period and join them with pandas.concat")
    if reader is Audience.CUSTOMER and len(found) > 1:
        raise ValueError("frames for a customer hold one account: make them one by one")
    seen = [redact(picture, reader) for picture in found]
    return Frames(
        **{
            frame.name: _frame(frame, (row for one in seen for row in frame.rows(one, reader)), reader)
            for frame in OF_PICTURES
        }
    )


def portfolio_frame(overview: PortfolioPicture) -> pd.DataFrame:
    """The accounts of a portfolio, one row each, worst renewals first. Internal."""
    return _frame(PORTFOLIO, PORTFOLIO.rows(overview, Audience.INTERNAL), Audience.INTERNAL)


def _listed(pictures: AccountPicture | Mapping[str, AccountPicture] | Iterable[AccountPicture]) -> list[AccountPicture]:
    if isinstance(pictures, AccountPicture):
        return [pictures]
    return list(pictures.values() if isinstance(pictures, Mapping) else pictures)


def _frame(frame: Frame, rows: Iterable[Row], audience: Audience) -> pd.DataFrame:
    rows = list(rows)
    shown = [column for column in frame.columns if audience.may_see(column.audience)]
    return pd.DataFrame({column.name: _series(column, rows) for column in shown})


def _series(column: Column, rows: list[Row]) -> pd.Series[Any]:
    values = [_plain(column.of(row)) for row in rows]
    if isinstance(column.dtype, str):
        return pd.Series(values, dtype=column.dtype)
    return pd.Series(values, dtype=pd.CategoricalDtype([word.value for word in column.dtype]))


def _plain(value: object) -> object:
    """Exact figures become floats here, at the last moment, and words of an enumeration plain text."""
    if isinstance(value, (Fraction, Decimal)):
        return float(value)
    return value.value if isinstance(value, StrEnum) else value
