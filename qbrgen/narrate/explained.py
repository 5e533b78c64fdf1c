"""The figures of a statement one by one, in words: "80%: 4,180 of 5,225 outbound touches"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qbrgen.figures import Form, Receipt
from qbrgen.narrate.statement import Narrative, Statement
from qbrgen.narrate.trace import MOST_BETWEEN, Traced, trace, written
from qbrgen.narrate.typed import typed_in
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import WorkflowPicture


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a statement: as written; what it is, in words; the receipt and the name of its fact there.

    value: exact, a date or a label; "" for what a person typed.
    """

    text: str
    what: str
    receipt: str
    name: str
    value: str


def figures_of(statement: Statement, narrative: Narrative, wording: Wording) -> list[Figure]:
    """The figures of a statement in the order of its text, each once; "5 of 7" is one."""
    found = trace(statement, narrative, wording)
    figures: list[Figure] = []
    position = 0
    while position < len(found):
        one, after = found[position], found[position + 1] if position + 1 < len(found) else None
        paired = after is not None and _is_pair(one, after)
        end = after.end if after is not None and paired else one.end
        figures.append(_figure(one, statement.text[one.start : end], narrative, wording))
        position += 2 if paired else 1
    return list(dict.fromkeys(figures))


def _is_pair(one: Traced, after: Traced) -> bool:
    if one.fact is None or after.fact is None or one.receipt != after.receipt:
        return False
    return one.fact.of == after.fact.name and after.start - one.end <= MOST_BETWEEN  # "5 of 7"


def _figure(traced: Traced, text: str, narrative: Narrative, wording: Wording) -> Figure:
    if traced.fact is None:
        file = typed_in(narrative.picture, traced.typed)
        what = wording.say("explain.typed-in", file=file) if file else wording.say("explain.typed")
        return Figure(text, what if traced.typed else wording.say("explain.orphan"), "", "", "")
    value = traced.fact.value
    exact = value.isoformat() if isinstance(value, date) else str(value)
    return Figure(text, _what(traced, narrative, wording), traced.receipt, traced.fact.name, exact)


def _what(traced: Traced, narrative: Narrative, wording: Wording) -> str:
    """What a fact is, in words."""
    assert traced.fact is not None
    receipt = next((each for each in narrative.picture.receipts if each.id == traced.receipt), None)
    name = traced.fact.name
    if receipt is not None and name == "value" and receipt.numerator is not None and receipt.denominator:
        return _counts(receipt, narrative, wording)
    if receipt is not None and name == "counted":
        key = f"explain.counted.{receipt.rule}"
        if key in wording:
            return wording.say(key)
        return wording.say("explain.fact.counted", unit=_unit(receipt, narrative, wording))
    value, target = traced.fact.value, traced.fact.against
    if name == "points" and target is not None and isinstance(value, Fraction):
        facts = {"value": wording.percent(value, target), "target": wording.target(target), "above": value >= target}
        return wording.say("explain.fact.points", **facts)
    if traced.fact.form is Form.ESTIMATE:
        stated = next((f for f in receipt.figures if f.name == "change-as-stated"), None) if receipt else None
        return wording.say("explain.fact.change-estimated", stated=written(stated, wording)[0] if stated else "")
    key = f"explain.fact.{name}"
    other = "explain.fact.gap" if name.startswith("gap-") else "explain.fact.other"
    return wording.say(key if key in wording else other)


def _counts(receipt: Receipt, narrative: Narrative, wording: Wording) -> str:
    n, m = (wording.number(each or 0) for each in (receipt.numerator, receipt.denominator))
    return wording.say("explain.fact.value-counted", n=n, m=m, unit=_unit(receipt, narrative, wording))


def _unit(receipt: Receipt, narrative: Narrative, wording: Wording) -> str:
    """What was counted: "outbound touches", "weeks in seat"."""
    about = _promised_workflow(receipt, narrative) or receipt.id
    workflows = narrative.picture.workflows
    workflow: WorkflowPicture | None = next((each for each in workflows if about in (each.id, each.receipt)), None)
    if workflow is not None and workflow.kind == "share" and workflow.word("of"):
        return workflow.word("of")
    key = f"explain.unit.{receipt.unit.replace(' ', '-')}"
    return wording.say(key) if receipt.unit and key in wording else ""


def _promised_workflow(receipt: Receipt, narrative: Narrative) -> str:
    """The id of the workflow that a promise is about, while it is counted as it was promised."""
    promised = narrative.picture.commitments
    found = next((each for each in promised.all if each.receipt == receipt.id), None) if promised else None
    return found.id if found and not found.counted_otherwise else ""


def receipt_lines(receipt: Receipt, narrative: Narrative, wording: Wording) -> list[str]:
    """A receipt in full: its words, then events, people and files, each on a line of its own where there are any."""
    names = {p.id: p.name for persona in narrative.picture.personas for p in persona.people if p.name}
    people = [wording.say("explain.person", name=names.get(each, ""), id=each) for each in receipt.people]
    events = [wording.say("explain.event", name=name, n=wording.number(n)) for name, n in receipt.events]
    lines = [wording.say("explain.receipt", id=receipt.id, text=narrative.text(f"receipt:{receipt.id}"))]
    for key, items in (("events", events), ("people", people), ("files", list(receipt.sources))):
        if items:
            lines.append(wording.say(f"explain.{key}", items=items))
    return lines


def receipts_of(statements: Sequence[Statement]) -> list[str]:
    """The receipts of these statements, each once, in the order in which a reader meets them."""
    return list(dict.fromkeys(name for statement in statements for name in statement.receipts))


def plain(value: Fraction | None) -> int | float | None:
    """An exact figure as JSON has it."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
