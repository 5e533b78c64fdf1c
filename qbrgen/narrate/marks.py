"""Which entry of the wording printed which part of a text: the same texts once more, with marks in them.

In: a narrative. Out: for each of its texts the places where each entry, and each field of it, was written. The marks
are characters that no text has; nobody sees them. A text that comes out otherwise with them has no places, and neither
has any where a workspace's own words cannot be said with them: then a number is traced without them (trace.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from jinja2 import nodes

from qbrgen.errors import QbrgenError
from qbrgen.narrate.sandbox import Sandbox, TooLongError
from qbrgen.narrate.statement import Narrative, Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.talk_track import narrate_talk_track
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture

_CLOSE = "\ue000"  # private use, as are the marks that open
_FIRST, _LAST = 0xF0000, 0xFFFFD
_UNMARKED = ("numbers.", "money.", "sentence.end", "span", "period")  # how a figure is written, not which it is


@dataclass(frozen=True, slots=True)
class Place:
    """What stands inside an entry of the wording, or inside one of its fields.

    entry: its key. field: the field's name, "" for the whole entry. words: the texts that it was said with, which tell
    whose it is ("quota-carrying reps").
    """

    entry: str
    field: str = ""
    words: frozenset[str] = frozenset()


Path = tuple[Place, ...]
"""The places in which a number stands, the innermost last."""


class MarkingWording(Wording):
    """The same words, each entry and each field of it between marks."""

    def __init__(self, of: Wording) -> None:
        super().__init__(of._entries, of._locale)
        self._places: list[Place] = []
        self._known: dict[Place, str] = {}
        self._saying: list[str] = []
        plain = self._environment
        self._environment = _MarkingSandbox({}, {}, self.count)
        self._environment.globals = plain.globals
        self._environment.filters = plain.filters | {"placed": self._field}

    def say(self, key: str, **facts: object) -> str:
        """The entry between its marks; nothing where it says nothing."""
        self._saying.append(key)
        try:
            text = super().say(key, **facts)
        finally:
            self._saying.pop()
        if not text or key.startswith(_UNMARKED):
            return text
        words = frozenset(unmarked(fact) for fact in facts.values() if isinstance(fact, str))
        return self._marked(text, Place(key, "", words))

    def stop(self, text: str) -> str:
        """As without marks."""
        plain = unmarked(text)
        return text if not plain or super().stop(plain) == plain else self.say("sentence.end", text=text)

    def _field(self, value: object, field: str) -> object:
        if not isinstance(value, str | int | Fraction) or self._saying[-1].startswith(_UNMARKED):
            return value
        text = str(self._environment.printed(value))
        return self._marked(text, Place(self._saying[-1], field)) if text else text

    def _marked(self, text: str, place: Place) -> str:
        sign = self._known.get(place)
        if sign is None:
            if _FIRST + len(self._places) > _LAST:
                raise TooLongError("there are more places than marks")
            sign = self._known[place] = chr(_FIRST + len(self._places))
            self._places.append(place)
        return f"{sign}{text}{_CLOSE}"

    def paths(self, text: str) -> Iterator[tuple[str, Path]]:
        """Each character of a text with marks, and the places that it stands in."""
        path: list[Place] = []
        for character in text:
            if character == _CLOSE:
                path.pop()
            elif _is_mark(character):
                path.append(self._places[ord(character) - _FIRST])
            else:
                yield character, tuple(path)


def _is_mark(character: str) -> bool:
    return character == _CLOSE or _FIRST <= ord(character) <= _LAST


def unmarked(text: str) -> str:
    """A text without its marks."""
    return "".join(character for character in text if not _is_mark(character))


class _MarkingSandbox(Sandbox):
    """The environment of templates, in which every output of one field is put between that field's marks."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for output in template.find_all(nodes.Output):
            output.nodes = [_placed(node) for node in output.nodes]
        return template


def _placed(node: nodes.Expr) -> nodes.Expr:
    """An output between the marks of its field; as it is where it is of several fields, or says an entry."""
    names = dict.fromkeys(name.name for name in node.find_all(nodes.Name) if name.ctx == "load")
    if isinstance(node, nodes.Name):
        names = {node.name: None}
    found = [name for name in names if name not in ("say", "plural")]
    says = any(isinstance(call.node, nodes.Name) for call in _calls(node))
    if len(found) != 1 or says:
        return node
    return nodes.Filter(node, "placed", [nodes.Const(found[0])], [], None, None)


def _calls(node: nodes.Expr) -> Iterator[nodes.Call]:
    if isinstance(node, nodes.Call):
        yield node
    yield from node.find_all(nodes.Call)


# ---- a narrative once more ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """A narrative with marks, kept for the next question about the same one."""

    picture: AccountPicture
    register: Register
    wording: Wording
    talk: bool
    marking: MarkingWording | None
    texts: Mapping[str, str]


_MOST_KEPT = 4
_kept: list[_Told] = []


def paths_of(key: str, text: str, narrative: Narrative, wording: Wording) -> tuple[Path, ...]:
    """For each character of a statement's text the places that it stands in; () where that is not known.

    The first of them is the statement itself, by the beginning of its key: "workflow-target".
    """
    told = _told(narrative, wording)
    if told.marking is None or key not in told.texts:
        return ()
    found = list(told.marking.paths(told.texts[key]))
    same = "".join(character for character, _ in found).casefold() == text.casefold() and len(found) == len(text)
    around = Place(key.partition(":")[0])
    return tuple((around, *path) for _, path in found) if same else ()


def _told(narrative: Narrative, wording: Wording) -> _Told:
    picture, register = narrative.picture, narrative.register
    talk = any(key.startswith("talk:") for key in narrative.statements)
    for each in _kept:
        if each.picture is picture and each.wording is wording and each.register is register and each.talk == talk:
            return each
    found = _tell(picture, register, wording, talk)
    _kept[:] = [found, *_kept][:_MOST_KEPT]
    return found


def _tell(picture: AccountPicture, register: Register, wording: Wording, talk: bool) -> _Told:
    marking = MarkingWording(wording)
    try:
        said = narrate(picture, register, marking)
        if talk:
            said = narrate_talk_track(said, narrate(picture, Register.DECK, marking), marking)
    except (QbrgenError, ValueError, KeyError, IndexError, TooLongError):
        return _Told(picture, register, wording, talk, None, {})
    return _Told(picture, register, wording, talk, marking, {key: each.text for key, each in said.statements.items()})
