"""What shows only when settings, playbooks, accounts and tables are looked at together: warnings and notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from qbrgen.define.accounts import Accounts, people_of, titles_by_number
from qbrgen.define.alike import Seen, account_ids_alike, user_ids_alike
from qbrgen.define.crm import Crm
from qbrgen.define.model.playbook import ReadyMade
from qbrgen.define.people_tables import People
from qbrgen.define.playbooks import Playbooks
from qbrgen.define.roster import fits, in_two_accounts
from qbrgen.define.sources import Loaded
from qbrgen.errors import Finding, Level, Location
from qbrgen.load.cells import is_nothing, parse_share
from qbrgen.load.nearest import instead_of, listed, nearest
from qbrgen.load.report import counted

_LIKE = 0.75  # of 1: how much a mistyped id has in common with the one that was meant
_MOST_COMPARED = 500  # ids that nobody knows; comparing takes its time


def across(accounts: Accounts, playbooks: Playbooks, crm: Crm, people: People, values: Loaded) -> list[Finding]:
    """What shows only when everything is looked at together: warnings and notes, never errors."""
    ids = {*accounts.sound, *accounts.set_aside}
    findings = account_ids_alike(_account_ids(ids, accounts, crm, people))
    for name in sorted(ids & people.by_account.keys()):
        findings += user_ids_alike(name, (_seen(row.user, row.where) for row in people.by_account[name]))
    findings += _same_names(accounts)
    findings += _no_one(accounts, playbooks)
    findings += _titles_of_no_one(accounts, playbooks, people)
    findings += _unused(accounts, playbooks, values)
    findings += _values_of_nothing(values)
    findings += _of_two_accounts(accounts)
    findings += _unknown_accounts(ids, crm, people)
    if people.unmatched:
        number = sum(people.unmatched.values())
        what = f"{counted(number, 'person is', 'people are')} in no persona: {titles_by_number(people.unmatched)}."
        fix = "Where some of them belong to one, add their titles to its `titles:`."
        findings.append(Finding(Level.NOTE, "people-without-persona", what, fix))
    for persona, places in people.unknown_personas.items():
        what = f"the people table puts {len(places):,} into '{persona}', which their playbook does not have; left out."
        names = sorted({each.id for playbook in playbooks.sound.values() for each in playbook.personas})
        fix = instead_of(persona, names, "personas")
        findings.append(Finding(Level.WARNING, "unknown-persona", what, fix, places[0]))
    return findings


def _account_ids(ids: Iterable[str], accounts: Accounts, crm: Crm, people: People) -> Iterator[Seen]:
    """Every account id with where it stands, the accounts' own first."""
    for name in sorted(ids):
        yield _seen(name, accounts.where.get(f"account/{name}"))
    for name, row in crm.rows.items():
        yield _seen(name, row.where)
    for name, rows in people.by_account.items():
        yield _seen(name, rows[0].where)


def _seen(name: str, where: Location | None) -> Seen:
    return Seen(name, str(where), where)


def _same_names(accounts: Accounts) -> list[Finding]:
    ids: dict[str, list[str]] = defaultdict(list)
    for account in accounts.sound.values():
        ids[account.name].append(account.id)
    shared = [name for name, holders in sorted(ids.items()) if len(holders) > 1]
    if not shared:
        return []
    quoted = listed([f"'{name}'" for name in shared])
    what = f"{len(shared):,} account names are shared by several accounts: {quoted}."
    return [Finding(Level.NOTE, "names-shared", what, "They are told apart by their ids.")]


def _of_two_accounts(accounts: Accounts) -> list[Finding]:
    found = in_two_accounts(accounts.sound.values())
    if not found:
        return []
    named = listed([f"{user} ({' and '.join(held)})" for user, held in sorted(found.items())])
    people = "1 person holds" if len(found) == 1 else f"{len(found):,} people hold"
    what = f"{people} seats at two accounts at the same time: {named}. Each account counts what they do there."
    return [Finding(Level.NOTE, "person-in-two-accounts", what, "Where one has moved, end the first seat with `to`.")]


def _no_one(accounts: Accounts, playbooks: Playbooks) -> list[Finding]:
    """A persona has people behind it, in one account at least."""
    used = {account.playbook for account in accounts.sound.values()}
    counted = people_of(accounts.sound.values())
    findings = []
    for playbook in playbooks.sound.values():
        for index, persona in enumerate(playbook.personas):
            if playbook.id in used and not counted[playbook.id, persona.id]:
                what = f"the persona '{persona.id}' has no one in any account."
                fix = "Add the job titles of its people to `titles:`, or name the people in the accounts' files."
                where = playbook.file.at("personas", index)
                findings.append(Finding(Level.WARNING, "persona-without-people", what, fix, where))
    return findings


