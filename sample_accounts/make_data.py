"""Writes data/*.csv of this workspace: the exports of an invented vendor, made from the plan in plan.py.

    python sample_accounts/make_data.py            # into sample_accounts/data
    python sample_accounts/make_data.py --out DIR  # elsewhere

Standard library only, and seeded for each person by name, so that two runs write the same bytes and a change to one
person's weeks leaves all others as they were. Like real exports, the events have blemishes (see `blemishes`).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import plan

SEED = "halyard 2026"
ZONE = ZoneInfo("Europe/London")
START = date(2026, 3, 30)  # a Monday
END = date(2026, 9, 30)  # the Wednesday of week 27
WEEKS, QUARTER = 27, 13


@dataclass(frozen=True)
class Spell:
    """One person in one job at one account; `weeks` has a letter a week (see plan.py)."""

    account: str
    user: str
    name: str
    title: str
    first: date | None
    last: date | None
    weeks: str
    first_sequence: str = ""


@dataclass(frozen=True)
class Row:
    """One line of events.csv. quantity None is an empty field: one occurrence."""

    at: datetime  # local
    account: str
    user: str
    event: str
    quantity: int | None = None


@dataclass(frozen=True)
class Work:
    """Weekly work with a good part: `amount` in all, of which LEVELS[key] becomes `done`.

    The export has `done` and either all of it (`whole`) or what is left (`rest`).
    """

    key: str
    amount: tuple[int, int]
    done: str
    whole: str = ""
    rest: str = ""


WORK = {
    "rep": (
        Work("touches", (61, 75), "sequence_touch_sent", rest="manual_touch_sent"),
        Work("calls", (13, 19), "call_outcome_logged", whole="call_made"),
        Work("replies", (5, 9), "reply_answered_same_day", whole="reply_received"),
    ),
    "closer": (Work("notes", (4, 8), "meeting_note_shared", whole="meeting_held"),),
    "manager": (Work("deals", (6, 10), "next_step_set", whole="deal_reviewed"),),
    "analyst": (Work("duplicates", (15, 40), "duplicate_merged", whole="duplicate_found"),),
}
# Single events (quantity left empty) in a week of each letter, as (event, from, to).
SINGLES: dict[str, dict[str, tuple[tuple[str, int, int], ...]]] = {
    "closer": {"x": (("forecast_committed", 1, 1),)},
    "manager": {
        "x": (("pipeline_reviewed", 1, 2), ("call_coached", 2, 3)),
        "p": (("pipeline_reviewed", 1, 1), ("call_coached", 1, 1)),
        "b": (("pipeline_reviewed", 1, 1),),
    },
    "analyst": {"x": (("sequence_library_reviewed", 0, 1),)},
}
RECAP_CHAIN = ("discovery_call_held", "recap_sent", "next_meeting_booked")
ROLES = {
    "Account Executive": "rep",
    "Sales Development Rep": "rep",
    "Sales Manager": "manager",
    "Head of Sales": "manager",
    "Revenue Operations Analyst": "analyst",
}
ROLES_AT = {("sable-meridian", "Account Executive"): "closer"}


# ---- the plan, read -------------------------------------------------------------------------------------------------


def cells(text: str) -> Iterator[list[str]]:
    """The cells of each line of a table in plan.py."""
    for line in text.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def day(text: str) -> date | None:
    """An ISO date, or None for an empty cell."""
    return date.fromisoformat(text) if text else None


def spells() -> list[Spell]:
    """Every spell of every account, in the plan's order."""
    result: list[Spell] = []
    for account, text in plan.ACCOUNTS.items():
        if account == "sable-meridian":
            result += grouped(account, text)
            continue
        for user, name, title, first, last, weeks, *more in cells(text):
            letters_ = weeks.replace(" ", "")
            assert len(letters_) == WEEKS, f"{name}: {len(letters_)} weeks in the plan, not {WEEKS}"
            result.append(Spell(account, user, name, title, day(first), day(last), letters_, "".join(more)))
    return result


