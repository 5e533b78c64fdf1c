"""What qbrgen.yml may hold: the settings of a workspace and its data files."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from qbrgen.define.model.settings import ScoreWeights
from qbrgen.define.schema import DRAFT, Many, Written
from qbrgen.define.values import (
    Currency,
    DatesWord,
    Day,
    DecimalWord,
    Delimiter,
    EachRowWord,
    Encoding,
    Month,
    Paper,
    SameRowsWord,
    TargetShare,
    Text,
    Texts,
    Week,
    Weight,
    Whole,
    wrong,
)
from qbrgen.load.reading import Reading


class ColumnsWritten(Written):
    """Our field → the file's column; a field left out is looked for under its own name."""


class EventColumns(ColumnsWritten):
    """Columns of a table of events."""

    time: Text = Field(default="", description="When it happened.")
    user: Text = Field(default="", description="Id of the person.")
    account: Text = Field(default="", description="Id of the account. Default: the account of the person.")
    event: Text = Field(default="", description="Event name.")
    value: Text = Field(default="", description="How many occurrences the row stands for. Default: 1.")
    id: Text = Field(default="", description="Id of the row, so that one that came twice counts once.")


class PeopleColumns(ColumnsWritten):
    """Columns of a table of people."""

    user: Text = Field(default="", description="Id of the person, as in the events.")
    account: Text = Field(
        default="", description="Id of the account. Default: that of the person in another table of people."
    )
    name: Text = Field(default="", description="Full name.")
    last_name: Text = Field(default="", description="Put after the name, where each has a column of its own.")
    title: Text = Field(default="", description="Job title, matched with the personas' titles.")
    persona: Text = Field(default="", description="Id of the persona.")
    from_: Text = Field(default="", alias="from", description="First day in the seat.")
    to: Text = Field(default="", description="Last day in the seat.")
    updated: Text = Field(
        default="", description="When the row was written: of several rows of a person those written last count."
    )


class AccountColumns(ColumnsWritten):
    """Columns of a table of accounts (a CRM export)."""

    account: Text = Field(default="", description="Id of the account, as in the events.")
    name: Text = Field(default="", description="Its name.")
    owner: Text = Field(default="", description="The CSM.")
    segment: Text = Field(default="", description="Segment.")
    arr: Text = Field(default="", description="Annual recurring revenue.")
    currency: Text = Field(default="", description="Currency of the revenue. Default: the workspace's.")
    renewal: Text = Field(default="", description="Renewal date.")
    playbook: Text = Field(default="", description="Id of its playbook.")
    updated: Text = Field(
        default="", description="When the row was written: of several rows of an account the one written last counts."
    )


class NameColumns(ColumnsWritten):
    """Columns of a table of names."""

    id: Text = Field(default="", description="The id that stands in the other table.")
    name: Text = Field(default="", description="What it is to be read as: a name, or another id.")
    updated: Text = Field(default="", description="When the row was written: of several rows of an id the last counts.")


class PresenceColumns(ColumnsWritten):
    """Columns of a table of logins, used for the masked check only; no figure of it is ever shown."""

    time: Text = Field(default="", description="When.")
    user: Text = Field(default="", description="Id of the person.")
    account: Text = Field(default="", description="Id of the account. Default: the account of the person.")
    event: Text = Field(default="", description="Event name, where `only:` says which of them are presence.")


class ValueColumns(ColumnsWritten):
    """Columns of a table of ready-made values."""

    account: Text = Field(default="", description="Id of the account.")
    metric: Text = Field(default="", description="Name of the metric.")
    period: Text = Field(default="", description="The period that it speaks of (2026-Q3). Either this or time.")
    time: Text = Field(default="", description="The first day of the time that it speaks of.")
    value: Text = Field(default="", description="The value. Either this, or numerator and denominator.")
    numerator: Text = Field(default="", description="What is summed above the line.")
    denominator: Text = Field(default="", description="What is summed below the line.")


class ReadWritten(Written):
    """How a file is written, where it does not tell; what is left out is seen from the file."""

    encoding: Encoding = Field(default="", description="Encoding of its text, such as cp1252. Default: as it is seen.")
    delimiter: Delimiter = Field(default="", description='What separates the columns, such as ";" or tab.')
    decimal: DecimalWord | None = Field(default=None, description="Sign before the fraction of a number: , or .")
    dates: DatesWord | None = Field(
        default=None, description="Whether 03/04/2026 has its day or its month first, or what a bare number counts."
    )
    sheet: Text = Field(default="", description="Name of the sheet of an Excel file. Default: the first.")
    rows: Text = Field(default="", description="Where the list of rows lies in a JSON file; dots for nesting.")
    header: Whole | None = Field(default=None, description="Line of the header. Default 1.")

    def reading(self) -> Reading:
        """The same as the reading of a file."""
        words = (self.encoding, self.delimiter, self.decimal, self.dates, self.sheet, self.rows, self.header or 1)
        return Reading(*words)


