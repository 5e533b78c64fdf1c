"""reviews/*/*.yml → the records of delivered reviews.

A record tells what has changed since, and what was promised. A broken one stops nothing: it is told with its place,
and the review goes on as if there were none. As that would drop what was promised, it is told on every run that makes
or words the account (`unusable_records`), not by `qbrgen check` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from qbrgen.define import resolve
from qbrgen.define.customer_texts import check_promised_texts
from qbrgen.define.model.account import Account
from qbrgen.define.model.review import (
    COUNTED_WORDS,
    ActionPromised,
    ActiveRule,
    BrokenReview,
    PersonaDelivered,
    PersonDelivered,
    Promised,
    ReviewRecord,
    WorkflowDelivered,
)
from qbrgen.define.review_schema import (
    PersonaDeliveredWritten,
    PromisedWritten,
    ReviewFile,
    WorkflowDeliveredWritten,
)
from qbrgen.define.schema import KINDS
from qbrgen.define.sources import name_of
from qbrgen.define.validate import validate
from qbrgen.errors import Finding, Level, Location
from qbrgen.figures import Span
from qbrgen.load.nearest import nearest
from qbrgen.load.yaml_files import Place, YamlFile, read_yaml, yaml_paths
from qbrgen.period import Period, parse_period

FOLDER = "reviews"

_UNUSABLE = "the record of a review cannot be used, nothing is compared with it, and what it promised is not judged"

Reviews = dict[str, dict[str, ReviewRecord]]
"""Account id → period (2026-Q2) → its record."""


def broken_reviews(findings: Iterable[Finding], first_month: int) -> dict[str, tuple[BrokenReview, ...]]:
    """Account id → its records that cannot be used, from what `load_reviews` found."""
    broken: dict[str, tuple[BrokenReview, ...]] = {}
    for finding in findings:
        if finding.code == "review-broken" and finding.account and finding.where:
            name = finding.where.file
            each = BrokenReview(_quarter(PurePosixPath(name).parent.name, first_month), name)
            broken[finding.account] = (*broken.get(finding.account, ()), each)
    return broken


def load_reviews(
    root: Path, accounts: Collection[str], first_month: int, sound: Mapping[str, Account] | None = None
) -> tuple[Reviews, list[Finding]]:
    """Every record of the workspace that holds together, and what is wrong with the others: warnings and notes.

    accounts: every id that the workspace knows, sound or set aside. first_month: of the fiscal year. sound: those whose
    customer may read what was promised; None checks no words.
    """
    paths, findings = yaml_paths(root / FOLDER, FOLDER)
    findings = [replace(finding, level=Level.WARNING) for finding in findings]
    found: Reviews = {}
    places: dict[tuple[str, str], str] = {}
    for path in paths:
        file = read_yaml(path, name_of(path, root))
        record, wrong = read_review(file, first_month)
        findings += wrong
        if record is None:
            continue
        if record.account not in accounts:
            findings.append(_stranger(record, file, accounts))
            continue
        first = places.setdefault((record.account, record.period), file.name)
        if first != file.name:
            findings.append(_twice(record, file, first))
            continue
        found.setdefault(record.account, {})[record.period] = record
        if sound and record.account in sound:
            findings += check_promised_texts(record, file, sound[record.account])
    return found, findings


def read_review(file: YamlFile, first_month: int) -> tuple[ReviewRecord | None, list[Finding]]:
    """One record; None with one warning, at the first thing that is wrong with it, where it cannot be used."""
    written, errors = validate(ReviewFile, file)
    if not errors and written is not None:
        errors = list(_wrong(written, file, first_month))
    if written is None or errors:
        first = min(errors, key=lambda each: (each.where is None, (each.where and each.where.line) or 0))
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        what = f"{_UNUSABLE}: {first.what}{more}"
        account, where = _account_of(file), first.where or file.at()
        fix = how_to_mend(account, _period_of(file, first_month))
        return None, [Finding(Level.WARNING, "review-broken", what, fix, where, account)]
    return _record(written, parse_period(written.period, first_month)), []


def _account_of(file: YamlFile) -> str:
    """Whose record a broken one is: by its `account:`, else by its name."""
    told = file.value.get("account") if isinstance(file.value, dict) else None
    return told if isinstance(told, str) and told else PurePosixPath(file.name).stem


def _period_of(file: YamlFile, first_month: int) -> str:
    """Of which quarter a broken one is: by its `period:`, else by its folder; "" where neither names one."""
    told = file.value.get("period") if isinstance(file.value, dict) else None
    written = _quarter(told, first_month) if isinstance(told, str) else None
    period = written or _quarter(PurePosixPath(file.name).parent.name, first_month)
    return period.name if period else ""


def _quarter(name: str, first_month: int) -> Period | None:
    try:
        return parse_period(name, first_month)
    except ValueError:
        return None


def how_to_mend(account: str, period: str) -> str:
    """What to do with a record that cannot be used: to count it anew is no way out of what was promised."""
    anew = f"`qbrgen commit {account} --period {period or 'QUARTER'} --replace`"
    last = f"{anew} puts what is counted today in its place: what was promised and told then is lost."
    return f"Restore it from version control, as it was recorded. Only where nothing has it any more: {last}"


def unusable_records(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those of a workspace's findings that say that a review is compared with less than was delivered."""
    codes = ("review-broken", "review-twice", "review-of-unknown-account")
    return (finding for finding in findings if finding.code in codes)