def _unknown_accounts(ids: set[str], crm: Crm, people: People) -> list[Finding]:
    """Rows of accounts that the workspace does not have are counted, and told once."""
    findings = []
    strangers = sorted(set(people.by_account) - ids)
    if strangers:
        rows = sum(len(people.by_account[name]) for name in strangers)
        first = people.by_account[strangers[0]][0].where
        said = counted(rows, "row of people belongs", "rows of people belong")
        what = f"{said} to accounts that the workspace does not have: {listed(strangers)}."
        meant = _meant(strangers, ids - people.by_account.keys())
        fix = f"{meant}Write an accounts/NAME.yml for those that it should have."
        findings.append(Finding(Level.NOTE, "people-of-unknown-accounts", what, fix, Location(first.file)))
    rows_of = sorted(set(crm.rows) - ids)
    if rows_of:
        said = counted(
            len(rows_of), "row of accounts has no file of its own", "rows of accounts have no file of their own"
        )
        what = f"{said}: {listed(rows_of)}."
        fix = "Write an accounts/NAME.yml for each, or set `accounts: {from_table: true}`."
        fix = f"{_meant(rows_of, ids - crm.rows.keys())}{fix}"
        where = Location(crm.rows[rows_of[0]].where.file)
        findings.append(Finding(Level.NOTE, "accounts-without-file", what, fix, where))
    return findings


def _meant(strangers: Iterable[str], lacking: set[str]) -> str:
    """Which of the accounts that a table lacks was likely meant by an id that nobody knows: "Did you mean …? "."""
    found = {name: nearest(name, lacking, like=_LIKE) for name in list(strangers)[:_MOST_COMPARED]} if lacking else {}
    pairs = [f"'{meant}' by '{name}'" for name, meant in found.items() if meant]
    return f"Did you mean {listed(pairs)}? " if pairs else ""


def _titles_of_no_one(accounts: Accounts, playbooks: Playbooks, people: People) -> list[Finding]:
    """Every pattern of `titles:` fits somebody, where the data have job titles at all."""
    titles = {row.title for rows in people.by_account.values() for row in rows if row.title}
    titles |= {person.title for account in accounts.sound.values() for person in account.people if person.title}
    findings = []
    for playbook in playbooks.sound.values() if titles else ():
        for index, persona in enumerate(playbook.personas):
            for number, pattern in enumerate(persona.titles):
                if not any(fits(pattern, title) for title in titles):
                    what = f"no job title in the data fits '{pattern}' of the persona '{persona.id}'."
                    close = nearest(pattern.replace("*", ""), titles)
                    fix = f"Did you mean '{close}'? Else take it out." if close else "Correct it, or take it out."
                    where = playbook.file.at("personas", index, "titles", number)
                    findings.append(Finding(Level.NOTE, "title-matches-no-one", what, fix, where))
    return findings


def _values_of_nothing(values: Loaded) -> list[Finding]:
    """Rows of ready-made values that lack their account, metric, time or figure: counted, and told once a file. So are
    those of which nothing can be divided."""
    findings = []
    for table, content in values:
        when = table.columns.get("period") or table.columns.get("time")
        columns = [table.columns.get(name) for name in ("account", "metric", "value", "numerator", "denominator")]
        lacking: Counter[str] = Counter()
        first: Location | None = None
        of_zero: list[Location] = []
        cells = zip(content.column(when), *map(content.column, columns), strict=True)
        for index, (time, account, metric, value, above, below) in enumerate(cells):
            divided = is_nothing(value) and not is_nothing(above) and not is_nothing(below)
            lack = (
                "no account" * is_nothing(account)
                or "no metric" * is_nothing(metric)
                or "no time" * (when is not None and is_nothing(time))
                or "no figure" * (is_nothing(value) and not divided)
            )
            if lack:
                lacking[lack] += 1
                first = first or content.at(index)
            elif divided and _is_zero(below):
                of_zero.append(content.at(index))
        if lacking:
            told = ", ".join(f"{lack} ({number:,})" for lack, number in sorted(lacking.items()))
            what = f"{counted(lacking.total(), 'row')} of ready-made values left out: {told}."
            findings.append(
                Finding(Level.NOTE, "values-left-out", what, "Fill these cells, or delete the rows.", first)
            )
        if of_zero:
            have, they = ("has", "it makes") if len(of_zero) == 1 else ("have", "they make")
            rows = counted(len(of_zero), "row")
            what = f"{rows} of ready-made values {have} a denominator of 0: alone {they} no figure."
            fix = "Correct it, or leave it where nothing happened."
            findings.append(Finding(Level.NOTE, "values-of-zero", what, fix, of_zero[0]))
    return findings


def _is_zero(text: str) -> bool:
    try:
        return parse_share(text) == 0
    except ValueError:
        return False  # told as no number


def _unused(accounts: Accounts, playbooks: Playbooks, values: Loaded) -> list[Finding]:
    """Playbooks that no account uses, and metrics that no workflow does; told where every account could be read."""
    if accounts.set_aside:
        return []
    findings = []
    used = {account.playbook for account in accounts.sound.values()}
    for playbook in playbooks.sound.values():
        if playbook.id not in used:
            what = f"no account uses the playbook '{playbook.id}'."
            fix = "Name it as `playbook:` of the accounts that should, or delete it."
            findings.append(Finding(Level.NOTE, "playbook-unused", what, fix, playbook.file.at("playbook")))
    measures = [
        workflow.measure
        for account in accounts.sound.values()
        for persona in account.personas
        for workflow in persona.workflows
    ]
    known = {measure.metric for measure in measures if isinstance(measure, ReadyMade)}
    for table, data in values:
        unused = sorted({cell for cell in data.column(table.columns.get("metric")) if cell} - known)
        if unused:
            what = f"no workflow uses these metrics of {data.name}: {listed(unused)}."
            fix = "Name them in a workflow's `value:` where they should count."
            findings.append(Finding(Level.NOTE, "metric-unused", what, fix, table.where))
    return findings