def grouped(account: str, text: str) -> Iterator[Spell]:
    """The spells of an account whose plan is written by groups; names are dealt from two lists."""
    number = 0
    for count, title, first, last, manner in cells(text):
        for _ in range(int(count)):
            names = plan.FIRST_NAMES.split(), plan.LAST_NAMES.split()
            name = f"{names[0][number % len(names[0])]} {names[1][(number * 7 + 3) % len(names[1])]}"
            number += 1
            spell = Spell(account, f"u-7{number:03}", name, title, day(first), day(last), "")
            first_sequence = manner.partition("first sequence ")[2]
            yield replace(spell, weeks=letters(spell, manner), first_sequence=first_sequence)


def letters(spell: Spell, manner: str) -> str:
    """A letter a week for "steady" (most weeks), "half" (every other one), "never", "from week 15", "until week 19"."""
    rng = random.Random(f"{SEED}/{spell.user}/weeks")
    turn = int(re.findall(r"week (\d+)", manner)[0]) if "week" in manner else 0
    result = ""
    for week in range(1, WEEKS + 1):
        monday = START + timedelta(weeks=week - 1)
        chance = {"steady": 0.96, "half": 0.5, "never": 0.0}.get(manner.partition(",")[0])
        if chance is None:
            chance = 0.95 if (week >= turn) == manner.startswith("from") else 0.0
        works = rng.random() < chance
        held = (spell.first or START) <= monday + timedelta(days=6) and monday <= (spell.last or END)
        result += "-" if not held else "x" if works else "o"
    return result


# ---- a person's weeks, made into rows -------------------------------------------------------------------------------


def between(rng: random.Random, low: int, high: int) -> int:
    """A whole number from low to high; from random() alone, which is the same in every version of Python."""
    return low + int(rng.random() * (high - low + 1))


def moment(rng: random.Random, week: int, event: str) -> datetime:
    """A working hour of the week. Some sequences start early on Monday, when it is still Sunday in UTC."""
    weekday, hour = between(rng, 0, 2 if week == WEEKS - 1 else 4), between(rng, 8, 17)
    if event == "sequence_touch_sent" and week and rng.random() < 0.15:
        weekday = hour = 0
    day_ = START + timedelta(weeks=week, days=weekday)
    return datetime.combine(day_, time(hour, between(rng, 0, 59), between(rng, 0, 59)), ZONE)


