"""Documents made by hand: a review as it should be, and everything that makes a slide burst."""

from __future__ import annotations

from datetime import date
from typing import Any

from qbrgen.audience import Audience
from qbrgen.document import (
    BarGroup,
    BeforeAfter,
    Bullets,
    Callout,
    Cell,
    Column,
    Columns,
    Document,
    KeyFigure,
    KeyFigures,
    Mark,
    Notes,
    People,
    PeopleGroup,
    PersonMark,
    Role,
    Slide,
    Status,
    Table,
    TargetBar,
    TargetBars,
    Text,
    Trend,
    TrendPoint,
)

ON, OFF, HALF, NEW = Mark.FILLED, Mark.OUTLINED, Mark.HALF, Mark.DOTTED
LONG_NAME = "Aleksandra Konstantinopolitańczykiewiczówna-Brzęczyszczykiewicz"
KEY = ((ON, "Active"), (HALF, "Occasional"), (OFF, "Not yet active"), (NEW, "New"))


def document(*slides: Slide, **changes: Any) -> Document:
    facts: dict[str, Any] = {
        "kind": "deck",
        "audience": Audience.CUSTOMER,
        "title": "Acme: quarterly business review",
        "subject": "July to September 2026",
        "author": "Priya Raman",
        "company": "Halyard",
        "language": "en-GB",
        "made_on": date(2026, 9, 30),
        "footer": "Halyard for Acme",
        "slides": slides,
    }
    return Document(**(facts | changes))


def content(*blocks: Any, title: str = "A finding in a full sentence", key: str = "slide", **more: Any) -> Slide:
    return Slide(key, Role.CONTENT, title, more.pop("kicker", "Topic"), blocks, **more)


def bar(
    label: str, value: float | None, target: float = 0.7, status: Status | None = None, count: str = ""
) -> TargetBar:
    state = status or (Status.NO_DATA if value is None else Status.MET if value >= target else Status.NOT_MET)
    shown = "" if value is None else f"{value:.0%}"
    return TargetBar(label, value, target, shown, f"{target:.0%}", state.value, state, count_text=count)


def persona(label: str, people: int, names: tuple[str, ...] = ()) -> PeopleGroup:
    marks = (ON, ON, ON, HALF, OFF, NEW)
    each = (
        PersonMark(marks[at % 6], f"{13 - at % 4} of 13", names[at % len(names)] if names else "")
        for at in range(people)
    )
    return PeopleGroup(label, f"{people // 2} of {people}", tuple(each), "Target: most of them", "and 1 new")


def trend(values: list[float | None], target: float | None = 0.7) -> Trend:
    points = tuple(TrendPoint(f"{at + 1} April", value) for at, value in enumerate(values))
    split = len(values) // 2 or None
    return Trend(
        points,
        target,
        "48%",
        "85%",
        "last week, 34 of 40",
        "target 70%",
        "From 48% to 85%",
        "Touches",
        "Target",
        split,
        ("Q2", "Q3"),
    )


def table(rows: int, text: str = "Say what is done", **more: Any) -> Table:
    columns = (
        Column("Action", 0.4),
        Column("Owner", 0.2, nowrap=True),
        Column("By", 0.1, "right", nowrap=True),
        Column("State", 0.3),
    )
    cells = (
        (
            Cell(f"{at + 1}. {text}", strong=True, sub="why" if at % 3 == 0 else ""),
            Cell("Priya Raman"),
            Cell("16 Oct"),
            Cell("on target", status=list(Status)[at % 4], note="3"),
        )
        for at in range(rows)
    )
    return Table(columns, tuple(cells), "What is done by whom", **more)


