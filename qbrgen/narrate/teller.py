"""Telling: statements are collected with their receipts; what cannot be said is kept with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from qbrgen.audience import Audience, redact
from qbrgen.figures import Receipt
from qbrgen.narrate.statement import Narrative, Register, Statement
from qbrgen.narrate.wording import Wording, capital, tidy
from qbrgen.score.facts.build import with_figures
from qbrgen.score.picture import AccountPicture, Gap, PersonaPicture, PersonPicture, WorkflowPicture


class Teller:
    """What every theme works with: the picture as its reader may see it, the words, and the statements so far.

    The picture is redacted here, before anything else sees it; then its receipts get their figures.
    """

    def __init__(self, picture: AccountPicture, register: Register, wording: Wording) -> None:
        self.picture = with_figures(redact(picture, register.audience))
        self.register = register
        self.wording = wording
        self.statements: dict[str, Statement] = {}
        self.left_out: dict[str, str] = {}

    @cached_property
    def receipts(self) -> dict[str, Receipt]:
        """Every receipt of the picture by id; what may not be told has none."""
        untold = {each.receipt for each in self.picture.impacts if not each.tellable}
        return {receipt.id: receipt for receipt in self.picture.receipts if receipt.id not in untold}

    @cached_property
    def internal(self) -> bool:
        """Whether the reader is the vendor's own."""
        return self.register.audience is Audience.INTERNAL

    @cached_property
    def with_names(self) -> bool:
        """Whether people are named beside their count."""
        return self.register is Register.BRIEF

    @cached_property
    def names(self) -> dict[str, str]:
        """Person id → name; only what this reader may see."""
        return {p.id: p.name or p.id for persona in self.picture.personas for p in persona.people if p.id}

    def say(self, key: str, **facts: object) -> str:
        """Words from the wording files."""
        return self.wording.say(key, **facts)

    def tell(self, key: str, text: str, receipts: Iterable[str] = ()) -> None:
        """Keep a phrase under its key; an empty one is not said."""
        if text:
            kept = tuple(dict.fromkeys(r for r in receipts if r in self.receipts))
            self.statements[key] = Statement(key, text, self.register.audience, kept)

    def tell_sentence(self, key: str, text: str, receipts: Iterable[str] = ()) -> None:
        """Keep a whole sentence: capital at its start, full stop at its end."""
        self.tell(key, self.wording.sentence(text), receipts)

    def tell_title(self, key: str, text: str, receipts: Iterable[str] = ()) -> None:
        """Keep a title: capital at its start, no full stop."""
        self.tell(f"title:{key}", capital(text), receipts)

    def leave_out(self, key: str, reason: str, **facts: object) -> None:
        """Note why a statement is not there. reason: an entry under left-out in the wording files, with its facts."""
        self.left_out[key] = self.say(f"left-out.{reason}", **facts)

    @cached_property
    def period(self) -> str:
        """The quarter in words: "Q3 2026"."""
        return self.wording.period(self.picture.period)

    def sentence(self, text: str) -> str:
        """Capital at the start, full stop at the end."""
        return self.wording.sentence(text)

    def sentences(self, parts: Iterable[str]) -> str:
        """Clauses as sentences in a row; empty ones are not said."""
        return self.wording.sentences(parts)

    def near(self, day: date) -> str:
        """A date, with its year only where it could be mistaken."""
        return self.wording.near(day, self.picture.as_of)

    def narrative(self) -> Narrative:
        """Everything told so far."""
        return Narrative(self.register, self.picture, self.statements, self.left_out)

    # ---- finding one's way in the picture ----

    def persona(self, persona_id: str) -> PersonaPicture | None:
        """The persona with this id, or None."""
        return next((p for p in self.picture.personas if p.id == persona_id), None)

    def workflow(self, workflow_id: str) -> WorkflowPicture | None:
        """The workflow with this id ("persona/workflow"), or None."""
        return next((w for w in self.picture.workflows if w.id == workflow_id), None)

    def shown_names(self, people: Iterable[PersonPicture]) -> list[str]:
        """Names of these people, or nothing unless every one of them may be named to this reader."""
        names = [p.shown_name or (p.name if self.internal else "") or "" for p in people]
        return names if names and all(names) else []

    def names_of(self, gap: Gap) -> list[str]:
        """Names of the people of a gap, as far as this reader may see them."""
        return [self.names.get(each, each) for each in gap.who]


def paragraphs(parts: Iterable[str]) -> str:
    """Paragraphs of a talk track, a blank line between them."""
    return tidy("\n\n".join(part for part in parts if part))
