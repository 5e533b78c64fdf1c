"""How data are written: encodings, archives, times, numbers, JSON; known exports; databases."""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes.kind import E, Kind, N, W

KINDS: Mapping[str, Kind] = {
    # ---- files ----
    "archive-locked": Kind(E, "A file in a .zip is locked by a password.", "Pack it without."),
    "archive-too-large": Kind(E, "An archive unpacks to more than is read.", "Unpack it, and name the folder."),
    "archive-unsafe": Kind(E, "A file in a .zip has a name that leads elsewhere.", "Pack it anew."),
    "archive-without-data": Kind(E, "A .zip holds no data file.", "Name the one that does."),
    "avro-broken": Kind(E, "An Avro file that cannot be read.", "Export it again."),
    "encoding-guessed": Kind(
        N,
        "A text that is not UTF-8; its encoding was taken from its bytes.",
        "Look at the name that the message shows; else say it: `read: {encoding: …}`.",
    ),
    "encoding-mixed": Kind(
        W,
        "A text that is UTF-8 but for some bytes, which are read as cp1252.",
        "Correct the lines that the message names; or say the encoding: `read: {encoding: …}`.",
        "A name that is not as in other files is another person.",
    ),
    "files-left-out": Kind(
        N, "Files of a folder or a .zip that are no data files.", "Nothing, if none of them should be read."
    ),
    "formula-without-value": Kind(
        W,
        "Cells of a workbook hold formulas that nobody has worked out yet.",
        "Open the file in Excel and save it.",
        "They are read as empty.",
    ),
    "header-again": Kind(N, "The header stands in the file a second time; it is no row.", "Nothing."),
    "json-rows": Kind(
        E, "A JSON file of which nobody knows where its rows are.", "Say it: `read: {rows: day_totals}`."
    ),
    "line-too-long": Kind(
        E,
        "A line is longer than a row can be.",
        "Look for a quote that is never closed, or for rows without line ends.",
    ),
    "rows-taken": Kind(N, "The list of a JSON file that the rows are taken from.", "Nothing, if it is the right one."),
    "sheet-missing": Kind(E, "A workbook has no sheet of that name.", "Write one of those that the message lists."),
    "sheet-taken": Kind(N, "A workbook has several sheets; the first was taken.", "Name another: `read: {sheet: …}`."),
    "two-places": Kind(E, "An entry of `data:` names a file and a database.", "Keep one of the two."),
    # ---- times and numbers ----
    "dates-ambiguous": Kind(
        E,
        "Nothing in a column tells whether the day or the month stands first.",
        "Say it: `read: {dates: day-first}`.",
        "Guessed wrongly, most of what people did would count in other weeks.",
    ),
    "dates-mixed": Kind(E, "Days and months change places within a column.", "Export it again in one form."),
    "decimal-comma": Kind(N, "Numbers of a column are read with a decimal comma.", "Nothing, if that is right."),
    "not-a-delimiter": Kind(E, "`delimiter:` is not one character.", "Write it as ';' or tab."),
    "numbers-mixed": Kind(
        E,
        "A column holds numbers with a decimal comma and with a decimal point.",
        "Export it again in one form, or say which: `read: {decimal: …}`.",
    ),
    "times-mixed": Kind(E, "A column writes its times in several ways.", "Export it again in one form."),
    "times-taken": Kind(
        N,
        "How the times of a column were read, with an example.",
        "Nothing, if the example is right; else say it under `read:`.",
    ),
    "unknown-encoding": Kind(E, "An encoding that nobody knows.", "Write one such as utf-16 or windows-1252."),
    # ---- known exports and small tables ----
    "account-twice-said": Kind(
        E, "An entry says that all rows are of one account, and maps a column for it.", "Keep one of the two."
    ),
    "export-does-not-fit": Kind(
        E, "A file is not the export that `export:` says.", "Correct the name, or map the columns."
    ),
    "export-holds-other": Kind(
        E, "A known export that holds something else than this part of `data:`.", "Put it where the message says."
    ),
    "ids-within-one-place": Kind(
        N,
        "Events lie in several places, and copies are found within one place only.",
        "See that no row is in two of them.",
    ),
    "names-unclear": Kind(W, "A table of names has several names for one id; it stays as it is.", "Keep one of them."),
    "only-never-occurs": Kind(
        W,
        "No row of a table of presence has a name of its `only:`; what logins mask is not looked for.",
        "Write the names as the events have them.",
    ),
    "people-without-account": Kind(
        W, "People of whom no table says the account; left out.", "Map `account:`, or add a table that knows it."
    ),
    "report-footer": Kind(N, "The last lines of a report that are no rows; left out.", "Nothing."),
    "rows-superseded": Kind(
        N, "Rows of a history that later ones replace.", "Nothing: the row that was written last counts."
    ),
    "unknown-export": Kind(E, "A known export that there is none of.", "Write one of those that the message lists."),
    # ---- databases ----
    "column-type": Kind(
        E,
        "A column of a database holds a type that cannot be read as what it should be.",
        "Map another, or make a view that converts it.",
    ),
    "database-not-reached": Kind(E, "A database does not answer.", "See that it runs and that you may reach it."),
    "database-cannot": Kind(E, "The SQL of a database lacks what counting takes.", "Name another kind with --engine."),
    "database-refused": Kind(E, "A database refuses, or breaks off.", "See that your user may read the tables."),
    "driver-missing": Kind(
        E, "What reaches this kind of database is not installed.", "Install the extra that the message names."
    ),
    "not-a-url": Kind(E, "A database's URL that is none.", "Write it as postgresql://host/name."),
    "not-for-tables": Kind(E, "A word of an entry that only files know.", "Take it out."),
    "secret-in-file": Kind(
        E,
        "A password stands in a committed file.",
        "Put it into the environment.",
        "Whoever sees the workspace sees it, and everyone who ever gets a copy.",
    ),
    "table-missing": Kind(E, "A database has no table of that name.", "Write one of those that the message lists."),
    "unknown-database": Kind(
        E, "A database that the settings do not have.", "Write one of those that the message lists."
    ),
    "unknown-database-kind": Kind(
        E, "A kind of database that cannot be reached.", "Write one of those that the message lists."
    ),
    "variable-not-set": Kind(E, "A variable of the environment that a database's URL needs is not set.", "Set it."),
}
