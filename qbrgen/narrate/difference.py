"""Which statements about an account read differently: in two narratives of one register."""

from __future__ import annotations

from dataclasses import dataclass

from qbrgen.audience import customer
from qbrgen.narrate.statement import Narrative, Register


@dataclass(frozen=True, slots=True)
class Reworded:
    """One statement as it reads then and now; "" where it is not said.

    spoken: it is a whole sentence, as against the words of a table or a figure.
    """

    register: Register = customer()
    key: str = customer()
    then: str = customer()
    now: str = customer()
    spoken: bool = customer(default=True)


def reworded(then: Narrative, now: Narrative) -> tuple[Reworded, ...]:
    """Every statement that reads differently, in the order of the later narrative; what is no longer said is last."""
    spoken = {*then.spoken(), *now.spoken()}
    keys = [*now.statements, *(key for key in then.statements if key not in now)]
    return tuple(
        Reworded(now.register, key, then.text(key), now.text(key), key in spoken)
        for key in keys
        if then.text(key) != now.text(key)
    )
