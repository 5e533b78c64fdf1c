"""What is drawn: rules, stripes, gradients and shadows, and what Office draws by itself."""

from __future__ import annotations

from building import Deck, chart, line, panel, picture, xml
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE

from sign_decks.asked import has, lacks

# ---- 1, 2, 12: what is drawn -----------------------------------------------------------------------------------------


@has("rule-under-title")
def rule_below(deck: Deck) -> None:
    line(deck.slide(), 43, 95, 200)


@has("rule-under-title")
def thin_bar_below(deck: Deck) -> None:
    panel(deck.slide(), 43, 95, 120, 3)


@lacks("rule-under-title")
def rule_between_parts_of_the_body(deck: Deck) -> None:
    line(deck.slide(), 43, 300, 800)


@lacks("rule-under-title")
def panel_below_the_title(deck: Deck) -> None:
    panel(deck.slide(), 43, 95, 300, 120)


@has("striped-card")
def card_with_stripe(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 240, 120, MSO_SHAPE.ROUNDED_RECTANGLE)
    panel(slide, 60, 182, 6, 116)


@lacks("striped-card")
def card_without_stripe(deck: Deck) -> None:
    panel(deck.slide(), 60, 180, 240, 120, MSO_SHAPE.ROUNDED_RECTANGLE)


@lacks("striped-card")
def bar_beside_a_square_panel(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 240, 120)
    panel(slide, 60, 182, 6, 116)


@has("gradient")
def gradient_in_a_panel(deck: Deck) -> None:
    panel(deck.slide(), 60, 180, 240, 120).fill.gradient()


@has("gradient")
def gradient_behind_the_slide(deck: Deck) -> None:
    deck.slide().background.fill.gradient()


@lacks("gradient")
def one_colour(deck: Deck) -> None:
    slide = deck.slide()
    panel(slide, 60, 180, 240, 120)
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(255, 255, 255)


@has("shadow")
def shadow_of_its_own(deck: Deck) -> None:
    shape = panel(deck.slide(), 60, 180, 240, 120)
    xml(shape._element.spPr, "effectLst/outerShdw", blurRad="50800")


@lacks("shadow")
def no_effect(deck: Deck) -> None:
    panel(deck.slide(), 60, 180, 240, 120)


# ---- 9: Office's own -------------------------------------------------------------------------------------------------


@lacks("office-theme")
def own_theme(deck: Deck) -> None:
    deck.slide()


@has("legend")
def chart_with_legend(deck: Deck) -> None:
    chart(deck.slide(), legend=True)


@lacks("legend")
def many_series(deck: Deck) -> None:
    chart(deck.slide(), legend=True, series=5)


@has("default-chart")
def plain_chart(deck: Deck) -> None:
    chart(deck.slide(), coloured=False)


@lacks("default-chart")
def coloured_chart(deck: Deck) -> None:
    chart(deck.slide())


@has("chart-picture")
def picture_by_matplotlib(deck: Deck) -> None:
    picture(deck.slide(), software="Matplotlib version3.10.0, https://matplotlib.org/")


@has("chart-picture")
def picture_that_says_so(deck: Deck) -> None:
    picture(deck.slide(), alt="Bar chart of touches by week")


@lacks("chart-picture")
def photograph(deck: Deck) -> None:
    picture(deck.slide(), alt="The depot in Leeds, graphite grey")
    picture(deck.slide("Acme has an organisation of its own"), alt="A small chart", w=60, h=40)
