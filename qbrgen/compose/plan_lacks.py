"""What a success plan lacks, for the CSM who is about to send it: in the plan each stands as missing in its place."""

from __future__ import annotations

from collections.abc import Iterator

from qbrgen.compose.agreed import review_day
from qbrgen.compose.tables import open_actions
from qbrgen.compose.told import Told
from qbrgen.errors import Finding, Level
from qbrgen.score.picture import PlannedAction


def lacking(told: Told) -> Iterator[Finding]:
    """A warning for each thing that is to be filled in, or agreed, before the plan is signed."""
    for what, fix in (*_outcome(told), *_groups(told), *_actions(told), *_signing(told)):
        yield Finding(
            Level.WARNING, "plan-lacks", f"The success plan of {told.picture.name} {what}", fix, None, told.picture.id
        )


def _outcome(told: Told) -> Iterator[tuple[str, str]]:
    shown = told.picture.outcome
    if shown is None:
        yield "does not say what was bought.", "Write `outcome:` with `bought:` in the account's file."
        return
    outcome = shown.outcome
    lack = [name for name in ("baseline", "present", "goal") if getattr(outcome, name) is None]
    if not outcome.measure:
        yield "does not say by which figure the outcome is measured.", "Write `measure:` under `outcome:`."
    elif lack:
        yield f"has no {_or(lack)} of the outcome.", f"Write {_keys(lack)} under `outcome:`."


def _groups(told: Told) -> Iterator[tuple[str, str]]:
    picture = told.picture
    for persona in picture.personas:
        if not persona.people:
            yield f"names no one for the {persona.name}.", "List them under `people:`, or add them to the people table."
    if picture.feed_silent:
        yield "has no figure: no data came in the period.", "Find out whether the feed broke before you send it."
        return
    without = [flow.name for flow in picture.workflows if not flow.state.measurable]
    if without:
        names = "; ".join(without)
        yield f"has no figure yet for: {names}.", "The plan says so; agree by when there will be one."


def _actions(told: Told) -> Iterator[tuple[str, str]]:
    actions = open_actions(told)
    if not actions:
        yield "has no action.", "Write `actions:` in the account's file, each with `owner:`, `side:` and `due:`."
    for planned in actions:
        lack = _lack_of(planned)
        if lack:
            yield f"has no {_or(lack)} for “{planned.action.action}”.", f"Write {_keys(lack)} with that action."
    overdue = [f"“{planned.action.action}”" for planned in actions if planned.overdue]
    if overdue:
        yield (
            f"has a date that is past for {', '.join(overdue)}.",
            "Agree a new `due:`, or write the day it was `done:`.",
        )


def _lack_of(planned: PlannedAction) -> list[str]:
    return [key for key, there in (("owner", planned.action.owner), ("due", planned.action.due)) if not there]


def _signing(told: Told) -> Iterator[tuple[str, str]]:
    picture = told.picture
    if picture.sponsor is None:
        yield "names no one who signs for the customer.", "Write `sponsor: {name: …, role: …}` in the account's file."
    elif not picture.sponsor.role:
        yield f"has no role for {picture.sponsor.name}, who signs.", "Write `role:` with the sponsor."
    if not picture.owner:
        yield (
            "names no one who signs for you.",
            "Write `owner:` in the account's file, or add it to the accounts table.",
        )
    if picture.next_review is None:
        yield "has no day of the next review.", "Write `next_review:` in the account's file, such as 2027-01-14."
    elif review_day(told) is None:
        past = f"{picture.next_review:%Y-%m-%d}"
        yield f"leaves out the day of the next review: {past} is past.", "Write the next one as `next_review:`."


def _or(names: list[str]) -> str:
    said = {"due": "date"}
    return " or ".join(said.get(name, name) for name in names)


def _keys(names: list[str]) -> str:
    return " and ".join(f"`{name}:`" for name in names)
