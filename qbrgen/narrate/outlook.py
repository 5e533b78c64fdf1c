"""Where each workflow will be on the renewal date, for the vendor's own leadership only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product

from qbrgen.figures import Receipt
from qbrgen.narrate.grammar import RHYTHM_KEYS
from qbrgen.narrate.teller import Teller
from qbrgen.period import week_of
from qbrgen.score.facts.listed import RENEWAL
from qbrgen.score.other_times import Outlook
from qbrgen.score.picture import WorkflowPicture
from qbrgen.score.states import Forecast, Trend

_FORECASTS = {Forecast.ON_TARGET: "on-target", Forecast.OPEN: "open", Forecast.BELOW: "below-target"}

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
    teller.tell_sentence("outlook", teller.say("outlook.count", **facts), [RENEWAL, *receipts])
    teller.tell("outlook-each", _each(teller, ahead), receipts)
    behind = [pair for pair in ahead if pair[1].forecast is Forecast.BELOW]
    teller.tell("outlook-behind", _each(teller, behind), [outlook.receipt for _, outlook in behind])


def _one(teller: Teller, workflow: WorkflowPicture, outlook: Outlook) -> str:
    """ "At the present pace 74% to 81% by 31 January 2027: on target"."""
    facts: dict[str, object] = {"day": teller.wording.date(outlook.renewal)}
    facts |= {"forecast": forecast_text(teller, outlook), "aside": outlook.at_rest}
    if outlook.expected is None:
        return teller.say("outlook.nothing", **facts)
    facts["basis"] = basis_text(teller, outlook.rests_on, [workflow])
    shown = range_text(teller, workflow, outlook.low, outlook.high)
    if shown and outlook.at_rest:
        return teller.say("outlook.then-at-rest", **facts, range=shown, change=_change(teller, [workflow]))
    if shown:
        return teller.say("outlook.then", **facts, range=shown)
    key = "then-others" if workflow.kind == "milestone" else "then-no-range"
    return teller.say(f"outlook.{key}", **facts, expected=teller.wording.percent(outlook.expected, workflow.target))


def basis_text(teller: Teller, rests_on: str, workflows: Sequence[WorkflowPicture]) -> str:
    """What the outlook of these workflows rests on ("pace", "rest" or "level"): "at the present pace"."""
    return teller.say(f"outlook.{rests_on or 'level'}", change=_change(teller, workflows))


def _change(teller: Teller, workflows: Sequence[WorkflowPicture]) -> str:
    """What has come to rest: "rise", "fall" or, of several, "rise or fall"."""
    rises = {workflow.direction.trend is Trend.SPREADING for workflow in workflows}
    return teller.say("outlook.rise-or-fall" if len(rises) > 1 else "outlook.rise" if True in rises else "outlook.fall")


def forecast_text(teller: Teller, outlook: Outlook) -> str:
    """ "on target", "below target" or "open"."""
    return teller.say(f"outlook.{_FORECASTS[outlook.forecast]}")


def range_text(teller: Teller, workflow: WorkflowPicture, low: Fraction | None, high: Fraction | None) -> str:
    """ "74% to 81%", with one more decimal where rounding would put an end on the other side of the target.

    "" where there is no range, or one from nothing to everything, which tells no more.
    """
    if low is None or high is None or (low <= 0 and high >= 1):
        return ""
    ends = [teller.wording.percent(share, workflow.target) for share in (low, high)]
    return teller.say("outlook.range", low=ends[0], high=ends[1])


def _each(teller: Teller, ahead: Sequence[Ahead]) -> str:
    """The workflows with their ranges and targets, by what they come to and what the outlook rests on."""
    said = []
    for forecast, rests_on in product(_FORECASTS, ("pace", "rest", "level")):
        those = [pair for pair in ahead if pair[1].forecast is forecast and pair[1].rests_on == rests_on]
        if those:
            basis = basis_text(teller, rests_on, [workflow for workflow, _ in those])
            facts = {"course": teller.say(f"outlook.course-{_FORECASTS[forecast]}"), "basis": basis}
            said.append(teller.say("outlook.each", **facts, workflows=[_named(teller, *pair) for pair in those]))
    return teller.sentences(said)


def _named(teller: Teller, workflow: WorkflowPicture, outlook: Outlook) -> str:
    facts = {"name": workflow.name, "target": teller.wording.target(workflow.target)}
    if outlook.expected is None:
        return teller.say("outlook.one-nothing", **facts)
    shown = range_text(teller, workflow, outlook.low, outlook.high)
    if shown:
        return teller.say("outlook.one", **facts, range=shown)
    key = "one-others" if workflow.kind == "milestone" else "one-no-range"
    return teller.say(f"outlook.{key}", **facts, expected=teller.wording.percent(outlook.expected, workflow.target))


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
    said["change"] = _change(teller, [workflow]) if facts.get("pace") == "rest" else ""
    run = facts.get("run")
    if not isinstance(run, int):
        return teller.say(
            "outlook.receipt-others" if workflow.kind == "milestone" else "outlook.receipt-no-range", **said
        )
    said |= {"runs": teller.say("outlook.runs", run=run, units=units)}
    said |= {"window": teller.wording.span(receipt.window) if receipt.window else ""}
    rests_on = facts.get("pace")
    moving = rests_on in ("pace", "rest")
    said |= {name: _share(teller, facts, name, points=moving) for name in ("lowest", "highest")}
    if moving:
        said |= {name: _share(teller, facts, name, points=True) for name in ("slowest", "present", "fastest")}
        said |= {"ahead": facts.get("ahead", 0), "away": _weeks_away(receipt, facts)}
    rule = teller.say(f"outlook.receipt-{rests_on if moving else 'level'}", **said)
    series = facts.get("series")
    shares = [teller.wording.percent(share) for share in series] if isinstance(series, tuple) else []
    return teller.sentences([rule, teller.say("outlook.series", unit=unit, shares=shares) if shares else ""])


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
    if not points:
        return teller.wording.percent(value)
    decimals = next((n for n in (1, 2) if round(value * 100, n)), 1)  # a slow pace is not none
    return teller.wording.number(round(value * 100, decimals))


def _weeks_away(receipt: Receipt, facts: Mapping[str, object]) -> int:
    """How many weeks after the quarter's last the renewal is; the pace is carried on for the first of them."""
    renewal = facts.get("renewal")
    if not isinstance(renewal, date) or receipt.window is None:
        return 0
    return week_of(renewal) - week_of(receipt.window.last)
