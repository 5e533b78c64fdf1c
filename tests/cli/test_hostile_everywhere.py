"""One workspace in which everything that has a name has one that means something to a template, to HTML or to a
spreadsheet. All of them come out as they were typed, wherever they come out."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
import yaml
from click.testing import CliRunner
from pptx import Presentation

from qbrgen.cli.main import main
from qbrgen.define.workspace import load_workspace
from qbrgen.load.yaml_files import read_yaml

ACCOUNT = '<b>O\'Neill & "Sons"</b> &amp; {{ 7*7 }}'
PERSONA = "reps {% raw %} %s {{ 7*7 }}"
MANAGERS = r"<i>heads</i> \1 \g<0> &lt;"
WORKFLOW = r"C:\new\table {{ 7*7 }} <u>&amp;</u>"
SIXTY = "Calls " + "y" * 54
THREE_HUNDRED = "Replies " + "answered with care " * 15 + "on 1 day"
DOES = "touches {# no remark #} {{ x }}"
RUNS = 'run "through" <em>sequences</em> %(x)s'
PEOPLE = {
    "u-1041": "Jon <script>alert(1)</script>",
    "u-1042": "A\u00efsha \U0001f468\u200d\U0001f469\u200d\U0001f467 Karim",
    "u-1043": 'Marta "{{ 7*7 }}" Nowak',
    "u-1044": r"Luke\n %d &nbsp; {% endraw %}",
    "u-1045": "Chidi " + "O" * 54,
    "u-1048": "=Ruth+Adler & O'Brien",
}
IMPACT = "e-mail <s>time</s> {{ 7*7 }}"
BY = "the {% if %} team & co"
BOUGHT = "reach {{ buyers }} <without> & more"
MEASURE = r"\d+ meetings % {{ 7*7 }}"
ACTION = 'One hour {{ 7*7 }} </a:t> <td> "live" & %s'
OWNER = "Priya <Raman> {{ 7*7 }}"
ASK = "Agree {% raw %} & <b>sign</b> \\0"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, sample_accounts: Path) -> Path:
    copy = tmp_path_factory.mktemp("hostile") / "workspace"
    shutil.copytree(sample_accounts, copy, ignore=shutil.ignore_patterns("out"))
    for other in (copy / "accounts").iterdir():
        if other.name != "acme.yml":
            other.unlink()
    _hostile_playbook(copy / "playbooks" / "sales-engagement.yml")
    _hostile_account(copy / "accounts" / "acme.yml")
    path = copy / "data" / "people.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | {"full_name": PEOPLE.get(row["user_id"], row["full_name"])} for row in rows)
    return copy


def _hostile_playbook(path: Path) -> None:
    playbook = read_yaml(path, path.name).value
    reps, managers = playbook["personas"]
    reps |= {"name": PERSONA, "one": PERSONA}
    managers |= {"name": MANAGERS, "one": MANAGERS}
    for workflow, name in zip(reps["workflows"], (WORKFLOW, SIXTY, THREE_HUNDRED), strict=False):
        workflow["name"] = name
    reps["workflows"][0]["says"] = {"of": DOES, "do": RUNS}
    path.write_text(yaml.safe_dump(playbook, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _hostile_account(path: Path) -> None:
    account = read_yaml(path, path.name).value
    account |= {"name": ACCOUNT, "names_agreed": True, "ask": ASK}
    account["outcome"] |= {"bought": BOUGHT, "measure": MEASURE}
    account["impact"][0] |= {"what": IMPACT, "by": BY}
    account["actions"][0] |= {"action": ACTION, "owner": OWNER}
    path.write_text(yaml.safe_dump(account, allow_unicode=True, sort_keys=False), encoding="utf-8")


def run(workspace: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "-w", str(workspace)])
    assert result.exit_code == 0, result.output
    return result.stdout


def flat(text: str) -> str:
    """Without line ends and capitals, which depend on the place: a name may begin a sentence."""
    return " ".join(text.replace("\xad", "").split()).casefold()


def missing(shown: str, *typed: str) -> list[str]:
    found = flat(shown)
    return [each for each in typed if flat(each) not in found]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


# ---- documents ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    run(workspace, "deck", "acme", "--out", str(out))
    run(workspace, "brief", "acme", "--out", str(out))
    return out


def test_the_deck_shows_them_as_typed(made: Path) -> None:
    (path,) = made.rglob("*.pptx")
    presentation = Presentation(str(path))
    assert presentation.core_properties.title.startswith(ACCOUNT)
    paragraphs = (e for slide in presentation.slides for e in slide._element.iter("{*}p"))
    shown = " ".join("".join(run.text or "" for run in each.iter("{*}t")) for each in paragraphs)
    assert not missing(shown, ACCOUNT, PERSONA, MANAGERS, WORKFLOW, RUNS, BOUGHT, MEASURE, IMPACT, ACTION, OWNER, ASK)
    assert not missing(shown, *(name for user, name in PEOPLE.items() if user in ("u-1041", "u-1043")))
    assert "49" not in shown


def test_the_brief_shows_them_as_typed(made: Path) -> None:
    (path,) = made.rglob("*.pdf")
    shown = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    tight = re.sub(r"\s|\ufffe|\x02", "", shown).casefold()
    typed = (ACCOUNT, PERSONA, RUNS, BOUGHT, IMPACT, ACTION, OWNER)
    lost = [e for e in typed if "".join(e.split()).casefold() not in tight]
    assert not lost


def test_the_talk_track_is_a_page_with_no_tag_of_theirs(made: Path) -> None:
    (path,) = made.rglob("*-talk-track.html")
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert not page.tags & {"script", "u", "s", "i", "em", "without", "raman", "b"}
    assert not missing(" ".join(page.texts), ACCOUNT, PERSONA, RUNS, ACTION)


# ---- the terminal and JSON ------------------------------------------------------------------------------------------


def test_commands_print_them_as_typed(workspace: Path) -> None:
    assert not missing(run(workspace, "summary", "acme"), ACCOUNT, PERSONA, RUNS, IMPACT)
    explained = run(workspace, "explain", "acme")
    assert not missing(explained, ACCOUNT, PERSONA, MANAGERS, WORKFLOW, SIXTY, THREE_HUNDRED, IMPACT)
    assert not missing(run(workspace, "changes", "acme", "--all-sentences"), ACCOUNT, PERSONA, RUNS)


def test_rows_print_them_as_typed(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    run(workspace, "explain", "acme", "sentence", "--rows", "--limit", "0", "--csv", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert PEOPLE["u-1041"] in cells
    assert "'" + PEOPLE["u-1048"] in cells  # a spreadsheet would run it
    assert PEOPLE["u-1048"] not in cells


def test_json_has_them_as_typed(workspace: Path) -> None:
    (record,) = json.loads(run(workspace, "summary", "acme", "--json"))
    assert record["name"] == ACCOUNT
    assert not missing(json.dumps(record, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\"), PERSONA, RUNS)
    assert not missing(str(json.loads(run(workspace, "explain", "acme", "--json"))["account"]), "acme")
    (line,) = csv.DictReader(io.StringIO(run(workspace, "score", "acme", "--csv")))
    assert line["name"] == ACCOUNT


# ---- the record -----------------------------------------------------------------------------------------------------


def test_a_record_reads_back_as_it_was_written(workspace: Path) -> None:
    """Committed, loaded, and committed again it is the same: nothing in it is a template, a tag or YAML of its own."""
    said = run(workspace, "commit", "acme")
    path = Path(said.strip())
    record = load_workspace(workspace).reviews["acme"]["2026-Q3"]
    written = read_yaml(path, path.name).value
    assert dict(record.told) == written["told"]
    assert not missing(" ".join(record.told.values()), PERSONA, RUNS)
    assert record.promised is not None
    assert ACTION in {action.action for action in record.promised.actions}
    assert "already recorded" in run(workspace, "commit", "acme")
