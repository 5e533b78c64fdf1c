"""Where each workflow will be on the renewal date, for the vendor's own leadership only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from qbrgen.figures import Receipt
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.teller import Teller, sentences
from qbrgen.period import week_of
from qbrgen.score.picture import Outlook, WorkflowPicture
from qbrgen.score.states import Forecast

_FORECASTS = {Forecast.ON_TARGET: "on-target", Forecast.BELOW: "below-target", Forecast.OPEN: "open"}

Ahead = tuple[WorkflowPicture, Outlook]


def tell_outlook(teller: Teller) -> None:
    """outlook:<workflow> for each that has one; outlook (how many are on course), outlook-each with all of them and
    outlook-behind with those that will be below target.
    """
    if not teller.internal:
        return
    ahead = [(workflow, workflow.outlook) for workflow in teller.picture.workflows if workflow.outlook]
    for workflow, outlook in ahead:
        teller.tell_sentence(f"outlook:{workflow.id}", _one(teller, workflow, outlook), [outlook.receipt])
    if not ahead:
        return
    receipts = [outlook.receipt for _, outlook in ahead]
    forecasts = [outlook.forecast for _, outlook in ahead]
    facts = {"n": forecasts.count(Forecast.ON_TARGET), "m": len(ahead)}
    facts |= {"open": forecasts.count(Forecast.OPEN), "below": forecasts.count(Forecast.BELOW)}
    teller.tell_sentence("outlook", teller.say("outlook.count", **facts), receipts)
    teller.tell("outlook-each", _each(teller, ahead), receipts)
    behind = [pair for pair in ahead if pair[1].forecast is Forecast.BELOW]
    teller.tell("outlook-behind", _each(teller, behind), [outlook.receipt for _, outlook in behind])


def _one(teller: Teller, workflow: WorkflowPicture, outlook: Outlook) -> str:
    """ "At the present pace 74% to 81% by 31 January 2027: on target"."""
    facts = {"day": teller.wording.date(outlook.renewal), "forecast": forecast_text(teller, outlook)}
    if outlook.expected is None:
        return teller.say("outlook.nothing", **facts)
    if outlook.low is None or outlook.high is None:
        expected = teller.wording.percent(outlook.expected, workflow.target)
        key = "level-others" if workflow.kind == "milestone" else "level-no-range"
        return teller.say(f"outlook.{key}", **facts, expected=expected)
    shown = range_text(teller, workflow, outlook)
    return teller.say("outlook.pace" if outlook.at_pace else "outlook.level", **facts, range=shown)


def forecast_text(teller: Teller, outlook: Outlook) -> str:
    """ "on target", "below target" or "open"."""
    return teller.say(f"outlook.{_FORECASTS[outlook.forecast]}")


def range_text(teller: Teller, workflow: WorkflowPicture, outlook: Outlook) -> str:
    """ "74% to 81%", with one more decimal where rounding would put an end on the other side of the target; or ""."""
    if outlook.low is None or outlook.high is None:
        return ""
    low, high = (teller.wording.percent(share, workflow.target) for share in (outlook.low, outlook.high))
    return teller.say("outlook.range", low=low, high=high)


def _each(teller: Teller, ahead: Sequence[Ahead]) -> str:
    """The workflows with their ranges and targets, by what the outlook rests on."""
    said = []
    for key, at_pace in (("outlook.at-pace", True), ("outlook.at-level", False)):
        names = [_named(teller, workflow, outlook) for workflow, outlook in ahead if outlook.at_pace is at_pace]
        if names:
            said.append(teller.say(key, workflows=names))
    return sentences(said)


def _named(teller: Teller, workflow: WorkflowPicture, outlook: Outlook) -> str:
    facts = {"name": workflow.name, "target": teller.wording.target(workflow.target)}
    if outlook.expected is None:
        return teller.say("outlook.one-nothing", **facts)
    shown = range_text(teller, workflow, outlook)
    if shown:
        return teller.say("outlook.one", **facts, range=shown)
    expected = teller.wording.percent(outlook.expected, workflow.target)
    return teller.say("outlook.one-no-range", **facts, expected=expected)


# ---- the receipt ----------------------------------------------------------------------------------------------------


def outlook_receipt(teller: Teller, receipt: Receipt) -> str:
    """The rule with its numbers, the days and the series that an outlook was made from."""
    facts = dict(receipt.rule_facts)
    workflow = teller.workflow(receipt.id.partition(":")[2])
    value = facts.get("value")
    if workflow is None or not isinstance(value, Fraction):
        return teller.say("outlook.receipt-nothing")
    unit, units = _units(teller, workflow)
    said: dict[str, object] = {"value": teller.wording.percent(value, workflow.target), "units": units}
    run = facts.get("run")
    if not isinstance(run, int):
        return teller.say(
            "outlook.receipt-others" if workflow.kind == "milestone" else "outlook.receipt-no-range", **said
        )
    said |= {"runs": teller.say("outlook.runs", run=run, units=units)}
    said |= {"window": teller.wording.span(receipt.window) if receipt.window else ""}
    at_pace = facts.get("pace") == "pace"
    said |= {name: _share(teller, facts, name, points=at_pace) for name in ("lowest", "highest")}
    if at_pace:
        said |= {name: _share(teller, facts, name, points=True) for name in ("slowest", "present", "fastest")}
        said |= {"ahead": facts.get("ahead", 0), "further": _further(receipt, facts)}
    rule = teller.say("outlook.receipt-pace" if at_pace else "outlook.receipt-level", **said)
    series = facts.get("series")
    shares = [teller.wording.percent(share) for share in series] if isinstance(series, tuple) else []
    return sentences([rule, teller.say("outlook.series", unit=unit, shares=shares) if shares else ""])


def _units(teller: Teller, workflow: WorkflowPicture) -> tuple[str, str]:
    """("week", "weeks"); the rows of a ready-made value are values."""
    if workflow.kind == "value":
        return teller.say("outlook.value"), teller.say("outlook.values")
    persona = teller.persona(workflow.persona)
    key = RHYTHM_KEYS[persona.rhythm] if persona else "week"
    return teller.say(f"units.{key}", n=1), teller.say(f"units.{key}", n=2)


def _share(teller: Teller, facts: Mapping[str, object], name: str, *, points: bool) -> str:
    value = facts.get(name)
    if not isinstance(value, Fraction):
        return ""
    return teller.wording.number(Fraction(round(value * 1000), 10)) if points else teller.wording.percent(value)


def _further(receipt: Receipt, facts: Mapping[str, object]) -> bool:
    """Whether the renewal lies beyond the weeks over which the pace was carried on."""
    renewal, ahead = facts.get("renewal"), facts.get("ahead")
    if not isinstance(renewal, date) or not isinstance(ahead, int) or receipt.window is None:
        return False
    return week_of(renewal) - week_of(receipt.window.last) > ahead
