"""The first sheet: what the workbook is, what to do with it, and what each column holds."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from qbrgen.sheet.columns import SHEETS
from qbrgen.sheet.styles import Styles

# What a row still lacks, as a formula over its own cells: by sheet, and the column that is marked.
LACKS = {
    "plans": {
        "owner": 'AND({action}<>"",{owner}="",{done}="")',
        "due": 'AND({action}<>"",{due}="",{done}="")',
    },
    "impact": {
        "source": 'AND({what}<>"",{source}="")',
        "by": 'AND({what}<>"",{by}="")',
        "on": 'AND({what}<>"",{on}="")',
    },
    "accounts": {
        "base": 'AND({bought}<>"",{base}="")',
        "owner": 'AND({account}<>"",{owner}="")',
    },
}

_HOW = (
    ("Edit", "Change any cell with dark text, choose from the drop-downs, add rows at the end of a sheet."),
    (
        "Grey italics",
        "The value comes from the CRM, the people table or the settings. Type over it and the account keeps "
        "its own value from then on.",
    ),
    ("Grey columns", "To read only. What is typed there changes nothing."),
    ("Brown headers", "Internal: your own company reads this, the customer never does."),
    ("Amber cells", "Something that the documents need is still missing."),
    (
        "Delete",
        "Delete a whole row to take a person, an action, an impact or a closed week away. A deleted sheet or "
        "column changes nothing.",
    ),
    (
        "Leave",
        "Keep the headers. Sort, filter, hide and colour as you like. Values only: no formulas, no merged cells.",
    ),
    ("Save", "As an Excel workbook (.xlsx), also from LibreOffice or Google Sheets. A CSV file is not enough."),
    ("Then", "Hand it back, or run: qbrgen sheet import FILE.xlsx. It shows every change and asks before it writes."),
)


def write(page: Worksheet, styles: Styles, vendor: str, made: date) -> None:
    """Write the sheet."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 3)
    page.set_column(1, 1, 18)
    page.set_column(2, 2, 26)
    page.set_column(3, 3, 74)
    page.set_row(0, 30)
    page.write_string(0, 1, f"Accounts of {vendor}", styles.made(bold=True, font_size=18, valign="vcenter"))
    about = f"Internal. Exported on {made.isoformat()}; hand it back soon, so that it meets few other changes."
    page.write_string(1, 1, about, styles.made(font_color="#6B7280"))
    bold, plain = styles.made(bold=True), styles.made(text_wrap=True)
    line = 3
    for name, text in _HOW:
        page.write_string(line, 1, name, bold)
        page.merge_range(line, 2, line, 3, text, plain)
        page.set_row(line, 32 if len(text) > 105 else 17)
        line += 1
    line += 1
    head = styles.made(bold=True, font_color="#FFFFFF", bg_color="#1F4E5F", valign="vcenter")
    for place, text in enumerate(("Sheet", "Column", "What it holds"), start=1):
        page.write_string(line, place, text, head)
    for sheet in SHEETS:
        line += 1
        page.write_string(line, 1, sheet.title, bold)
        page.merge_range(line, 2, line, 3, sheet.about, plain)
        page.set_row(line, 17 if len(sheet.about) <= 105 else 32)
        for column in sheet.columns:
            line += 1
            page.write_string(line, 2, column.title, styles.made())
            page.write_string(line, 3, column.about, plain)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
