"""What a group's people do → the workflows, the rhythm and the targets that are proposed for it.

Candidates are the events that its people do most regularly. Targets come from the data's own distribution: of many
accounts what the best quarter reaches today; of few what all of them together reach, to the next five per cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from qbrgen.draft.activity import Activity
from qbrgen.draft.event_names import event_words, is_looking, words_of
from qbrgen.draft.model import DraftWorkflow, Target
from qbrgen.draft.titles import id_of
from qbrgen.load.report import counted
from qbrgen.period import Rhythm, full_weeks, unit_index, week_of

MOST, FEWEST = 5, 3
WINDOW = 13  # weeks: a quarter
MANY_ACCOUNTS = 8
_HALF = 0.5
_WEEKS_NEEDED = {Rhythm.WEEK: 0, Rhythm.TWO_WEEKS: 6, Rhythm.MONTH: 12}  # three units: fewer tell no rhythm
_STEP = Fraction(1, 20)
_LOWEST, _HIGHEST = Fraction(1, 10), Fraction(19, 20)
_LOWEST_OF_PEOPLE = Fraction(1, 4)
ACTIVE_SHARE = 0.75  # of the units, as Rules has it (define/model/settings.py)
_UNITS = {Rhythm.WEEK: "unit_week", Rhythm.TWO_WEEKS: "unit_two", Rhythm.MONTH: "unit_month"}
_CALLED = {Rhythm.WEEK: "week", Rhythm.TWO_WEEKS: "two weeks", Rhythm.MONTH: "month"}


@dataclass(frozen=True)
class Window:
    """The weeks that proposals look at: the last quarter of the data. units: of each rhythm, how many there are."""

    weeks: range
    units: Mapping[Rhythm, int]


def prepare(activity: Activity, groups: Mapping[str, str], work: Sequence[str]) -> Window:
    """Put titles' groups, work events and the window's weeks into the session; the window.

    groups: job title → id of its group. work: names of events that may be work.
    """
    assert activity.first is not None
    assert activity.last is not None
    weeks = full_weeks(activity.first, activity.last) or range(week_of(activity.first), week_of(activity.last) + 1)
    weeks = weeks[-WINDOW:]
    rows = [[week, *(unit_index(rhythm, week) for rhythm in _UNITS)] for week in weeks]
    activity.keep("units", rows, {"week": "INTEGER", **dict.fromkeys(_UNITS.values(), "INTEGER")})
    activity.keep("groups", list(groups.items()), {"title": "VARCHAR", "grp": "VARCHAR"})
    activity.keep("work", [[event] for event in work], {"event": "VARCHAR"})
    activity.run(
        'CREATE OR REPLACE TEMP TABLE members AS SELECT account, "user", grp FROM roster JOIN groups USING (title)'
    )
    activity.run(
        """CREATE OR REPLACE TEMP TABLE done AS SELECT grp, account, "user", event, unit_week, unit_two, unit_month,
            times FROM acts JOIN work USING (event) JOIN units USING (week) JOIN members USING (account, "user")"""
    )
    whole = {rhythm: len({row[place] for row in rows}) for place, rhythm in enumerate(_UNITS, start=1)}
    return Window(weeks, whole)


def doers(activity: Activity) -> dict[str, tuple[int, int]]:
    """Group → its people, and how many of them ever did something that may be work."""
    found = activity.rows(
        """WITH does AS (SELECT DISTINCT account, "user", true AS did FROM acts JOIN work USING (event))
        SELECT grp, count(*), count(did) FROM members LEFT JOIN does USING (account, "user") GROUP BY 1"""
    )
    return {str(group): (int(people), int(active)) for group, people, active in found}


def rhythm_of(activity: Activity, group: str, window: Window) -> tuple[Rhythm, str]:
    """The shortest rhythm in half of whose units half of those who do anything at all do something; and why."""
    fits = [rhythm for rhythm in _UNITS if len(window.weeks) >= _WEEKS_NEEDED[rhythm]]
    for rhythm in fits:
        unit = _UNITS[rhythm]
        shares = activity.rows(
            f"""SELECT median(n) FROM (SELECT count(DISTINCT {unit}) AS n FROM done WHERE grp = ?
                GROUP BY account, "user")""",
            group,
        )
        median = float(shares[0][0] or 0) / max(1, window.units[rhythm])
        if median >= _HALF or rhythm is fits[-1]:
            share = "all" if median >= 1 else f"{median:.0%} or more of"
            told = f"half of those who do anything do something in {share} the {_plural(rhythm)}"
            return rhythm, told
    raise AssertionError  # the last is always taken


def _plural(rhythm: Rhythm) -> str:
    return {Rhythm.WEEK: "weeks", Rhythm.TWO_WEEKS: "two-week units", Rhythm.MONTH: "months"}[rhythm]


def chosen_workflows(activity: Activity, group: str, rhythm: Rhythm, window: Window) -> tuple[DraftWorkflow, ...]:
    """Three to five workflows of a group, what its people do most regularly first; fewer where they do less.

    More than three where the others are done at least half as regularly as the first. Looking comes last.
    """
    unit = _UNITS[rhythm]
    found = activity.rows(
        f"""SELECT event, count(DISTINCT (account, "user")) AS people,
                count(DISTINCT (account, "user", {unit})) AS units, sum(times)
            FROM done WHERE grp = ? GROUP BY 1 ORDER BY units DESC, people DESC, event LIMIT 200""",
        group,
    )
    active = int(
        activity.rows('SELECT count(*) FROM (SELECT DISTINCT account, "user" FROM done WHERE grp = ?)', group)[0][0]
    )
    enough = 2 if active > 3 else 1
    ranked = [row for row in found if int(row[1]) >= enough]
    ranked.sort(key=lambda row: is_looking(str(row[0])))
    chosen: list[tuple[str, int, int]] = []
    for event, people, units, _ in ranked:
        alike = any(set(words_of(str(event))) == set(words_of(other)) for other, _, _ in chosen)
        regular = not chosen or (int(units) >= _HALF * chosen[0][2] and not is_looking(str(event)))
        if not alike and len(chosen) < (MOST if regular else FEWEST):
            chosen.append((str(event), int(people), int(units)))
    return _with_own_ids(
        [_workflow(activity, group, rhythm, window, event, people, units, active) for event, people, units in chosen]
    )


def _workflow(
    activity: Activity, group: str, rhythm: Rhythm, window: Window, event: str, people: int, units: int, active: int
) -> DraftWorkflow:
    words = event_words(event)
    target = _target(activity, group, rhythm, window, event)
    told = f"{people:,} of the {counted(active, 'person', 'people')} who do anything do it, in {units:,} of their "
    return DraftWorkflow(id_of(event), words.name, words.did, (event,), target, told + _plural(rhythm))


def _with_own_ids(workflows: Sequence[DraftWorkflow]) -> tuple[DraftWorkflow, ...]:
    from dataclasses import replace

    taken: set[str] = set()
    found = []
    for workflow in workflows:
        name, number = workflow.id, 2
        while name in taken:
            name, number = f"{workflow.id}-{number}", number + 1
        taken.add(name)
        found.append(replace(workflow, id=name))
    return tuple(found)


# ---- targets --------------------------------------------------------------------------------------------------------


def _target(activity: Activity, group: str, rhythm: Rhythm, window: Window, event: str) -> Target:
    """The target of an event: the share of the units of everyone in the group in which it is done."""
    found = activity.rows(
        f"""WITH did AS (SELECT account, count(DISTINCT ("user", {_UNITS[rhythm]})) AS n FROM done
                WHERE grp = ? AND event = ? GROUP BY 1),
            heard AS (SELECT DISTINCT account FROM acts JOIN units USING (week))
            SELECT account, count(*) AS seats, any_value(coalesce(n, 0)) AS n
            FROM members JOIN heard USING (account) LEFT JOIN did USING (account) WHERE grp = ? GROUP BY 1""",
        *(group, event, group),
    )
    units = window.units[rhythm]
    shares = [(int(done), int(seats) * units) for _, seats, done in found]
    return proposed(shares, _LOWEST, f"of their {_plural(rhythm)}")


def persona_target(
    activity: Activity, group: str, rhythm: Rhythm, window: Window, workflows: Sequence[DraftWorkflow]
) -> Target:
    """The share of a group's people to be active, by how many do one of the workflows in most of their units."""
    names = [event for workflow in workflows for event in workflow.events]
    found = activity.rows(
        f"""WITH often AS (SELECT account, "user" FROM done WHERE grp = ? AND list_contains(?, event)
                GROUP BY 1, 2 HAVING count(DISTINCT {_UNITS[rhythm]}) >= ?),
            heard AS (SELECT DISTINCT account FROM acts JOIN units USING (week))
            SELECT account, count(*), count(often."user") FROM members JOIN heard USING (account)
            LEFT JOIN often USING (account, "user") WHERE grp = ? GROUP BY 1""",
        *(group, names, ceil(ACTIVE_SHARE * window.units[rhythm]), group),
    )
    return proposed([(int(often), int(seats)) for _, seats, often in found], _LOWEST_OF_PEOPLE, "of them")


def proposed(shares: Sequence[tuple[int, int]], lowest: Fraction, of: str) -> Target:
    """A target, to five per cent, of (done, possible) of each account. of: what it is a share of, in words."""
    possible = [(done, all_) for done, all_ in shares if all_ > 0]
    together = Fraction(sum(done for done, _ in possible), sum(all_ for _, all_ in possible) or 1)
    next_step = Fraction(ceil(together / _STEP)) * _STEP
    told = f"today {float(together):.0%} {of}"
    target = next_step
    if len(possible) >= MANY_ACCOUNTS:
        each = sorted(Fraction(done, all_) for done, all_ in possible)
        best = each[(3 * len(each)) // 4]
        target = max(round(best / _STEP) * _STEP, next_step)
        least = "" if best == 1 else " or more"
        told += f" over {len(possible):,} accounts; the best quarter of them reach {float(best):.0%}{least}"
    bounded = min(max(target, lowest), _HIGHEST)
    if bounded != target:
        told += f"; {float(bounded):.0%} is the {'least' if bounded > target else 'most'} that is proposed"
    return Target(bounded, together, told)
