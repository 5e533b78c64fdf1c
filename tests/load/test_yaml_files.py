"""YAML as people write it: text stays text, every value knows its line, nothing raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbrgen.load.yaml_files import parse_yaml, read_yaml, yaml_paths


def codes(text: str) -> list[str]:
    return [finding.code for finding in parse_yaml(text, "a.yml").findings]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("12", 12),
        ("-30", -30),
        ("0.7", 0.7),
        ("70%", "70%"),
        ("-30%", "-30%"),
        ("2026-10-16", "2026-10-16"),
        ("2026-W52", "2026-W52"),
        ("12:30", "12:30"),
        ("0042", "0042"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ('"12"', "12"),
        ("'true'", "true"),
        ("!!str 12", "12"),
        (".nan", ".nan"),
        ("9" * 60, "9" * 60),
    ],
)
def test_a_scalar_is_what_the_core_schema_of_yaml_1_2_says_and_ids_stay_text(written: str, value: object) -> None:
    read = parse_yaml(f"key: {written}", "a.yml")
    assert read.findings == ()
    assert read.value["key"] == value
    assert type(read.value["key"]) is type(value)


def test_every_key_and_item_knows_its_line() -> None:
    read = parse_yaml("a: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", "a.yml")
    assert str(read.at("a")) == "a.yml:1"
    assert str(read.at("b")) == "a.yml:2"
    assert str(read.at("b", 0)) == "a.yml:3"
    assert str(read.at("b", 1, "c")) == "a.yml:4"
    assert str(read.at("b", 1, "d")) == "a.yml:5"


def test_a_value_that_is_not_there_is_told_at_what_is_around_it() -> None:
    read = parse_yaml("a: 1\nb:\n  c: 2\n", "a.yml")
    assert str(read.at("b", "nothing", 3)) == "a.yml:2"
    assert str(parse_yaml("", "a.yml").at("x")) == "a.yml"


def test_a_key_with_nothing_after_it_is_not_written() -> None:
    read = parse_yaml("a:\nb: 0\n", "a.yml")
    assert not read.has("a")
    assert read.has("b")
    assert not read.has("b", "c")


def test_a_key_written_twice_is_found_and_the_first_one_kept() -> None:
    read = parse_yaml("a: 1\nb: 2\na: 3\n", "a.yml")
    (finding,) = read.findings
    assert finding.code == "duplicate-key"
    assert str(finding.where) == "a.yml:3"
    assert "first on line 1" in finding.what
    assert read.value == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "line", "fix"),
    [
        ("a: 1\nb: call: the team\n", 2, "quotes around text that holds a colon"),
        ("a:\n\t- b\n", 2, "spaces, not tabs"),
        ("a: [1, 2\n", 2, "brackets"),
        ("a: @team\n", 1, "quotes"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("a: *nobody\n", 1, "Check"),
    ],
)
def test_what_is_not_yaml_is_a_finding_with_its_line_and_a_fix(text: str, line: int, fix: str) -> None:
    (finding,) = parse_yaml(text, "a.yml").findings
    assert finding.code == "yaml-syntax"
    assert str(finding.where) == f"a.yml:{line}"
    assert fix in finding.fix


def test_tags_and_keys_of_other_kinds_are_findings() -> None:
    assert codes("a: !!python/object:os.system x\n") == ["unknown-tag"]
    assert codes("? [a, b]\n: 1\n") == ["key-not-text"]
    assert parse_yaml("1: a\n", "a.yml").value == {"1": "a"}


def test_aliases_that_unfold_without_end_are_a_finding() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert codes("\n".join(layers)) == ["yaml-too-deep"]
    assert codes("a: &a [*a]\n") == ["yaml-too-deep"]
    assert codes("[" * 100_000) in (["yaml-too-deep"], ["yaml-syntax"])


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "latin.yml").write_bytes("a: 1\nb: café\n".encode("latin-1"))
    (finding,) = read_yaml(tmp_path / "latin.yml", "latin.yml").findings
    assert (finding.code, str(finding.where), finding.fix) == ("not-utf-8", "latin.yml:2", "Save it as UTF-8.")
    (finding,) = read_yaml(tmp_path, "folder.yml").findings
    assert finding.code == "unreadable"
    (tmp_path / "qbrgen.yaml").write_text("a: 1\n")
    (finding,) = read_yaml(tmp_path / "qbrgen.yml", "qbrgen.yml").findings
    assert (finding.code, finding.fix) == ("file-missing", "Rename qbrgen.yaml to qbrgen.yml.")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfvendor: Halyard\r\ntheme: plain\r\n")
    read = read_yaml(tmp_path / "a.yml", "a.yml")
    assert read.value == {"vendor": "Halyard", "theme": "plain"}
    assert str(read.at("theme")) == "a.yml:2"


def test_the_files_of_a_folder_come_in_order_and_hidden_ones_not_at_all(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml", ".hidden.yml", "sub/c.yml", ".git/d.yml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    paths, findings = yaml_paths(tmp_path, "accounts")
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["a.yaml", "b.yml", "sub/c.yml"]
    assert findings == []
    assert yaml_paths(tmp_path / "nothing", "accounts") == ([], [])
    (_, (finding,)) = yaml_paths(tmp_path / "b.yml", "accounts")
    assert finding.code == "not-a-folder"


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="ab:-[]{}&*!|>'\"# \n\t%@,?<~=1."))
@settings(max_examples=400, deadline=None)
def test_no_text_at_all_raises(text: str) -> None:
    read = parse_yaml(text, "a.yml")
    for finding in read.findings:
        assert finding.where is not None
        assert finding.where.line is None or 1 <= finding.where.line <= text.count("\n") + 1 or "\r" in text