def _record(written: ReviewFile, period: Period) -> ReviewRecord:
    rule = written.active_rule
    return ReviewRecord(
        account=written.account,
        period=period.name,
        as_of=written.as_of,
        recorded_on=written.recorded_on,
        window=Span(written.window.from_, written.window.to),
        rule=ActiveRule(rule.active_share, rule.new_units, rule.recent_units, rule.lapsed_units),
        personas=tuple(_persona(name, persona) for name, persona in written.personas.items()),
        events=dict(written.events),
        promised=_promised(written.promised) if written.promised else None,
        direction=written.direction,
        told=dict(written.told),
    )


def _promised(written: PromisedWritten) -> Promised:
    actions = (
        ActionPromised(name, each.action, each.owner, each.side, each.due, each.closes, each.internal)
        for name, each in written.actions.items()
    )
    return Promised(tuple(written.targets), tuple(actions))


def _persona(persona_id: str, written: PersonaDeliveredWritten) -> PersonaDelivered:
    return PersonaDelivered(
        id=persona_id,
        name=written.name,
        target=written.target,
        rhythm=written.rhythm,
        active=written.active,
        counted=written.counted,
        people={who: PersonDelivered(person.state, person.in_seat) for who, person in written.people.items()},
        workflows=tuple(_workflow(name, workflow) for name, workflow in written.workflows.items()),
    )


def _workflow(workflow_id: str, written: WorkflowDeliveredWritten) -> WorkflowDelivered:
    return WorkflowDelivered(
        id=workflow_id,
        name=written.name,
        target=written.target,
        measure=resolve.measure(written),
        state=written.state,
        numerator=written.numerator,
        denominator=written.denominator,
        value=written.figure,
        people=tuple(written.people),
    )


# ---- whether it holds together --------------------------------------------------------------------------------------


def _wrong(written: ReviewFile, file: YamlFile, first_month: int) -> Iterator[Finding]:
    """What does not fit together: a record that was changed by hand is not what was delivered."""
    try:
        period = parse_period(written.period, first_month)
    except ValueError as problem:
        yield _broken(str(problem), file.at("period"))
    else:
        if not period.first_day <= written.window.from_ <= written.window.to <= period.last_day:
            what = (
                f"its window is not within {period.label}, which runs from {period.first_day} to {period.last_day}; "
                "was the fiscal year another one then?"
            )
            yield _broken(what, file.at("window"))
    for name, persona in written.personas.items():
        yield from _wrong_people(persona, file, ("personas", name))
        for key, workflow in persona.workflows.items():
            yield from _wrong_figure(workflow, file, ("personas", name, "workflows", key))
    if written.promised:
        yield from _wrong_promises(written, written.promised, file)


