"""A deck for the eye: one slide of each kind, about a customer that does not exist, to see a theme with.

It holds what makes a theme burst: a title of two full lines, sixty people, nine workflows, rows of long texts. Nothing
in it is said of an account, so its words are no entries of the wording. Every slide says that it is a preview.
"""

from __future__ import annotations

from datetime import date

from qbrgen.audience import Audience
from qbrgen.document import (
    BarGroup,
    BeforeAfter,
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Columns,
    Document,
    KeyFigure,
    KeyFigures,
    Mark,
    People,
    PeopleGroup,
    PersonMark,
    Reading,
    Readings,
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

_DAY = date(2026, 9, 30)
_COUNTED = "Counted over 29 June to 27 September 2026, 13 full weeks. Everything here is invented."
_MARKS = {"x": Mark.FILLED, "h": Mark.HALF, "o": Mark.OUTLINED, "n": Mark.DOTTED}


def preview_document(theme: str) -> Document:
    """The preview of the theme of that name."""
    return Document(
        kind="deck",
        audience=Audience.CUSTOMER,
        title=f"Preview of the theme {theme}",
        subject="One slide of each kind, invented",
        author="qbrgen",
        company="Example Works",
        language="en-GB",
        made_on=_DAY,
        footer="Example Works for Sample & Partners, Q3 2026",
        slides=(*_opening(), *_adoption(), *_ahead()),
        draft_text="PREVIEW: INVENTED FIGURES",
    )


def _content(key: str, section: str, kicker: str, title: str, *blocks: Block, note: str = _COUNTED) -> Slide:
    return Slide(key, Role.CONTENT, title, kicker, blocks, note, ("A preview has no talk track.",), section)


def _opening() -> tuple[Slide, ...]:
    return (
        Slide(
            "title",
            Role.TITLE,
            "Sample & Partners",
            blocks=(
                Text("Quarterly business review, Q3 2026", "muted"),
                Text("Ada Okonkwo-Lindqvist, Chief Revenue Officer, Sample & Partners"),
                Text("Jun Ito, Example Works"),
            ),
            footnote=_COUNTED,
            section="Opening",
        ),
        Slide(
            "sentence",
            Role.STATEMENT,
            "41 of 60 people in four teams are active every week; 82% of inspections are now recorded on site; the "
            "team estimates that has cut the time to a report by roughly 40%; one team has not begun.",
            "In one sentence",
            (
                KeyFigures(
                    (
                        KeyFigure("Key people active", "41 of 60", "33 of 58 the quarter before", share=(41, 60)),
                        KeyFigure("Workflows on target", "6 of 9", "4 of 9 the quarter before", boxes=(6, 9)),
                        KeyFigure("Time to a report", "−40%", "Estimated by the team", change=(1, 0.6)),
                    )
                ),
            ),
            _COUNTED,
            ("A preview has no talk track.",),
            "Opening",
        ),
        _content(
            "bought",
            "Opening",
            "What you set out to do",
            "Sample & Partners bought Example Works to hand over reports on the day of the inspection",
            Columns(
                (Text("50% of the way from start to goal", "strong"), _READINGS),
                (Text("How we agreed to measure it", "strong"), _measures()),
                (1.0, 1.4),
            ),
        ),
        _content(
            "promises",
            "Opening",
            "What we promised last time",
            "Of the four promises made last time, three were kept and one was missed",
            _promises(),
        ),
    )  # fmt: skip


_READINGS = Readings(
    "Reports handed over per inspector and week",
    (
        Reading("Where you started", "31 March 2026", "6", 6.0, "earlier"),
        Reading("Now", "27 September 2026", "8", 8.0, "now"),
        Reading("Goal", "31 December 2026", "10", 10.0, "goal"),
    ),
    "Reports handed over per inspector and week: 6 at the start, 8 now, 10 the goal.",
)


def _measures() -> Table:
    rows = (
        ("Site inspectors", "Inspections recorded on site", "80%"),
        ("", "Photographs with a location", "90%"),
        ("Planners", "Routes planned before Friday noon", "70%"),
        ("Regional managers", "Findings reviewed within two working days", "75%"),
    )
    columns = (Column("Who", 0.34), Column("Workflow", 0.5), Column("Target", 0.16, "right", nowrap=True))
    cells = tuple((Cell(who, strong=True, continues=not who), Cell(what), Cell(target)) for who, what, target in rows)
    return Table(columns, cells, small=True, alt="Four workflows with who does them and their targets.")


def _promises() -> Table:
    columns = (
        Column("Promised", 0.46),
        Column("Target or date", 0.15),
        Column("What came of it", 0.23),
        Column("State", 0.16, nowrap=True),
    )
    rows = (
        ("Inspections recorded on site", "80%", "82%", "2,406 of 2,934", "kept", Status.MET),
        ("Sit with each of the planners at their own desk for an hour", "17 July", "done on 14 July", "", "kept",
         Status.MET),
        ("Photographs with a location", "90%", "93%", "8,811 of 9,474", "kept", Status.MET),
        ("Findings reviewed within two working days", "75%", "61%", "339 of 556", "missed", Status.NOT_MET),
    )  # fmt: skip
    cells = tuple(
        (Cell(what, strong=True), Cell(target), Cell(came, sub=count), Cell(state, status=status))
        for what, target, came, count, state, status in rows
    )
    return Table(columns, cells, "Four promises and what came of each.")


def _adoption() -> tuple[Slide, ...]:
    return (
        _content(
            "people",
            "Adoption",
            "Who is active",
            "41 of 60 people are active every week; the inspectors of the north have not begun",
            People(
                (
                    _group("Site inspectors, south", "24 of 26", "x" * 24 + "oo", "Target: 21 of 26 active"),
                    _group("Site inspectors, north", "0 of 12", "o" * 11 + "h", "Target: 9 of 12 active"),
                    _group("Planners", "13 of 16", "x" * 13 + "hho", "Target: 12 of 16 active", "and 2 new", "nn"),
                    _group("Regional managers", "4 of 6", "xxxxoo", "Target: 4 of 6 active"),
                ),
                tuple(zip(_MARKS.values(), ("active", "occasional", "not yet active", "new"), strict=True)),
                "People by team: 41 of 60 are active.",
            ),
            Bullets(("A morning on site with the twelve inspectors of the north (Jun Ito, by 16 October)",),
                    "What we do about it"),
        ),
        _content(
            "workflows",
            "Adoption",
            "Workflows against target",
            "82% of inspections are recorded on site; three of nine workflows are below their target",
            TargetBars((
                BarGroup("Site inspectors", (
                    _bar("Inspections recorded on site", 82, 80, "2,406 of 2,934"),
                    _bar("Photographs with a location", 93, 90, "8,811 of 9,474"),
                    _bar("Follow-up dates agreed with the owner before leaving the site", 58, 70, "402 of 693"),
                    _bar("Materials ordered from the finding itself", None, 60, ""),
                )),
                BarGroup("Planners", (
                    _bar("Routes planned before Friday noon", 77, 70, "160 of 208"),
                    _bar("Changes of route told to the inspector", 66, 75, "99 of 150"),
                    _bar("Permits checked a week ahead", 88, 80, "183 of 208"),
                )),
                BarGroup("Regional managers", (
                    _bar("Findings reviewed within two working days", 61, 75, "339 of 556"),
                    _bar("Reports signed off the same day", 79, 75, "441 of 558"),
                )),
            ), "Nine workflows against their targets: five on target, three below, one without data."),
        ),
        _content(
            "direction",
            "Adoption",
            "Spreading or shrinking",
            "Use is spreading: 41 of 60 people are active, 33 of 58 the quarter before",
            _TREND,
            Text("In the second half of 26 weeks, 34 of 60 people did more, four did less.", "muted"),
        ),
        _content(
            "impact",
            "Results",
            "What it produces",
            "The team estimates that recording on site has cut the time to a report by roughly 40%",
            BeforeAfter("Hours from inspection to report", 35, 21, "35 hours", "21 hours", "First quarter", "Now",
                        "Estimated by Ada Okonkwo-Lindqvist, 21 September 2026; over 120 reports",
                        "Hours from inspection to report: from 35 to 21.", "−40%"),
        ),
    )  # fmt: skip


def _group(label: str, figure: str, marks: str, note: str, remark: str = "", new: str = "") -> PeopleGroup:
    people = tuple(PersonMark(_MARKS[mark]) for mark in marks + new)
    return PeopleGroup(label, figure, people, note, remark)


def _bar(label: str, share: int | None, target: int, count: str) -> TargetBar:
    if share is None:
        return TargetBar(label, None, target / 100, "", f"{target}%", "no data", Status.NO_DATA)
    met = share >= target
    state = "on target" if met else f"{target - share} points below"
    status = Status.MET if met else Status.NOT_MET
    return TargetBar(label, share / 100, target / 100, f"{share}%", f"{target}%", state, status, count_text=count)


_WEEKS = (38, 41, 36, 44, 47, 45, 52, 50, 55, 53, 58, 61, 57, 63, 60, 66, 69, 67, 72, 70, 75, 73, 78, 80, 79, 82)
_DAYS = (
    "30 Mar", "6 Apr", "13 Apr", "20 Apr", "27 Apr", "4 May", "11 May", "18 May", "25 May", "1 Jun", "8 Jun", "15 Jun",
    "22 Jun", "29 Jun", "6 Jul", "13 Jul", "20 Jul", "27 Jul", "3 Aug", "10 Aug", "17 Aug", "24 Aug", "31 Aug", "7 Sep",
    "14 Sep", "21 Sep",
)  # fmt: skip
_TREND = Trend(
    tuple(TrendPoint(day, share / 100) for day, share in zip(_DAYS, _WEEKS, strict=True)),
    0.80,
    "38%",
    "82%",
    "last week, 188 of 229",
    "target 80%",
    "Inspections recorded on site by week: from 38% to 82%, target 80%.",
    "Recorded on site",
    "Target",
    13,
    ("Q2", "Q3"),
    "Inspections recorded on site, by week",
)


def _ahead() -> tuple[Slide, ...]:
    plan = (
        ("A morning on site with the twelve inspectors of the north, with their own devices and their own sites",
         "Twelve inspectors not yet active", "Jun Ito", "16 October"),
        ("Put the review of findings on the managers' Monday list", "Findings reviewed within two working days",
         "Ada Okonkwo-Lindqvist", "23 October"),
        ("Agree with the owners' association how follow-up dates are named", "Follow-up dates agreed",
         "Ada Okonkwo-Lindqvist", "30 October"),
        ("Ask the team again how long a report takes, over another 120 reports", "Time to a report", "Not set",
         "Not set"),
    )  # fmt: skip
    columns = (
        Column("Action", 0.4),
        Column("Closes", 0.28),
        Column("Owner", 0.18, nowrap=True),
        Column("By", 0.14, nowrap=True),
    )
    cells = tuple((Cell(what, strong=True), Cell(gap), Cell(owner), Cell(day)) for what, gap, owner, day in plan)
    return (
        _content(
            "plan",
            "Next steps",
            "The plan",
            "Four actions by the end of October, three of them with an owner and a date",
            Table(columns, cells, "Four actions with owner and date."),
            Callout("The decision we ask for:", "Agree that the north records on site from 2 November."),
        ),
        Slide(
            "receipts",
            Role.APPENDIX,
            "Every figure in this review comes from these counts",
            "Definitions and receipts",
            (_receipts(),),
            _COUNTED,
            ("A preview has no talk track.",),
            "Appendix",
        ),
    )


def _receipts() -> Table:
    figures = (
        ("Key people active", "41 of 60"), ("Site inspectors, south", "24 of 26"),
        ("Site inspectors, north", "0 of 12"), ("Planners", "13 of 16"), ("Regional managers", "4 of 6"),
        ("Inspections recorded on site", "2,406 of 2,934"), ("Photographs with a location", "8,811 of 9,474"),
        ("Routes planned before Friday noon", "160 of 208"), ("Reports signed off the same day", "441 of 558"),
    )  # fmt: skip
    defined = "Counted of what everybody in the group did, in each week of the quarter in which they were in seat."
    columns = (
        Column("No.", 0.06, "right"),
        Column("Figure", 0.3),
        Column("Counted", 0.16, nowrap=True),
        Column("How it is defined", 0.48),
    )
    cells = tuple(
        (Cell(str(at)), Cell(what, strong=True), Cell(count), Cell(defined))
        for at, (what, count) in enumerate(figures, start=1)
    )
    return Table(columns, cells, "Receipts of nine figures.", small=True)
