"""QBR decks and account briefs that say who works in the product, what they do in it and what it produces.

For a notebook, without any rendering library:

    from qbrgen import latest_complete, load_workspace, measure_events, score_account

    definitions = load_workspace(Path("sample_accounts"))
    counts = measure_events(definitions)
    period = latest_complete(counts.as_of, definitions.settings.fiscal_year_starts)
    picture = score_account(definitions, counts, "acme", period)

Names are imported when first asked for, so that `import qbrgen` itself costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qbrgen.define.model import Definitions as Definitions
    from qbrgen.define.workspace import load_workspace as load_workspace
    from qbrgen.errors import AccountError as AccountError
    from qbrgen.errors import Finding as Finding
    from qbrgen.errors import InputError as InputError
    from qbrgen.errors import QbrgenError as QbrgenError
    from qbrgen.measure.counts import Counts as Counts
    from qbrgen.measure.events import measure as measure_events
    from qbrgen.period import Period as Period
    from qbrgen.period import latest_complete as latest_complete
    from qbrgen.period import parse_period as parse_period
    from qbrgen.score.account import score_account as score_account
    from qbrgen.score.account import score_accounts as score_accounts
    from qbrgen.score.picture import AccountPicture as AccountPicture
    from qbrgen.score.portfolio import PortfolioPicture as PortfolioPicture
    from qbrgen.score.portfolio import portfolio as portfolio

# `measure` itself is a package of ours, so the function goes by another name here.
_HOME = {
    "AccountError": "qbrgen.errors:AccountError",
    "AccountPicture": "qbrgen.score.picture:AccountPicture",
    "Counts": "qbrgen.measure.counts:Counts",
    "Definitions": "qbrgen.define.model:Definitions",
    "Finding": "qbrgen.errors:Finding",
    "InputError": "qbrgen.errors:InputError",
    "Period": "qbrgen.period:Period",
    "PortfolioPicture": "qbrgen.score.portfolio:PortfolioPicture",
    "QbrgenError": "qbrgen.errors:QbrgenError",
    "latest_complete": "qbrgen.period:latest_complete",
    "load_workspace": "qbrgen.define.workspace:load_workspace",
    "measure_events": "qbrgen.measure.events:measure",
    "parse_period": "qbrgen.period:parse_period",
    "portfolio": "qbrgen.score.portfolio:portfolio",
    "score_account": "qbrgen.score.account:score_account",
    "score_accounts": "qbrgen.score.account:score_accounts",
}

__all__ = [*sorted(_HOME), "__version__"]  # noqa: PLE0604 - names of `_HOME` are strings


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("qbrgen")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
