"""Documents built by hand: a brief like the reference account's, and the hard cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qbrgen.audience import Audience
from qbrgen.document import (
    BarGroup,
    BeforeAfter,
    Bullets,
    Callout,
    Cell,
    Column,
    Columns,
    Contents,
    ContentsEntry,
    Document,
    KeyFigure,
    KeyFigures,
    Mark,
    Notes,
    People,
    PeopleGroup,
    PersonMark,
    Section,
    Status,
    Table,
    TargetBar,
    TargetBars,
    Text,
    Trend,
    TrendPoint,
)

F, H, O, D = Mark.FILLED, Mark.HALF, Mark.OUTLINED, Mark.DOTTED  # noqa: E741
SENTENCE = (
    "5 of 7 quota-carrying reps and the sales manager are active every week; 80% of outbound touches now run through "
    "sequences; the team estimates that has cut manual email time by roughly 30%."
)
REPS = ("Ana Petrov", "Tom Okafor", "Sofia Lind", "Raj Mehta", "Ellen Marsh", "Jon Bell", "Mia Tran")
KEY = ((F, "active"), (O, "not yet active"))


def bar(
    label: str, value: float | None, target: float, state: str, status: Status, before: float | None = None
) -> TargetBar:
    def shown(share: float | None) -> str:
        return "" if share is None else f"{share:.0%}"

    count = f"{round(value * 800)} of 800" if value is not None else ""
    return TargetBar(label, value, target, shown(value), shown(target), state, status, before, shown(before), count)


BARS = TargetBars(
    (
        BarGroup(
            "Quota-carrying reps",
            (
                bar("Outbound touches through sequences", 0.8, 0.7, "on target", Status.MET, 0.58),
                bar("Calls with a disposition logged", 0.74, 0.7, "on target", Status.MET, 0.66),
                bar("New reps: 20 or more leads in 14 days", 1.0, 0.8, "on target", Status.MET, 0.5),
                bar("Replies answered the same day", 0.62, 0.75, "13 points below", Status.NOT_MET, 0.6),
            ),
        ),
        BarGroup(
            "Sales manager",
            (
                bar("Pipeline review each week", 0.92, 0.9, "on target", Status.MET, 0.85),
                bar("Two coached calls a week", 0.54, 0.6, "6 points below", Status.NOT_MET, 0.55),
                bar("Deliverability kept up", None, 0.95, "no data", Status.NO_DATA),
            ),
        ),
    ),
    "7 workflows against target",
    ("Workflow", "Now", "Target", "Last quarter"),
)

_WEEKS = (48, 50, 47, 52, 55, 51, 56, 58, 57, 60, 63, 66, 68, 72, 74, 73, 77, 78, 80, 79, 82, 81, 83, 84, 82, 85)
TREND = Trend(
    tuple(TrendPoint(f"week {number}", share / 100) for number, share in enumerate(_WEEKS)),
    0.7, "48%", "85%", "last week", "target 70%",
    "Outbound touches through sequences, by week: from 48% to 85%, target 70%.", "Share", "Target", 13,
    ("April to June", "July to September"),
)  # fmt: skip

PEOPLE = People(
    (
        PeopleGroup(
            "Quota-carrying reps", "5 of 7",
            tuple(PersonMark(F if n < 5 else O, "13 of 13" if n < 5 else "0 of 13", who) for n, who in enumerate(REPS)),
            "Target: 5 of 7 active",
        ),
        PeopleGroup("The sales manager", "1 of 1", (PersonMark(F, "13 of 13", "Priti Shah"),), "Target: 1 of 1 active"),
    ),
    KEY, "Quota-carrying reps 5 of 7, the sales manager 1 of 1",
)  # fmt: skip

GAPS = Table(
    (Column("Gap", 0.42), Column("Since", 0.12, nowrap=True), Column("Plan", 0.3), Column("Owner", 0.1, nowrap=True),
     Column("By", 0.1, nowrap=True)),
    (
        (Cell("2 of 7 reps not yet active", strong=True, sub="Jon Bell, Mia Tran", status=Status.NOT_MET, note="1"),
         Cell("1 July 2026"), Cell("One hour on a live list with each of the two reps"), Cell("Priya Raman"),
         Cell("16 Oct 2026")),
        (Cell("Same-day replies 62%, 13 points below", strong=True, sub="two reps make 70% of the shortfall",
              status=Status.NOT_MET), Cell("18 Aug 2026"), Cell("Put the reply queue on the reps' home screen"),
         Cell("Dana Ortiz"), Cell("23 Oct 2026")),
        (Cell("Coached calls 54%, 6 points below", strong=True, status=Status.NOT_MET), Cell("April"),
         Cell("no plan yet"), Cell("not set"), Cell("not set")),
        (Cell("Impact rests on an estimate", strong=True, status=Status.NO_DATA), Cell(""),
         Cell("Measure email time in the CRM"), Cell("Priya Raman"), Cell("13 Nov 2026")),
    ),
    "Gaps, each with its plan",
)  # fmt: skip

FIGURES = KeyFigures(
    (
        KeyFigure("Key people active", "6 of 8", "from 4 of 8 last quarter", people=((F,) * 5 + (O,) * 2, (F,))),
        KeyFigure("Workflows on target", "4 of 6", "3 of 6 last quarter; 1 without data", boxes=(4, 6)),
        KeyFigure("Manual email time", "−30%", "by the team's own estimate", change=(10.0, 7.0)),
    )
)

NOTES = Notes(
    (
        (
            "1",
            "Active: at least one key workflow in 75% of full weeks in seat and one of the last two; 5 of 7.",
        ),
        ("2", "On target: 4 of 6 measurable workflows, 1 without data, 29 June to 27 September 2026."),
        ("3", "Sequences: 4,182 of 5,221 outbound touches; events touch_sent; data/events.csv."),
        ("4", "Direction: 26 weeks; 5 people do more, 1 less; weekly share rises 1.5 points (1.1 to 1.9)."),
        ("5", "Estimate as told by the team on 22 September 2026, rounded: 30%."),
    )
)


def acme() -> tuple[Section, ...]:
    """The sections of the reference account's brief."""
    return (
        Section("acme", "Acme", (Text(SENTENCE, "lead"), FIGURES), level=1,
                meta=("£184k a year", "renews 31 Jan 2027, in 126 days", "Priya Raman")),
        Section("workflows", "Workflows against target", (BARS,)),
        Section("gaps", "Gaps, and the plan for each", (GAPS,), keep=False),
        Section("people", "Who is active", (Columns((PEOPLE,), (Text("Outbound touches through sequences, by week",
                "strong"), TREND, Text("5 people do more than last quarter, 1 does less.")), (1.0, 1.0)),)),
        Section("impact", "What it produces", (Columns(
            (BeforeAfter("First meetings per rep and month", 6, 8, "6", "8", "31 March", "27 September",
                         "Bought to reach 10 by 31 December 2026; counted in the customer's CRM.",
                         "From 6 to 8", "half way"),),
            (Text("Manual email time down by roughly 30% since March, by the team's own estimate (22 September 2026)."),
             Text("Not measured yet: the CRM report is due on 13 November.", "muted")),
        ),)),
        Section("outlook", "Outlook to renewal", (
            Text("At its present level the share of same-day replies will still be below target on 31 January 2027."),
            Bullets(("Logins rise while completion falls: no.", "The budget review is in November.")),
            Callout("Asked of leadership:", "A call from our CRO to Dana Ortiz before 16 October."),
        )),
        Section("receipts", "Receipts", (NOTES,)),
    )  # fmt: skip


