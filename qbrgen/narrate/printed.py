"""Which fact of a receipt each field of the wording holds: what decides between facts that have the same value.

In: the places of the wording in which a number stands (marks.py). Out: the names of the facts that may stand there,
the likeliest first; () where nothing is declared, and a number is traced by its value and its neighbours alone.

"group.some" is an entry, its names are fields; "" is what the entry says in words of its own ("neither of the two").
A name without a dot is how the key of a statement begins, around all that it says. An entry after " > " counts only
inside the one before it, or inside that field of it. A fact is written with the kind
of its receipt before it ("people/counted") where two receipts of one statement have a fact of that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from qbrgen.narrate.marks import Path

_COUNTED = {"n": "counted", "m": "counted-of"}
_PERSONA = {"n": "persona/counted", "m": "persona/counted-of"}
_PEOPLE = {"n": "people/counted", "m": "people/counted-of", "": "people/counted-of"}
_WORKFLOWS = {"n": "workflows/counted", "m": "workflows/counted-of", "": "workflows/counted-of"}
_OFTEN = {"done": "least", "total": "least-of", "missed": "missed-at-most"}
_TARGET = {"target": "workflow/target", "points": "workflow/points"}
_RULE = {"share": "active-share", "recent": "recent-units", "target": "workflow/target", "days": "workflow/within-days"}
_WORK = {"value": "workflow/value", "n": "workflow/counted", "m": "workflow/counted-of", "days": "workflow/within-days"}
_BEFORE = {"then": "before", "now": "now-of-both", "both": "before-of", "": "before-of"}
_PEOPLE_BEFORE = {field: f"people/{name}" for field, name in _BEFORE.items()}
_HALVES = {"more": "more", "less": "less", "compared": "direction/compared", "weeks": "direction/weeks"}
_HALVES[""] = "direction/compared"
_CHANGE = {"amount": "change change-as-stated"}
_MOVE = {"amount": "stated", "before": "stated-before"}
_OUTLOOK = {
    "target": "outlook/target workflow/target",
    "expected": "outlook/outlook-expected gap-expected",
    "day": "outlook/renewal",
    "renewal": "outlook/renewal gap-renewal",
    "low": "outlook/outlook-low gap-low",
    "high": "outlook/outlook-high gap-high",
}
_PLAN = {"n": "plan/actions", "whole": "plan/actions-with-owner-and-date", "overdue": "plan/actions-overdue"}
_PLAN |= {"last": "last-due plan/due", "day": "plan-due plan/due", "": "plan/actions"}
_PROMISED = {"number": "review/promised", "n": "review/promised", "": "review/promised"}
_STATES = {"not-yet": "not-yet", "lapsed": "lapsed", "occasional": "occasional"}

PRINTED: Mapping[str, Mapping[str, str]] = {
    # ---- people ----
    **dict.fromkeys(("group.some", "group.all", "group.both", "group.none", "group.neither"), _PERSONA),
    "group.neither": {"": "persona/counted-of"},
    "group.all-so-far": {"m": "persona/counted-of"},
    "group.one-counted": {"": "persona/counted-of"},
    "group.rest": {"n": "other-groups-people", "m": "other-groups-people-of", "groups": "people/other-groups"},
    "group.several": {"n": "other-groups-people", "m": "other-groups-people-of", "groups": "people/other-groups"},
    **{
        f"often.{how}-{unit}": _OFTEN
        for how in ("in", "at-least", "all-but")
        for unit in ("week", "two-weeks", "month")
    },
    "who.idle-groups": {"m": "idle-groups-people idle-first-people"},
    "who.idle-several": {"m": "idle-groups-people", "groups": "idle-groups"},
    "who.and-new": {"n": "people/new"},
    "who.and-new-of": {"n": "persona/new people/new"},  # a persona that is new as a whole is not counted: the people's
    "who.new-group": {"n": "persona/new"},
    "who.uncounted": {"new": "new", "away": "away"},
    "who.nobody-one-counted": {"": "persona/counted-of"},
    "who.nobody-among > group.whole": {"m": "persona/counted-of", "": "persona/counted-of"},
    "who.nobody-many": {"m": "people/counted-of", "groups": "groups-of groups-to-count"},
    **{
        f"not-active.{state} > {entry}": {"n": f"persona/{name}", "m": f"persona/{name}", "": f"persona/{name}"}
        for state, name in _STATES.items()
        for entry in ("group.number", "group.again", "group.whole", "group.one-counted")
    },
    **{f"not-active.{state}-count": {"": name, "n": name} for state, name in _STATES.items()},
    "not-active.of-the-others": {"n": "not-active"},
    "not-active.of-all": {"n": "not-active"},
    "not-active.the-others": {"n": "not-active"},
    "not-active.everyone": {"n": "not-active"},
    "aside.new": {"n": "new"},
    "aside.away": {"n": "away"},
    "aside.left": {"n": "left leavers"},
    "people.figure": _PEOPLE,
    "people.are-active": _PEOPLE,
    "people.are-not": {"n": "people/not-active", "m": "people/counted-of", "": "people/counted-of"},
    "people.reach": {"n": "groups", "m": "groups-of"},
    "people.and-target": {"need": "persona/needed", "m": "persona/needed"},
    "people.all-lapsed": {"m": "persona/lapsed"},
    "people.all-occasional": {"m": "persona/occasional"},
    "people.as-reported": {"n": "everyone-then", "m": "everyone-then-of", "": "everyone-then-of"},
    "people.target": {"need": "persona/needed", "m": "persona/counted-of"},
    "people.target-share": {"target": "persona/target"},
    "people.before": _BEFORE,
    "people.before-both": _BEFORE,
    "change.people": _PEOPLE_BEFORE,
    "change.people-both": _PEOPLE_BEFORE,
    "change.new": {"n": "people/new"},
    # ---- workflows ----
    "change.workflows": {"n": "workflows/before", "m": "workflows/before-of"},
    "change.not-measurable": {"n": "workflows/not-measurable"},
    "notes.not-measurable": {"n": "workflows/not-measurable"},
    **dict.fromkeys(("workflow.figure", "workflow.on-target"), _WORKFLOWS),
    "workflow.are-below": {"n": "workflows/below", "m": "workflows/counted-of", "": "workflows/counted-of"},
    "workflow.short": {"value": "workflow/value", "target": "workflow/target"},
    "workflow.with-counts": {"counts": "workflow/value"},
    "workflow-value": {"": "workflow/value"},
    "workflow-target": {"": "workflow/target"},
    "workflow-previous": {"": "before-share"},
    "workflow.was": {"value": "before-share"},
    "workflow.was-both": {"value": "before-share", "reported": "everyone-then-share"},
    "workflow.was-reported": {"reported": "everyone-then-share"},
    "workflow.early": {"n": "workflow/early"},
    **{f"what.{name}": _WORK for name in ("share", "share-now", "share-few", "share-none", "share-all")},
    **{f"what.{name}": _WORK for name in ("one-some", "one-none", "group-some", "group-some-few")},
    **{f"what.{name}": _WORK for name in ("named", "named-few")},
    **{
        f"what.milestone-{case}{days}": _WORK | {"": "workflow/counted-of"}
        for case in ("some", "all", "none", "one")
        for days in ("", "-days")
    },
    "what.one-none": _WORK | {"": "workflow/counted-of"},
    **{f"target.{kind}": _TARGET for kind in ("exact", "just-above", "above", "below", "missed", "against")},
    "state.below": _TARGET,
    "sentence.short-of": _TARGET,
    **{f"counts.{kind}": _COUNTED | {"": "counted-of"} for kind in ("plain", "units", "people")},
    **{
        f"definition.{kind}": _RULE
        for kind in ("active-week", "active-two-weeks", "active-month", "active-rhythm", "share", "value", "recurring")
    },
    **{f"definition.{kind}": _RULE for kind in ("milestone", "milestone-in-time", "named")},
    # ---- which way it goes ----
    **{
        f"direction.{kind}": _HALVES
        for kind in ("halves-both", "halves-both-less", "halves-more", "halves-less", "halves-same")
    },
    **{f"direction.{kind}": _HALVES for kind in ("fact-both", "fact-both-less", "fact-more", "fact-less")},
    "direction.too-early-because": {"weeks": "direction/weeks", "people": "direction/compared"},
    "direction.before": _PEOPLE_BEFORE,
    "direction.before-both": _PEOPLE_BEFORE,
    "title.direction-both": _PEOPLE_BEFORE,
    # ---- what it produces ----
    **{f"impact.finding-change-{cause}": _CHANGE for cause in ("none", "that", "work")},
    **{f"impact.finding-{kind}-{cause}": _MOVE for kind in ("move", "value") for cause in ("none", "that", "work")},
    **{f"impact.finding-change-{cause} > impact.roughly": _CHANGE for cause in ("none", "that", "work")},
    **{
        f"impact.finding-{kind}-{cause}:{field} > impact.roughly": {"amount": name}
        for kind in ("move", "value")
        for cause in ("none", "that", "work")
        for field, name in _MOVE.items()
    },
    **{f"impact.{kind}": _CHANGE for kind in ("roughly", "minus", "plus")},
    "figure > quantity": {"number": "stated"},
    **{f"impact.witness-{kind}": {"on": "said-on"} for kind in ("measured", "estimate", "benchmark")},
    **{f"impact.{kind}-old": {"day": "said-on gap-said-on"} for kind in ("missing", "nothing", "title", "brief")},
    "outcome.now:present > outcome.reading": {"value": "present", "on": "present-on"},
    "outcome.now": {"present": "present present-on"},
    "outcome.now-from:baseline > outcome.reading": {"value": "baseline", "on": "baseline-on"},
    "outcome.now-from": {"baseline": "baseline baseline-on"},
    "outcome.by": {"value": "goal", "on": "goal-on"},
    "outcome.progress": {"share": "progress"},
    # ---- gaps ----
    **{
        f"gap.{state}": {"n": f"persona/{name}", "m": "persona/counted-of", "": "persona/counted-of"}
        for state, name in _STATES.items()
    },
    **{
        f"gap-short.{state} > gap-short.some": {"n": f"persona/{name}", "m": "persona/counted-of"}
        for state, name in _STATES.items()
    },
    **{f"gap-short.{state}": {"": "persona/counted-of"} for state in _STATES},
    "gap-short.masked > gap-short.some": {"n": "not-active", "m": "persona/counted-of gap-counted"},
    "plan.closes-people > gap-short.some": {"n": "persona/not-active", "m": "persona/counted-of"},
    "gap.masked": {"n": "not-active", "m": "persona/counted-of gap-counted", "": "persona/counted-of gap-counted"},
    "gap.masked-falling": {"n": "persona/counted", "m": "persona/counted-of"},
    "gap.shortfall": {"more": "gap-who-more"},
    "gap.names-and-more": {"more": "gap-who-more"},
    "gap.no-events": _TARGET,
    "gap.no-events-below": _TARGET,
    "gap.turning-down": {"recent": "gap-recent", "earlier": "gap-earlier"},
    "gap.one-person": {"share": "gap-share", "m": "gap-people"},
    "gap.one-person-several": {"n": "gap-workflows", "m": "gap-people"},
    "gap-short.one-person-several": {"n": "gap-workflows"},
    "gap.one-person-share": {"n": "gap-done", "m": "gap-of"},
    "gap.miss": _OUTLOOK,
    "gap.may-miss": _OUTLOOK,
    "gap.impact-old": {"day": "gap-said-on said-on"},
    "gap.unknown-people": {"n": "gap-count"},
    "gap-short.unknown-people": {"n": "gap-count"},
    "gap.since": {"day": "since"},
    "gap.since-at-least": {"day": "since"},
    "gap.feed-stopped": {"day": "gap-last last-data since"},
    "silent.since": {"day": "last-data"},
    "silent.not-yet": {"day": "next-data"},
    "title.gaps-missing": {"n": "gaps/gaps"},
    "title.gaps-other": {"n": "gaps/gaps"},
    "title.needs": {"n": "gaps/missing-pieces"},
    "notes.more-gaps": {"n": "gaps-less-urgent"},
    # ---- the plan, the next quarter ----
    **{f"plan.{kind}": _PLAN for kind in ("actions-all", "actions-some", "actions-none", "open", "overdue")},
    "plan.done": {"day": "plan-done plan/done-on"},
    "plan.is-overdue": {"day": "plan/due plan-due"},
    "plan.only-is-overdue": {"day": "plan/due plan-due"},
    "plan.there-is-for-some": {"n": "people-with-a-plan", "": "people-with-a-plan"},
    "plan.sides-both": {"ours": "actions-ours", "theirs": "actions-theirs"},
    "plan.some-overdue": {"n": "actions-overdue"},
    **{f"title.plan-{kind}": _PLAN for kind in ("all", "some", "overdue", "no-owner")},
    "next.people:groups > group.some": {"n": "persona/needed", "m": "persona/counted-of"},
    "next.people": {"more": "groups-behind-unnamed"},
    "next.one-workflow": _TARGET,
    "next.more-workflows": {"n": "more-below"},
    "next.keep": {"n": "workflows/counted", "": "workflows/counted"},
    **{
        f"title.next-{kind}": {
            "below": "workflows/below",
            "met": "workflows/counted",
            "behind": "groups-behind",
            "": "workflows/counted",
        }
        for kind in ("reach", "people", "keep")
    },
    # ---- for leadership ----
    **{
        f"outlook.{kind}": _OUTLOOK
        for kind in ("range", "then", "then-no-range", "then-others", "nothing", "one", "one-no-range", "one-others")
    },
    **{f"outlook.{kind}": _OUTLOOK for kind in ("one-nothing", "then-at-rest")},
    "outlook.count": {
        "n": "on-course",
        "m": "with-outlook",
        "open": "renewal/open",
        "below": "off-course",
        "": "renewal/open renewal/off-course",
    },
    "score.told": {"score": "score/score", "": "scale"},
    "risk.personas": {"n": "groups-behind", "m": "groups-of"},
    "risk.renewal": {"arr": "arr", "day": "renewal/renewal", "days": "days-to-renewal"},
    "risk.renewal-past": {"arr": "arr", "day": "renewal/renewal", "days": "days-to-renewal"},
    # ---- the last review, and what it promised ----
    "changes.moved": {"day": "review/delivered-on", "period": "review/period"},
    "changes.item:then > changes.people": {"n": "reviewed", "m": "reviewed-of"},
    "changes.item:now > changes.people": {"n": "since-review", "m": "since-review-of"},
    "changes.item:then > changes.workflows": {"n": "reviewed", "m": "reviewed-of"},
    "changes.item:now > changes.workflows": {"n": "since-review", "m": "since-review-of"},
    "changes.item": {"then": "reviewed-share", "now": "since-review-share"},
    "delivered.people": {"n": "reported", "m": "reported-of", "need": "needed-then", "": "reported-of"},
    "delivered.figure": {"n": "reported", "m": "reported-of"},
    "delivered.people-only": {"n": "reported", "m": "reported-of", "": "reported-of"},
    "delivered.people-target": {"need": "needed-then", "m": "reported-of"},
    "delivered.workflow": {"then": "before-share", "told": "reported-share", "target": "target-then"},
    "delivered.workflow-target": {"then": "before-share", "target": "target-then"},
    "delivered.workflow-counted": {"then": "before-share", "told": "reported-share"},
    "delivered.workflow-none": {"then": "before-share"},
    "delivered.workflow-only": {"told": "reported-share", "target": "target-then"},
    "delivered.item:told > delivered.counts": {"n": "reported", "m": "reported-of"},
    "delivered.item:then > delivered.counts": {"n": "recounted", "m": "recounted-of"},
    "delivered.item": {
        "told": "reported-share",
        "then": "recounted-share",
        "target": "target-then needed-then",
        "now": "target needed",
    },
    "delivered.item-more": {"n": "more-differ"},
    "delivered.retired": {"told": "reported-share", "target": "target-then"},
    "delivered.review": {"day": "review/delivered-on"},
    "promise.people": {"need": "target-promised-people", "m": "counted-of", "n": "counted", "": "counted"},
    "promise.people-unknown": {"target": "target-promised"},
    "promise.workflow": {"target": "target-promised"},
    "promise.what-milestone": {"days": "within-days"},
    "promise.came": {"value": "commitment/value"},
    "promise.action": {"day": "commitment/due"},
    "promise.short-action": {"day": "commitment/due"},
    "promise.done": {"day": "commitment/done-on"},
    "promise.done-late": {"day": "commitment/done-on"},
    "promise.and-moved": {"day": "commitment/moved-to"},
    "promise.target-then": {"target": "target-promised", "now": "target-now"},
    "promise.both-then": {"target": "target-promised", "now": "target-now"},
    "promise.cell-today": {"now": "target-now"},
    "promise.cell-today-otherwise": {"now": "target-now"},
    "commitment-target": {"": "target-promised commitment/due"},
    "commitment-came": {"": "commitment/value"},
    "commitment-target > promise.cell-some": {"n": "target-promised-people", "m": "counted-of"},
    "commitment-came > promise.cell-some": {"n": "counted", "m": "counted-of"},
    "promise.short-people": {"n": "counted", "m": "counted-of", "need": "target-promised-people", "": "counted-of"},
    "promise.short-workflow": {"came": "commitment/value", "target": "target-promised"},
    "promise.missed-of": {"n": "promised-missed", "m": "review/promised"},
    "promise.part-kept": {"number": "promised-kept"},
    "promise.part-missed": {"number": "promised-missed"},
    "promise.part-not-measurable": {"number": "promised-not-measurable"},
    "promise.part-open": {"number": "promised-open"},
    **{f"promise.{kind}": _PROMISED for kind in ("sum", "title", "title-short")},
    **{
        f"promise.{kind}{one}-{state}": _PROMISED
        for kind in ("sum", "title")
        for one in ("", "-one")
        for state in ("kept", "missed", "not-measurable", "open")
    },
    "promise.title-shortest": {"missed": "promised-missed", "number": "review/promised", "kept": "promised-kept"},
    # ---- the talk track ----
    "notes.window": {
        "window": "period/first-day period/last-day",
        "weeks": "full-weeks full-weeks-counted",
        "seated": "weeks-in-seat",
        "as_of": "period/as-of",
        "units_from": "first-unit",
    },
    "talk.current-answer": {"window": "period/first-day period/last-day", "day": "period/as-of", "last": "last-data"},
    "receipt.direction": _HALVES | {field: field for field in ("same", "signal", "limit")},
    "talk.below-shortfall": {"n": "gap-who"},
    "talk.carries-one": {"done": "units-done", "total": "units-done-of"},
    "talk.person-occasional": {"done": "units-done", "total": "units-done-of"},
    **{f"talk.person-{state}": {"since": "person-since"} for state in ("lapsed", "new", "not-yet")},
    "talk.missed": {"n": "promised-missed"},
    "talk.promises-say-missed": {"n": "promised-missed"},
    "talk.missed-people": {"target": "target-promised"},
    "talk.missed-target": {"target": "target-promised"},
    "talk.promised-otherwise": {"then": "target-promised", "now": "target-now"},
    "talk.moved-answer": {"then": "target-then", "now": "workflow/target"},
    "talk.people-say-some": {"idle": "people/not-active"},
    "talk.who-question": {"n": "people/not-active"},
    "talk.goal-answer": {"share": "progress", "time": "time-gone"},
    "talk.goal-question": {"day": "goal-on"},
    "talk.overdue": {"day": "plan/due"},
    "talk.late-answer-ours": {"day": "plan/due"},
}


@lru_cache(maxsize=65536)
def declared(path: Path) -> tuple[str, ...]:
    """The facts that may stand in this place, the likeliest first."""
    entries = [(place.entry, place.field) for place in path]
    for last in range(len(entries) - 1, -1, -1):
        entry, field = entries[last]
        if last + 1 < len(entries) and not field:
            continue  # a part of the entry, which has its own place
        for key in _keys(entries[:last], entry):
            names = PRINTED.get(key, {}).get(field)
            if names is not None:
                return tuple(names.split())
    return ()


def _keys(around: list[tuple[str, str]], entry: str) -> Iterator[str]:
    """What an entry may be called here: inside those around it, the nearest first; by itself."""
    for outer, field in reversed(around):
        if field:
            yield f"{outer}:{field} > {entry}"
        if outer != entry:
            yield f"{outer} > {entry}"
    yield entry


def is_named(name: str, receipt: str, fact: str) -> bool:
    """Whether a declared name ("people/counted", "counted") is this fact of this receipt."""
    kind, _, own = name.rpartition("/")
    return own == fact and kind in ("", receipt.partition(":")[0])
