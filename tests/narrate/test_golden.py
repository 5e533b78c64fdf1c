"""Everything that is said about each sample account, as read aloud: tests/narrate/golden/<account>.txt.

After a change of words or of the sample data, rewrite the files and read the difference aloud:

    pytest tests/narrate/test_golden.py --update-golden
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from qbrgen.define.workspace import load_workspace
from qbrgen.measure.events import measure
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import load_wording
from qbrgen.period import latest_complete
from qbrgen.score.account import score_accounts
from qbrgen.score.picture import AccountPicture

GOLDEN = Path(__file__).parent / "golden"
ACCOUNTS = (
    "acme",
    "calder-wye",
    "fernhill",
    "oakhaven",
    "pembury",
    "sable-meridian",
    "tidewell",
    "zielona-dolina",
)
# Said in the same words for every reader; the golden file has it once.
SAME = ("definition:", "workflow-target:", "workflow-value:", "workflow-previous:", "target:", "title:", "notes:")


@pytest.fixture(scope="module")
def pictures(sample_accounts: Path) -> Mapping[str, AccountPicture]:
    definitions = load_workspace(sample_accounts)
    counts = measure(definitions)
    return score_accounts(definitions, counts, latest_complete(counts.as_of, definitions.settings.fiscal_year_starts))


def as_text(narratives: list[Narrative]) -> str:
    """The deck's statements in full; of the brief and the line only what reads differently."""
    lines: list[str] = []
    deck: Mapping[str, str] = {}
    for said in narratives:
        texts = {key: statement.text for key, statement in said.statements.items()}
        lines += [f"==== {said.register.value} ====", ""]
        for key, text in texts.items():
            if deck.get(key) != text and not (deck and key.startswith(SAME)):
                lines += [f"[{key}]", text, ""]
        lines += [f"({key}: {why})" for key, why in said.left_out.items() if key not in deck or not deck]
        lines.append("")
        deck = deck or texts
    return "\n".join(lines).strip() + "\n"


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_sample_account_reads_as_it_was_approved(
    account: str, pictures: Mapping[str, AccountPicture], sample_accounts: Path, update_golden: bool
) -> None:
    wording = load_wording(sample_accounts, "en-GB")
    registers = (Register.DECK, Register.BRIEF, Register.LINE)
    text = as_text([narrate(pictures[account], register, wording) for register in registers])
    path = GOLDEN / f"{account}.txt"
    if update_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_there_is_a_golden_file_for_every_sample_account(pictures: Mapping[str, AccountPicture]) -> None:
    assert tuple(sorted(pictures)) == ACCOUNTS
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(ACCOUNTS)


def test_the_reference_account_has_its_facts(pictures: Mapping[str, AccountPicture], sample_accounts: Path) -> None:
    said = narrate(pictures["acme"], Register.LINE, load_wording(sample_accounts, "en-GB"))
    assert said.text("sentence") == (
        "5 of 7 quota-carrying reps and the sales manager are active every week; 80% of outbound touches now run "
        "through sequences; the team estimates that has cut manual email time by roughly 30%; two reps are not yet "
        "active, and there is a plan."
    )
