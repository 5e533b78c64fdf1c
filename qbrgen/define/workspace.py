"""A workspace's folder → Definitions: settings, playbooks and accounts that hold together. The file to read first.

A wrong setting, playbook or table stops everything, with every problem found (InputError). A wrong account is set
aside with its reasons, and the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qbrgen.define.accounts import Accounts, Builder, WrittenAccount, people_of, titles_by_number, written_accounts
from qbrgen.define.crm import Crm, read_crm
from qbrgen.define.model import Definitions
from qbrgen.define.playbooks import Playbooks, load_playbooks
from qbrgen.define.reviews import broken_reviews, load_reviews
from qbrgen.define.roster import People, in_two_accounts, read_people
from qbrgen.define.settings import FILE, LoadedSettings, load_settings
from qbrgen.define.stand_ins import StandIns
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.nearest import instead_of, listed
from qbrgen.load.report import in_order

# What an account lacks only because the settings or a table could not be read is not told as well.
_FOLLOWS_FROM_DATA = frozenset({"account-without-people", "account-without-personas", "person-without-id"})


def load_workspace(root: Path, stand_ins: StandIns | None = None) -> Definitions:
    """Read and check the workspace in the folder `root`.

    stand_ins: files to read in place of the workspace's own, by their names in it (define/stand_ins.py).
    Out: accounts by id, those set aside with their findings, and every warning and note. Raises InputError with
    everything that was found, of accounts too, when the settings, a playbook or a data file is wrong.
    """
    parts = read_parts(root, stand_ins or {})
    loaded, playbooks, crm, people = parts.loaded, parts.playbooks, parts.crm, parts.people
    settings, written, findings = loaded.settings, parts.written, list(parts.findings)
    rule = loaded.written.accounts if loaded.written else None
    builder = Builder(settings, playbooks, crm, people, rule)
    for account in written.values():
        builder.add(account)
    accounts = builder.accounts
    findings += [*loaded.findings, *playbooks.findings, *crm.findings, *people.findings]
    findings += _accounts_rule(loaded, playbooks, bool(written))
    findings += _across(accounts, playbooks, crm, people)
    known = {*accounts.sound, *accounts.set_aside}
    reviews, wrong = load_reviews(root, known, settings.fiscal_year_starts, accounts.sound)
    findings += wrong
    if loaded.written is None:  # without the settings no table of values is known
        findings = [finding for finding in findings if finding.code != "unknown-metric"]
    if any(finding.level is Level.ERROR for finding in findings):
        aside = [finding for reasons in accounts.set_aside.values() for finding in reasons]
        if loaded.written is None or any(finding.level is Level.ERROR for finding in loaded.findings):
            aside = [finding for finding in aside if finding.code not in _FOLLOWS_FROM_DATA]
        raise InputError(in_order([*findings, *accounts.findings, *aside]))
    return Definitions(
        settings=settings,
        accounts=dict(sorted(accounts.sound.items())),
        set_aside={name: tuple(in_order(found)) for name, found in sorted(accounts.set_aside.items())},
        findings=tuple(in_order([*findings, *accounts.findings])),
        where={**loaded.where, **playbooks.where, **accounts.where},
        reviews=reviews,
        broken_reviews=broken_reviews(wrong, settings.fiscal_year_starts),
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What a workspace is put together from, each as its own files say it. findings: of the accounts' folder."""

    loaded: LoadedSettings
    playbooks: Playbooks
    crm: Crm
    people: People
    written: dict[str, WrittenAccount]
    findings: tuple[Finding, ...]


def read_parts(root: Path, stand_ins: StandIns) -> Parts:
    """Read the files of the workspace, as `load_workspace` does. Raises InputError where there is none."""
    if not root.is_dir():
        raise InputError([_no_workspace(root)])
    if not (root / FILE).exists() and FILE not in stand_ins:
        raise InputError([_no_settings(root)])
    loaded = load_settings(root, stand_ins)
    settings = loaded.settings
    playbooks = load_playbooks(root, loaded.data.values, stand_ins)
    crm = read_crm(loaded.data.accounts, settings.currency, settings.time_zone)
    people = read_people(loaded.data.people, settings.time_zone)
    rule = loaded.written.accounts if loaded.written else None
    written, findings = written_accounts(root, crm, rule, stand_ins)
    return Parts(loaded, playbooks, crm, people, written, tuple(findings))


