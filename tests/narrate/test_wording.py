"""A workspace's own words: what an entry may say, and how what is wrong with it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from own_words import findings, own
from pictures import picture

from qbrgen.define.presence import presence_in
from qbrgen.errors import Finding, InputError, Level
from qbrgen.narrate.entries import Entry, read_entries
from qbrgen.narrate.sandbox import Sandbox
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.narrate.wording_claims import typed_claims
from qbrgen.resources import templates_dir

# ---- a workspace's own words ----------------------------------------------------------------------------------------


def test_a_workspace_changes_one_entry_and_keeps_the_rest(tmp_path: Path) -> None:
    root = own(tmp_path, "plan:\n  there-is: we know what to do about it\n")
    said = narrate(picture(), Register.DECK, load_wording(root, "en-GB")).text("sentence")
    assert said.endswith("two reps are not yet active, and we know what to do about it.")
    assert said.startswith("5 of 7 quota-carrying reps")


def test_a_template_that_does_not_parse_is_told_with_file_line_and_fields(tmp_path: Path) -> None:
    root = own(tmp_path, "# mine\ngroup:\n  all: 'all {{ m {{ name }}'\n")
    (said,) = findings(root)
    assert said.startswith("templates/wording/en/mine.yml:3: error: the template of 'group.all' does not parse")
    assert said.endswith("The fields there are: m, name.")


def test_an_unknown_field_is_told_with_its_own_line_and_the_nearest_name(tmp_path: Path) -> None:
    root = own(tmp_path, "group:\n  some: |\n    {{ n }}\n    of {{ nane }}\n")
    (said,) = findings(root)
    assert said.startswith("templates/wording/en/mine.yml:4: error: 'group.some' has no field 'nane'.")
    assert "Did you mean 'name'? The fields there are: m, n, name." in said


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    own(tmp_path, "grop: {all: x}\ngroup: {all: '{{ x }}', both: [1]}\n")
    own(tmp_path, "a: 1\n", name="other.yml")
    said = findings(tmp_path)
    assert len(said) == 4
    assert any("there is no entry 'grop.all'. Did you mean 'group.all'?" in line for line in said)


def test_an_entry_written_twice_is_an_error_that_names_both_places(tmp_path: Path) -> None:
    own(tmp_path, "group: {all: x}\n", name="a.yml")
    own(tmp_path, "\ngroup: {all: y}\n", name="b.yml")
    (said,) = findings(tmp_path)
    assert "b.yml:2: error: the entry 'group.all' is here a second time (first at templates/wording/en/a.yml:1)" in said


@pytest.mark.parametrize(
    ("entry", "words", "said"),
    [
        ("group.all", "{{ m.upper() }}", "fails: "),
        ("group.all", "{% if m > 20 %}{{ m|listing }}{% else %}all{% endif %}", "fails: "),
        ("plan.there-is-for-some", "{{ n|percent }}, {{ plural(n) }}", "fails: "),
        ("title.people", "{{ say('people.are-active', n=n) }}", "fails: 'm' is undefined"),
        ("people.total", "{{ n + 'x' }}", "fails: + is for numbers only"),
    ],
)
def test_a_template_that_would_fail_on_some_fact_is_found_before_anything_is_said(
    tmp_path: Path, entry: str, words: str, said: str
) -> None:
    group, _, name = entry.partition(".")
    (found,) = findings(own(tmp_path, f'{group}:\n  {name}: "{words}"\n'))
    assert found.startswith(f"templates/wording/en/mine.yml:2: error: the template of '{entry}' {said}"), found
    assert "The fields there are: " in found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ name.__class__.__mro__ }}", "'.__mro__' is not for wording."),
        ("{{ ''['__class__'] }}", "fails: access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ say.__globals__ }}", "'.__globals__' is not for wording."),
        ("{{ plural.__self__.__init__ }}", "'.__init__' is not for wording."),
        ("{{ name.format(m) }}", "'.format' is not for wording."),
        ("{{ '%s'|format(name) }}", "there is no filter 'format'."),
        ("{{ name|attr('__class__') }}", "there is no filter 'attr'."),
        ("{% for _ in range(100000000) %}x{% endfor %}", "only say(), plural() and methods of text are called."),
        ("{% for a in name %}{% for b in name %}x{% endfor %}{% endfor %}", "a loop within a loop is not for wording."),
        ("{% for a in name recursive %}{{ loop(a) }}{% endfor %}", "a loop within a loop is not for wording."),
        ("{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}", "'macro' is not for wording."),
        ("{% include 'statements.yml' %}", "'include' is not for wording."),
        ("{{ 10 ** 10 ** 10 }}", "'**' is not for wording."),
        ("{{ 'x' * 1000000000 }}", "fails: * is for numbers only."),
        ("{{ '%1000000000d' % m }}", "fails: % is for numbers only."),
        ("{{ name.center(1000000000) }}", "'.center' is not for wording."),
        (
            "{% set a = name ~ name %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
            "it comes to more than 20,000 characters.",
        ),
        (
            "{% set a = 'x' + 'y' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
            "it comes to more than 20,000 characters.",
        ),
        (
            "{{ 'x' ~ '" + "y" * 999 + "'|replace('y', '" + "z" * 999 + "') }}",
            "it comes to more than 20,000 characters.",
        ),
        ("{{ say('group.all', m=m, name=name) }}", "'group.all' says itself."),
        ("{{ say('group.al', m=m, name=name) }}", "'group.all' says the entry 'group.al', which is not there."),
        (
            "{% set k = 'group.all' %}{{ say(k, m=m, name=name) }}",
            "it says other entries without end, 'group.all' among them.",
        ),
        ("{% set k = 'no.such' %}{{ say(k) }}", "fails: "),
    ],
    ids=range(23),
)
def test_a_template_cannot_leave_its_sandbox_nor_run_on(tmp_path: Path, words: str, said: str) -> None:
    root = own(tmp_path, f'group:\n  both: x\n  all: "{words} {{{{ m }}}} {{{{ name }}}}"\n')
    found = findings(root)
    assert all(line.startswith("templates/wording/en/mine.yml:3: error: ") for line in found), found
    assert any(said in line for line in found), found
    assert all("fields" in line for line in found) or "entry" in found[0] or "itself" in found[0], found


def test_entries_that_say_one_another_without_end_are_found(tmp_path: Path) -> None:
    text = "group: {all: \"{{ say('group.both', name=name) }}\", both: \"{{ say('group.all', m=2, name=name) }}\"}\n"
    found = findings(own(tmp_path, text))
    assert len(found) == 2
    assert all("says itself, by another entry." in line for line in found)


def test_entries_that_say_more_and_more_come_to_an_end(tmp_path: Path) -> None:
    keys = ["group.all", "group.both", "group.none", "group.neither", "group.some", "group.whole"]
    said = [f"{{{{ say('{key}', n=1, m=2, name=name) }}}}" * 9 for key in keys]
    lines = [f'  {key.split(".")[1]}: "{words}"' for key, words in zip(keys, said[1:], strict=False)]
    found = findings(own(tmp_path, "group:\n" + "\n".join(lines) + "\n"))
    assert any("it says other entries without end" in line or "more than 20,000" in line for line in found)


def test_what_still_fails_while_it_is_said_is_the_users_error_too(tmp_path: Path) -> None:
    wording = load_wording(own(tmp_path, "group:\n  all: '{{ m|words }}'\n"), "en-GB")
    with pytest.raises(InputError, match=r"mine.yml:2: error: the template of 'group.all' fails") as raised:
        wording.say("group.all", m="three", name="reps")
    assert raised.value.findings[0].fix == "The fields there are: m, name."


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("group: [all\n", 2, "this is not YAML"),
        ("- group\n- all\n", 1, "the file is not a list of `key: words`."),
        ("group:\n  all: [x, y]\n", 2, "'group.all' is not text."),
        ("group:\n  all: x\n  all: y\n", 3, "the key 'all' is here a second time (first on line 2)."),
        ("group:\n  all:\n", 2, "'group.all' is not text."),
        ("group:\n  all: 12\n", 2, "'group.all' is not text."),
        ("just words\n", 1, "the file is not a list of `key: words`."),
    ],
)
def test_a_wording_file_that_is_none_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    (found,) = findings(own(tmp_path, text))
    assert found.startswith(f"templates/wording/en/mine.yml:{line}: error: {said}")


def test_a_missing_shipped_entry_is_a_bug_and_keeps_its_traceback(wording: Wording) -> None:
    with pytest.raises(KeyError):
        wording.say("no-such-entry")


# ---- figures --------------------------------------------------------------------------------------------------------


def test_an_entry_with_filters_may_be_changed_and_a_filter_that_is_not_there_is_told(tmp_path: Path) -> None:
    load_wording(own(tmp_path, "group:\n  number: '{{ n|words }} x {{ plural(n, one, name) }}'\n"), "en-GB")
    (said,) = findings(own(tmp_path, "group:\n  number: '{{ n|word }}'\n"))
    assert "mine.yml:2: error: in the template of 'group.number' there is no filter 'word'." in said
    assert "words" in said.split("The filters there are: ")[1]


# ---- what an entry of a workspace states by itself ------------------------------------------------------------------


def test_a_number_typed_into_an_entry_is_a_warning_that_names_its_line(tmp_path: Path) -> None:
    root = own(tmp_path, "group:\n  some: |\n    {{ n }} of the {{ m }} {{ name }},\n    some 1,200 in all\n")
    wording = load_wording(root, "en-GB")
    (said,) = map(str, wording.findings)
    assert said.startswith("templates/wording/en/mine.yml:4: warning: 'group.some' holds the number 1,200, typed: ")
    assert "a receipt" in said
    assert said.endswith("Use a field for it, or write the words without it.")
    assert wording.say("group.some", n=1, m=2, name="reps") == "1 of the 2 reps, some 1,200 in all"


@pytest.mark.parametrize(
    "words",
    [
        "42 of them {{ name }} {{ m }}",
        "{{ plural(m, '1 of them', 'all of them') }} {{ name }}",
        "{% set x = '24/7' %}{{ name }} {{ m }} {{ x }}",
        "{{ name ~ ' 365' }} {{ m }}",
        "{{ m }} {{ name }} ٤٢",
    ],
)
def test_a_number_is_found_wherever_an_entry_writes_one(tmp_path: Path, words: str) -> None:
    found = load_wording(own(tmp_path, f'group:\n  all: "{words}"\n'), "en-GB").findings
    assert [(each.level, each.code) for each in found] == [(Level.WARNING, "wording-number")]


@pytest.mark.parametrize(
    "text",
    [
        'group:\n  all: "{% if m == 2 %}both{% else %}{{ m|words }}{% endif %} {{ name }}"\n',
        "group:\n  all: \"{% if name == 'tier 1' %}first{% endif %} {{ m }} {{ name|replace('1', 'one') }}\"\n",
        "group:\n  all: \"{{ m }} {{ name.removeprefix('24/7 ') }}{# 3 words #}\"\n",
        "numbers: {2: '2', 3: three 3s}\n",
        "score:\n  told: '{{ score }} of a full 100: {{ parts|listing }}'\n",
    ],
)
def test_a_number_that_is_not_written_or_is_in_the_shipped_words_is_no_finding(tmp_path: Path, text: str) -> None:
    assert load_wording(own(tmp_path, text), "en-GB").findings == ()


@pytest.mark.parametrize(
    ("words", "word", "line"),
    [
        ("{{ m }} {{ name }} logged in", "logged in", 3),
        ("{{ m }} {{ name }},\n    with many\n    sessions", "sessions", 5),
        ("{{ m }} {{ name }} logged\n    in", "logged in", 3),
        ("{{ m }}\n    {{ plural(m, 'login', 'logins') }} {{ name }}", "login", 4),
        ("{{ m }}\n    {{ say('group.both', name='active users') }} {{ name }}", "active users", 4),
    ],
)
def test_an_entry_that_speaks_of_presence_is_refused_with_its_line(
    tmp_path: Path, words: str, word: str, line: int
) -> None:
    (said,) = findings(own(tmp_path, f"group:\n  all: |\n    {words}\n"))
    where = f"templates/wording/en/mine.yml:{line}: error: "
    assert said == (
        f"{where}'group.all' speaks of presence ('{word}'): being there produces nothing. "
        "Write what people get done instead."
    )


def test_words_that_the_sentence_test_listens_for_may_be_of_presence_and_hold_numbers(tmp_path: Path) -> None:
    text = "sentence-test:\n  hear:\n    presence: log on | log in | 24/7 use\n"
    assert load_wording(own(tmp_path, text), "en-GB").findings == ()


def test_words_between_fields_are_not_read_together(tmp_path: Path) -> None:
    root = own(tmp_path, 'group:\n  all: "{{ m }} active {{ name }} users"\n')
    assert load_wording(root, "en-GB").findings == ()


def test_words_about_presence_may_stay_where_the_shipped_entry_has_them() -> None:
    def entry(source: str, own: bool) -> dict[str, Entry]:
        return {"score.seats": Entry("score.seats", source, "mine.yml", 2, own)}

    sandbox = Sandbox({}, {})
    mine = entry("active users: {{ n }} of 3", own=True)
    assert list(typed_claims(mine, entry("{{ n }} logged in, of 2", own=False), sandbox)) == []
    assert len(list(typed_claims(mine, entry("{{ n }}", own=False), sandbox))) == 2


def test_no_shipped_entry_speaks_of_presence_but_those_that_listen_for_it() -> None:
    found: list[Finding] = []
    base = read_entries(templates_dir() / "wording" / "en", "shipped", False, found)
    speaking = {key for key, entry in base.items() if presence_in(re.sub(r"\{.*?\}+", " | ", entry.source))}
    assert (found, {key for key in speaking if not key.startswith("sentence-test.hear.")}) == ([], set())


def test_what_does_not_parse_is_told_with_one_full_stop(tmp_path: Path) -> None:
    for words in ("{{ m {{ name }}", "{{ m }", "{% if %}", "{{ name"):
        (said,) = findings(own(tmp_path, f'group:\n  all: "{words}"\n'))
        assert ".." not in said.replace("/..", ""), said
