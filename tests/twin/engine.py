"""The engine on a plain workspace, its pictures told in the twin's words."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plain import Plain, write

from qbrgen.define.workspace import load_workspace
from qbrgen.errors import InputError
from qbrgen.measure.counts import Counts
from qbrgen.measure.events import measure
from qbrgen.period import parse_period
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture, Comparison, Gap, PersonaPicture, WorkflowPicture
from qbrgen.score.states import GapKind

# What rests on the statistics of direction (direction.md) is not counted a second time here.
BY_STATISTICS = (GapKind.TURNING_DOWN, GapKind.MISS_AT_RENEWAL)


@dataclass(frozen=True)
class Scored:
    """counts of the workspace; pictures by account, empty where the data hold no full week of the quarter."""

    counts: Counts
    pictures: Mapping[str, AccountPicture]
    aside: frozenset[str]


def run(plain: Plain, folder: Path | None = None) -> Scored:
    """Write the files, then load, measure and score them, as the command line does."""
    with tempfile.TemporaryDirectory() as made:
        root = write(plain, folder or Path(made))
        definitions = load_workspace(root)
        counts = measure(definitions)
    period = parse_period(plain.period, definitions.settings.fiscal_year_starts)
    try:
        pictures = score_accounts(definitions, counts, period)
    except InputError as error:
        assert "hold no full week" in str(error)  # noqa: PT017  the one error that a good workspace may give
        pictures = {}
    return Scored(counts, pictures, frozenset(definitions.set_aside))


def told(picture: AccountPicture) -> dict[str, Any]:
    """Every figure of a picture but those of direction."""
    wide, deep = picture.breadth, picture.depth
    result: dict[str, Any] = {
        "window": (picture.window.first, picture.window.last),
        "feed": (picture.feed_silent, picture.feed_last, picture.feed_next),
        "compared": picture.previous_period is not None,
        "breadth": {
            "people": (wide.active, wide.counted),
            "apart": (wide.new, wide.away),
            "personas": (wide.personas_active, wide.personas_counted, wide.personas),
            "before": _compared(wide.previous),
        },
        "depth": {
            "met": (deep.met, deep.measurable),
            "apart": (deep.no_data, deep.not_applicable),
            "before": deep.previous,
        },
        "impacts": [(each.impact.id, each.tellable, each.stale) for each in picture.impacts],
        "progress": picture.outcome.progress if picture.outcome else None,
        "gaps": sorted((_gap(each) for each in picture.gaps if _counted_twice(each)), key=_order),
    }
    result |= {persona.id: _persona(persona) for persona in picture.personas}
    return result | {flow.id: _workflow(flow) for flow in picture.workflows}


def _persona(persona: PersonaPicture) -> dict[str, Any]:
    assert persona.window
    return {
        "people": [
            (p.id, (p.state.value, p.units_done, p.units_in_seat, p.since, p.start_assumed)) for p in persona.people
        ],
        "counts": (persona.active, persona.counted),
        "apart": [persona.new, persona.away],
        "leavers": persona.leavers,
        "is active": persona.is_active,
        "every unit": persona.every_unit,
        "least": persona.least_done,
        "weekly": _weekly(persona),
        "before": _compared(persona.previous),
        "window": (persona.window.first, persona.window.last),
    }


def _workflow(flow: WorkflowPicture) -> dict[str, Any]:
    before = (flow.previous_ratio.numerator, flow.previous_ratio.denominator) if flow.previous_ratio else None
    return {
        "state": flow.state.value,
        "value": flow.value,
        "of": (flow.ratio.numerator, flow.ratio.denominator) if flow.ratio else None,
        "early": flow.early,
        "weekly": _weekly(flow),
        "before": (flow.previous, before, flow.previous_reported),
        "below since": (flow.below_since, flow.below_at_least),
        "shortfall": list(flow.shortfall),
    }


def _weekly(of: PersonaPicture | WorkflowPicture) -> list[Any]:
    from qbrgen.period import monday_of

    return [(monday_of(point.week), point.numerator, point.denominator) for point in of.weekly]


def _compared(comparison: Comparison | None) -> tuple[Any, ...] | None:
    if comparison is None:
        return None
    return comparison.active_then, comparison.active_now, comparison.both, comparison.as_reported


def _counted_twice(gap: Gap) -> bool:
    return gap.kind not in BY_STATISTICS and gap.fact("pattern") != "falling"


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "kind": gap.kind.value,
        "persona": gap.persona,
        "workflow": gap.workflow,
        "since": gap.since,
        "at_least": gap.at_least,
        "who": list(gap.who),
        "facts": dict(gap.facts),
        "plan": gap.action.action.id if gap.action else None,
    }


def _order(gap: dict[str, Any]) -> str:
    return f"{gap['kind']} {gap['persona']} {gap['workflow']} {gap['facts'].get('impact')}"


def balance(counts: Counts) -> dict[str, Any]:
    """What became of every row of the workspace."""
    return {
        "days": (counts.data_start, counts.as_of),
        "rows": (counts.balance.rows, counts.balance.counted, counts.balance.in_part_weeks),
        "aside": dict(counts.balance.set_aside),
        "names": set(counts.seen_events),
    }