def _no_workspace(root: Path) -> Finding:
    what = f"there is no folder '{root}'." if not root.exists() else f"'{root}' is a file, not a folder."
    return Finding(Level.ERROR, "no-workspace", what, f"Name the folder that holds {FILE} with -w FOLDER.")


def _no_settings(root: Path) -> Finding:
    other = (root / FILE).with_suffix(".yaml")
    fix = (
        f"Rename {other.name} to {FILE}."
        if other.exists()
        else f"Name the folder that holds {FILE} with -w FOLDER, or write it."
    )
    return Finding(Level.ERROR, "file-missing", f"'{root}' holds no {FILE}.", fix)


def _accounts_rule(loaded: LoadedSettings, playbooks: Playbooks, any_account: bool) -> list[Finding]:
    """`accounts:` of the settings: its playbook and its table exist, and there is at least one account."""
    findings: list[Finding] = []
    rule = loaded.written.accounts if loaded.written else None
    if rule is not None and rule.playbook and rule.playbook not in playbooks.names:
        what = f"there is no playbook '{rule.playbook}'."
        fix = instead_of(rule.playbook, sorted(playbooks.names), "playbooks")
        where = loaded.file.at("accounts", "playbook")
        findings.append(Finding(Level.ERROR, "unknown-playbook", what, fix, where))
    if rule is not None and rule.from_table and not loaded.data.accounts:
        what = "accounts are to come from a table, and `data:` names no table of accounts."
        fix = "Add `accounts:` to `data:`, with `file:` and `columns:`."
        findings.append(Finding(Level.ERROR, "no-accounts-table", what, fix, loaded.file.at("accounts", "from_table")))
    elif not any_account and loaded.written is not None:
        what = "the workspace has no account."
        fix = "Write one as accounts/NAME.yml, or set `accounts: {from_table: true}` in qbrgen.yml."
        findings.append(Finding(Level.ERROR, "no-account", what, fix, Location("accounts")))
    return findings


def _across(accounts: Accounts, playbooks: Playbooks, crm: Crm, people: People) -> list[Finding]:
    """What shows only when everything is looked at together: warnings and notes, never errors."""
    ids = {*accounts.sound, *accounts.set_aside}
    findings = [*_alike({*ids, *crm.rows, *people.by_account})]
    findings += _same_names(accounts)
    findings += _no_one(accounts, playbooks)
    findings += _of_two_accounts(accounts)
    findings += _unknown_accounts(ids, crm, people)
    if people.unmatched:
        number = sum(people.unmatched.values())
        what = f"{number:,} people are in no persona: {titles_by_number(people.unmatched)}."
        fix = "Where some of them belong to one, add their titles to its `titles:`."
        findings.append(Finding(Level.NOTE, "people-without-persona", what, fix))
    for persona, places in people.unknown_personas.items():
        what = f"the people table puts {len(places):,} into '{persona}', which their playbook does not have; left out."
        names = sorted({each.id for playbook in playbooks.sound.values() for each in playbook.personas})
        fix = instead_of(persona, names, "personas")
        findings.append(Finding(Level.WARNING, "unknown-persona", what, fix, places[0]))
    return findings


def _alike(ids: Iterable[str]) -> list[Finding]:
    """Ids that differ only by case or spaces are told, never joined."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(ids):
        groups["".join(name.split()).casefold()].append(name)
    findings = []
    for group in groups.values():
        if len(group) > 1:
            names = " and ".join(f"'{name}'" for name in group)
            what = f"the account ids {names} differ only by case or spaces; they count as different accounts."
            fix = "Where they are one account, write its id alike in every file."
            findings.append(Finding(Level.WARNING, "ids-alike", what, fix))
    return findings


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
        what = f"{rows:,} rows of people belong to accounts that the workspace does not have: {listed(strangers)}."
        fix = "Write an accounts/NAME.yml for those that it should have."
        findings.append(Finding(Level.NOTE, "people-of-unknown-accounts", what, fix, Location(first.file)))
    rows_of = sorted(set(crm.rows) - ids)
    if rows_of:
        what = f"{len(rows_of):,} rows of accounts have no file of their own: {listed(rows_of)}."
        fix = "Write an accounts/NAME.yml for each, or set `accounts: {from_table: true}`."
        where = Location(crm.rows[rows_of[0]].where.file)
        findings.append(Finding(Level.NOTE, "accounts-without-file", what, fix, where))
    return findings
