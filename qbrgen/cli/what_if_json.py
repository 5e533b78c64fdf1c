"""What would change, as plain records for JSON. Shares are numbers of 0 to 1, beside the counts behind them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from qbrgen.cli.options import finding_record
from qbrgen.cli.what_if_lines import verdict
from qbrgen.score.difference import Aspect, Difference
from qbrgen.score.picture import AccountPicture, PersonaPicture, PersonPicture, Score, WorkflowPicture

if TYPE_CHECKING:
    from qbrgen.cli.what_if_moves import Moves
    from qbrgen.errors import Finding
    from qbrgen.narrate.difference import Reworded
    from qbrgen.what_if import AccountChange, WhatIf


def record(result: WhatIf, moves: Moves) -> dict[str, Any]:
    """The whole comparison. `then` is today, `now` is with the change; null is "not there" or "none"."""
    changes = result.accounts.values()
    number = len(result.then.pictures)
    return {
        "period": result.then.period.name,
        "as_of": result.then.counts.as_of.isoformat(),
        "same_days_counted": result.same_time,
        "stand_ins": [{"file": str(file), "for": place} for place, file in result.stand_ins.items()],
        "totals": {
            "accounts": number,
            "changed": sum(change.difference.counted for change in changes),
            "only_worded_differently": sum(not change.difference.counted for change in changes),
            "unchanged": number - len(result.accounts) - len(result.lost),
            "moves": [{"what": what, "then": old, "now": new, "number": n} for (what, old, new), n in moves.items()],
        },
        "accounts": [_account(account_id, change) for account_id, change in result.accounts.items()],
        "set_aside": {name: [finding_record(f) for f in findings] for name, findings in result.lost.items()},
        "no_longer_set_aside": list(result.gained),
        "findings": {"new": _findings(result.new), "gone": _findings(result.gone)},
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [finding_record(finding) for finding in findings]


def _account(account_id: str, change: AccountChange) -> dict[str, Any]:
    found = change.difference
    return {
        "account": account_id,
        "name": found.now.name,
        "workflows": [
            {"workflow": flow.id, "then": _workflow(flow.then), "now": _workflow(flow.now)} for flow in found.workflows
        ],
        "personas": [
            {"persona": persona.id, "then": _persona(persona.then), "now": _persona(persona.now)}
            for persona in found.personas
        ],
        "people": [
            {"persona": person.persona, "person": person.id, "then": _person(person.then), "now": _person(person.now)}
            for person in found.people
        ],
        "gaps": {
            "new": [{"gap": gap.key, "kind": gap.now.kind} for gap in found.gaps if gap.now],
            "gone": [{"gap": gap.key, "kind": gap.then.kind} for gap in found.gaps if gap.then],
        },
        **_aspects(found),
        "statements": [_statement(each) for each in change.reworded],
    }


def _aspects(found: Difference) -> dict[str, Any]:
    """The figures of the whole account that differ."""
    return {
        aspect.value: {"then": _whole(aspect, found.then), "now": _whole(aspect, found.now)} for aspect in found.aspects
    }


def _whole(aspect: Aspect, picture: AccountPicture) -> Any:
    wide, deep = picture.breadth, picture.depth
    match aspect:
        case Aspect.BREADTH:
            return {
                "people": {"active": wide.active, "counted": wide.counted},
                "personas": {"active": wide.personas_active, "counted": wide.personas_counted},
            }
        case Aspect.DEPTH:
            apart = {"no_data": deep.no_data, "not_applicable": deep.not_applicable}
            return {"met": deep.met, "measurable": deep.measurable, **apart}
        case Aspect.DIRECTION:
            return picture.direction.trend
        case Aspect.OUTCOME:
            return _number(picture.outcome.progress) if picture.outcome else None
        case Aspect.STANDING:
            return picture.standing
        case Aspect.SCORE:
            return _score(picture.score)


def _score(score: Score | None) -> dict[str, Any] | None:
    """Never without its parts."""
    if score is None:
        return None
    parts = [{"part": each.part, "weight": each.weight, "value": _number(each.value)} for each in score.parts]
    return {"total": _number(score.total), "parts": parts}


def _workflow(flow: WorkflowPicture | None) -> dict[str, Any] | None:
    if flow is None:
        return None
    return {
        "name": flow.name,
        "state": flow.state,
        "value": _number(flow.value),
        "numerator": _number(flow.ratio.numerator) if flow.ratio else None,
        "denominator": _number(flow.ratio.denominator) if flow.ratio else None,
        "unit": flow.unit,
        "target": _number(flow.target),
        "direction": flow.direction.trend,
    }


def _persona(persona: PersonaPicture | None) -> dict[str, Any] | None:
    if persona is None:
        return None
    return {
        "name": persona.name,
        "state": verdict(persona),
        "active": persona.active,
        "counted": persona.counted,
        "new": persona.new,
        "target": _number(persona.target),
        "direction": persona.direction.trend,
    }


def _person(person: PersonPicture | None) -> dict[str, Any] | None:
    if person is None:
        return None
    seat = {"units_done": person.units_done, "units_in_seat": person.units_in_seat}
    return {"name": person.name, "state": person.state, **seat}


def _statement(told: Reworded) -> dict[str, Any]:
    return {
        "register": told.register,
        "statement": told.key,
        "sentence": told.spoken,
        "then": told.then or None,
        "now": told.now or None,
    }


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