_EXPORT = "Name of a known export, which maps its columns; what stands under `columns:` goes before it."
_OF_ONE = "Id of the account, where every row is of this one."


class NamesFile(Written):
    """A file that says what ids in another stand for."""

    file: Text = Field(description="Path from the workspace.")
    export: Text = Field(default="", description=_EXPORT)
    columns: NameColumns = Field(default=NameColumns(), description="Our field → the file's column.")
    read: ReadWritten = Field(default=ReadWritten(), description="How the file is written, where it does not tell.")


class NamesWritten(Written):
    """Ids that are read as something else: our field → the file that says as what."""

    event: NamesFile | None = Field(default=None, description="Ids of features or pages → the events' names.")
    user: NamesFile | None = Field(default=None, description="Ids of people in this table → those used elsewhere.")
    account: NamesFile | None = Field(default=None, description="Names or ids of accounts → the ids used elsewhere.")


class FileWritten(Written):
    """One data file, or one table of a database."""

    file: Text = Field(default="", description="Path from the workspace; * stands for anything in a file's name.")
    database: Text = Field(default="", description="In place of a file: a name of `databases:`, or a URL.")
    table: Text = Field(default="", description="The table of that database, such as analytics.tracks.")
    export: Text = Field(default="", description=_EXPORT)
    columns: ColumnsWritten = Field(default=ColumnsWritten(), description="Our field → the file's column.")
    names: NamesWritten = Field(default=NamesWritten(), description="Ids in it that are read as something else.")
    read: ReadWritten = Field(default=ReadWritten(), description="How the file is written, where it does not tell.")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.file and (self.database or self.table):
            raise wrong("two-places", "names a file and a database.", "Keep one of the two.")
        if not self.file and not (self.database and self.table):
            lacks = "`table:`" if self.database else "`database:`" if self.table else ""
            what = f"lacks {lacks}." if lacks else "names neither a file nor a table of a database."
            raise wrong("missing-key", what, f"Add {lacks or '`file:`, or `database:` and `table:`'}.")
        return self


class PartWritten(FileWritten):
    """A file of which all may be of one account."""

    account: Text = Field(default="", description=_OF_ONE)


class RowsWritten(PartWritten):
    """A file whose rows have a time."""

    each_row: EachRowWord | None = Field(
        default=None,
        description="What a row stands for: event (default), day, week (the seven days of which its time is the first) "
        "or month (that of its time).",
    )


class EventsFile(RowsWritten):
    """A file of events."""

    columns: EventColumns = Field(default=EventColumns(), description="Our field → the file's column.")
    event_columns: dict[str, Text] = Field(
        default={}, description="Of a wide file: event name → the column that holds how often it happened."
    )
    same_rows: SameRowsWord | None = Field(
        default=None,
        description="Of rows without an id, alike in every mapped column, that stand in several files: each (default) "
        "counts, or they count once, as in exports that overlap.",
    )


class PeopleFile(PartWritten):
    """A file of people."""

    columns: PeopleColumns = Field(default=PeopleColumns(), description="Our field → the file's column.")
    persona: Text = Field(
        default="",
        description="Id of the persona of those in it whom neither title nor another row puts into one.",
    )


class AccountsFile(FileWritten):
    """A file of accounts."""

    columns: AccountColumns = Field(default=AccountColumns(), description="Our field → the file's column.")


class PresenceFile(RowsWritten):
    """A file of logins."""

    columns: PresenceColumns = Field(default=PresenceColumns(), description="Our field → the file's column.")
    only: Texts = Field(
        default=[], description="Names of the events that are presence, of a file with others; * for anything."
    )


class ValuesFile(PartWritten):
    """A file of ready-made values."""

    columns: ValueColumns = Field(default=ValueColumns(), description="Our field → the file's column.")
    value_columns: dict[str, Text] = Field(
        default={}, description="Of a wide file: name of the metric → the column that holds its values."
    )
    metric: Text = Field(default="", description="Name of the metric, where every row is of this one.")
    months_in_use: bool = Field(
        default=False,
        description="Each number tells how often something was used in a month: read as the months in which an account "
        "used it (above the line), of all its months since it first used anything (below).",
    )


