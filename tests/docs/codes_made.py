"""A plugin of pytest: the codes of the findings that each test brings about.

`python -m pytest -p codes_made …` with CODES_MADE=FILE (this folder in PYTHONPATH) writes {test: [codes]} there.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from qbrgen import errors

_made: defaultdict[str, set[str]] = defaultdict(set)
_now = [""]


def pytest_configure() -> None:
    made, stopped = errors.Finding.__init__, errors.InputError.__init__

    @wraps(made)
    def finding(self: errors.Finding, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        _made[_now[0]].add(self.code)

    @wraps(stopped)
    def problem(self: errors.InputError, *given: Any) -> None:  # one of another process is not made here
        stopped(self, *given)
        _made[_now[0]].update(each.code for each in self.findings)

    errors.Finding.__init__ = finding  # type: ignore[method-assign]
    errors.InputError.__init__ = problem  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _now[0] = item.nodeid.partition("[")[0]
    return (yield)


def pytest_sessionfinish() -> None:
    told = {test: sorted(codes) for test, codes in _made.items()}
    Path(os.environ["CODES_MADE"]).write_text(json.dumps(told), encoding="utf-8")
