"""A YAML file and its schema → a model, and a finding with file and line for everything that does not fit."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from qbrgen.define.model.playbook import Combine
from qbrgen.define.schema import keys_of
from qbrgen.errors import Finding, Level
from qbrgen.load.nearest import instead_of
from qbrgen.load.yaml_files import Place, YamlFile

M = TypeVar("M", bound=BaseModel)

_SHAPES = {
    "list_type": ("is no list.", "Write its items on lines of their own, each after a dash."),
    "dict_type": ("is no mapping.", "Write `key: value` lines under it."),
    "model_type": ("is no mapping.", "Write `key: value` lines under it."),
    "bool_type": ("is neither true nor false.", "Write true or false."),
    "string_type": ("is no text.", 'Put quotes around it, such as "1.10".'),
}
_TOLD_BY_SHAPE = {"dict_type", "model_type", "bool_type"}
"""Those with a code of their own: of the others only the record of a review has any, and its code is another."""


def validate(model: type[M], file: YamlFile, account: str | None = None) -> tuple[M | None, list[Finding]]:
    """Fit a file to its schema.

    What does not fit becomes findings, and is cut out so that the rules can look at the rest: the model that comes
    back beside findings of level error is good for further checks only. None: nothing could be made of the file.
    account: id of the account that findings concern; None concerns the workspace.
    """
    findings = [_of_account(finding, account) for finding in file.findings]
    if any(finding.code in _UNREADABLE for finding in findings):
        return None, findings
    if file.value is None:
        what = "the file is empty."
        fix = f"Begin with `{_first_key(model)}: …`."
        return None, [*findings, Finding(Level.ERROR, "file-empty", what, fix, file.at(), account)]
    value = file.value
    for _ in range(4):  # mending one thing can bring another to light
        try:
            return model.model_validate(value), list(dict.fromkeys(findings))
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False, include_input=False)
        # what was cut out because it did not fit is missing in the next round, and is told already
        told = [error for error in errors if error["type"] != "missing" or not file.has(*error["loc"])]
        findings += [_finding(error, model, file, account) for error in told]
        value = _mended(value, errors, model)
    return None, list(dict.fromkeys(findings))


_UNREADABLE = frozenset({"yaml-syntax", "yaml-too-deep", "file-missing", "unreadable", "not-utf-8"})


def _of_account(finding: Finding, account: str | None) -> Finding:
    if account is None:
        return finding
    return Finding(finding.level, finding.code, finding.what, finding.fix, finding.where, account)


def _first_key(model: type[BaseModel]) -> str:
    return next((key for key, field in model.model_fields.items() if field.is_required()), keys_of(model)[0])


def _finding(error: ErrorDetails, model: type[BaseModel], file: YamlFile, account: str | None) -> Finding:
    loc: Place = error["loc"]
    code, key = error["type"], _key(loc)
    where = file.at(*loc)
    if code == "extra_forbidden":
        names = keys_of(_model_at(model, loc[:-1]) or model)
        fix = instead_of(key, names, "keys")
        return Finding(Level.ERROR, "unknown-key", f"the key '{key}' is not known here.", fix, where, account)
    if code == "missing":
        what = f"`{key}` is missing."
        fix = f"Add `{key}:`: {_description(model, loc)}"
        return Finding(Level.ERROR, "missing-key", what, fix, where, account)
    context = error.get("ctx", {})
    if "fix" in context:
        return Finding(Level.ERROR, code, f"`{key}` {context['what']}", str(context["fix"]), where, account)
    what, fix = _SHAPES.get(code, (f"does not fit: {error['msg']}.", "See the example in sample_accounts."))
    subject = f"`{key}`" if loc else "the file"
    shape = code.replace("_", "-") if code in _TOLD_BY_SHAPE else "does-not-fit"
    return Finding(Level.ERROR, shape, f"{subject} {what}", fix, where, account)


def _key(loc: Place) -> str:
    """The last word of a place, with the number of an item after it ("closed_weeks 2")."""
    words = [part for part in loc if isinstance(part, str)]
    name = words[-1] if words else "item"
    return f"{name} {loc[-1] + 1}" if loc and isinstance(loc[-1], int) else name


def _description(model: type[BaseModel], loc: Place) -> str:
    holder = _model_at(model, loc[:-1])
    if holder is not None:
        for name, field in holder.model_fields.items():
            if (field.alias or name) == loc[-1]:
                return field.description or ""
    return ""


def _model_at(model: type[BaseModel], loc: Iterable[str | int]) -> type[BaseModel] | None:
    """The schema of the mapping at a place."""
    kind: Any = model
    for part in loc:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field for name, field in kind.model_fields.items()}
            if part not in fields:
                return None
            kind = _plain(fields[str(part)].annotation)
        else:
            kind = _plain(get_args(kind)[-1]) if get_args(kind) else None
    kind = _plain(kind)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _plain(kind: Any) -> Any:
    """An annotation without Annotated and without None."""
    while hasattr(kind, "__metadata__"):
        kind = kind.__origin__
    if get_origin(kind) in (list, dict) or not get_args(kind):
        return kind
    others = [each for each in get_args(kind) if each is not type(None)]
    return _plain(others[0]) if len(others) == 1 else kind


_STAND_INS: dict[Any, Any] = {str: "", int: 1, float: 0.1, Fraction: 1, date: "2000-01-01", list: []}


def _mended(value: Any, errors: list[ErrorDetails], model: type[BaseModel]) -> Any:
    """A copy without what does not fit, and with something empty where a key is missing; None when that is hopeless.

    Items of a list are never taken out, for then those after them would be told at the wrong line.
    """
    value = copy.deepcopy(value)
    for error in errors:
        place: Place = error["loc"]
        if error["type"] != "missing":
            value = _cut(value, place)
            continue
        kind = _kind_of(_model_at(model, place[:-1]), place[-1])
        holder = _walk(value, place[:-1])
        stand_in = _STAND_INS.get(kind, "last" if kind is Combine else None)
        if isinstance(holder, dict) and stand_in is not None:
            holder[place[-1]] = stand_in
        else:
            value = _cut(value, place[:-1])
    return value


def _kind_of(model: type[BaseModel] | None, key: str | int) -> Any:
    for name, field in model.model_fields.items() if model else ():
        if (field.alias or name) == key:
            kind = _plain(field.annotation)
            return get_origin(kind) or kind
    return None


def _walk(value: Any, place: Place) -> Any:
    for part in place:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _cut(value: Any, place: Place) -> Any:
    """`value` without the innermost key of `place` that can be taken out."""
    for length in range(len(place), 0, -1):
        holder, key = _walk(value, place[: length - 1]), place[length - 1]
        if isinstance(holder, dict) and key in holder:
            del holder[key]
            return value
        if isinstance(holder, list) and all(isinstance(item, str | int | float) for item in holder):
            del holder[int(key) :]  # a list of plain words: nothing in it has places of its own
            return value
    return None
