"""Which encoding a text file is in: its mark says so, or it is UTF-8, or it is guessed, and then that is told.

A file that is UTF-8 but for some bytes, as of exports put together, stays UTF-8: each of these bytes is read as the
letter that it is in cp1252, and all of their lines are told. (A sign for "unknown" in their place would make one person
of "M?ller" and "M?ller".)"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qbrgen.errors import Finding, Level, Location
from qbrgen.load.bad_file import BadFileError
from qbrgen.load.packed import opened
from qbrgen.load.reading import Reading

UTF_8 = "utf-8-sig"  # with or without a mark
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXTS = (
    (b"PK\x03\x04", "an Excel workbook or a .zip", "Name it .xlsx or .zip."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save it as .xlsx."),
    (b"\x1f\x8b", "packed with gzip", "Add .gz to its name."),
    (b"PAR1", "a Parquet file", "Name it .parquet."),
    (b"Obj\x01", "an Avro file", "Name it .avro."),
    (b"%PDF", "a PDF", "Export its table as CSV."),
)
_SAMPLE = 1 << 18
_CHUNK = 1 << 20
_ENOUGH = 1 << 14  # bytes of lines that are not ASCII, to guess from
# In the order in which they are taken where several read equally well.
_USUAL = (
    *("cp1252", "mac_roman", "cp932", "cp1251", "gb18030", "euc_kr", "big5", "cp1250", "cp1253", "cp1254", "euc_jp"),
    *("cp1255", "cp1256", "cp1257", "koi8_r", "cp850", "cp437"),
)
_EQUALLY_WELL = 0.06  # of charset-normalizer's "chaos"
_WORST = 0.3
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


_STRAY = "qbrgen-cp1252"
_MOST_LINES = 5  # that are told


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that are no UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY, _as_cp1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    """codec: a codec's name. guessed: what is to be told of it; None where it is sure. errors: as Python calls what is
    done with bytes that are not in it."""

    codec: str
    guessed: Finding | None = None
    errors: str = "strict"

    @property
    def is_utf_8(self) -> bool:
        """Whether it is so to the last byte."""
        return self.errors == "strict" and codecs.lookup(self.codec).name in ("utf-8", "utf-8-sig", "ascii")


def encoding_of(path: Path, name: str, reading: Reading, *, whole: bool = True) -> Encoding:
    """The encoding of a text file. name: how findings call it. whole: look at all of it, not at its beginning only.

    Raises BadFileError where it is none that can be told, or the file cannot be read.
    """
    with opened(path, name) as stream:
        first = stream.read(_SAMPLE)
        if reading.encoding:
            return Encoding(reading.encoding)
        for mark, what, fix in _NO_TEXTS:
            if first.startswith(mark):
                raise BadFileError("file-kind", name, f"the file is {what}, whatever its name says.", fix)
        for mark, codec in _MARKS:
            if first.startswith(mark):
                return Encoding(codec)
        if wide := _without_mark(first):
            return Encoding(wide)
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk, lines_before, right_before = first, 0, 0
        while True:
            try:
                right_before += len(chunk) - len(decoder.decode(chunk, final=not chunk))
            except UnicodeDecodeError as error:
                if _is_nearly_utf_8(error.object, right_before):
                    return Encoding(UTF_8, _stray_bytes(path, name), _STRAY)
                return _guess(error.object, error.start, lines_before, name)
            lines_before += chunk.count(b"\n")
            if not chunk or not whole:
                return Encoding(UTF_8)
            chunk = stream.read(_CHUNK)


def first_not_in(path: Path, name: str, codec: str) -> int | None:
    """The line of the first byte of a file that is not in its encoding."""
    decoder, lines = codecs.getincrementaldecoder(codec)(), 0
    with opened(path, name) as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                lines += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                return lines + 1 + error.object[: error.start].decode(codec, "ignore").count("\n")
            if not chunk:
                return None


def _without_mark(sample: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: every second, or three of four, bytes of western text are zero."""
    length = len(sample) // 4 * 4
    if length < 8:
        return ""
    zeros = [sample[start:length:4].count(0) / (length // 4) for start in range(4)]
    if min(zeros[1:]) > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[:3]) > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else ""


def _guess(raw: bytes, at: int, lines_before: int, name: str) -> Encoding:
    """What bytes are that are not UTF-8, of which the first that is none stands at `at`."""
    line = lines_before + raw.count(b"\n", 0, at) + 1
    what = f"the file is not UTF-8 text (byte 0x{raw[at]:02x})"
    sample = b"".join(_not_ascii(raw))
    codec = _best(sample)
    if not codec:
        fix = "Save it as 'CSV UTF-8', or say its encoding: `read: {encoding: …}`."
        raise BadFileError("not-utf-8", name, f"{what}, and nothing tells which encoding it is in.", fix, line)
    shown = re.search(r"\S*[^\x00-\x7f]\S*", sample.decode(codec, "replace"))
    example = f", which reads '{shown[0][:40]}'" if shown else ""
    fix = "If letters come out wrong, say the encoding: `read: {encoding: …}`."
    note = Finding(Level.NOTE, "encoding-guessed", f"{what}; taken as {codec}{example}.", fix, Location(name, line))
    return Encoding(codec, note)


def _not_ascii(raw: bytes) -> Iterator[bytes]:
    size = 0
    for line in raw.splitlines(keepends=True):
        if not line.isascii():
            yield line[:_ENOUGH]
            size += len(line)
            if size > _ENOUGH:
                return


def _is_nearly_utf_8(raw: bytes, right_before: int) -> bool:
    """Whether bytes that are not UTF-8 throughout are so but for some: most of what is not ASCII is, or the rest of it
    reads as cp1252. What is two letters of UTF-8 is hardly ever text in another encoding.

    right_before: about how many letters of UTF-8, other than ASCII, stand before these bytes.
    """
    found = [each.group() for each in _MULTIBYTE.finditer(raw)]
    right = right_before + len(found)
    others = sum(byte > 0x7F for byte in raw) - sum(map(len, found))
    if right > others:
        return True
    return bool(right) and _best(b"".join(_not_ascii(_MULTIBYTE.sub(b"", raw)))) == "cp1252"


def _stray_bytes(path: Path, name: str) -> Finding:
    """What is told of a file of which some bytes are not UTF-8: on which lines they are, and as what they are read."""
    lines: list[int] = []
    count, number, example = 0, 1, ""
    with opened(path, name) as stream:
        while line := stream.readline(_CHUNK):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                count += 1
                if len(lines) < _MOST_LINES:
                    lines.append(number)
                example = example or _word_at(line, error.start)
            number += line.endswith(b"\n")
    others = f" and {count - len(lines):,} more" if count > len(lines) else ""
    on = f"line{'s' if count > 1 else ''} {', '.join(map(str, lines))}{others}"
    what = f"the file is UTF-8 text but for bytes of {on}; they are read as cp1252, which gives '{example[:40]}'."
    fix = "Where letters come out wrong, correct these lines; or say the encoding of the file: `read: {encoding: …}`."
    return Finding(Level.WARNING, "encoding-mixed", what, fix, Location(name, lines[0]))


def _word_at(line: bytes, at: int) -> str:
    """The word of which a byte that is not UTF-8 is part."""
    before = len(line[:at].decode("utf-8"))
    words = re.finditer(r'[^\s,;|"]+', line.decode("utf-8", _STRAY))
    return next((word[0] for word in words if word.end() > before), "")


def _best(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # needed for few files only

    found: dict[str, float] = {}
    for match in from_bytes(sample, cp_isolation=list(_USUAL), threshold=_WORST):
        for codec in match.could_be_from_charset:
            found[codec] = min(match.chaos, found.get(codec, 1.0))
    if not found:
        return ""
    least = min(found.values())
    likely = [codec for codec in _USUAL if found.get(codec, 1.0) <= least + _EQUALLY_WELL]
    return min(likely, key=lambda codec: _oddities(sample.decode(codec, "replace"), codec))


def _oddities(text: str, codec: str) -> int:
    """How many characters stand where writing seldom has them: "JŸrgen" has one, "Jürgen" none."""
    odd = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii():
            continue
        kind = unicodedata.category(char)
        within = before.isalpha() or after.isalpha()
        odd += (
            kind in ("Co", "Cn", "Cc", "So", "Sk")
            or char == "\ufffd"
            or (kind in ("Sm", "Sc", "No", "Pf", "Pi", "Po") and before.isalpha() and after.isalpha() and char != "’")
            or (kind == "Lu" and (before.islower() or (before.isupper() and after.islower())))
            or (kind == "Lo" and within and char in "ªº")
            or "\uff61" <= char <= "\uff9f"
            or (codec == "euc_kr" and "\u4e00" <= char <= "\u9fff")
        )
    return odd
