"""How many examples a property is tried on: one each time, more where slow tests are wanted, too (conftest.py)."""

from __future__ import annotations

from hypothesis import Phase, settings

FEW, MORE = 1, 8


class Chosen:
    """What conftest.py chose before the tests were read."""

    examples = FEW


def tried() -> settings:
    """The settings of a property over random workspaces; a seed has no smaller neighbour, so nothing is shrunk."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=Chosen.examples, deadline=None, phases=phases)