def brief(*sections: Section, title: str = "Acme: adoption brief, Q3 2026", language: str = "en-GB") -> Document:
    return Document(
        "brief", Audience.INTERNAL, title, "Adoption in Q3 2026", "Priya Raman", "Halyard", language,
        date(2026, 9, 27), "Halyard internal. Acme, Q3 2026, data to 27 September 2026",
        sections=sections or acme(), keywords=("adoption", "Acme"),
    )  # fmt: skip


def portfolio(*names: str) -> Document:
    """A portfolio of accounts named `names`, each with the reference account's brief."""
    rows = tuple(
        (Cell(name, strong=True, link=f"account-{n}", anchor=f"line-{n}",
              sub="5 of 7 reps active; 80% of touches in sequences"),
         Cell("6 of 8"), Cell("4 of 6"), Cell("spreading"), Cell("31 Jan 2027"), Cell("on target", status=Status.MET))
        for n, name in enumerate(names)
    )  # fmt: skip
    columns = (Column("Account", 0.4), Column("People", 0.1, "right"), Column("Workflows", 0.1, "right"),
               Column("Direction", 0.14), Column("Renews", 0.14, nowrap=True),
               Column("State", 0.16, nowrap=True))  # fmt: skip
    figures = KeyFigures((KeyFigure("On real adoption", "£1.2m", "of £1.9m, 5 of 8 accounts", change=(1.9, 1.2)),
                          KeyFigure("At risk, renewing in two quarters", "£310k", "2 accounts"),
                          KeyFigure("Accounts", str(len(names)), "3 spreading, 1 shrinking")))  # fmt: skip
    small = Table((Column("Owner", 0.5), Column("ARR", 0.25, "right"), Column("On adoption", 0.25, "right")),
                  ((Cell("Priya Raman"), Cell("£1.1m"), Cell("£0.8m")),
                   (Cell("Sam Holt"), Cell("£0.8m"), Cell("£0.4m"))), "")  # fmt: skip
    contents = [("Every account", "accounts"), ("Briefs",), *((name, f"account-{n}") for n, name in enumerate(names))]
    opening = (
        Section("portfolio", "Portfolio", (Text("5 of 8 accounts are on real adoption.", "lead"), figures), level=1,
                meta=("Q3 2026", "data to 27 September 2026")),
        Section("standing", "By owner and segment", (Columns((small,), (small,)),)),
        Section("attention", "What needs attention",
                (Table(columns, tuple((replace(row[0], anchor=""), *row[1:]) for row in rows[:3]), ""),)),
        Section("contents", "Contents", (Contents(tuple(ContentsEntry(*each) for each in contents)),)),
        Section("accounts", "All accounts", (Table(columns, rows, ""),), page_break=True, keep=False),
    )  # fmt: skip
    briefs = tuple(
        replace(section, heading=name if section.level == 1 else section.heading,
                key=f"account-{n}" if section.level == 1 else section.key, page_break=section.level == 1,
                back=(("Page one", "portfolio"), ("In the list", f"line-{n}")) if section.level == 1 else ())
        for n, name in enumerate(names) for section in acme()
    )  # fmt: skip
    return replace(brief(*opening, *briefs, title="Portfolio, Q3 2026"), kind="portfolio",
                   footer="Halyard internal. Portfolio, Q3 2026", page_text="p.")  # fmt: skip
