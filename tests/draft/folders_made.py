"""Made-up exports that nobody cleaned: a scheduling product, its customers, and what their people do in it."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

ACCOUNTS = {"A-1": "Brightwell", "A-2": "Orchard Lane", "A-3": "Tern & Co"}
TITLES = ("Sr. Shift Planner", "Shift Planner", "Shift Planner II", "Site Manager", "Site Mgr", "Payroll Accountant")
FIRST = date(2026, 1, 5)
WEEKS = 26
_WORK = {  # what they do, and in how many weeks of ten
    "Shift Planner": {"shift_published": 9, "shift_swapped": 7, "absence_filled": 5, "help_page_viewed": 3},
    "Site Manager": {"absence_approved": 9, "roster_reviewed": 7, "overtime_checked": 6},
    "Payroll Accountant": {"hours_exported": 8, "hours_corrected": 6, "pay_run_closed": 5},
}
_NEVER, _UNTIL = "u003", {"u105": 16}  # who never began, and who stopped after so many weeks


def kind_of(title: str) -> str:
    """The kind of work that a title stands for."""
    return next(kind for kind in _WORK if kind.split()[0] in title)


def people() -> list[tuple[str, str, str, str]]:
    """(user, account, name, title): eight at each account."""
    rows = []
    for number, account in enumerate(ACCOUNTS):
        for place in range(8):
            user = f"u{number}{place:02}"
            rows.append((user, account, f"Person {number}{place}", TITLES[(place + number) % len(TITLES)]))
    return rows


def events() -> list[tuple[str, str, str, str]]:
    """(id, user, event, time): most weeks of most people, logins and mail of the product among them."""
    rows: list[tuple[str, str, str, str]] = []
    for place, (user, _, _, title) in enumerate(people()):
        for week in range(WEEKS):
            at = datetime.combine(FIRST, datetime.min.time()) + timedelta(weeks=week, days=place % 5, hours=9)
            names = ["login", "notification_sent"]
            if user != _NEVER and week < _UNTIL.get(user, WEEKS):
                work = _WORK[kind_of(title)].items()
                names += [name for n, (name, often) in enumerate(work) if (place * 7 + week * 3 + n * 5) % 10 < often]
            rows += [(f"e{len(rows) + n}", user, name, f"{at + timedelta(minutes=n)}") for n, name in enumerate(names)]
    return rows


def write_csv(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_export(folder: Path) -> Path:
    """The whole export: events, people, accounts, a table of no use and a text."""
    write_csv(folder / "tracks.csv", ("event_id", "user_id", "event_name", "occurred_at"), events())
    write_csv(folder / "users.csv", ("user_id", "account_id", "full_name", "job_title"), people())
    crm = [
        (account, name, "Priya Raman", f"{40 + n}000", f"2027-0{n + 1}-15")
        for n, (account, name) in enumerate(ACCOUNTS.items())
    ]
    write_csv(folder / "accounts.csv", ("account_id", "account_name", "csm", "arr", "renewal_date"), crm)
    write_csv(folder / "deals.csv", ("deal_id", "account_id", "stage", "amount"), [("d1", "A-1", "Won", "5000")])
    (folder / "README.md").write_text("Exported on a Friday.\n", encoding="utf-8")
    return folder
