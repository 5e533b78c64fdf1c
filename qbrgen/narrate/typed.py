"""What people typed themselves: names, actions, asks. A number in it is theirs, and comes from their file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qbrgen.define.model.account import Action, Impact, Outcome
from qbrgen.score.picture import AccountPicture, PersonaPicture, WorkflowPicture


def typed_strings(picture: AccountPicture) -> frozenset[str]:
    """Every text of a picture that a person typed, as far as its reader may see it."""
    return frozenset(text for text in _typed(picture) if text)


def typed_in(picture: AccountPicture, text: str) -> str:
    """The file in which words were typed: the account's, where that is known and they are its words; else ""."""
    plan = next((receipt for receipt in picture.receipts if receipt.rule == "plan"), None)
    return plan.sources[0] if plan and plan.sources and text in set(_of_account(picture)) else ""


def _typed(picture: AccountPicture) -> Iterator[str]:
    yield from _of_account(picture)
    for persona in picture.personas:
        yield from _persona(persona)
    for workflow in picture.workflows:
        yield from _workflow(workflow)
    yield from (each.name for each in picture.retired)
    for each in picture.commitments.all if picture.commitments else ():
        yield from (each.name, each.owner)
    for receipt in picture.receipts:
        yield from (name for name, _ in receipt.events)
        yield from _files(receipt.sources)
        yield from receipt.people
        yield from (fact for name, fact in receipt.rule_facts if name == "source" and isinstance(fact, str))
    for gap in picture.gaps:
        yield from gap.who
        events = gap.fact("events")
        yield from events if isinstance(events, tuple) else ()


def _files(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        yield from (source, source.rpartition("/")[2])


def _of_account(picture: AccountPicture) -> Iterator[str]:
    yield from (picture.id, picture.name, picture.vendor, picture.owner, picture.segment)
    yield from (picture.ask, picture.ask_of_leadership, picture.notes)
    if picture.sponsor:
        yield from (picture.sponsor.name, picture.sponsor.role)
    if picture.outcome:
        yield from _outcome(picture.outcome.outcome)
    for shown in picture.impacts:
        yield from _impact(shown.impact)
    for planned in picture.actions:
        yield from _action(planned.action)


def _outcome(outcome: Outcome) -> Iterator[str]:
    yield from (outcome.bought, outcome.measure, outcome.unit)


def _impact(impact: Impact) -> Iterator[str]:
    yield from (impact.what, impact.by, impact.period, impact.unit)


def _action(action: Action) -> Iterator[str]:
    yield from (action.action, action.owner)


def _persona(persona: PersonaPicture) -> Iterator[str]:
    yield from (persona.name, persona.one, *persona.synonyms)
    for person in persona.people:
        yield from (person.id, person.name, person.shown_name or "")


def _workflow(workflow: WorkflowPicture) -> Iterator[str]:
    yield from (workflow.name, workflow.produces)
    for _, words in workflow.says:
        yield from (words, words.partition(" ")[2])  # "are answered" is told as "are now answered"
