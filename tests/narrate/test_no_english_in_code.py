"""Another language needs wording files and nothing else: under a pseudo-locale every word comes from a file."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from pictures import picture
from random_pictures import pictures

from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.resources import templates_dir

PSEUDO = "eo"  # a language that Babel knows and nobody has worded yet
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    """Every shipped entry between brackets."""

    def marked(value: object) -> object:
        if isinstance(value, dict):
            return {key: marked(item) for key, item in value.items()}
        return f"⟦{value}⟧"

    root = tmp_path_factory.mktemp("pseudo")
    folder = root / "templates" / "wording" / PSEUDO
    folder.mkdir(parents=True)
    for path in (templates_dir() / "wording" / "en").glob("*.yml"):
        entries = marked(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))
        (folder / path.name).write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    return load_wording(root, PSEUDO)


def unworded(text: str, typed: set[str]) -> str:
    """What is left of a text when everything from a file, and everything that people typed, is taken out."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    for part in sorted(typed, key=len, reverse=True):
        text = re.sub(re.escape(part), " ", text, flags=re.IGNORECASE)
    # what Babel puts between the items of a list, and into dates, is the locale's and not ours
    return re.sub(r"\b(?:kaj|aŭ)\b", " ", text)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(of=pictures())
def test_every_word_comes_from_a_wording_file(of: object, pseudo: Wording) -> None:
    for register in Register:
        said = narrate(of, register, pseudo)  # type: ignore[arg-type]
        typed = {"Sit together for an hour", "Agree to meet.", "Workflow called", "zqcanary", "asked of leadership"}
        typed |= {person.name for persona in said.picture.personas for person in persona.people if person.name}
        typed |= {name for persona in said.picture.personas for name in (persona.name, persona.one)}
        for key, statement in said.statements.items():
            left = unworded(statement.text, typed)
            assert not re.search(r"[^\W\d_]{2,}", left), (key, statement.text, left)


def test_the_reference_account_is_said_from_files_only(pseudo: Wording) -> None:
    said = narrate(picture(), Register.DECK, pseudo).text("sentence")
    assert said.startswith("⟦")
    assert not re.search(r"[^\W\d_]", unworded(said, set()))
