"""accounts/*.yml and the accounts table → accounts that hold together; broken ones set aside, each with its reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from qbrgen.define import resolve, roster
from qbrgen.define.account_checks import AccountChecks
from qbrgen.define.crm import Crm, CrmRow, without_currency
from qbrgen.define.customer_texts import check_customer_texts
from qbrgen.define.databases import is_unseen
from qbrgen.define.drafts import draft_findings
from qbrgen.define.model.account import Account, Sponsor, needs_no_one
from qbrgen.define.model.people import Person
from qbrgen.define.model.playbook import Persona
from qbrgen.define.model.settings import Settings
from qbrgen.define.overrides import merge
from qbrgen.define.people_tables import People
from qbrgen.define.playbooks import Playbook, Playbooks
from qbrgen.define.roster import Matcher
from qbrgen.define.schema import AccountFile, PlaybookFile, PlaybookPersona
from qbrgen.define.settings import check_locale
from qbrgen.define.settings_schema import FromTableWritten
from qbrgen.define.stand_ins import StandIns, read_definition
from qbrgen.define.validate import validate
from qbrgen.errors import Finding, Level, Location
from qbrgen.figures import Money
from qbrgen.load.identifiers import in_full
from qbrgen.load.nearest import instead_of, listed
from qbrgen.load.report import capped
from qbrgen.load.yaml_files import YamlFile, yaml_paths

FOLDER = "accounts"
_NOBODY = frozenset({"account-without-people", "account-without-personas"})
_DAYS = "date-not-readable"
_ID_LINE = re.compile(r"""^account:[ \t]*["']?([^"'#\n]+?)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WrittenAccount:
    """An account before it is put together. written: its file's content (empty for one that only the table knows)."""

    id: str
    written: AccountFile
    file: YamlFile
    has_file: bool
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Accounts:
    """sound and set_aside: by id. findings: warnings of sound accounts. left_out: of a draft's accounts without anyone
    to review, which are neither."""

    sound: dict[str, Account] = field(default_factory=dict)
    set_aside: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    where: dict[str, Location] = field(default_factory=dict)


def written_accounts(
    root: Path, crm: Crm, rule: FromTableWritten | None, stand_ins: StandIns
) -> tuple[dict[str, WrittenAccount], list[Finding]]:
    """Every account that the workspace has, by id: its files, and the table's rows where the settings say so.

    A stand-in for a file that is not there is an account that would be there.
    """
    paths, findings = yaml_paths(root / FOLDER, FOLDER)
    to_come = (root / name for name in stand_ins if name.startswith(f"{FOLDER}/"))  # files that are not there yet
    found: dict[str, WrittenAccount] = {}
    for path in dict.fromkeys([*paths, *to_come]):
        account = _from_file(path, read_definition(path, root, stand_ins))
        if account.id in found:
            first = found[account.id]
            what = f"the account '{account.id}' has two files (also {first.file.name})."
            where = account.file.at("account")
            twice = Finding(Level.ERROR, "account-twice", what, "Keep one of them.", where, account.id)
            findings_of = (*first.findings, *account.findings, twice)
            account = WrittenAccount(first.id, first.written, first.file, True, findings_of)
        found[account.id] = account
    if rule is not None and rule.from_table:
        for name, row in crm.rows.items():
            if name not in found:
                found[name] = WrittenAccount(name, AccountFile(), YamlFile(row.where.file), False)
    return found, findings


def _from_file(path: Path, file: YamlFile) -> WrittenAccount:
    match = _ID_LINE.search(file.text)
    account = match[1].strip() if match else path.stem
    written, findings = validate(AccountFile, file, account)
    if written is not None and written.account and written.account != account:
        account = written.account
        written, findings = validate(AccountFile, file, account)
    return WrittenAccount(in_full(account), written or AccountFile(), file, True, tuple(findings))


class Builder:
    """Puts accounts together, one at a time, from everything that is known of them."""

    def __init__(
        self, settings: Settings, playbooks: Playbooks, crm: Crm, people: People, rule: FromTableWritten | None
    ) -> None:
        self.settings, self.playbooks, self.crm, self.people = settings, playbooks, crm, people
        self.default = rule.playbook if rule else ""
        self.accounts = Accounts()

    def add(self, written: WrittenAccount) -> None:
        """Put one account together, or set it aside."""
        row = self.crm.rows.get(written.id)
        self._locate(written, row)
        findings = [*written.findings, *self.crm.broken.get(written.id, [])]
        playbook, wrong = self._playbook(written, row)
        findings += wrong
        account = None
        if playbook is not None:
            account, wrong = self._account(written, row, playbook)
            findings += wrong
        findings += self._unreadable(written, row, findings, certain=account is not None)
        findings = _few_of_each_file(dict.fromkeys(findings), written.id)
        wrong = [finding for finding in findings if finding.level is Level.ERROR]
        if wrong and not written.has_file and self.settings.draft and {each.code for each in wrong} <= _NOBODY:
            # a table of customers has those as well who are none yet; a draft is not held up by them
            fix = "It is left out while the workspace is a draft, and set aside afterwards."
            self.accounts.left_out += [replace(each, level=Level.WARNING, fix=fix) for each in wrong]
        elif account is None or wrong:
            self.accounts.set_aside[written.id] = tuple(findings)
        else:
            self.accounts.sound[written.id] = account
            self.accounts.findings += findings

    def _unreadable(
        self, written: WrittenAccount, row: CrmRow | None, told: list[Finding], *, certain: bool
    ) -> list[Finding]:
        """Days of the account's rows that cannot be read: an error, or a warning where it is certain that nothing takes
        them. told: those of seats, by `roster`."""
        days = [replace(wrong, account=written.id) for each in self.people.of(written.id) for _, wrong in each.wrong]
        findings = [_left_out(each) if certain else each for each in days if each not in told]
        if row and row.wrong:
            known = written.written.renewal or row.renewal
            findings.append(_left_out(row.wrong) if known else row.wrong)
        return findings

    def _locate(self, written: WrittenAccount, row: CrmRow | None) -> None:
        top = f"account/{written.id}"
        where = self.accounts.where
        if not written.has_file:
            where[top] = row.where if row else Location(written.file.name)
            return
        where[top] = written.file.at("account")
        for index, impact in enumerate(resolve.impacts(written.written.impact)):
            where[f"{top}/impact/{impact.id}"] = written.file.at("impact", index)
        for index, action in enumerate(resolve.actions(written.written.actions)):
            where[f"{top}/action/{action.id}"] = written.file.at("actions", index)
        for persona, change in (written.written.overrides.personas if written.written.overrides else {}).items():
            for workflow in change.workflows:
                place = ("overrides", "personas", persona, "workflows", workflow)
                where[f"{top}/overrides/{persona}/{workflow}"] = written.file.at(*place)
        for key in ("outcome", "people", "overrides"):
            if written.file.has(key):
                where[f"{top}/{key}"] = written.file.at(key)

    def _playbook(self, written: WrittenAccount, row: CrmRow | None) -> tuple[Playbook | None, list[Finding]]:
        name = written.written.playbook or (row.playbook if row else "") or self.default
        if not name and len(self.playbooks.names) == 1:
            name = self.playbooks.names[0]
        if name in self.playbooks.sound:
            return self.playbooks.sound[name], []
        if name in self.playbooks.names:
            return None, self._beside(written, self.playbooks.broken.get(name))
        where = written.file.at("playbook") if written.has_file else self.accounts.where[f"account/{written.id}"]
        names = sorted(self.playbooks.names)
        if not name and any(finding.level is Level.ERROR for finding in written.findings):
            return None, []  # a file that could not be read is told as that alone
        if not name:
            what, fix = "the account names no playbook.", f"Add `playbook:`, one of: {listed(names)}."
        else:
            what, fix = f"there is no playbook '{name}'.", instead_of(name, names, "playbooks")
        return None, [Finding(Level.ERROR, "unknown-playbook", what, fix, where, written.id)]

    def _beside(self, source: WrittenAccount, broken: PlaybookFile | None) -> list[Finding]:
        """What is wrong with an account besides its broken playbook, which is told at its own file."""
        if broken is None:
            return []
        merged, findings = merge(broken, source.written.overrides, source.file, source.id, source.written.draft)
        findings = [finding for finding in findings if finding.code in ("unknown-persona", "unknown-workflow")]
        return findings + AccountChecks(source.id, source.written, source.file).run(merged)

    def _account(
        self, source: WrittenAccount, row: CrmRow | None, playbook: Playbook
    ) -> tuple[Account | None, list[Finding]]:
        written, file = source.written, source.file
        merged, findings = merge(playbook.written, written.overrides, file, source.id, written.draft)
        if any(finding.level is Level.ERROR for finding in findings):
            return None, findings  # without its personas nothing else of it can be checked
        own = merged is not playbook.written.personas
        personas = resolve.personas(merged) if own else playbook.personas
        matcher = Matcher(personas) if own else playbook.matcher
        findings += AccountChecks(source.id, written, file).run(personas)
        findings += check_locale(written.language, "language", file.at("language"), source.id)
        people, wrong = self._people(source, matcher, personas)
        findings += wrong
        findings += check_customer_texts(source.id, written, file, people)
        arr, wrong = self._arr(source, row)
        findings += wrong
        draft = self.settings.draft or playbook.written.draft or any(map(_holds_draft, merged))
        findings += draft_findings(file, f"the account '{source.id}'", source.id, by_another=draft)
        return self._made(source, row, playbook, personas, people, arr, draft or written.draft), findings

    def _made(
        self,
        source: WrittenAccount,
        row: CrmRow | None,
        playbook: Playbook,
        personas: tuple[Persona, ...],
        people: tuple[Person, ...],
        arr: Money | None,
        draft: bool,
    ) -> Account:
        written = source.written
        sponsor = Sponsor(written.sponsor.name, written.sponsor.role) if written.sponsor else None
        return Account(
            id=source.id,
            name=written.name or (row.name if row else "") or source.id,
            playbook=playbook.id,
            personas=personas,
            people=people,
            owner=written.owner or (row.owner if row else ""),
            segment=written.segment or (row.segment if row else ""),
            arr=arr,
            renewal=written.renewal or (row.renewal if row else None),
            language=written.language or self.settings.locale,
            sponsor=sponsor,
            names_agreed=written.names_agreed,
            outcome=resolve.outcome(written.outcome),
            impacts=resolve.impacts(written.impact),
            actions=resolve.actions(written.actions),
            ask=written.ask,
            next_review=written.next_review,
            ask_of_leadership=written.ask_of_leadership,
            notes=written.notes,
            closed_weeks=self.settings.closed_weeks | frozenset(written.closed_weeks),
            draft=draft,
        )

    def _arr(self, source: WrittenAccount, row: CrmRow | None) -> tuple[Money | None, list[Finding]]:
        money = source.written.arr
        if money is None:
            return (row.arr if row else None), []
        currency = money.currency or self.settings.currency
        if not currency:
            return None, [without_currency(f"{money.amount:f}", source.file.at("arr"), source.id)]
        return Money(money.amount, currency), []

    def _people(
        self, source: WrittenAccount, matcher: Matcher, personas: tuple[Persona, ...]
    ) -> tuple[tuple[Person, ...], list[Finding]]:
        if source.file.has("people") and source.has_file:
            people, findings = roster.from_list(source.written.people, source.file, source.id, self.people, matcher)
        else:
            people, findings = roster.from_table(source.id, self.people, matcher)
        if not people and not findings and not needs_no_one(personas) and not is_unseen():
            findings = [self._nobody(source)]
        return people, findings

    def _nobody(self, source: WrittenAccount) -> Finding:
        rows = [] if source.file.has("people") and source.has_file else self.people.of(source.id)
        where = source.file.at("people") if source.has_file else self.accounts.where[f"account/{source.id}"]
        if not rows:
            what = f"the account '{source.id}' has no people: nobody can be active."
            fix = "List them under `people:` in its file, or add their rows to the people table."
            return Finding(Level.ERROR, "account-without-people", what, fix, where, source.id)
        users = {row.user: row.title or "no title" for row in rows}
        titles = titles_by_number(Counter(users.values()))
        what = f"none of the {len(users)} people of the account '{source.id}' is in a persona; their titles: {titles}."
        fix = "Add the titles that belong to a persona to its `titles:` in the playbook."
        return Finding(Level.ERROR, "account-without-personas", what, fix, where, source.id)


def _few_of_each_file(findings: Iterable[Finding], account: str) -> list[Finding]:
    """The findings, with the days of a table that cannot be read as few and a count."""
    days = [finding for finding in findings if finding.code == _DAYS]
    others = [finding for finding in findings if finding.code != _DAYS]
    return [*others, *(replace(each, account=account) for each in capped(days))]


def _left_out(wrong: Finding) -> Finding:
    what = f"{wrong.what.removesuffix('.')}; left out: nothing is counted from it."
    return replace(wrong, level=Level.WARNING, what=what)


def _holds_draft(persona: PlaybookPersona) -> bool:
    """Whether a persona of an account, or one of its workflows, is not confirmed yet."""
    return persona.draft or any(workflow.draft for workflow in persona.workflows)


def titles_by_number(titles: Counter[str]) -> str:
    """Job titles by headcount, largest first: "Engineer (40), Analyst (12)"."""
    ordered = sorted(titles.items(), key=lambda each: (-each[1], each[0]))
    return listed(f"{title or 'no title'} ({number:,})" for title, number in ordered)


def people_of(accounts: Iterable[Account]) -> Counter[tuple[str, str]]:
    """(playbook, persona) → people who ever held a seat in it, over all accounts."""
    found: Counter[tuple[str, str]] = Counter()
    for account in accounts:
        for person in account.people:
            found.update({(account.playbook, seat.persona) for seat in person.seats})
    return found
