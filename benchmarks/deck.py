"""What a deck costs, beside the plainest script that writes as much: the tables of docs/benchmarks.md.

    python benchmarks/deck.py [--account acme] [--theme plain] [--rounds 21] [--cold 15]

Ours is the deck of a sample account: measured, fitted, drawn with charts, workbooks, notes, alt text and sections. The
other is benchmarks/plain_deck.py: python-pptx's own calls on the same template, given all texts, figures and places
beforehand. That both come to the same amount is counted in the files themselves; where it differs, nothing is timed.

CPU time, not the clock's, in milliseconds: the best round, the median and the middle half; the ratio is of the medians
of each round. Both are timed in turns in one process (warm), then each in a process of its own, imports included
(cold). What our typefaces remember of words is forgotten before every round, for the same deck is never made twice.
"""

from __future__ import annotations

import argparse
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import plain_deck
from common.timing import Times, Way, show, timed, timed_apart

from qbrgen.compose.deck import compose_deck, storyline
from qbrgen.document import Document
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.pipeline import open_review
from qbrgen.render.pptx import slide_numbers
from qbrgen.render.pptx.deck import deck_bytes
from qbrgen.render.pptx.metrics import typeface_of
from qbrgen.theme import Theme, load_theme

HERE = Path(__file__).resolve().parent
SLIDES = (14, 50, 100, 200)
GROWTH_ROUNDS = 5
PLAIN = "plain script"
COLD = {
    PLAIN: """
import pickle, sys
from pathlib import Path
import plain_deck
Path(sys.argv[3]).write_bytes(plain_deck.write(pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2])))
""",
    "ours, document and theme given": """
import pickle, sys
from pathlib import Path
from qbrgen.render.pptx import write_deck
document, theme = pickle.loads(Path(sys.argv[1]).read_bytes())
write_deck(document, theme, Path(sys.argv[3]))
""",
    "ours, theme read from its brand file": """
import pickle, sys
from pathlib import Path
from qbrgen.render.pptx import write_deck
from qbrgen.theme import load_theme
document, _ = pickle.loads(Path(sys.argv[1]).read_bytes())
write_deck(document, load_theme(sys.argv[2]), Path(sys.argv[3]))
""",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--account", default="acme")
    parser.add_argument("--theme", default="plain")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--cold", type=int, default=15)
    asked = parser.parse_args()
    theme = load_theme(asked.theme)
    ways, document = _ways(asked.account, theme)
    ours = deck_bytes(document, theme)[0]
    slides = plain_deck.read(ours)
    template = theme.template
    assert template is not None
    ways = {PLAIN: lambda: plain_deck.write(slides, template), **ways}
    show_amounts(ours, plain_deck.write(slides, template))
    show("Warm", timed(ways, asked.rounds), PLAIN)
    with tempfile.TemporaryDirectory() as folder:
        show("Cold", cold(slides, template, document, theme, Path(folder), asked.cold), PLAIN)
    show_growth(document, theme, template)


def _ways(account: str, theme: Theme) -> tuple[dict[str, Way], Document]:
    """Our way to the deck from further and further back, and the document that is composed on it."""
    review = open_review(HERE.parent / "sample_accounts", accounts=[account])
    picture, wording = review.pictures[account], review.wording
    narrative, story = narrate(picture, Register.DECK, wording), storyline()
    document = compose_deck(narrative, wording, story).document

    def made(composed: Document) -> bytes:
        typeface_of.cache_clear()
        return deck_bytes(composed, theme)[0]

    return {
        "ours, from the composed document": lambda: made(document),
        "ours, from the narrative": lambda: made(compose_deck(narrative, wording, story).document),
        "ours, from the scored picture": lambda: made(
            compose_deck(narrate(picture, Register.DECK, wording), wording, story).document
        ),
    }, document


def show_amounts(ours: bytes, plain: bytes) -> None:
    """What is in both files; ends the run where it is not the same."""
    counts = [plain_deck.amount(deck) for deck in (ours, plain)]
    print(f"{'In the file':<20}{'ours':>10}{'plain':>10}")
    for kind in counts[0]:
        print(f"{kind:<20}{counts[0][kind]:>10,}{counts[1][kind]:>10,}")
    print(f"{'bytes':<20}{len(ours):>10,}{len(plain):>10,}\n")
    if counts[0] != counts[1]:
        sys.exit("The two files do not hold the same amount.")


def cold(
    slides: list[plain_deck.PlainSlide], template: Path, document: Document, theme: Theme, folder: Path, rounds: int
) -> Times:
    """CPU milliseconds of whole processes, in turns."""
    ways: dict[str, Way] = {}
    for at, (name, code) in enumerate(COLD.items()):
        stored = folder / f"{at}.pickle"
        stored.write_bytes(pickle.dumps(slides if name == PLAIN else (document, theme)))
        base = str(template) if name == PLAIN else theme.name
        command = [sys.executable, "-c", code, str(stored), base, str(folder / f"{at}.pptx")]
        ways[name] = partial(subprocess.run, command, check=True, cwd=HERE)
    return timed_apart(ways, rounds)


def show_growth(document: Document, theme: Theme, template: Path) -> None:
    """CPU per slide of longer and longer decks."""
    print(f"{'Slides':<10}{'ours, ms a slide':>20}{'plain, ms a slide':>20}")
    for wanted in SLIDES:
        longer = _of_length(document, theme, wanted)
        slides = plain_deck.read(deck_bytes(longer, theme)[0])

        def ours(longer: Document = longer) -> object:
            typeface_of.cache_clear()
            return deck_bytes(longer, theme)

        def plain(slides: list[plain_deck.PlainSlide] = slides) -> object:
            return plain_deck.write(slides, template)

        found = timed({"ours": ours, "plain": plain}, GROWTH_ROUNDS)
        each = [statistics.median(times) / len(slides) for times in found.values()]
        print(f"{len(slides):<10}{each[0]:>20.2f}{each[1]:>20.2f}")


def _of_length(document: Document, theme: Theme, wanted: int) -> Document:
    """The document's slides over and over until there are as many in the file, no text twice."""
    taken, pages = list(document.slides), sum(map(len, slide_numbers(document, theme).values()))
    for slide in _again(document):
        if pages >= wanted:
            break
        needed = sum(map(len, slide_numbers(replace(document, slides=(slide,)), theme).values()))
        if pages + needed <= wanted:
            taken.append(slide)
            pages += needed
    return replace(document, slides=tuple(taken))


def _again(document: Document) -> Iterator[Any]:
    for turn in count(2):
        for slide in document.slides:
            yield replace(_numbered(slide, f"{turn}"), key=f"{slide.key}-{turn}")


def _numbered(held: Any, turn: str) -> Any:
    """The same with every text that is more than a word ending in a number: so no text was measured before."""
    if type(held) is str:  # and no name of a status, which is a text too
        return f"{held} {turn}" if " " in held else held
    if isinstance(held, tuple):
        return tuple(_numbered(each, turn) for each in held)
    if is_dataclass(held) and not isinstance(held, type):
        return replace(held, **{each.name: _numbered(getattr(held, each.name), turn) for each in fields(held)})
    return held


if __name__ == "__main__":
    main()
