"""Who may see a fact: a property of the data, not of a template's good manners.

Every field of a dataclass that carries facts about an account is declared with `customer()` or `internal()`.
`redact(value, Audience.CUSTOMER)` walks such dataclasses and blanks every internal field, so what builds a
customer document never holds an internal fact. A field declared with neither makes `redact` raise: forgetting is
an error, not a leak.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

from qbrgen.errors import AudienceLeak

T = TypeVar("T")
_KEY = "audience"


class Audience(StrEnum):
    """CUSTOMER files may be read by the customer, notes and properties included; INTERNAL ones stay with the vendor."""

    CUSTOMER = "customer"
    INTERNAL = "internal"

    def may_see(self, declared: Audience) -> bool:
        """Whether a reader of this audience may see a fact declared for `declared`."""
        return self is Audience.INTERNAL or declared is Audience.CUSTOMER


def customer(**options: Any) -> Any:
    """A dataclass field that anybody may see. `options` are those of `dataclasses.field`."""
    return dataclasses.field(metadata={_KEY: Audience.CUSTOMER}, **options)


def internal(**options: Any) -> Any:
    """A dataclass field that only the vendor's own people may see. Blanked to its default, or None, or ()."""
    return dataclasses.field(metadata={_KEY: Audience.INTERNAL}, **options)


def declared_audience(cls: type, name: str) -> Audience | None:
    """The audience that a dataclass field was declared with; None when it was declared with neither."""
    for field in dataclasses.fields(cls):
        if field.name == name:
            return cast("Audience | None", field.metadata.get(_KEY))
    raise KeyError(name)


@cache
def _plan(cls: type) -> tuple[tuple[str, bool, Any], ...]:
    """(name, is internal, blank value) of each field of a dataclass."""
    rows: list[tuple[str, bool, Any]] = []
    for field in dataclasses.fields(cls):
        audience = field.metadata.get(_KEY)
        if audience is None:
            raise AudienceLeak(f"{cls.__name__}.{field.name} declares no audience")
        blank: Any = None
        if field.default is not dataclasses.MISSING:
            blank = field.default
        elif field.default_factory is not dataclasses.MISSING:
            blank = field.default_factory()
        elif str(field.type).startswith("tuple"):
            blank = ()
        rows.append((field.name, audience is Audience.INTERNAL, blank))
    return tuple(rows)


def redact(value: T, audience: Audience) -> T:
    """A copy of `value` without what `audience` may not see.

    Dataclasses are copied field by field, tuples, lists and mappings item by item; items of a sequence that carry an
    `audience` attribute which the reader may not see are dropped whole, and fields that hold one are blanked.
    Raises AudienceLeak when a dataclass field was declared with no audience.
    """
    if audience is Audience.INTERNAL:
        return value
    return cast("T", _redacted(value))


def _hidden(item: object) -> bool:
    return getattr(item, "audience", Audience.CUSTOMER) is Audience.INTERNAL


def _redacted(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if type(value).__module__.startswith("qbrgen.") and not getattr(type(value), "__plain_value__", False):
            changes = {
                name: blank if is_internal or _hidden(getattr(value, name)) else _redacted(getattr(value, name))
                for name, is_internal, blank in _plan(type(value))
            }
            return dataclasses.replace(value, **changes)
        return value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_redacted(item) for item in value if not _hidden(item))
    if isinstance(value, list):
        return [_redacted(item) for item in value if not _hidden(item)]
    if isinstance(value, Mapping):
        return {key: _redacted(item) for key, item in value.items() if not _hidden(item)}
    return value
