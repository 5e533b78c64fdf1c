"""QBR decks and account briefs that say who works in the product, what they do in it and what it produces.

For a notebook, without any rendering library (docs/api.md):

    import qbrgen

    scored = qbrgen.score_workspace("sample_accounts", period="2026-Q3")
    scored.pictures["acme"].breadth  # exact figures of one account
    scored.frames().workflows        # pandas frames of all

Names are imported when first asked for, so that `import qbrgen` itself costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qbrgen.audience import Audience
    from qbrgen.define.model.workspace import Definitions
    from qbrgen.define.workspace import load_workspace
    from qbrgen.errors import AccountError, Finding, InputError, QbrgenError
    from qbrgen.measure.counts import Counts
    from qbrgen.measure.events import measure as measure_events
    from qbrgen.period import Period, latest_complete, parse_period
    from qbrgen.score.account import score_account, score_accounts
    from qbrgen.score.frames import Frames, frames, portfolio_frame
    from qbrgen.score.picture import AccountPicture
    from qbrgen.score.portfolio import portfolio
    from qbrgen.score.portfolio_picture import PortfolioPicture
    from qbrgen.score.workspace import ScoredWorkspace, score_workspace

# `measure` itself is a package of ours, so the function goes by another name here.
_HOME = {
    "AccountError": "qbrgen.errors:AccountError",
    "AccountPicture": "qbrgen.score.picture:AccountPicture",
    "Audience": "qbrgen.audience:Audience",
    "Counts": "qbrgen.measure.counts:Counts",
    "Definitions": "qbrgen.define.model.workspace:Definitions",
    "Finding": "qbrgen.errors:Finding",
    "Frames": "qbrgen.score.frames:Frames",
    "InputError": "qbrgen.errors:InputError",
    "Period": "qbrgen.period:Period",
    "PortfolioPicture": "qbrgen.score.portfolio_picture:PortfolioPicture",
    "QbrgenError": "qbrgen.errors:QbrgenError",
    "ScoredWorkspace": "qbrgen.score.workspace:ScoredWorkspace",
    "frames": "qbrgen.score.frames:frames",
    "latest_complete": "qbrgen.period:latest_complete",
    "load_workspace": "qbrgen.define.workspace:load_workspace",
    "measure_events": "qbrgen.measure.events:measure",
    "parse_period": "qbrgen.period:parse_period",
    "portfolio": "qbrgen.score.portfolio:portfolio",
    "portfolio_frame": "qbrgen.score.frames:portfolio_frame",
    "score_account": "qbrgen.score.account:score_account",
    "score_accounts": "qbrgen.score.account:score_accounts",
    "score_workspace": "qbrgen.score.workspace:score_workspace",
}

__all__ = [
    "AccountError",
    "AccountPicture",
    "Audience",
    "Counts",
    "Definitions",
    "Finding",
    "Frames",
    "InputError",
    "Period",
    "PortfolioPicture",
    "QbrgenError",
    "ScoredWorkspace",
    "__version__",
    "frames",
    "latest_complete",
    "load_workspace",
    "measure_events",
    "parse_period",
    "portfolio",
    "portfolio_frame",
    "score_account",
    "score_accounts",
    "score_workspace",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("qbrgen")
        except PackageNotFoundError:  # run from a checkout that nobody installed
            return "0"
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
