"""A survey of a folder → the draft of a workspace. The file to read first.

Nothing is asked here and nothing written: `cli/init.py` asks what cannot be known, `write` turns the draft into YAML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from qbrgen.draft import usage
from qbrgen.draft.accounts import Accounts, accounts_of
from qbrgen.draft.activity import Activity, activity, open_source
from qbrgen.draft.event_names import is_code, no_work
from qbrgen.draft.model import Draft, DraftPersona, Kind, Mapped, SetAside, Unmatched
from qbrgen.draft.patterns import patterns_of, taken_by
from qbrgen.draft.prepare import ONE_ACCOUNT, everyone_of
from qbrgen.draft.titles import TitleGroup, title_groups
from qbrgen.draft.workflows import Window, chosen_workflows, doers, persona_target, prepare, rhythm_of
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.characters import hidden
from qbrgen.load.report import counted

MOST_PERSONAS = 6
UNKNOWN_JOB = "job-not-known"
_FEW = 0.05  # of the people with events: when fewer are in the roster, it is another system's


@dataclass(frozen=True, slots=True)
class Found:
    """What everyone does, and which of it may be work. work: names. aside: what is none, each with the reason."""

    work: tuple[str, ...]
    aside: tuple[SetAside, ...]
    events: Mapping[str, int]


def propose(tables: Sequence[Mapped], left: Sequence[tuple[str, str]]) -> Draft:
    """The draft of a workspace over these tables.

    Raises InputError where nothing in them can be counted: no event of a person, and no number of an account.
    """
    source = open_source(tables)
    if not any(mapped.kind is Kind.EVENTS for mapped in tables):
        return usage.of_counts(tables, tuple(left), source)
    with activity(source) as done:
        if done.first is None or done.last is None:
            raise InputError([_no_event(tables)])
        found = _found(done, tables)
        known, active = done.known_people_with_events, done.people_with_events
        cannot: list[str] = []
        titles = _titles(done)
        own_roster = not titles or known < active * _FEW
        if own_roster:
            cannot += _without_roster(tables, known, active)
            personas, unmatched = _of_unknown_job(done, found, active), _unmatched(done, found, titles)
        else:
            personas, unmatched = _by_title(done, found, titles)
            cannot += [*_strangers(known, active), *_untitled(done)]
        codes = [event for event in found.work if is_code(event)]
        if codes:
            told = counted(len(codes), "event has an id for a name", "events have ids for names")
            cannot.append(f"{told}, and no file tells what they are, such as {codes[0]}.")
        if any(mapped.account == ONE_ACCOUNT for mapped in tables):
            cannot.append(f"No column tells the account: everything is taken as of one, called '{ONE_ACCOUNT}'.")
        if not personas:
            cannot.append("Nobody in the data does anything that may be work: no workflow can be proposed.")
        everyone = everyone_of(tables, UNKNOWN_JOB) if own_roster else []
        tables = everyone or tables
        accounts = accounts_of(done, tables, source, own_roster and not everyone)
        return _draft(tables, left, personas, found, unmatched, done, accounts, tuple(cannot))


def _draft(
    tables: Sequence[Mapped],
    left: Sequence[tuple[str, str]],
    personas: tuple[DraftPersona, ...],
    found: Found,
    unmatched: tuple[Unmatched, ...],
    done: Activity,
    accounts: Accounts,
    cannot: tuple[str, ...],
) -> Draft:
    if not personas:
        raise InputError([_no_work(found)])
    used = {event for persona in personas for workflow in persona.workflows for event in workflow.events}
    unused = tuple(
        SetAside(event, rows, "done by people of the proposed personas less often, or by others")
        for event, rows in found.events.items()
        if event in found.work and event not in used
    )
    people = int(done.rows("SELECT count(*) FROM roster")[0][0])
    return Draft(
        tables=tuple(_used(tables)),
        left=tuple(left),
        personas=personas,
        set_aside=found.aside,
        unused=unused,
        unmatched=unmatched,
        people=people,
        cannot=(*cannot, *accounts.cannot),
        from_table=accounts.from_table,
        accounts=accounts.named,
        roster=accounts.roster,
        account_table=accounts.table,
        first_day=done.first,
        last_day=done.last,
    )


def _used(tables: Sequence[Mapped]) -> list[Mapped]:
    """The tables with the names of their events beside them; values without a persona to belong to are left out."""
    return [mapped for mapped in tables if mapped.kind not in (Kind.NAMES, Kind.VALUES)]


# ---- events ---------------------------------------------------------------------------------------------------------


def _found(done: Activity, tables: Sequence[Mapped]) -> Found:
    """Which events may be work; what an export calls presence is none."""
    from fnmatch import fnmatchcase

    patterns = [pattern.casefold() for mapped in tables for pattern in mapped.presence]
    columns = {event for mapped in tables for event in mapped.event_columns}
    work: list[str] = []
    aside: list[SetAside] = []
    events = done.events
    for event, rows in events.items():
        why = "" if event in columns else no_work(event)
        why = "its name holds a character that nobody can see" if hidden(event) else why
        if not why and any(fnmatchcase(event.casefold(), pattern) for pattern in patterns):
            why = "the export sends it for mere presence, or by itself"
        if why:
            aside.append(SetAside(event, rows, why))
        else:
            work.append(event)
    return Found(tuple(work), tuple(aside), events)


def _no_event(tables: Sequence[Mapped]) -> Finding:
    names = ", ".join(mapped.table.called for mapped in tables if mapped.kind is Kind.EVENTS)
    what = f"No row of {names} has a person, an event name and a time that can be read."
    return Finding(Level.ERROR, "no-events", what, "Look at the columns named above; another export may hold them.")


def _no_work(found: Found) -> Finding:
    told = "; ".join(f"{each.event}: {each.why}" for each in found.aside[:5])
    what = "No event in the data tells of work that could produce an outcome."
    return Finding(Level.ERROR, "no-work", what, f"{told}. Export the events of what people do, not of being there.")


# ---- personas -------------------------------------------------------------------------------------------------------


def _titles(done: Activity) -> dict[str, int]:
    """Job title → people of the roster, the most frequent first; blank ones are none."""
    found = done.rows("SELECT title, count(*) FROM roster WHERE title <> '' GROUP BY 1 ORDER BY 2 DESC, 1")
    return {str(title): int(people) for title, people in found}


def _by_title(
    done: Activity, found: Found, titles: Mapping[str, int]
) -> tuple[tuple[DraftPersona, ...], tuple[Unmatched, ...]]:
    """At most six personas of job titles: those first in which most people do something."""
    groups = title_groups(titles)
    prepare(done, {title: group.id for group in groups for title in group.titles}, found.work)
    who = doers(done)
    ranked = sorted(groups, key=lambda group: (-who.get(group.id, (0, 0))[1], -group.people, group.id))
    chosen = [group for group in ranked if who.get(group.id, (0, 0))[1] > 0][:MOST_PERSONAS]
    patterns = [(group, patterns_of(group, _others(groups, group))) for group in chosen]
    taken = taken_by([(group.id, mine) for group, mine in patterns], titles)
    window = prepare(done, taken, found.work)
    who = doers(done)
    all_people = sum(titles.values())
    personas = [_persona(done, group, mine, window, who, all_people) for group, mine in patterns]
    kept = tuple(persona for persona in personas if persona.workflows)
    taken = {title: persona for title, persona in taken.items() if persona in {each.id for each in kept}}
    return kept, _unmatched(done, found, {title: n for title, n in titles.items() if title not in taken})


def _others(groups: Sequence[TitleGroup], group: TitleGroup) -> dict[str, int]:
    return {title: people for other in groups if other is not group for title, people in other.titles.items()}


def _persona(
    done: Activity,
    group: TitleGroup,
    patterns: tuple[str, ...],
    window: Window,
    who: Mapping[str, tuple[int, int]],
    all_people: int,
) -> DraftPersona:
    rhythm, why = rhythm_of(done, group.id, window)
    workflows = chosen_workflows(done, group.id, rhythm, window)
    target = persona_target(done, group.id, rhythm, window, workflows)
    people, active = who.get(group.id, (0, 0))
    return DraftPersona(
        id=group.id,
        name=group.many,
        one=group.one,
        titles=patterns,
        rhythm=rhythm,
        rhythm_why=why,
        target=target,
        workflows=workflows,
        people=people,
        with_events=active,
        share=Fraction(people, all_people or 1),
        why=group.told_by,
    )


def _unmatched(done: Activity, found: Found, titles: Mapping[str, int]) -> tuple[Unmatched, ...]:
    """Titles without a persona, by headcount, with how many of their people do something."""
    if not titles:
        return ()
    done.keep("work", [[event] for event in found.work], {"event": "VARCHAR"})
    sql = """WITH does AS (SELECT DISTINCT account, "user" FROM acts JOIN work USING (event))
        SELECT title, count(*) FROM roster JOIN does USING (account, "user") GROUP BY 1"""
    does = dict(done.rows(sql))
    return tuple(Unmatched(title, people, int(does.get(title, 0))) for title, people in titles.items())


def _of_unknown_job(done: Activity, found: Found, active: int) -> tuple[DraftPersona, ...]:
    """One group of everyone with events, called what is known of them: that their jobs are not known."""
    done.run("CREATE OR REPLACE TEMP TABLE roster_known AS SELECT * FROM roster")
    done.run("""CREATE OR REPLACE TEMP TABLE roster AS SELECT DISTINCT account, "user", '' AS title FROM acts""")
    window = prepare(done, {"": UNKNOWN_JOB}, found.work)
    who = doers(done)
    names = "people whose job is not known", "person whose job is not known"
    group = TitleGroup(UNKNOWN_JOB, *names, {"": active}, "everyone with events")
    persona = _persona(done, group, (), window, who, active)
    return (replace(persona, share=Fraction(1)),) if persona.workflows else ()


# ---- what cannot be said --------------------------------------------------------------------------------------------


def _without_roster(tables: Sequence[Mapped], known: int, active: int) -> list[str]:
    lists = ", ".join(mapped.table.called for mapped in tables if mapped.kind is Kind.PEOPLE)
    told = counted(active, "person has events", "people have events")
    if not lists:
        return [f"{told}, and no file tells who they are: their jobs cannot be said, so no persona is proposed by job."]
    if known < active * _FEW:
        of = f"none of them is in {lists}" if not known else f"only {known:,} of them are in {lists}"
        return [f"{told}, and {of}: their jobs cannot be said, so no persona is proposed by job."]
    return [f"{lists} tells no job title of anyone: no persona is proposed by job."]


def _untitled(done: Activity) -> list[str]:
    people = int(done.rows("SELECT count(*) FROM roster WHERE title = ''")[0][0])
    if not people:
        return []
    told = counted(people, "person of the lists has", "people of the lists have")
    return [f"{told} no job title: they are in no persona."]


def _strangers(known: int, active: int) -> list[str]:
    strangers = active - known
    if not strangers:
        return []
    told = counted(strangers, "person with events is", "people with events are")
    return [f"{told} in no list of people ({strangers / active:.0%}): what they do counts for nobody."]
