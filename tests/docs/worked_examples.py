"""The examples of docs/examples.md: their tables → a workspace; an account picture → what the last table says of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from qbrgen.figures import Ratio
from qbrgen.score.picture import AccountPicture, PersonaPicture, PersonPicture, WorkflowPicture
from qbrgen.score.states import PersonState, TargetState

PAGE = Path(__file__).resolve().parents[2] / "docs" / "examples.md"
_DEFAULTS: dict[str, Any] = {
    "settings": {"data_start": date(2026, 3, 30), "as_of": date(2026, 9, 27)},
    "first_week": date(2026, 6, 29),
}
_KEYS = {"personas", "settings", "account", "first_week"}


@dataclass
class Example:
    """One section: its definitions, and its tables by the first word of their heads."""

    title: str
    definitions: dict[str, Any] = field(default_factory=dict)
    people: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    values: list[dict[str, str]] = field(default_factory=list)
    results: dict[str, str] = field(default_factory=dict)

    @property
    def account(self) -> str:
        return re.sub(r"\W+", "-", self.title.lower())


def examples(text: str) -> list[Example]:
    """Every section that has a table of results."""
    opening, *sections = re.split(r"(?m)^## ", text)
    common = _DEFAULTS | _yaml_of(opening)
    return [_example(section, common) for section in sections]


def _yaml_of(section: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for block in re.findall(r"(?ms)^```yaml\n(.*?)^```", section):
        found |= yaml.safe_load(block)
    assert set(found) <= _KEYS, f"not understood: {set(found) - _KEYS}"
    return found


def _example(section: str, common: dict[str, Any]) -> Example:
    own = _yaml_of(section)
    settings = {**_DEFAULTS["settings"], **own.get("settings", {})}
    example = Example(section.partition("\n")[0].strip(), {**common, **own, "settings": settings})
    for rows in _tables(section):
        if "figure" in rows[0]:
            example.results |= {row["figure"]: row["result"] for row in rows}
        elif "metric" in rows[0]:
            example.values += rows
        elif "event" in rows[0]:
            example.events += rows
        else:
            example.people += rows
    return example


def _tables(section: str) -> list[list[dict[str, str]]]:
    """The Markdown tables of a section, each row by the words of its head."""
    found = []
    for block in re.findall(r"(?m)(?:^\|.*\|\n)+", section):
        head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines())
        found.append([dict(zip(head, row, strict=True)) for row in rows])
    return found


# ---- the workspace --------------------------------------------------------------------------------------------------


def write_workspace(chosen: Sequence[Example], root: Path) -> Path:
    """A workspace with an account for each of these examples, which have the same settings.

    One more account has an event a week: it keeps the feed of the whole alive where an example's own falls silent.
    """
    for folder in ("playbooks", "accounts", "data"):
        (root / folder).mkdir()
    events, values = _same("time user account event value"), _same("account metric period numerator denominator")
    tables = {"events": _table("events", events), "values": _table("values", values)}
    settings = chosen[0].definitions["settings"]
    _write_yaml(root / "qbrgen.yml", {"vendor": "Halyard", **settings, "data": tables})
    for example in chosen:
        _write_definitions(example, root)
    _write_yaml(root / "accounts/lively.yml", {"playbook": chosen[0].account, "people": _people(chosen[0], "lively-")})
    happened = [row for example in chosen for row in _events(example)]
    _write_csv(root / "data/events.csv", events, happened + _signs_of_life(settings["data_start"], settings["as_of"]))
    given = [{"account": example.account, **row} for example in chosen for row in example.values]
    _write_csv(root / "data/values.csv", values, given)
    return root


def _table(name: str, columns: dict[str, str]) -> list[dict[str, Any]]:
    return [{"file": f"data/{name}.csv", "columns": columns}]


def _write_definitions(example: Example, root: Path) -> None:
    name, personas = example.account, [_named(persona) for persona in example.definitions["personas"]]
    _write_yaml(root / f"playbooks/{name}.yml", {"playbook": name, "personas": personas})
    account = {"playbook": name, **example.definitions.get("account", {}), "people": _people(example)}
    _write_yaml(root / f"accounts/{name}.yml", account)


def _same(names: str) -> dict[str, str]:
    return {name: name for name in names.split()}


def _named(persona: dict[str, Any]) -> dict[str, Any]:
    """With what a playbook asks for and the page leaves out: words, and workflows that never happen up to three."""
    words = {"name": persona["id"], "one": persona["id"].rstrip("s")}
    idle = [{"id": f"idle-{n}", "target": "50%", "frequency": {"events": f"idle-{n}"}} for n in (1, 2)]
    flows = []
    for flow in (persona["workflows"] + idle)[: max(3, len(persona["workflows"]))]:
        says = {"of": "things", "do": "are done"} if {"share", "value"} & set(flow) else {"did": "did it"}
        flows.append({"name": flow["id"], "produces": "more meetings", "says": says, **flow})
    return {**words, **persona, "workflows": flows}


def _people(example: Example, prefix: str = "") -> list[dict[str, Any]]:
    only = example.definitions["personas"][0]["id"]
    found: dict[str, dict[str, Any]] = {}
    for row in example.people:
        person = found.setdefault(row["person"], {"id": prefix + _user(row), "name": row["person"], "seats": []})
        seat = {"persona": row.get("persona") or only, "from": row["from"], "to": row["to"]}
        person["seats"].append({key: cell for key, cell in seat.items() if cell})
        if row.get("away"):
            first, _, last = row["away"].partition(" to ")
            person["away"] = [{"from": first, "to": last}]
    return list(found.values())


def _user(row: dict[str, str]) -> str:
    return row["person"].lower()


def _events(example: Example) -> list[dict[str, str]]:
    return [
        _event(day, _user(row), example.account, row["event"], row.get("times") or "1")
        for row in example.events
        for day in _days(row["when"], example.definitions["first_week"])
    ]


def _signs_of_life(first: date, last: date) -> list[dict[str, str]]:
    days = (first + timedelta(days=days) for days in range(0, (last - first).days + 1, 7))
    return [_event(day, "somebody", "lively", "anything", "1") for day in days]


def _event(day: date, user: str, account: str, event: str, value: str) -> dict[str, str]:
    return {"time": f"{day} 12:00:00", "user": user, "account": account, "event": event, "value": value}


def _days(when: str, first_week: date) -> list[date]:
    """'1 to 9, 12' (weeks: their Wednesdays) and '2026-07-06' (a day)."""
    days = []
    for part in when.split(", "):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", part):
            days.append(date.fromisoformat(part))
        else:
            first, _, last = part.partition(" to ")
            weeks = range(int(first), int(last or first) + 1)
            assert weeks, f"'{part}' is no row of weeks"
            days += [first_week + timedelta(weeks=week - 1, days=2) for week in weeks]
    return days


def _write_yaml(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _write_csv(path: Path, columns: dict[str, str], rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(columns))
        writer.writeheader()
        writer.writerows(rows)


# ---- what the picture says ------------------------------------------------------------------------------------------


def told(picture: AccountPicture, figure: str) -> str:
    """A figure of the picture in the words of the page. Raises KeyError for one that the picture does not have."""
    personas = {persona.id: persona for persona in picture.personas}
    workflows = {workflow.id.partition("/")[2]: workflow for workflow in picture.workflows}
    people = {person.name: person for persona in picture.personas for person in persona.people}
    of, _, what = figure.partition(", ")
    if what == "quarter before":
        return _people_before(personas[of]) if of in personas else _before(workflows[of])
    if what == "below since":
        return f"{'at least ' if workflows[of].below_at_least else ''}{workflows[of].below_since}"
    if figure in people:
        return _person(people[figure])
    if figure in personas:
        return _persona(personas[figure])
    whole = {"period": _period, "workflows": _depth}
    return whole[figure](picture) if figure in whole else _workflow(workflows[figure])


def _period(picture: AccountPicture) -> str:
    return f"{picture.period.label}, {picture.period.first_day} to {picture.period.last_day}"


def _person(person: PersonPicture) -> str:
    done = f", {person.units_done} of {person.units_in_seat}" if person.state is not PersonState.NO_DATA else ""
    return f"{person.state}{done}"


def _persona(persona: PersonaPicture) -> str:
    if persona.is_active is None:
        return "nobody to count"
    apart = {"new": persona.new, "away": persona.away, "left": persona.leavers}
    beside = "".join(f", {number} {name}" for name, number in apart.items() if number)
    reached = "on target" if persona.is_active else "not on target"
    return f"{persona.active} of {persona.counted} active{beside}; {reached}"


def _workflow(flow: WorkflowPicture) -> str:
    early = f"; {flow.early} early" if flow.early else ""
    if not flow.state.measurable:
        return f"{flow.state}{early}"
    if flow.value is None:
        assert flow.state is TargetState.NOT_MET
        return "not met, none happened"
    value = _percent(flow.value)
    if flow.ratio:
        value = f"{_ratio(flow.ratio)} ({value})"
    return f"{flow.state}, {value}{early}"


def _depth(picture: AccountPicture) -> str:
    depth = picture.depth
    apart = {"no data": depth.no_data, "not applicable": depth.not_applicable}
    beside = ", ".join(f"{number} {name}" for name, number in apart.items() if number)
    return f"{depth.met} of {depth.measurable} on target" + (f"; {beside}" if beside else "")


def _people_before(persona: PersonaPicture) -> str:
    before = persona.previous
    assert before is not None
    reported = "; {} of {} as it was".format(*before.as_reported) if before.as_reported else ""
    return f"{before.active_then} of {before.both} then, {before.active_now} of {before.both} now{reported}"


def _before(flow: WorkflowPicture) -> str:
    assert flow.previous is not None
    assert flow.previous_ratio is not None
    reported = f"; {_percent(flow.previous_reported)} as it was" if flow.previous_reported is not None else ""
    return f"{_ratio(flow.previous_ratio)} ({_percent(flow.previous)}){reported}"


def _ratio(ratio: Ratio) -> str:
    assert ratio.numerator.denominator == ratio.denominator.denominator == 1
    return f"{int(ratio.numerator):,} of {int(ratio.denominator):,}"


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + "%"