class DataWritten(Written):
    """The data files, by what they hold."""

    events: Many[EventsFile] = Field(default=[], description="What people did. Mandatory.")
    people: Many[PeopleFile] = Field(default=[], description="Who they are.")
    accounts: Many[AccountsFile] = Field(default=[], description="The accounts, as the CRM has them.")
    presence: Many[PresenceFile] = Field(default=[], description="Logins, to find what they mask; never shown.")
    values: Many[ValuesFile] = Field(default=[], description="Ready-made values from other systems.")


class FromTableWritten(Written):
    """Accounts that have no file of their own."""

    from_table: bool = Field(default=False, description="true: every row of the accounts table is an account.")
    playbook: Text = Field(default="", description="Id of the playbook of accounts that name none.")


class ScoreWeightsWritten(Written):
    """What each part of the score counts for: whole numbers of 0 or more, one at least above 0."""

    breadth: Weight | None = Field(default=None, description="Active people of those counted. Default 40.")
    depth: Weight | None = Field(default=None, description="How far the workflows are to their targets. Default 40.")
    direction: Weight | None = Field(default=None, description="Spreading, no clear change, shrinking. Default 20.")
    outcome: Weight | None = Field(default=None, description="The outcome's progress to its goal. Default 0: left out.")

    def weights(self) -> ScoreWeights:
        """The weights; a part that is not written keeps its default."""
        return ScoreWeights(**{name: weight for name, weight in self if weight is not None})

    @model_validator(mode="after")
    def _one_counts(self) -> Self:
        weights = self.weights()
        if not (weights.breadth or weights.depth or weights.direction or weights.outcome):
            fix = "Write at least one above 0; a part that you leave out keeps its default."
            raise wrong("score-weights-zero", "leaves every part of the score at 0.", fix)
        return self


class RulesWritten(Written):
    """The numbers of the method that a workspace may set."""

    active_share: TargetShare | None = Field(default=None, description="Share of weeks to be active. Default 75%.")
    new_units: Whole | None = Field(default=None, description="Fewer weeks in seat than this: new. Default 4.")
    recent_units: Whole | None = Field(default=None, description="Active in one of the last so many. Default 2.")
    lapsed_units: Whole | None = Field(default=None, description="Nothing in the last so many: lapsed. Default 4.")
    impact_stale_days: Whole | None = Field(default=None, description="An older impact is a gap. Default 365.")
    data_stale_days: Whole | None = Field(
        default=None, description="Data that end longer ago are told by `qbrgen check`. Default 45."
    )
    real_adoption_depth: TargetShare | None = Field(
        default=None, description="Share of workflows on target for real adoption, in the portfolio. Default 60%."
    )
    score_weights: ScoreWeightsWritten | None = Field(
        default=None, description="What each part of the score counts for. Default 40, 40, 20 and 0."
    )


class SettingsFile(Written):
    """qbrgen.yml: the settings of a workspace."""

    vendor: Text = Field(description="Your company, as documents say it.")
    draft: bool = Field(default=False, description=DRAFT)
    theme: Text = Field(default="", description="Name of the theme: a folder in themes/. Default: plain.")
    fiscal_year_starts: Month | None = Field(
        default=None, description="First month of the fiscal year. Default January."
    )
    time_zone: Text = Field(default="", description="Where days and weeks begin, such as Europe/London. Default UTC.")
    locale: Text = Field(default="", description="How dates and figures are written. Default en-GB.")
    paper: Paper = Field(default="A4", description="Paper of the PDFs: A4 or Letter. Default A4.")
    currency: Currency = Field(default="", description="Currency of amounts that name none, such as GBP.")
    as_of: Day | None = Field(default=None, description="Last full day that the data cover. Default: from the events.")
    data_start: Day | None = Field(default=None, description="First day that the data cover. Default: from the events.")
    closed_weeks: Many[Week] = Field(default=[], description="ISO weeks in which nobody works: 2026-W52.")
    databases: dict[str, Text] = Field(
        default={}, description="Name → URL of a database, without a password; ${NAME} stands for a variable."
    )
    data: DataWritten | None = Field(default=None, description="The data files.")
    accounts: FromTableWritten | None = Field(default=None, description="Accounts that have no file of their own.")
    rules: RulesWritten | None = Field(default=None, description="The numbers of the method that you may set.")
