"""What a brief costs, beside the plainest script that writes as much: the tables of docs/benchmarks.md.

    python benchmarks/brief.py [--account acme] [--theme plain] [--rounds 21] [--cold 9]

Ours is the brief of a sample account: checked for what its typefaces can draw, fitted to two pages, marks and bars from
SVG templates, its weeks by matplotlib. The other is benchmarks/plain_brief.py: the same texts, tables and figures as an
HTML string, every chart by matplotlib as SVG, WeasyPrint called as its first page shows it, PDF/UA-1 on. That both hold
every word of the brief is looked up in the files; where one does not, nothing is timed. Typst and ReportLab are what a
user might pick instead (benchmarks/peer_briefs.py); they are left out where they are not installed.

CPU time, not the clock's, in milliseconds: the best round, the median and the middle half; the ratio is of the medians
of each round. All are timed in turns in one process (warm), then each in a process of its own, imports included (cold).
"""

from __future__ import annotations

import argparse
import io
import pickle
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import peer_briefs
import plain_brief
from common.timing import Times, Way, show, timed, timed_apart

from qbrgen.document import Document
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import Theme, load_theme

HERE = Path(__file__).resolve().parent
PLAIN, OURS = "plain script", "ours"
COLD = {
    PLAIN: "import plain_brief; plain_brief.write(*given)",
    OURS: "from qbrgen.render.pdf.write import pdf_bytes; pdf_bytes(*given)",
    "Typst": "import peer_briefs; peer_briefs.by_typst(*given)",
    "ReportLab": "import peer_briefs; peer_briefs.by_reportlab(*given)",
}
READ = "import pickle, sys; given = pickle.load(open(sys.argv[1], 'rb')); "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--account", default="acme")
    parser.add_argument("--theme", default="plain")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--cold", type=int, default=9)
    asked = parser.parse_args()
    theme, document = load_theme(asked.theme), plain_brief.brief_of(asked.account)
    items = plain_brief.read(document)
    given = (items, document.title, document.author)
    ways: dict[str, Callable[[], bytes]] = {
        PLAIN: lambda: plain_brief.write(*given),
        OURS: lambda: pdf_bytes(document, theme)[0],
    }
    show_amounts(items, {name: way() for name, way in ways.items()})
    peers = peer_briefs.peers()
    ways |= {name: partial(writer, *given) for name, writer in peers.items()}
    show("Warm", timed(ways, asked.rounds), PLAIN)
    with tempfile.TemporaryDirectory() as folder:
        show("Cold", cold(given, document, theme, [name.split()[0] for name in peers], Path(folder), asked.cold), PLAIN)


def show_amounts(items: list[plain_brief.Item], files: dict[str, bytes]) -> None:
    """Pages, bytes and words of both files; ends the run where a word of the brief is missing from one."""
    wanted = Counter(word for text in _texts(items) for word in _words(text))
    print(f"{'In the file':<36}{'pages':>8}{'bytes':>10}{'words':>8}{'of the brief':>16}")
    for name, content in files.items():
        pages, text = _read(content)
        held = Counter(_words(text))
        found = sum((wanted & held).values())
        of_all = f"{found} of {wanted.total()}"
        print(f"{name:<36}{pages:>8}{len(content):>10,}{held.total():>8}{of_all:>16}")
        if missing := [word for word, times in wanted.items() if held[word] < min(times, 1)]:
            sys.exit(f"{name} does not hold: {' '.join(missing[:20])}")
    print()


def _texts(items: list[plain_brief.Item] | tuple[plain_brief.Item, ...]) -> list[str]:
    """Every text on the page; the words of a chart are its own."""
    found = []
    for item in items:
        found += [item.text] if item.kind != "chart" else []
        found += [cell for row in item.rows for cell in row]
        found += [text for column in item.columns for text in _texts(column)]
    return found


def _words(text: str) -> list[str]:
    """Words as a reader sees them, whatever breaks their lines."""
    return re.findall(r"\w+", text.replace("\u00ad", "").replace("\ufffe", ""))


def _read(content: bytes) -> tuple[int, str]:
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(content)) as pdf:
        return len(pdf), "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def cold(
    given: tuple[Any, ...], document: Document, theme: Theme, peers: list[str], folder: Path, rounds: int
) -> Times:
    """CPU milliseconds of whole processes, in turns."""
    ways: dict[str, Way] = {}
    for name in (PLAIN, OURS, *peers):
        (folder / name).write_bytes(pickle.dumps((document, theme) if name == OURS else given))
        command = [sys.executable, "-c", READ + COLD[name], str(folder / name)]
        ways[name] = partial(subprocess.run, command, check=True, cwd=HERE)
    return timed_apart(ways, rounds)


if __name__ == "__main__":
    main()
