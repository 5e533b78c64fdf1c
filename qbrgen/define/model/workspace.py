"""A whole workspace: what `load_workspace` gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qbrgen.define.model.account import Account
from qbrgen.define.model.review import BrokenReview, ReviewRecord
from qbrgen.define.model.settings import Settings
from qbrgen.errors import Finding, Location


@dataclass(frozen=True, slots=True)
class Definitions:
    """A workspace that holds together: its settings and accounts; broken accounts set aside, each with its findings.

    accounts: by id, in order of id. set_aside: account id → the findings that break it. findings: every warning and
    note that stops nothing. where: "account/acme", "playbook/sales/reps/touches", … → the place it was written.
    reviews: account id → period (2026-Q2) → its review as it was delivered. broken_reviews: its records that
    cannot be used.
    """

    settings: Settings
    accounts: Mapping[str, Account]
    set_aside: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    where: Mapping[str, Location] = field(default_factory=dict)
    reviews: Mapping[str, Mapping[str, ReviewRecord]] = field(default_factory=dict)
    broken_reviews: Mapping[str, tuple[BrokenReview, ...]] = field(default_factory=dict)
