"""The three figures of an account: people active, workflows on target, and what it produces or which way it goes."""

from __future__ import annotations

from qbrgen.compose.charts import change_of
from qbrgen.compose.people import marks_of
from qbrgen.compose.told import Told
from qbrgen.define.model.account import Source
from qbrgen.document import KeyFigure, KeyFigures
from qbrgen.narrate.wording import capital
from qbrgen.score.picture import ImpactPicture
from qbrgen.score.states import Trend

# More small marks than these do not fit in a third of a line.
MOST_SMALL_MARKS = 24
MOST_BOXES = 14


def people_figure(told: Told) -> KeyFigure | None:
    """ "6 of 8" with a mark for each person, of very many a bar, and last quarter's figure."""
    breadth = told.picture.breadth
    figure = told.text("figure:people")
    if not figure:
        return None
    shown = [persona for persona in told.picture.personas if persona.people]
    few = sum(len(persona.people) for persona in shown) <= MOST_SMALL_MARKS
    label = told.say("figure-person" if breadth.counted == 1 else "figure-people")
    return KeyFigure(
        label=label,
        figure=figure,
        note=capital(told.text("change:people")),
        people=tuple(marks_of(persona) for persona in shown) if few else (),
        share=None if few or not breadth.counted else (breadth.active, breadth.counted),
        alt=told.say("alt-figure", label=label, figure=told.active_of(breadth.active, breadth.counted)),
        key="people",
    )


def workflows_figure(told: Told) -> KeyFigure | None:
    """ "5 of 7" with a box for each measurable workflow, the number not measurable and last quarter's figure."""
    depth = told.picture.depth
    figure = told.text("figure:workflows")
    if not figure:
        return None
    label = told.say("figure-workflows")
    counts = (depth.met, depth.measurable) if depth.measurable else None
    few = depth.measurable <= MOST_BOXES
    return KeyFigure(
        label=label,
        figure=figure,
        note=capital(told.text("change:workflows")),
        boxes=counts if few else None,
        share=None if few else counts,
        alt=told.say("alt-figure", label=label, figure=figure),
        key="workflows",
    )


def first_impact(told: Told) -> ImpactPicture | None:
    """The first-listed impact that may be told."""
    return next((impact for impact in told.picture.impacts if impact.tellable), None)


def impact_figure(told: Told) -> KeyFigure | None:
    """ "−30%" of the first-listed impact, with its witness; None when there is none that may be told.

    A benchmark is no figure of this account, and does not stand beside those that are.
    """
    figure, shown = told.text("figure:impact"), first_impact(told)
    if not figure or shown is None or shown.impact.source is Source.BENCHMARK:
        return None
    label = capital(shown.impact.what)
    return KeyFigure(
        label=label,
        figure=figure,
        note=told.text(f"impact-witness:{shown.impact.id}"),
        change=change_of(shown),
        alt=told.say("alt-figure", label=label, figure=figure),
        key="impact",
    )


def direction_figure(told: Told) -> KeyFigure | None:
    """ "Spreading", with the fact behind the call."""
    word = told.text("direction-word")
    if not word or told.picture.direction.trend is Trend.NO_DATA:
        return None
    label = told.say("figure-direction")
    alt = told.say("alt-figure", label=label, figure=word)
    return KeyFigure(label, word, told.text("direction-fact"), alt=alt, key="direction")


def silence_figures(told: Told) -> tuple[KeyFigure, ...]:
    """What can still be said where no data came: when it last did, and of how many people."""
    picture = told.picture
    if not picture.feed_silent:
        return ()
    last = told.wording.date(picture.feed_last) if picture.feed_last else capital(told.say("never"))
    people = told.wording.count(sum(len(persona.people) for persona in picture.personas))
    shown = (
        ("last-data", told.say("figure-last-data"), last),
        ("people-in-seat", told.say("figure-people-in-seat"), people),
    )
    return tuple(
        KeyFigure(label, figure, alt=told.say("alt-figure", label=label, figure=figure), key=key)
        for key, label, figure in shown
    )


def key_figures(*figures: KeyFigure | None) -> KeyFigures | None:
    """Those that there are, side by side; None for none."""
    shown = tuple(figure for figure in figures if figure is not None)
    return KeyFigures(shown) if shown else None
