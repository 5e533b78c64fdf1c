"""What a portfolio with many briefs costs: CPU time, the most memory, and what is in the file, for docs/benchmarks.md.

    python benchmarks/portfolio.py [--theme plain] [--briefs 25 50 100 200]

The sample accounts' briefs over and over, each linked from its line in the list and back. Every size is made in a
process of its own, from the composed document: its peak is that of the rendering. Linux only, for the peak.
"""

from __future__ import annotations

import argparse
import io
import pickle
import subprocess
import sys
import tempfile
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from qbrgen.compose.portfolio import compose_portfolio
from qbrgen.document import Cell, Document, Section, Table
from qbrgen.narrate.statement import Register
from qbrgen.pipeline import open_review

HERE = Path(__file__).resolve().parent
HEADINGS = ("briefs", "pages", "CPU s", "ms a brief", "peak MB", "file MB", "tags", "bookmarks")
MADE = """
import pickle, sys, time
from pathlib import Path
from qbrgen.render.pdf.write import pdf_bytes
from qbrgen.theme import load_theme
document = pickle.loads(Path(sys.argv[1]).read_bytes())
theme = load_theme(sys.argv[2])
begun = time.process_time()
content, findings = pdf_bytes(document, theme)
spent = time.process_time() - begun
Path(sys.argv[3]).write_bytes(content)
# getrusage would tell what the process that started this one had, where that is more.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(spent, int(peak.split()[1]) / 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theme", default="plain")
    parser.add_argument("--briefs", type=int, nargs="+", default=[25, 50, 100, 200])
    asked = parser.parse_args()
    print("".join(f"{heading:>12}" for heading in HEADINGS))
    with tempfile.TemporaryDirectory() as folder:
        for briefs in asked.briefs:
            show(briefs, asked.theme, Path(folder))


def show(briefs: int, theme: str, folder: Path) -> None:
    """One line of the table."""
    import pikepdf

    stored, out = folder / "document.pickle", folder / "portfolio.pdf"
    stored.write_bytes(pickle.dumps(portfolio(briefs)))
    command = [sys.executable, "-c", MADE, str(stored), theme, str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    spent, peak = map(float, done.stdout.split())
    content = out.read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = sum(1 for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each)
        with pdf.open_outline() as outline:
            marks = sum(1 + len(item.children) for item in outline.root)
        pages = len(pdf.pages)
    size = len(content) / 1e6
    each = 1000 * spent / briefs
    print(f"{briefs:>12}{pages:>12}{spent:>12.1f}{each:>12.0f}{peak:>12.0f}{size:>12.1f}{tags:>12,}{marks:>12,}")


def portfolio(briefs: int) -> Document:
    """A portfolio of so many accounts, all with their briefs."""
    review = open_review(HERE.parent / "sample_accounts")
    narratives = {account: review.narrative(account, Register.BRIEF) for account in review.pictures}
    document = compose_portfolio(review.portfolio(), narratives, review.wording, list(narratives))
    sections = document.sections
    heads = [at for at, section in enumerate(sections) if section.level == 1 and section.key.startswith("brief/")]
    made = [sections[at:end] for at, end in zip(heads, [*heads[1:], None], strict=True)]
    accounts = next(section for section in sections if section.key == "accounts")
    listed = replace(
        accounts, blocks=tuple(_long(block, briefs) if isinstance(block, Table) else block for block in accounts.blocks)
    )
    briefs_of = [section for at, each in enumerate(islice(cycle(made), briefs)) for section in _numbered(each, at)]
    return replace(document, sections=(sections[0], listed, *briefs_of))


def _long(table: Table, rows: int) -> Table:
    def cell(held: Cell, at: int) -> Cell:
        return replace(held, link=f"brief-{at}" if held.link else "", anchor=f"line-{at}" if held.anchor else "")

    numbered = enumerate(islice(cycle(table.rows), rows))
    lines = tuple(islice(cycle(table.lines), rows)) if table.lines else ()
    return replace(table, rows=tuple(tuple(cell(held, at) for held in row) for at, row in numbered), lines=lines)


def _numbered(brief: tuple[Section, ...], at: int) -> tuple[Section, ...]:
    """One account's sections with keys of their own, and a way back to its line."""
    first, *others = brief
    text = first.back[-1][0]
    head = replace(first, key=f"brief-{at}", back=((text, f"line-{at}"),))
    return (head, *(replace(section, key=f"brief-{at}/{number}") for number, section in enumerate(others)))


if __name__ == "__main__":
    main()