BARS = TargetBars(
    (
        BarGroup(
            "Reps",
            (bar("Outbound touches through sequences", 0.8, count="4,182 of 5,221"), bar("Replies the same day", 0.62)),
        ),
        BarGroup(
            "Sales manager",
            (bar("Two coached calls a week", 0.54), bar("Not measured", None), bar("None happened", 0.0)),
        ),
    ),
    "Two of four workflows are on target",
)
FIGURES = KeyFigures(
    (
        KeyFigure(
            "Key people active", "6 of 8", "4 of 8 last quarter", people=((ON,) * 5 + (OFF,) * 2, (ON,)), alt="6 of 8"
        ),
        KeyFigure("Workflows on target", "5 of 7", "from 3 of 7", boxes=(5, 7)),
        KeyFigure("Manual email time", "−30%", "the team's own estimate", change=(1.0, 0.7)),
    )
)
REVIEW = document(
    Slide(
        "title",
        Role.TITLE,
        "Acme",
        blocks=(Text("Quarterly business review", "muted"), Text("Dana Ortiz"), Text("Priya Raman")),
        footnote="Data to 27 September 2026.",
        section="Review",
    ),
    Slide(
        "sentence",
        Role.STATEMENT,
        "5 of 7 reps are active every week; 80% of outbound touches now run through sequences.",
        "In one sentence",
        (FIGURES,),
        "Receipts 1 and 2.",
        ("Said first.", "Then how it was counted."),
        "Review",
    ),
    content(
        People((persona("Quota-carrying reps", 7), persona("Sales manager", 1)), KEY, "8 people"),
        Bullets(("Sit with each.",), "Plan"),
        title="Five of seven reps work in sequences",
        key="people",
        footnote="Receipt 1.",
        notes=("Counted.",),
        section="Adoption",
    ),
    content(BARS, title="Two workflows are behind", key="workflows", notes=("Counted.",), section="Adoption"),
    content(
        trend([0.48, 0.5, None, 0.6, 0.66, 0.72, 0.8, 0.85]),
        Text("Spreading.", "muted"),
        title="It is spreading",
        key="direction",
        section="Adoption",
    ),
    content(
        BeforeAfter("Meetings", 6, 8, "6", "8", "March", "September", "Measured in the CRM.", "From 6 to 8", "8"),
        title="Meetings rose",
        key="impact",
        section="Adoption",
    ),
    content(
        table(4), Callout("We ask:", "agree."), title="Four actions", key="plan", notes=("Counted.",), section="Ahead"
    ),
    Slide(
        "receipts",
        Role.APPENDIX,
        "How it was counted",
        "Receipts",
        (table(16, "A figure and what it is counted from", small=True),),
        section="Appendix",
    ),
)
HARD = document(
    Slide("title", Role.TITLE, f"{LONG_NAME} & Söhne <Holding>", blocks=(Text("Review"), Text(LONG_NAME))),
    content(
        People((persona("Reps", 30), persona("SDRs", 18), persona("Managers", 6), persona("Operations", 6)), KEY, "60"),
        title="60 people",
    ),
    content(People((persona("Manager", 1),), KEY, "1"), title="One person"),
    content(
        People((persona("Named", 9, (LONG_NAME, "佐藤 健太郎", "محمد عبد الرحمن", "דנה לוי", "Zoë")),), KEY, "9"),
        title="Named people",
    ),
    content(People((persona("Named", 58, (LONG_NAME, "Bo")),), KEY, "58"), title="Very many named people"),
    content(
        TargetBars(
            (BarGroup("Reps", tuple(bar(f"Workflow {at}: {LONG_NAME}", at / 9, count="1 of 9") for at in range(9))),),
            "nine",
        ),
        title="Nine workflows",
    ),
    content(
        TargetBars(
            (
                BarGroup(
                    "", (bar("=SUM(A1:A9)", 1.4), bar("http://a.example", float("nan")), bar("\x07bell", float("inf")))
                ),
            ),
            "hostile",
        ),
        title="Hostile labels \x0b and a break",
    ),
    content(trend([None, 0.7]), title="Two points"),
    content(trend([0.5], None), title="One point"),
    content(trend([None, None]), title="No points"),
    content(trend([0.69 + at % 2 / 50 for at in range(26)]), title="On its target"),
    content(
        Text("営業担当者は毎週シーケンスを使い、" * 12),
        Text("فريق المبيعات يستخدم المنتج كل أسبوع"),
        title="外部への連絡の八割がシーケンス経由です" * 3,
        kicker="誰が",
    ),
    content(
        *(Text("A paragraph of a good many words that goes on over lines. " * 6) for _ in range(9)), title="Much text"
    ),
    content(Text("One paragraph that is longer than a slide. " * 120), title="A wall"),
    content(table(24, "do the thing again and again " * 3), Callout("We ask:", "decide. " * 40), title="Many rows"),
    content(
        Columns(
            tuple(Text("left text " * 30) for _ in range(6)), (Bullets(tuple("right " * 20 for _ in range(8)), "Head"),)
        ),
        title="Full columns",
    ),
    content(
        Notes(tuple((str(at), "A receipt with counts and window.") for at in range(1, 60)), "Receipts"),
        title="Sixty receipts",
    ),
    content(Text("one"), title="The same title"),
    content(Text("two"), title="The same title"),
    content(
        Text("short"),
        title="A title that goes on and on, " * 9,
        kicker="a kicker of many words " * 6,
        footnote="a footnote of many words, " * 14,
    ),
    content(
        Table((Column("a", 1),), (), "none"),
        People((), (), ""),
        Bullets(()),
        Text(" "),
        TargetBars((), ""),
        KeyFigures(()),
        title="Nothing",
    ),
    draft_text="DRAFT: definitions are not confirmed",
    footer="A footer that is much longer than anyone would want to have one " * 2,
)
