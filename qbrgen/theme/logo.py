"""A brand's logo, made safe and small: the drawing or picture for pages, and a PNG or JPEG for slides."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from qbrgen.theme import colour
from qbrgen.theme.brand import Notes, Place
from qbrgen.theme.drawing import as_png, cleaned, sets_text
from qbrgen.theme.model import Picture
from qbrgen.theme.reach import inside, is_address

_WIDE, _HIGH = 880, 480  # pixels that a drawing is made to fit: four to a point of the largest logo on a slide
_LONGEST = 1600  # pixels of a side; larger pictures are made smaller
_MOST_BYTES = 1_500_000  # of a picture that is taken as it is
_MOST_READ = 60_000_000
_MOST_PIXELS = 120_000_000
_PLAIN = ("1", "L", "LA", "P", "RGB", "RGBA")
_SEEN = 1.35  # contrast with the paper from which a dot of a logo is seen
_LEAST_SEEN = 0.03  # share of the dots of a picture without transparency that must be: it may hold paper of its own
_MOSTLY_SEEN = 0.5  # share of what a transparent picture draws that must be


@dataclass(frozen=True, slots=True)
class Logo:
    """page: what PDFs show (SVG, PNG or JPEG). slide: what decks show (PNG or JPEG)."""

    page: Picture
    slide: Picture
    alt: str


def read_logo(brand: Any, folder: Path, background: str, note: Notes) -> Logo | None:
    """The largest logo that is there, can be read and is seen on `background`; what is wrong with others is said."""
    for place, given, alt in _candidates(brand.logo, dark=not colour.is_light(background)):
        if is_address(given):
            what = f"The logo {given[:200]} lies on the web: nothing is fetched."
            note("logo-remote", what, "Save it in the theme's folder, and write its file name.", at=place)
            continue
        path = inside(folder, given)
        if path is None:
            what = f"The logo {given[:200]} is no file of this theme."
            note("logo-missing", what, "Put it into the theme's folder.", at=place)
            continue
        try:
            page, slide = _pictures(path, place, note)
        except (OSError, ValueError) as error:
            what = f"The logo {path.name} cannot be used: {error}."
            note("logo-not-usable", what, "Give an SVG, PNG or JPEG file.", at=place)
            continue
        if not _can_be_seen(slide, background):
            what = f"The logo {path.name} cannot be seen on {background}."
            note("logo-not-seen", what, "Name one for light and one for dark grounds (light:, dark:).", at=place)
            continue
        return Logo(page, slide, alt)
    return None


def _candidates(logo: Any, *, dark: bool) -> Iterator[tuple[Place, str, str]]:
    """(place in the file, path, alt text) of each logo, larger ones first, that for this kind of ground first."""
    if logo is None:
        return
    sizes = (
        [(("logo",), logo)]
        if hasattr(logo, "path")
        else [(("logo", size), getattr(logo, size, None)) for size in ("large", "medium", "small")]
    )
    told = set()
    for place, size in sizes:
        variants = [getattr(size, name, None) for name in (("dark", "light") if dark else ("light", "dark"))]
        for resource in [size] if hasattr(size, "path") else variants:
            if resource is None or not hasattr(resource, "path"):
                continue
            given = str(getattr(resource.path, "root", resource.path))
            if given not in told:
                told.add(given)
                yield place, given, str(resource.alt or "")


def _pictures(path: Path, place: Place, note: Notes) -> tuple[Picture, Picture]:
    """For pages, for slides. Raises OSError or ValueError for what cannot be read or drawn."""
    if path.suffix.lower() != ".svg":
        picture = _raster(path, place, note)
        return picture, picture
    drawing, taken = cleaned(_content(path))
    if taken:
        what = f"{path.name} holds what runs or fetches; it is left out: {', '.join(taken)[:200]}."
        note("logo-cleaned", what, "Save it as a plain SVG.", at=place)
    if sets_text(drawing):
        what = f"{path.name} holds text, which is drawn in a typeface of qbrgen."
        note("logo-with-text", what, "Turn the text into outlines where the logo is drawn.", at=place)
    beside = path.with_suffix(".png")
    slide = (
        _raster(beside, place, note)
        if beside.is_file()
        else _picture(path.name, "image/png", as_png(drawing, _WIDE, _HIGH))
    )
    return _picture(path.name, "image/svg+xml", drawing), slide


def _content(path: Path) -> bytes:
    size = path.stat().st_size
    if size > _MOST_READ:
        raise ValueError(f"it has {size:,} bytes, {_MOST_READ:,} are the most")
    return path.read_bytes()


def _picture(name: str, kind: str, content: bytes) -> Picture:
    return Picture(name, kind, content, sha256(content).hexdigest())


def _raster(path: Path, place: Place, note: Notes) -> Picture:
    """The file itself where it is a plain, small PNG or JPEG; else a PNG made of it."""
    from PIL import Image

    content = _content(path)
    with warnings.catch_warnings(), _whole_pictures_only():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # there is a limit of our own
        try:
            with Image.open(io.BytesIO(content)) as image:
                across, down = image.size
                if across * down > _MOST_PIXELS:
                    raise ValueError(f"it has {across:,} by {down:,} pixels")
                large = max(across, down) > _LONGEST or len(content) > _MOST_BYTES
                usual = image.format in ("PNG", "JPEG") and image.mode in _PLAIN and getattr(image, "n_frames", 1) == 1
                image.load()
                if usual and not large:
                    return _picture(path.name, f"image/{str(image.format).lower()}", content)
                if large:
                    what = f"The logo {path.name} has {across:,} by {down:,} pixels in {len(content):,} bytes."
                    fix = f"It is made smaller; {_LONGEST} pixels across are enough."
                    note("logo-shrunk", what, fix, at=place)
                return _picture(path.name, "image/png", _small_png(image))
        except (Image.DecompressionBombError, SyntaxError) as error:
            raise ValueError(str(error).rstrip(".")) from None


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """A truncated picture raises OSError here, whatever other libraries set: WeasyPrint lets Pillow take half ones."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _small_png(image: Any) -> bytes:
    from PIL import Image

    image.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB").save(stream, "PNG")
    return stream.getvalue()


def _can_be_seen(picture: Picture, background: str) -> bool:
    """Whether enough of a picture differs from the paper that it stands on."""
    from PIL import Image

    with Image.open(io.BytesIO(picture.content)) as image:
        small = image.convert("RGBA")
    small.thumbnail((64, 64))
    dots = small.tobytes()
    drawn = [
        (red, green, blue, cover / 255)
        for red, green, blue, cover in zip(*(dots[at::4] for at in range(4)), strict=True)
    ]
    seen = sum(
        1
        for red, green, blue, cover in drawn
        if colour.contrast(colour.mix(background, f"#{red:02X}{green:02X}{blue:02X}", cover), background) >= _SEEN
    )
    held = sum(cover > 0.5 for *_, cover in drawn)
    return seen >= max(1.0, _LEAST_SEEN * len(drawn) if held == len(drawn) else _MOSTLY_SEEN * held)
