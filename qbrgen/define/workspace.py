"""A workspace's folder → Definitions: settings, playbooks and accounts that hold together. The file to read first.

A wrong setting, playbook or table stops everything, with every problem found (InputError). A wrong account is set
aside with its reasons, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from qbrgen.define.accounts import Builder, WrittenAccount, written_accounts
from qbrgen.define.across import across
from qbrgen.define.crm import Crm, read_crm
from qbrgen.define.model.account import Account
from qbrgen.define.model.settings import Settings
from qbrgen.define.model.workspace import Definitions
from qbrgen.define.people_tables import People, read_people
from qbrgen.define.playbooks import Playbooks, load_playbooks
from qbrgen.define.reviews import broken_reviews, load_reviews
from qbrgen.define.settings import FILE, LoadedSettings, load_settings
from qbrgen.define.stand_ins import StandIns
from qbrgen.errors import Finding, InputError, Level, Location
from qbrgen.load.identifiers import in_short
from qbrgen.load.nearest import instead_of
from qbrgen.load.report import capped, in_order

# What an account lacks only because the settings or a table could not be read is not told as well.
_FOLLOWS_FROM_DATA = frozenset({"account-without-people", "account-without-personas", "person-without-id"})


def load_workspace(root: Path, stand_ins: StandIns | None = None) -> Definitions:
    """Read and check the workspace in the folder `root`.

    stand_ins: files to read in place of the workspace's own, by their names in it (define/stand_ins.py).
    Out: accounts by id, those set aside with their findings, and every warning and note. Raises InputError with
    everything that was found, of accounts too, when the settings, a playbook or a data file is wrong.
    """
    return put_together(read_parts(root, stand_ins or {}))


def put_together(parts: Parts) -> Definitions:
    """What `load_workspace` makes of its parts. Once only: people of no persona are tallied in them."""
    loaded, playbooks, crm, people = parts.loaded, parts.playbooks, parts.crm, parts.people
    settings, written, findings = loaded.settings, parts.written, list(parts.findings)
    rule = loaded.written.accounts if loaded.written else None
    builder = Builder(settings, playbooks, crm, people, rule)
    for account in written.values():
        builder.add(account)
    accounts = builder.accounts
    findings += [*loaded.findings, *playbooks.findings, *crm.findings, *people.findings]
    findings += _accounts_rule(loaded, playbooks, bool(written))
    sound = not any(finding.level is Level.ERROR for finding in loaded.findings)
    findings += across(accounts, playbooks, crm, people, loaded.data.values if sound else [])
    known = {*accounts.sound, *accounts.set_aside}
    reviews, wrong = load_reviews(settings.root, known, settings.fiscal_year_starts, accounts.sound)
    findings += wrong
    if loaded.written is None:  # without the settings no table of values is known
        findings = [finding for finding in findings if finding.code != "unknown-metric"]
    if any(finding.level is Level.ERROR for finding in findings):
        aside = [finding for reasons in accounts.set_aside.values() for finding in reasons]
        if loaded.written is None or any(finding.level is Level.ERROR for finding in loaded.findings):
            aside = [finding for finding in aside if finding.code not in _FOLLOWS_FROM_DATA]
        raise InputError(in_order([*findings, *accounts.findings, *aside]))
    return Definitions(
        settings=_with_forms(settings, {*known, *crm.rows}, accounts.sound.values(), people),
        accounts=dict(sorted(accounts.sound.items())),
        set_aside={name: tuple(in_order(found)) for name, found in sorted(accounts.set_aside.items())},
        findings=tuple(in_order([*findings, *accounts.findings, *capped(accounts.left_out)])),
        where={**loaded.where, **playbooks.where, **accounts.where},
        reviews=reviews,
        broken_reviews=broken_reviews(wrong, settings.fiscal_year_starts),
    )


def _with_forms(settings: Settings, ids: Iterable[str], accounts: Iterable[Account], people: People) -> Settings:
    """The settings with the other forms that ids of these accounts and people may have in the data."""
    users = {row.user for rows in people.by_account.values() for row in rows}
    users |= {person.id for account in accounts for person in account.people}
    forms = {short: name for name in (*ids, *users) if (short := in_short(name))}
    return replace(settings, sources=replace(settings.sources, other_forms=forms)) if forms else settings


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
    playbooks = load_playbooks(root, loaded.data.values, stand_ins, draft=settings.draft)
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
