"""A workspace as its files hold it: the mappings of the YAML files and the rows of the CSV files, all plain text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, str]

HEADERS = {
    "events": ("row id", "sent at", "user_id", "account_id", "event", "qty"),
    "people": ("user_id", "account_id", "full_name", "job_title", "persona", "start_date", "end_date"),
    "presence": ("seen at", "user_id", "account_id"),
    "values": ("account_id", "metric", "when", "value", "above", "below"),
}
COLUMNS = {
    "events": {
        "time": "sent at", "user": "user_id", "account": "account_id", "event": "event", "value": "qty", "id": "row id",
    },
    "people": {
        "user": "user_id", "account": "account_id", "name": "full_name", "title": "job_title", "persona": "persona",
        "from": "start_date", "to": "end_date",
    },
    "presence": {"time": "seen at", "user": "user_id", "account": "account_id"},
    "values": {
        "account": "account_id", "metric": "metric", "period": "when", "value": "value", "numerator": "above",
        "denominator": "below",
    },
}  # fmt: skip


@dataclass
class Plain:
    """settings: qbrgen.yml. playbooks, accounts: by id. tables: path of a CSV file → its rows.

    period: the quarter to be scored, as one would type it (2026-Q3).
    """

    settings: dict[str, Any]
    playbooks: dict[str, dict[str, Any]] = field(default_factory=dict)
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    period: str = "2026-Q3"

    def files(self, kind: str) -> list[dict[str, Any]]:
        """The entries of `data:` of one kind, each with its file and columns."""
        found: list[dict[str, Any]] = self.settings["data"].get(kind, [])
        return found

    def rows(self, kind: str) -> Iterable[tuple[dict[str, str], Row]]:
        """(its file's columns, row) of every row of one kind."""
        for entry in self.files(kind):
            for row in self.tables[entry["file"]]:
                yield entry["columns"], row

    def alone(self, account: str) -> Plain:
        """The same workspace with one of its accounts, that account's rows and those of none."""
        tables = {
            path: [row for row in rows if row.get("account_id") in (account, "nowhere", None)]
            for path, rows in self.tables.items()
        }
        book = self.accounts[account]["playbook"]
        return Plain(
            self.settings, {book: self.playbooks[book]}, {account: self.accounts[account]}, tables, self.period
        )


def write(plain: Plain, folder: Path) -> Path:
    """Write the files of a workspace (YAML in its JSON form, which every YAML reader takes)."""
    for name in ("playbooks", "accounts", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "qbrgen.yml").write_text(json.dumps(plain.settings, indent=1, ensure_ascii=False), "utf-8")
    for name, book in plain.playbooks.items():
        (folder / "playbooks" / f"{name}.yml").write_text(json.dumps(book, indent=1, ensure_ascii=False), "utf-8")
    for name, account in plain.accounts.items():
        (folder / "accounts" / f"{name}.yml").write_text(json.dumps(account, indent=1, ensure_ascii=False), "utf-8")
    kinds = {entry["file"]: kind for kind in HEADERS for entry in plain.files(kind)}
    for path, rows in plain.tables.items():
        header = [name for name in HEADERS[kinds[path]] if not rows or name in rows[0]]
        with (folder / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
