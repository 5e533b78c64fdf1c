"""Pictures of a deck, where LibreOffice is installed: a PDF, and all its slides on one sheet."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qbrgen.files import written_whole

_MOST_SECONDS = 180
_USUAL_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    ),
}
_COLUMNS, _WIDTH, _GAP = 3, 640, 12  # of the sheet, in slides and pixels


def libreoffice() -> str | None:
    """The program, where there is one."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL_PLACES.get(sys.platform, ()) if Path(place).is_file()), None)


def write_pdf_of(deck: Path) -> Path | None:
    """The deck as LibreOffice shows it, as a PDF beside it; None where LibreOffice is missing or fails."""
    program = libreoffice()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()  # a shared one loses files where another LibreOffice is open
        command = [program, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf", "--outdir", folder]
        if not _runs([*command, str(deck.absolute())]):
            return None
        made = Path(folder) / f"{deck.stem}.pdf"
        if not made.is_file():
            return None
        return _kept(made, deck.with_suffix(".pdf"))


def write_sheet_of(pdf: Path) -> Path | None:
    """All pages of a PDF on one picture beside it; None where pdftoppm (Poppler) is missing or fails."""
    from PIL import Image

    program = shutil.which("pdftoppm")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        if not _runs([program, "-png", "-scale-to-x", str(_WIDTH), "-scale-to-y", "-1", str(pdf), f"{folder}/page"]):
            return None
        pages = [Image.open(path) for path in sorted(Path(folder).glob("page-*.png"))]
        if not pages:
            return None
        height = max(page.height for page in pages)
        rows = -(-len(pages) // _COLUMNS)
        size = (_COLUMNS * (_WIDTH + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
        sheet = Image.new("RGB", size, "#C8CCD2")
        for at, page in enumerate(pages):
            down, across = divmod(at, _COLUMNS)
            sheet.paste(page, (_GAP + across * (_WIDTH + _GAP), _GAP + down * (height + _GAP)))
            page.close()
        made = Path(folder) / "sheet.png"
        sheet.save(made, optimize=True)
        return _kept(made, pdf.with_suffix(".png"))


def _runs(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_MOST_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _kept(made: Path, place: Path) -> Path:
    with written_whole(place) as temporary:
        shutil.copyfile(made, temporary)
    return place
