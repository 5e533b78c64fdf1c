"""A record of a review → the text of its file, for a person to read and for define/reviews.py to read back exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import yaml

from qbrgen.define.model.playbook import Chain, Combine, Frequency, Measure, Milestone, Share
from qbrgen.define.model.review import ActionPromised, PersonaDelivered, Promised, ReviewRecord, WorkflowDelivered
from qbrgen.load.yaml_files import core_scalar

_HEAD = """\
# The review of {period} as it was delivered, written by `qbrgen commit`. The next review is compared with it: it says
# where a target, a way of counting or the roster has changed since, and what became of each thing promised here, judged
# by the targets and definitions of this file. Internal: it names people by their ids.
# Keep it under version control, and do not edit it.
"""
_PASSING = ("as_of", "recorded_on", "direction", "told")
"""What may differ between two recordings of the same review."""
_LONGEST_DECIMAL = 12
_FIGURE = re.compile(r"^( +figure: )(\d{1,40}/\d{1,40})$", re.MULTILINE)


def review_text(record: ReviewRecord) -> str:
    """The whole file. Figures that are no round percentage have one beside them, rounded, as a comment."""
    body = yaml.dump(
        _plain(record), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=118
    )
    return _HEAD.format(period=record.period) + _FIGURE.sub(_with_percentage, body)


def review_differences(old: ReviewRecord, new: ReviewRecord) -> list[str]:
    """What would change if `new` took the place of `old`, a line each; [] where they tell the same.

    The day of the recording, that of the data, the direction and the sentences are passed over: they follow from the
    figures, which, differently worded, change nothing that was delivered or promised.
    """
    before, after = (dict(_leaves(_plain(record), ())) for record in (old, new))
    lines = []
    for place in dict.fromkeys((*before, *after)):
        was, now = before.get(place), after.get(place)
        if was != now and place.partition("/")[0] not in _PASSING:
            lines.append(f"{place}: {'-' if was is None else was} → {'-' if now is None else now}")
    return lines


def _leaves(value: Any, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*place, str(key)))
    elif isinstance(value, list):
        yield "/".join(place), ", ".join(map(str, value))
    else:
        yield "/".join(place), "true" if value is True else str(value)


# ---- the content ----------------------------------------------------------------------------------------------------


class _Lines(dict[str, Any]):
    """A mapping with a line for each key, however short it is."""


class _Items(list[Any]):
    """A list with a line for each item."""


def _plain(record: ReviewRecord) -> dict[str, Any]:
    rule = record.rule
    content = {
        "account": record.account,
        "period": record.period,
        "as_of": record.as_of.isoformat(),
        "recorded_on": record.recorded_on.isoformat(),
        "window": {"from": record.window.first.isoformat(), "to": record.window.last.isoformat()},
        "active_rule": {
            "active_share": _share(rule.active_share),
            "new_units": rule.new_units,
            "recent_units": rule.recent_units,
            "lapsed_units": rule.lapsed_units,
        },
        "personas": _Lines({persona.id: _persona(persona) for persona in record.personas}),
        "events": _Lines({name: _number(count) for name, count in record.events.items()}),
    }
    if record.direction:
        content["direction"] = record.direction
    if record.promised is not None:
        content["promised"] = _promised(record.promised)
    if record.told:
        content["told"] = _Lines(record.told)
    return content


def _promised(promised: Promised) -> dict[str, Any]:
    return _Lines(
        targets=_Items(promised.targets), actions=_Lines({each.id: _action(each) for each in promised.actions})
    )


def _action(action: ActionPromised) -> dict[str, Any]:
    said = {"action": action.action, "owner": action.owner, "side": action.side.value, "due": action.due.isoformat()}
    closes = {"closes": action.closes} if action.closes else {}
    return _Lines(**said, **closes, **({"internal": True} if action.internal else {}))


def _persona(persona: PersonaDelivered) -> dict[str, Any]:
    people = {who: {"state": person.state, "in_seat": person.in_seat} for who, person in persona.people.items()}
    return _Lines(
        name=persona.name,
        target=_share(persona.target),
        rhythm=persona.rhythm.value,
        active=persona.active,
        counted=persona.counted,
        people=_Lines(people),
        workflows=_Lines({workflow.id: _workflow(workflow) for workflow in persona.workflows}),
    )


def _workflow(workflow: WorkflowDelivered) -> dict[str, Any]:
    kind, counted = _measure(workflow.measure)
    counts = {"numerator": workflow.numerator, "denominator": workflow.denominator}
    figures = {key: _number(value) for key, value in counts.items() if value is not None}
    if workflow.value is not None:
        figures["figure"] = _figure(workflow.value, *figures.values())
    people = {"people": list(workflow.people)} if workflow.people else {}
    said = {"name": workflow.name, "target": _share(workflow.target), kind: counted, "state": workflow.state}
    return _Lines({**said, **figures, **people})


def _measure(measure: Measure) -> tuple[str, dict[str, Any]]:
    """The kind of a workflow and its content, as a playbook has them."""
    match measure:
        case Share():
            return "share", {"numerator": list(measure.numerator), "denominator": list(measure.denominator)}
        case Frequency():
            return "frequency", {"events": list(measure.events), "times": _number(measure.times)}
        case Milestone():
            steps = [{"event": step.event, "at_least": _number(step.at_least)} for step in measure.steps]
            return "milestone", {"steps": steps, "within_days": measure.within_days}
        case Chain():
            events, times = list(measure.events), _number(measure.times)
            return "chain", {"events": events, "within_days": measure.within_days, "times": times}
    combine = "sum / sum" if measure.combine is Combine.RATIO else measure.combine.value
    return "value", {"metric": measure.metric, "source": measure.source, "combine": combine}


def _share(value: Fraction) -> int | str:
    """A share as people write targets, "70%"; as a fraction where it has no short percentage."""
    percentage = _number(value * 100)
    return f"{percentage}%" if "/" not in str(percentage) else str(value)


def _number(value: Fraction) -> int | str:
    """A whole number, a short decimal or a fraction; each is the exact value."""
    if value.denominator == 1:
        return int(value)
    for digits in range(1, _LONGEST_DECIMAL + 1):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            whole, rest = divmod(abs(int(scaled)), 10**digits)
            return f"{'-' if value < 0 else ''}{whole}.{rest:0{digits}}"
    return str(value)


def _figure(value: Fraction, *counts: int | str) -> int | str:
    """A percentage where it has a short one, else the counts behind it as they stand above it."""
    share = _share(value)
    whole = len(counts) == 2 and all(isinstance(count, int) for count in counts)
    return "/".join(map(str, counts)) if whole and "%" not in str(share) else share


def _with_percentage(match: re.Match[str]) -> str:
    return f"{match[0]}  # {float(Fraction(match[2]) * 100):.1f}%"


# ---- YAML -----------------------------------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """Block style but for the smallest mappings; texts that would be read back as something else are quoted.

    By the rules of load/yaml_files.py, not PyYAML's own: a day or `yes` needs no quotes, 1e5 does.
    """

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's own
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same list twice is written twice
        return True


def _as_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(core_scalar(text), str) else "'"
    if "'" in text and '"' not in text and (": " in text or " #" in text):
        style = '"'  # quotes it needs, and an apostrophe would be doubled
    if not text.isprintable():
        style = '"'  # the only one that has escapes
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _as_lines(dumper: yaml.SafeDumper, lines: _Lines) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", lines.items(), flow_style=False if lines else None)


def _as_items(dumper: yaml.SafeDumper, items: _Items) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=False if items else None)


def _as_number(dumper: yaml.SafeDumper, number: int) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(number))


def _as_choice(dumper: yaml.SafeDumper, choice: bool) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", "true" if choice else "false")


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_representer(str, _as_text)
_Dumper.add_representer(int, _as_number)
_Dumper.add_representer(bool, _as_choice)
_Dumper.add_representer(_Lines, _as_lines)
_Dumper.add_representer(_Items, _as_items)
