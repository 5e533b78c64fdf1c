"""The customer's deck: a storyline's slides, those that have something to show.

In: a narrative in the register DECK, made from a picture that was redacted for the customer. Out: the deck, and which
slides dropped out and why.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from qbrgen.audience import Audience, redact
from qbrgen.compose.slides import BUILDERS
from qbrgen.compose.slides.parts import LeftOut
from qbrgen.compose.slides.promises import missed
from qbrgen.compose.storyline import Part, Storyline, load_storyline, with_promises
from qbrgen.compose.tables import ranked_gaps
from qbrgen.compose.told import Told, receipt_numbers, shortened
from qbrgen.document import Document, Role, Slide
from qbrgen.errors import AudienceLeak, Finding, InputError, Level, Location

if TYPE_CHECKING:
    from qbrgen.narrate.statement import Narrative
    from qbrgen.narrate.wording import Wording

NEEDS, GAPS = "needs", "gaps"
# Letters that stand on one line at the foot of a slide, and the fewest of them that are left to the account's name.
FOOTER_LENGTH, SHORTEST_NAME = 46, 12


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """A document, and what the CSM has to know of it.

    left_out: (slide, reason) of everything in its storyline that it leaves out. findings: where it does not follow its
    storyline.
    """

    document: Document
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()


def storyline(name: str = "default", root: Path | None = None) -> Storyline:
    """A storyline of the workspace at `root`, else a shipped one. Raises InputError with every finding."""
    return load_storyline(name, root, tuple(BUILDERS))


def compose_deck(narrative: Narrative, wording: Wording, story: Storyline | None = None) -> Composed:
    """The customer's deck.

    story: default templates/storylines/default.yml. Raises AudienceLeak when the narrative is not the customer's, or
    holds any internal fact; InputError when not one slide of the storyline has anything to show.
    """
    check_customer(narrative)
    story, findings = with_promises(story or storyline(), missed(narrative.picture))
    receipts = receipt_numbers(narrative) if "receipts" in story.slides else {}
    told = Told(narrative, wording, receipts, frozenset(story.slides))
    built = {key: BUILDERS[key](told) for key in story.slides}
    dropped = [item for item in built.values() if isinstance(item, LeftOut)]
    kept = {key: item for key, item in built.items() if isinstance(item, Slide)}
    if NEEDS in built:
        others = sum(1 for key, slide in kept.items() if key != NEEDS and slide.role in (Role.STATEMENT, Role.CONTENT))
        if others >= story.needs_below:  # enough to show: nothing is left out by not listing what is missing
            kept.pop(NEEDS, None)
            dropped = [item for item in dropped if item.slide != NEEDS]
        elif NEEDS in kept and GAPS in kept and all(gap.kind.is_missing_piece for gap in ranked_gaps(told)):
            kept.pop(GAPS)  # the two would list the same
            dropped.append(LeftOut(GAPS, told.say("left-out-gaps-are-needs")))
    slides = [
        dataclasses.replace(kept[key], section=_heading(told, part))
        for part in story.parts
        for key in part.slides
        if key in kept
    ]
    if not slides:
        raise InputError([_nothing_left(story, dropped, narrative.picture.id)])
    return Composed(_document(told, _with_titles_of_their_own(slides)), tuple(dropped), findings)


def _nothing_left(story: Storyline, dropped: list[LeftOut], account: str) -> Finding:
    why = " ".join(f"{slide}: {reason}" for slide, reason in dropped)
    what = f"No slide of the storyline {story.name!r} has anything to show for {account}. {why}".strip()
    fix = "Take another storyline, or add slides to it that every account has: title, sentence."
    return Finding(Level.ERROR, "deck-empty", what, fix, Location(story.file) if story.file else None, account)


def _with_titles_of_their_own(slides: list[Slide]) -> tuple[Slide, ...]:
    """A finding that an earlier slide has as its title is not said again: the slide's topic stands in for it."""
    seen: set[str] = set()
    unlike: list[Slide] = []
    for slide in slides:
        again = slide.title in seen and slide.kicker
        unlike.append(dataclasses.replace(slide, title=slide.kicker, kicker="") if again else slide)
        seen.add(unlike[-1].title)
    return tuple(unlike)


def check_customer(narrative: Narrative) -> None:
    """Raise AudienceLeak unless every fact and every statement of the narrative may be read by the customer."""
    if narrative.register.audience is not Audience.CUSTOMER:
        raise AudienceLeak(f"a narrative for {narrative.register} was given to a customer's document")
    if redact(narrative.picture, Audience.CUSTOMER) != narrative.picture:
        raise AudienceLeak("the picture behind a customer's document was not redacted")
    for key, statement in narrative.statements.items():
        if statement.audience is not Audience.CUSTOMER:
            raise AudienceLeak(f"the statement {key!r} is internal and was given to a customer's document")


def _heading(told: Told, part: Part) -> str:
    """Its own words, the label of its name, or the name itself where a user made it up."""
    key = f"section-{part.section}"
    return part.heading or (told.say(key) if f"label.{key}" in told.wording else part.section)


def _footers(told: Told) -> tuple[str, ...]:
    """Vendor, account and period on one line; then without the vendor, the account's name ever shorter; the period.

    A long account name ends in an ellipsis, the period never does.
    """
    name, vendor = told.picture.name, told.picture.vendor
    period = told.wording.period(told.picture.period)
    around = told.say("footer-deck", account="", vendor=vendor, period=period)
    most = max(SHORTEST_NAME, FOOTER_LENGTH - len(around))
    names = dict.fromkeys(shortened(name, letters) for letters in range(FOOTER_LENGTH, SHORTEST_NAME - 1, -1))
    return (
        told.say("footer-deck", account=shortened(name, most), vendor=vendor, period=period),
        *(told.say("footer-deck-short", account=each, period=period) for each in names),
        period,
    )


def _document(told: Told, slides: tuple[Slide, ...]) -> Document:
    picture = told.picture
    subject = told.say("review-of-period", period=told.wording.period(picture.period))
    footer, *shorter = _footers(told)
    return Document(
        kind="deck",
        audience=Audience.CUSTOMER,
        title=told.say("deck-title", account=picture.name, period=told.wording.period(picture.period)),
        subject=subject,
        author=picture.owner or picture.vendor,
        company=picture.vendor,
        language=told.wording.locale,
        made_on=picture.as_of,
        footer=footer,
        shorter_footers=tuple(shorter),
        slides=slides,
        keywords=(picture.name, told.wording.period(picture.period)),
        draft_text=told.text("draft"),
    )
