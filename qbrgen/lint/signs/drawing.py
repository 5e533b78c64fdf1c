"""Signs 1, 2 and 12, what is drawn: a rule under a title, a striped card, gradients and shadows."""

from __future__ import annotations

from collections.abc import Iterator

from qbrgen.lint.finding import SignFound
from qbrgen.lint.measure import text_box
from qbrgen.lint.model import DeckRead, Shape, SlideRead

_ROUNDED = ("roundRect", "round1Rect", "round2SameRect", "round2DiagRect", "snipRoundRect")
_UNDER = 26.0  # a rule that close below a title belongs to it
_THIN = 6.0
_STRIPE = 12.0


def rules_under_titles(deck: DeckRead) -> Iterator[SignFound]:
    """A thin horizontal line or bar just below a title, across some of its width."""
    for slide in deck.slides:
        title = slide.title
        if title is None or not title.text or slide.opening:
            continue
        text = text_box(title)
        for shape in slide.shapes:
            if shape.within or not _is_rule(shape):
                continue
            over = min(shape.box.right, text.right) - max(shape.box.x, text.x)
            if over > 0 and text.bottom - 2 <= shape.box.y <= text.bottom + _UNDER:
                what = f"A rule stands under the title, {max(0.0, shape.box.y - text.bottom):.0f} pt below its text."
                yield SignFound("rule-under-title", slide.number, shape.name, what, "Take it out: space parts better.")


def _is_rule(shape: Shape) -> bool:
    drawn = shape.kind == "line" or (shape.kind == "shape" and (shape.filled or shape.outlined))
    return drawn and shape.box.h <= _THIN and shape.box.w >= max(24.0, 4 * shape.box.h)


def striped_cards(deck: DeckRead) -> Iterator[SignFound]:
    """A rounded panel with a narrow bar along its left edge."""
    for slide in deck.slides:
        cards = [one for one in slide.shapes if one.preset in _ROUNDED and one.box.w >= 60 and one.box.h >= 30]
        for card in cards:
            stripe = next((one for one in slide.shapes if one is not card and _is_stripe(one, card)), None)
            if stripe is not None:
                what = f"A rounded card with a stripe at its left ({stripe.name})."
                yield SignFound("striped-card", slide.number, card.name, what, "Set its text without card and stripe.")


def _is_stripe(shape: Shape, card: Shape) -> bool:
    drawn = shape.kind == "line" or (shape.kind in ("shape", "text") and shape.filled)
    long = shape.box.h >= 0.6 * card.box.h and shape.box.y >= card.box.y - 3 and shape.box.bottom <= card.box.bottom + 3
    return drawn and long and shape.box.w <= _STRIPE and abs(shape.box.x - card.box.x) <= 6


def gradients_and_shadows(deck: DeckRead) -> Iterator[SignFound]:
    """A gradient as a fill, an outline or a background; a shadow, by the shape's own wish or its style's."""
    for slide in deck.slides:
        if slide.gradient:
            yield _found("gradient", slide, "", "The background is a gradient.", "Give it one colour of the theme.")
        for shape in slide.shapes:
            plot = shape.plot
            if shape.gradient or (plot and plot.gradient):
                yield _found("gradient", slide, shape.name, "It has a gradient.", "Give it one colour of the theme.")
            if shape.shadow or (plot and plot.shadow):
                yield _found("shadow", slide, shape.name, "It casts a shadow.", "Take the effect away.")


def _found(code: str, slide: SlideRead, shape: str, what: str, fix: str) -> SignFound:
    return SignFound(code, slide.number, shape, what, fix)
