"""A draft → the files of a workspace: YAML with comments that say why each thing is proposed, and what to confirm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from qbrgen.define.checks import UNCONFIRMED
from qbrgen.draft.model import Draft, DraftPersona, DraftWorkflow, Kind, Mapped
from qbrgen.draft.settings_text import Named, entry_of, read_of
from qbrgen.draft.titles import id_of
from qbrgen.draft.usage import SOURCE
from qbrgen.load.characters import may_stand
from qbrgen.load.report import counted
from qbrgen.period import Rhythm

PRODUCES = f"{UNCONFIRMED} what the customer gets from it"
PLAYBOOK = "first-draft"
PEOPLE = "data/people.csv"
_TO_CONFIRM = "to confirm"
_MOST_LISTED = 40
_LONGEST = 160
_RHYTHM = {Rhythm.WEEK: "week", Rhythm.TWO_WEEKS: "two weeks", Rhythm.MONTH: "month"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What only people know. account_name: of the only account. said: the keys that somebody said; the others were
    proposed, and are to be confirmed."""

    vendor: str
    fiscal_year_starts: str
    time_zone: str
    currency: str
    owner: str = ""
    account_name: str = ""
    said: frozenset[str] = frozenset()


def files_of(draft: Draft, answers: Answers, named: Named, folder: str) -> dict[str, str]:
    """Every file of the workspace, by its name in it. named: how a table's file is written. folder: where it lies."""
    files = {
        "qbrgen.yml": _settings(draft, answers, named, folder),
        f"playbooks/{PLAYBOOK}.yml": _playbook(draft),
    }
    taken: set[str] = set()
    for account, name in draft.accounts.items():
        stem = id_of(account)
        while stem in taken:
            stem += "-2"
        taken.add(stem)
        files[f"accounts/{stem}.yml"] = _account(account, name, answers)
    if draft.roster:
        files[PEOPLE] = _table(
            ("user", "account", "name", "title", "persona"),
            ((user, account, "", title, draft.personas[0].id) for user, account, title in draft.roster),
        )
    return files


# ---- qbrgen.yml -----------------------------------------------------------------------------------------------------


def _settings(draft: Draft, answers: Answers, named: Named, folder: str) -> str:
    top = CommentedMap()
    top.yaml_set_start_comment(
        _clean_lines(
            f"A draft, made by `qbrgen init` of {folder}.",
            "Read it, correct it, and take `draft: true` out when it is right: until then every page says DRAFT.",
            f"What says '{_TO_CONFIRM}' is a proposal: of the data, or of nothing better.",
        )
    )
    top["draft"] = True
    wanted = (
        ("vendor", answers.vendor, "your company, as documents say it"),
        ("fiscal_year_starts", answers.fiscal_year_starts, "first month of your fiscal year"),
        ("time_zone", answers.time_zone, "where days and weeks begin, such as Europe/London"),
        ("currency", answers.currency, "of amounts that name none"),
    )
    for key, value, what in wanted:
        top[key] = value
        _note(top, key, what if key in answers.said else f"{_TO_CONFIRM}: {what}")
    top["data"] = _data(draft, named)
    _before(
        top, "data", "", "Where the data are, and which of their columns is what (ours: theirs). Nothing was copied."
    )
    _left(top["data"], draft)
    if draft.from_table:
        top["accounts"] = CommentedMap(from_table=True, playbook=PLAYBOOK)
        _before(
            top,
            "accounts",
            "",
            "Every row of the accounts' table is an account; accounts/NAME.yml may say more of one.",
        )
    return _dumped(top)


def _data(draft: Draft, named: Named) -> CommentedMap:
    data = CommentedMap(events=CommentedSeq())
    for kind in (Kind.EVENTS, Kind.PEOPLE, Kind.ACCOUNTS, Kind.PRESENCE, Kind.VALUES):
        entries = CommentedSeq(_entry(mapped, named) for mapped in draft.of(kind))
        if kind is Kind.PEOPLE and draft.roster:
            entries.append(CommentedMap(file=PEOPLE))
            entries.yaml_set_comment_before_after_key(
                len(entries) - 1,
                _clean(
                    "everyone with events so far, too many to be read as a list each time; `check` tells who is new"
                ),
                indent=4,
            )
        if kind is Kind.ACCOUNTS and draft.account_table:
            entries += [_accounts_of_people(mapped, named) for mapped in draft.of(Kind.PEOPLE)]
            if draft.roster:
                entries.append(CommentedMap(file=PEOPLE, columns=_flow(CommentedMap(account="account"))))
        if entries or kind is Kind.EVENTS:
            data[kind.value] = entries
    if not data["events"]:
        _note(data, "events", "none: the export names no person")
    return data


