"""One statement of a picture, for a test in one line."""

from __future__ import annotations

from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture


def told(of: AccountPicture, key: str, wording: Wording, register: Register = Register.DECK) -> str:
    return narrate(of, register, wording).text(key)