def work_rows(spell: Spell, week: int, work: Work, rng: random.Random) -> Iterator[Row]:
    """A week's work of one kind: what was done the new way, and all of it or the rest."""
    letter = spell.weeks[week]
    amount = between(rng, *work.amount)
    level = plan.LEVELS.get(spell.account, {}).get(work.key, plan.USUAL[work.key])[week // QUARTER >= 1]
    if letter == "o":
        amount, level = (amount + 1) // 2, 0.0
    done = sum(rng.random() < level for _ in range(amount))
    for event, quantity in ((work.done, done), (work.whole, amount), (work.rest, amount - done)):
        if event and quantity:
            yield Row(moment(rng, week, event), spell.account, spell.user, event, quantity)


def single_rows(spell: Spell, week: int, role: str, rng: random.Random) -> Iterator[Row]:
    """Events that come one by one: reviews, coached calls, a rep's further sequences."""
    letter = spell.weeks[week]
    for event, low, high in SINGLES.get(role, {}).get(letter, ()):
        for _ in range(between(rng, low, high)):
            yield Row(moment(rng, week, event), spell.account, spell.user, event)
    if role == "rep" and letter == "x" and rng.random() < 0.12:
        yield Row(moment(rng, week, ""), spell.account, spell.user, "sequence_created")
        yield Row(moment(rng, week, ""), spell.account, spell.user, "lead_enrolled", between(rng, 6, 24))


def chain_rows(spell: Spell, week: int, rng: random.Random) -> Iterator[Row]:
    """An executive's discovery call: in a week of work, recap and next meeting follow it, mostly within five days."""
    level = plan.LEVELS.get(spell.account, {}).get("recaps", plan.USUAL["recaps"])[week >= QUARTER]
    at = moment(rng, week, "")
    follows = spell.weeks[week] == "x" and rng.random() < level
    for event in RECAP_CHAIN if follows else RECAP_CHAIN[:1]:
        yield Row(at, spell.account, spell.user, event)
        at += timedelta(days=between(rng, 0, 3), minutes=between(rng, 20, 150))


def first_sequence_rows(spell: Spell) -> Iterator[Row]:
    """What a joiner did at the start: a sequence on one day, its leads in two lots by the day that the plan names."""
    if not spell.first_sequence or spell.first is None:
        return
    number, leads = (int(n) for n in re.findall(r"\d+", spell.first_sequence))
    start = datetime.combine(spell.first, time(10, 12), ZONE)
    last = start + timedelta(days=number - 1, hours=4)
    yield Row(start + timedelta(days=number // 2), spell.account, spell.user, "sequence_created")
    yield Row(start + timedelta(days=number // 2, hours=1), spell.account, spell.user, "lead_enrolled", leads // 2)
    yield Row(last, spell.account, spell.user, "lead_enrolled", leads - leads // 2)


def spell_rows(spell: Spell) -> Iterator[Row]:
    """Everything that one person did in one job; nothing before its first day or after its last."""
    role = ROLES_AT.get((spell.account, spell.title), ROLES[spell.title])
    rng = random.Random(f"{SEED}/{spell.user}/{spell.title}")
    rows = list(first_sequence_rows(spell))
    for week, letter in enumerate(spell.weeks):
        if letter in "xpo":
            for work in WORK[role]:
                rows += work_rows(spell, week, work, rng)
        if letter in "xpbo":
            rows += single_rows(spell, week, role, rng)
            rows += chain_rows(spell, week, rng) if role == "closer" else ()
    for row in rows:
        if (spell.first or START) <= row.at.date() <= min(spell.last or END, END):
            yield row


def settle(rows: list[Row], account: str, event: str, total: int) -> list[Row]:
    """The rows with single occurrences added or taken, one a row in turn, until the third quarter's sum is `total`."""
    first, last = START + timedelta(weeks=QUARTER), START + timedelta(weeks=2 * QUARTER, days=-1)
    mine = [
        i for i, row in enumerate(rows)
        if row.account == account and row.event == event and first <= row.at.date() <= last
    ]  # fmt: skip
    missing = total - sum(rows[i].quantity or 1 for i in mine)
    step = 1 if missing > 0 else -1
    for i in itertools.cycle(mine):
        if not missing:
            break
        if rows[i].quantity != 1 or step > 0:  # a row never falls to nothing
            rows[i] = replace(rows[i], quantity=(rows[i].quantity or 1) + step)
            missing -= step
    return rows


# ---- what is wrong with every real export ---------------------------------------------------------------------------


def blemishes(rows: Sequence[Row]) -> list[Row]:
    """Rows that count for nothing: no user, a user whom no roster knows, an unknown account, a quantity of 0."""
    rng = random.Random(f"{SEED}/blemishes")
    extra = []
    for _ in range(18):  # sent by a scheduler, which has no user
        row = rows[between(rng, 0, len(rows) - 1)]
        extra.append(replace(row, user="", at=row.at + timedelta(seconds=41)))
    for week in (15, 16, 18, 21, 24):  # a contractor's seat that the CRM never heard of
        at = moment(rng, week, "")
        extra.append(Row(at, "fernhill", "u-2990", "manual_touch_sent", between(rng, 5, 15)))
    for week in (3, 11, 20):  # the vendor's own test account
        extra.append(Row(moment(rng, week, ""), "halyard-sandbox", "u-0001", "sequence_touch_sent", 1))
    for row in (rows[500], rows[5000], rows[9000]):  # a sync that sent nothing
        extra.append(replace(row, quantity=0, at=row.at + timedelta(seconds=7)))
    return extra


def logins(people: Iterable[Spell]) -> list[Row]:
    """Sign-ins: one row for each person and week with any."""
    result = []
    for spell in people:
        rng = random.Random(f"{SEED}/{spell.user}/{spell.title}/logins")
        for week, letter in enumerate(spell.weeks):
            chance = plan.LOGINS.get(spell.account, plan.USUAL_LOGINS)[week >= QUARTER][letter not in "xpb"]
            at = moment(rng, week, "")
            if rng.random() < chance and letter != "-" and (spell.first or START) <= at.date() <= (spell.last or END):
                result.append(Row(at, spell.account, spell.user, "login"))
    return result


def page_views(signed_in: Iterable[Row]) -> Iterator[Row]:
    """Presence among the events: the export has it, no workflow uses it."""
    rng = random.Random(f"{SEED}/pages")
    for row in signed_in:
        if rng.random() < 0.15:
            yield replace(row, event="page_viewed", quantity=between(rng, 2, 19))


# ---- the files ------------------------------------------------------------------------------------------------------


def utc(at: datetime) -> str:
    """As exports write it: UTC with a Z, although the people are in London's summer time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """One CSV file in UTF-8 with plain line ends, the same on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def event_lines(rows: Iterable[Row]) -> list[list[object]]:
    """The rows in order of time, numbered; seven of them come twice, as after a retried upload."""
    ordered = sorted(rows, key=lambda row: (row.at, row.account, row.user, row.event))
    lines: list[list[object]] = [
        [f"ev-{number:06}", utc(row.at), row.account, row.user, row.event, "" if row.quantity is None else row.quantity]
        for number, row in enumerate(ordered, 1)
    ]
    for place in (14, 808, 3100, 6406, 9009, 12000, 14500):
        lines.insert(place + 1, lines[place])
    return lines


def people_lines(people: Iterable[Spell]) -> Iterator[list[object]]:
    """One line for each spell, but for the accounts that list their people themselves."""
    for spell in people:
        if spell.account not in plan.LISTED_IN_ACCOUNT_FILE:
            yield [spell.user, spell.account, spell.name, spell.title, spell.first or "", spell.last or ""]


def deliverability_lines() -> Iterator[list[object]]:
    """The weekly report of the mail gateway."""
    week = START + timedelta(weeks=QUARTER)
    for account, *weeks in cells(plan.DELIVERABILITY):
        for pair in weeks:
            sent, delivered = pair.split()
            yield [account, "inbox_delivery", week, delivered, sent]
            week += timedelta(weeks=1)


def main() -> None:
    """Writes all five files."""
    parser = argparse.ArgumentParser(description="Writes the CSV files of the sample workspace.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data", help="the folder to write to")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)

    people = spells()
    rows = [row for spell in people for row in spell_rows(spell)]
    for account, totals in plan.TOTALS.items():
        for event, total in totals.items():
            rows = settle(rows, account, event, total)
    signed_in = logins(people)
    rows += [*page_views(signed_in), *blemishes(rows)]

    header = ["event_id", "sent_at", "account_id", "user_id", "event", "quantity"]
    write(out / "events.csv", header, event_lines(rows))
    header = ["user_id", "account_id", "full_name", "job_title", "start_date", "end_date"]
    write(out / "people.csv", header, people_lines(people))
    write(out / "crm.csv", ["account_id", "csm", "segment", "arr_gbp", "renewal_date"], cells(plan.CRM))
    by_time = sorted((utc(row.at), row.user, row.account) for row in signed_in)
    write(out / "logins.csv", ["logged_in_at", "user_id", "account_id"], by_time)
    header = ["account_id", "metric", "week_starting", "delivered", "sent"]
    write(out / "deliverability.csv", header, deliverability_lines())


if __name__ == "__main__":
    main()
