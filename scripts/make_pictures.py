"""Makes the README's pictures from the sample accounts: slides of Acme's deck, its brief, the portfolio's first page.

Needs LibreOffice (for the slides). Run by `make pictures`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from qbrgen.pipeline import make_brief, make_deck, make_portfolio, open_review, theme_of

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SLIDES = ("sentence", "people", "workflows", "direction")
WIDTH = 960


def main() -> None:
    review = open_review(ROOT / "sample_accounts")
    theme = theme_of(review)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck = make_deck(review, "acme", theme, folder).path
        slides = as_pdf(deck, folder)
        for number, key in slide_numbers(deck).items():
            if key in SLIDES:
                save(page(slides, number), f"slide-{key}.png")
        save(page(make_brief(review, "acme", theme, folder).path, 0), "brief.png")
        save(page(make_portfolio(review, theme, folder).path, 0), "portfolio.png")


def slide_numbers(deck: Path) -> dict[int, str]:
    """Index of each slide → its key: how the names of its shapes begin."""
    from pptx import Presentation

    slides = Presentation(str(deck)).slides
    return {index: next(iter(slide.shapes)).name.partition("/")[0] for index, slide in enumerate(slides)}


def as_pdf(deck: Path, folder: Path) -> Path:
    """The deck as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("Pictures of slides need LibreOffice (Debian and Ubuntu: libreoffice-impress-nogui).")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(deck)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{deck.stem}.pdf"


def page(pdf: Path, number: int) -> Image.Image:
    """One page as a picture, twice as wide as it is kept."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[number]
    return sheet.render(scale=2 * WIDTH / sheet.get_width()).to_pil().convert("RGB")


def save(picture: Image.Image, name: str) -> None:
    """Scaled down, with few colours: small enough for a repository."""
    height = round(picture.height * WIDTH / picture.width)
    small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(200, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