def _wrong_promises(written: ReviewFile, promised: PromisedWritten, file: YamlFile) -> Iterator[Finding]:
    """Each target is one of this record, once; each action has its words and someone to do it."""
    known = {*written.personas}
    for name, persona in written.personas.items():
        known |= {f"{name}/{key}" for key in persona.workflows}
    place: Place = ("promised", "targets")
    for index, target in enumerate(promised.targets):
        if target not in known:
            what = f"`targets` holds '{target}', which is no persona and no workflow of this record."
            yield _broken(what, file.at(*place, index))
        elif target in promised.targets[:index]:
            yield _broken(f"`targets` holds '{target}' twice.", file.at(*place, index))
    for name, action in promised.actions.items():
        for key in ("action", "owner"):
            if not getattr(action, key):
                what = f"`{key}` is empty."
                yield _broken(what, file.at("promised", "actions", name, key))


def _wrong_people(persona: PersonaDeliveredWritten, file: YamlFile, place: Place) -> Iterator[Finding]:
    active = sum(person.state == "active" for person in persona.people.values())
    counted = sum(person.state in COUNTED_WORDS for person in persona.people.values())
    for key, said, found in (("active", persona.active, active), ("counted", persona.counted, counted)):
        if said != found:
            yield _broken(f"`{key}` is {said}, and its people make {found}.", file.at(*place, key))


def _wrong_figure(workflow: WorkflowDeliveredWritten, file: YamlFile, place: Place) -> Iterator[Finding]:
    kinds = [kind for kind in KINDS if getattr(workflow, kind) is not None]
    if len(kinds) != 1:
        what = f"'{place[-1]}' says in {len(kinds)} ways how it was counted, not in one of {', '.join(KINDS)}."
        yield _broken(what, file.at(*place))
        return
    above, below, figure = workflow.numerator, workflow.denominator, workflow.figure
    if below is not None and (below <= 0 or above is None or figure is None or above / below != figure):
        yield _broken("`figure` is not its numerator ÷ denominator.", file.at(*place, "figure"))
    if (above is None) != (below is None):
        yield _broken("`numerator` and `denominator` go together.", file.at(*place, "numerator"))
    reached = figure is not None and figure >= workflow.target
    told = figure is not None or workflow.state == "not met"
    if (workflow.state in ("met", "not met")) != told or (workflow.state == "met") != reached:
        yield _broken(f"`state` is {workflow.state}, and the figures deny it.", file.at(*place, "state"))


def _broken(what: str, where: Location) -> Finding:
    return Finding(Level.WARNING, "review-broken", what, where=where)


def _stranger(record: ReviewRecord, file: YamlFile, accounts: Collection[str]) -> Finding:
    """A record that is read for nobody: its account was renamed, or left. Told on every run, as nobody is judged by
    what it promised. Where its file bears an account's name, it was broken."""
    meant = PurePosixPath(file.name).stem
    if meant in accounts:
        what = f"{_UNUSABLE}: it stands under the name of '{meant}', and is of '{record.account}', an unknown account."
        return Finding(Level.WARNING, "review-broken", what, f"Write `account: {meant}`.", file.at("account"), meant)
    old, known = record.account, sorted(accounts)
    near = nearest(old, known) or next((name for name in known if old in name or name in old), None)
    renamed = f"Was {old} renamed to {near}? Write `account: {near}`" if near else "Was it renamed? Write its new id"
    what = f"the workspace has no account '{old}': nobody is judged by what this review of it promised."
    fix = f"{renamed} in the record. If the customer has left, delete the file."
    return Finding(Level.WARNING, "review-of-unknown-account", what, fix, file.at("account"))


def _twice(record: ReviewRecord, file: YamlFile, first: str) -> Finding:
    what = f"the review of {record.period} of '{record.account}' is recorded twice (also in {first}, which is used)."
    return Finding(Level.WARNING, "review-twice", what, "Keep one of them.", file.at("period"), record.account)