def _entry(mapped: Mapped, named: Named) -> CommentedMap:
    """One entry, with the reason beside each column."""
    plain = entry_of(mapped, named)
    entry = CommentedMap()
    for key, value in plain.items():
        if key == "columns":
            columns = CommentedMap(value)
            for name in columns:
                if not mapped.export:
                    _note(columns, name, mapped.reasons.get(name, ""))
            entry[key] = columns
        elif key == "read":
            entry[key] = _flow(CommentedMap(value))
        elif isinstance(value, Mapping):
            entry[key] = CommentedMap(
                {name: _flow(CommentedMap(each)) if isinstance(each, Mapping) else each for name, each in value.items()}
            )
        else:
            entry[key] = value
    notes = {
        "persona": "of everyone here whom no job title puts into another" if mapped.persona else "",
        "months_in_use": "any use in a month makes it a month in use" if mapped.months_in_use else "",
        "export": f"recognised: {mapped.because}" if mapped.export else "",
        "each_row": "what a row stands for" if mapped.each_row else "",
        "read": f"{_TO_CONFIRM}: {mapped.table.header_told}" if mapped.table.header_told else "",
    }
    for key, text in notes.items():
        _note(entry, key, text)
    if mapped.event_columns:
        reasons: dict[str, list[str]] = {}
        for column, why in mapped.left.items():
            reasons.setdefault(why, []).append(column)
        told = [f"  {why}: {_some(names, 6)}" for why, names in reasons.items()]
        if told:
            _before(entry, "event_columns", "Columns of numbers that are not taken:", *told, indent=6)
    return entry


def _accounts_of_people(mapped: Mapped, named: Named) -> CommentedMap:
    entry = CommentedMap(file=named(mapped.table))
    entry["columns"] = _flow(CommentedMap(account=mapped.columns.get("account", "account")))
    if read := read_of(mapped.table):
        entry["read"] = _flow(CommentedMap(read))
    return entry


def _left(data: CommentedMap, draft: Draft) -> None:
    """Files that are used for nothing, told under the data."""
    if draft.left:
        told = [f"  {name}: {why}" for name, why in draft.left[:_MOST_LISTED]]
        _before(data, "events", "Files of the folder that are not read:", *told, indent=2)


# ---- the playbook ---------------------------------------------------------------------------------------------------


def _playbook(draft: Draft) -> str:
    top = CommentedMap(playbook=PLAYBOOK, name="First draft", draft=True)
    _note(top, "name", f"{_TO_CONFIRM}: what you call it, such as the product or the segment")
    covered = sum((persona.share for persona in draft.personas), Fraction(0))
    head = ["Who must work differently, in which workflows, by how much: proposed from what the data hold."]
    if any(persona.titles for persona in draft.personas):
        head.append(f"These personas take {_percent(covered)} of the people who have a job title.")
    head += [
        *draft.cannot,
        "No data tell what a workflow produces: replace each `produces:` with what the customer gets.",
    ]
    top.yaml_set_start_comment(_clean_lines(*head))
    top["personas"] = CommentedSeq(_persona(persona) for persona in draft.personas)
    text = _dumped(top)
    return text + _comment_lines(_tail(draft))


def _persona(persona: DraftPersona) -> CommentedMap:
    entry = CommentedMap(id=persona.id, name=persona.name, one=persona.one)
    told = f"{_TO_CONFIRM}: how you call them"
    if persona.people and persona.titles:
        of = counted(persona.people, "person", "people")
        told += f"; {of} ({_percent(persona.share)}), {persona.with_events:,} of them with work in the data"
    elif persona.people:
        told += f"; {counted(persona.people, 'person', 'people')}, of whom no file tells the job"
    _note(entry, "name", told)
    if persona.titles:
        entry["titles"] = _flow(CommentedSeq(persona.titles))
        _note(entry, "titles", f"{_TO_CONFIRM}: {persona.why}")
    entry["rhythm"] = _RHYTHM[persona.rhythm]
    _note(entry, "rhythm", f"{_TO_CONFIRM}: {persona.rhythm_why}")
    entry["target"] = _percent(persona.target.share)
    _note(entry, "target", f"{_TO_CONFIRM}: {persona.target.why}")
    entry["workflows"] = CommentedSeq(_workflow(workflow, persona) for workflow in persona.workflows)
    return entry


