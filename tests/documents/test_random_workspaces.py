"""Product and naive count agree when the sample workspace is shaken: other rosters, rhythms, targets, leave, feeds."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from naive_figures import Account, naive_figures

from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.period import Quarter, period_of
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture

SEEDS = range(4)  # a few of them; 150 like these agreed when this was written
DATA_END = date(2026, 9, 28)


def some_day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.random() * ((last - first).days + 1)))


def edit_csv(path: Path, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *change(lines)])


def edit_yaml(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def other_seats(rng: random.Random, lines: list[list[str]]) -> list[list[str]]:
    """Starts unknown or in the middle of a week, leavers, and some who come back. Nobody in two personas."""
    result = []
    for line in (line for line in lines if line[0] != "u-2008"):
        if rng.random() < 0.3:
            line[4] = ""
        elif rng.random() < 0.4:
            line[4] = str(some_day(rng, date(2026, 2, 1), DATA_END))
        if rng.random() < 0.4:
            left = some_day(rng, max(date(2026, 4, 1), date.fromisoformat(line[4] or "2026-04-01")), DATA_END)
            line[5] = str(left)
            if rng.random() < 0.6:
                back = some_day(rng, left + timedelta(days=1), left + timedelta(days=60))
                result.append([*line[:4], str(back), ""])
        result.append(line)
    return result


def other_rules(rng: random.Random, book: dict[str, Any]) -> None:
    for persona in book["personas"]:
        persona["rhythm"] = rng.choice(["week", "two weeks", "month"])
        persona["target"] = f"{rng.choice([30, 50, 70, 100])}%"
        for flow in persona["workflows"]:
            flow["target"] = f"{rng.choice([30, 50, 60, 75, 90, 100])}%"
            flow.get("milestone", {}).update(within_days=rng.choice([3, 7, 14, 28, 60]))
            flow.get("frequency", {}).update(times=rng.choice([1, 2, 3, 5]))
            flow.get("chain", {}).update(within_days=rng.choice([1, 2, 3, 5, 9]), times=rng.choice([1, 2]))


def other_weeks(rng: random.Random, file: dict[str, Any]) -> None:
    """Closed weeks and leave; what has no part in the counting goes (plain YAML reads the key `on` as true)."""
    for key in ("impact", "outcome", "names_agreed"):
        file.pop(key, None)
    file["closed_weeks"] = sorted({f"2026-W{14 + int(rng.random() * 26)}" for _ in range(rng.choice([0, 0, 2, 5]))})
    for person in file.get("people", ()):
        day, person["away"] = date(2026, 4, 1), []
        for _ in range(rng.choice([0, 1, 2, 3])):
            first = some_day(rng, day, day + timedelta(days=50))
            day = first + timedelta(days=1 + int(rng.random() * 40))
            person["away"].append({"from": first, "to": day - timedelta(days=1)})


def other_feed(rng: random.Random, lines: list[list[str]]) -> list[list[str]]:
    """Feeds that stop early or start late, people who do far less. The first and the last row keep the data's days."""
    ends = {a: rng.choice(["2026-06-15", "2026-06-27", "2026-08-01", "3"]) for a in ("acme", "pembury", "tidewell")}
    begins = {a: rng.choice(["2026-06-01", "2026-07-01", "2026-09-20", "2"]) for a in ("fernhill", "zielona-dolina")}
    kept = [
        line for line in lines[1:-1]
        if begins.get(line[2], "2") < line[1] < ends.get(line[2], "3")
        and not (line[3].endswith(("1", "4", "7")) and rng.random() < 0.6)
    ]  # fmt: skip
    return [lines[0], *kept, lines[-1]]


def shake(seed: int, sample_accounts: Path, copy: Path) -> Path:
    """A copy of the sample workspace in which nothing is as it was; the same for the same seed."""
    rng = random.Random(seed)
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out", "__pycache__"))
    edit_csv(copy / "data" / "people.csv", lambda lines: other_seats(rng, lines))
    edit_csv(copy / "data" / "events.csv", lambda lines: other_feed(rng, lines))
    for path in sorted((copy / "playbooks").glob("*.yml")):
        edit_yaml(path, lambda book: other_rules(rng, book))
    for path in sorted((copy / "accounts").glob("*.yml")):
        edit_yaml(path, lambda file: other_weeks(rng, file))
    return copy


@pytest.fixture(params=SEEDS)
def shaken(request: pytest.FixtureRequest, sample_accounts: Path, tmp_path: Path) -> Path:
    return shake(request.param, sample_accounts, tmp_path / "workspace")


def of_product(picture: AccountPicture) -> dict[str, Any]:
    result: dict[str, Any] = {w.id: (w.state.value, w.value) for w in picture.workflows}
    for persona in picture.personas:
        result[persona.id] = persona.leavers
        for p in persona.people:
            result[f"{persona.id}/{p.id}"] = (p.state.value, p.units_done, p.units_in_seat)
    return result


def of_naive(account: Account, silent: bool) -> dict[str, Any]:
    """The same by the naive count, which knows people's states only while the feed lives."""
    result: dict[str, Any] = {name: (w.state, w.value) for name, w in account.workflows.items()}
    for name, persona in account.personas.items():
        result[name] = persona.leavers
        for user, state in persona.states.items():
            result[f"{name}/{user}"] = ("no data" if silent else state, *persona.done[user])
    return result


def test_product_and_naive_count_agree_on_a_shaken_workspace(shaken: Path) -> None:
    definitions = load_workspace(shaken)
    counts = measure(definitions)
    for quarter in (3, 2):
        pictures = score_accounts(definitions, counts, period_of(Quarter(2026, quarter), 1))
        counted = naive_figures(shaken, 2026, quarter)
        assert len(pictures) >= 6
        for account, picture in pictures.items():
            assert of_product(picture) == of_naive(counted[account], picture.feed_silent), (account, quarter)


ALL = tuple(sorted(path.stem for path in (Path(__file__).parents[2] / "sample_accounts/accounts").glob("*.yml")))
MANY = [pytest.param(seed, ALL, marks=pytest.mark.slow) for seed in range(10, 40)]
FEW = ("acme", "tidewell", "zielona-dolina")


@pytest.mark.parametrize(("seed", "accounts"), [(4, FEW), *MANY])
def test_the_decks_of_a_shaken_workspace_have_no_sign_and_no_problem(
    seed: int, accounts: tuple[str, ...], sample_accounts: Path, tmp_path: Path
) -> None:
    from deck_checks import misplaced, problems

    from qbrgen.lint import lint_deck
    from qbrgen.pipeline import make_deck, open_review, theme_of

    review = open_review(shake(seed, sample_accounts, tmp_path / "workspace"), accounts=accounts)
    # A shaken seat may end before it begins: such an account is set aside.
    assert len(review.pictures) >= len(accounts) - 2
    for account in review.pictures:
        path = make_deck(review, account, theme_of(review), tmp_path).path
        assert [str(found) for found in lint_deck(path, template=True)] == [], account
        assert problems(path) + misplaced(path) == [], account
