"""A header below lines of a title is found where nothing else is possible; a plain table is read as it always was."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from qbrgen.load.formats.model import DataFile
from qbrgen.load.header_line import FIRST, header_line, line_with

REPORT = """Usage report ACME
exported 2026-10-01

user_id,event,happened at
u1,Report sent,2026-09-01
u2,Report sent,2026-09-02
"""


def line_of(folder: Path, text: str, name: str = "export.csv", encoding: str = "utf-8") -> tuple[int, str]:
    path = folder / name
    path.write_text(text, encoding=encoding)
    found = header_line(DataFile(path, name))
    return found.line, found.above


@pytest.mark.parametrize(
    ("text", "line", "above"),
    [
        (REPORT, 4, "Usage report ACME"),
        (REPORT.replace(",", ";").replace("ACME", "of ACME, Ltd"), 4, "Usage report of ACME, Ltd"),
        (REPORT.replace(",", "\t"), 4, "Usage report ACME"),
        ("\n" + REPORT.split("\n\n")[1], 2, ""),
        ("Account;ACME\nExported;2026-10-01\n" + REPORT.split("\n\n")[1].replace(",", ";"), 3, "Account"),
        ("Report,,\n,,\n" + REPORT.split("\n\n")[1], 3, "Report"),
        (",Report,\n" + REPORT.split("\n\n")[1], 2, "Report"),
        ('"Usage, by person"\nuser,event\nu1,"a\nb"\nu2,c\n', 2, "Usage, by person"),
        ("Nutzungsbericht\nName;Stelle;Ort\nAnna;Ärztin;Köln\nBen;Pfleger;Köln\n", 2, "Nutzungsbericht"),
    ],
)
def test_the_first_line_of_names_below_lines_that_hold_less_is_the_header(
    tmp_path: Path, text: str, line: int, above: str
) -> None:
    assert line_of(tmp_path, text) == (line, above)


@pytest.mark.parametrize(
    "text",
    [
        REPORT.split("\n\n")[1],  # a plain table
        ",name\nAda,Bea\nCleo,Dora\nEve,Fay\n",  # the column of row numbers has no name
        "user,event,\nu1,login,web\nu2,logout,app\nu3,share,tv\n",  # a column without a name
        "feature,2026-01,2026-02\nreports,3,4\nboards,5,6\n",  # columns called by their months
        "user,name,name\nu1,Ann,Diaz\nu2,Ben,Ode\nu3,Cy,Orr\n",  # a name twice
        "title\nNurse\nSurgeon\n",  # one column
        "note\nhello there\nu1,login,2026-01-01\nu1,login,2026-01-02\n",  # no names at all
        "Report\nuser,event\nu1,user,x\nu2,event,x\nu3,share,x\n",  # rows that are longer than what could be the header
        "Report\nuser,event\nann,event\nuser,call\n",  # its names come again below: a row like others
        "sep=;\nuser;event\nu1;login\n",
        "",
        "Report only\n",
    ],
)
def test_in_doubt_the_first_line_is_the_header_as_ever(tmp_path: Path, text: str) -> None:
    assert line_of(tmp_path, text) == (FIRST.line, FIRST.above)


def test_the_header_of_an_excel_sheet_is_told_by_its_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [["Nutzungsbericht"], [], ["Benutzer", "Aktion", "Anzahl"], ["u1", "Bericht", 3], ["u2", "Bericht", 4]]
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "report.xlsx")
    found = header_line(DataFile(tmp_path / "report.xlsx", "report.xlsx"))
    assert (found.line, found.above) == (3, "Nutzungsbericht")
    assert line_with(DataFile(tmp_path / "report.xlsx", "report.xlsx"), ["Aktion", "Benutzer"]) == 3


def test_a_text_in_another_encoding_and_a_line_that_has_the_wanted_columns(tmp_path: Path) -> None:
    text = "Bericht für Köln\nBenutzer;Tätigkeit;Tag\nu1;Prüfung gelöscht;1.9.2026\nu2;Prüfung gelöst;2.9.2026\n"
    assert line_of(tmp_path, text, encoding="cp1252") == (2, "Bericht für Köln")
    file = DataFile(tmp_path / "export.csv", "export.csv")
    assert line_with(file, ["Tätigkeit", "Tag"]) == 2
    assert line_with(file, ["Tätigkeit", "Ort"]) is None
    assert line_with(file, []) is None