def _workflow(workflow: DraftWorkflow, persona: DraftPersona) -> CommentedMap:
    entry = CommentedMap(id=workflow.id, name=workflow.name)
    _note(entry, "name", workflow.why)
    entry["produces"] = PRODUCES
    entry["target"] = _percent(workflow.target.share)
    _note(entry, "target", f"{_TO_CONFIRM}: {workflow.target.why}")
    if workflow.metric:
        entry["value"] = CommentedMap(metric=workflow.metric, source=SOURCE, combine="sum ÷ sum")
        entry["says"] = _flow(CommentedMap(of="months", do=f"saw {workflow.name}"))
        return entry
    events: Any = workflow.events[0] if len(workflow.events) == 1 else _flow(CommentedSeq(workflow.events))
    entry["frequency"] = _flow(CommentedMap(events=events, times=1))
    _note(entry, "frequency", f"{_TO_CONFIRM}: once in each {_RHYTHM[persona.rhythm]}")
    entry["says"] = _flow(CommentedMap(did=workflow.did))
    return entry


def _tail(draft: Draft) -> list[str]:
    """What was proposed for nothing: titles, events; each with its number and reason."""
    lines: list[str] = []
    if draft.unmatched:
        people = sum(each.people for each in draft.unmatched)
        lines += [
            "",
            f"{people:,} people are in no persona. Their job titles, by headcount (of them with work in the data):",
        ]
        lines += [f"  {each.title}: {each.people:,} ({each.with_events:,})" for each in draft.unmatched[:_MOST_LISTED]]
        lines += _more(len(draft.unmatched), "titles")
    if draft.unused:
        lines += ["", "Events that may be work, and that no workflow names (rows):"]
        lines += [f"  {each.event}: {each.rows:,}" for each in draft.unused[:_MOST_LISTED]]
        lines += _more(len(draft.unused), "events")
    if draft.set_aside:
        lines += ["", "Events that are set aside, since they are no work that produces an outcome (rows):"]
        lines += [f"  {each.event}: {each.rows:,}; {each.why}" for each in draft.set_aside[:_MOST_LISTED]]
        lines += _more(len(draft.set_aside), "events")
    return lines


def _more(number: int, what: str) -> list[str]:
    return [f"  and {number - _MOST_LISTED:,} more {what}"] if number > _MOST_LISTED else []


# ---- accounts -------------------------------------------------------------------------------------------------------


def _account(account: str, name: str, answers: Answers) -> str:
    top = CommentedMap(account=account)
    if answers.account_name or not name:
        top["name"] = answers.account_name or account
        _note(top, "name", "as documents say it" if answers.account_name else "the data have no name for it")
    top["playbook"] = PLAYBOOK
    if answers.owner:
        top["owner"] = answers.owner
        _note(top, "owner", "its CSM" if "owner" in answers.said else f"{_TO_CONFIRM}: its CSM")
    lines = [
        "",
        "What no data tell, and what the sentence needs; write it as in these examples:",
        "outcome:",
        "  bought: reach more buyers without hiring more reps",
        "impact:",
        "  - {what: manual email time, change: -30%, better: lower, source: estimate, by: the team, on: 2026-09-22}",
        "renewal: 2027-03-31",
    ]
    return _dumped(top) + _comment_lines(lines)


# ---- YAML -----------------------------------------------------------------------------------------------------------


def _dumped(top: CommentedMap) -> str:
    yaml = YAML()
    yaml.width = 4096  # never broken: a comment belongs to its line
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(top, out)
    return out.getvalue()


def _flow(value: Any) -> Any:
    value.fa.set_flow_style()
    return value


def _note(holder: CommentedMap, key: str, text: str) -> None:
    """A comment at the end of a key's line."""
    if text:
        holder.yaml_add_eol_comment(_clean(text), key, column=0)


def _before(holder: CommentedMap, key: str, *lines: str, indent: int = 0) -> None:
    holder.yaml_set_comment_before_after_key(key, before=_clean_lines(*lines), indent=indent)


def _clean(text: str) -> str:
    """A text that may stand in a comment: one line, nothing that cannot be seen."""
    shown = " ".join("".join(char if may_stand(char) else " " for char in text).split())
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _clean_lines(*lines: str) -> str:
    return "\n".join((" " * (len(line) - len(line.lstrip()))) + _clean(line) for line in lines)


def _comment_lines(lines: Iterable[str]) -> str:
    return "".join(f"# {_clean_lines(line)}".rstrip() + "\n" if line else "\n" for line in lines)


def _some(names: Sequence[str], most: int) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _percent(share: Fraction) -> str:
    return f"{float(share):.0%}"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
