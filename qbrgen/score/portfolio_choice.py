"""Which accounts a portfolio is about: those of some owners, of some segments, or all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qbrgen.audience import internal
from qbrgen.errors import Finding, InputError, Level
from qbrgen.load.nearest import instead_of, nearest
from qbrgen.score.picture import AccountPicture


@dataclass(frozen=True, slots=True)
class Choice:
    """owners, segments: those asked for, as the accounts write them; () for any. among: accounts there are in all."""

    owners: tuple[str, ...] = internal(default=())
    segments: tuple[str, ...] = internal(default=())
    among: int = internal(default=0)

    @property
    def is_all(self) -> bool:
        return not (self.owners or self.segments)

    def takes(self, picture: AccountPicture) -> bool:
        """Whether an account is among those asked for: of one of the owners, and in one of the segments."""
        by_owner = not self.owners or picture.owner in self.owners
        return by_owner and (not self.segments or picture.segment in self.segments)


def choice_of(pictures: Mapping[str, AccountPicture], owners: Iterable[str], segments: Iterable[str]) -> Choice:
    """The choice for what was typed; case and spaces around a name do not matter.

    Raises InputError with every unknown name and the nearest that there is, or where no account is left.
    """
    findings: list[Finding] = []
    found = Choice(
        _named(pictures, owners, "owner", lambda picture: picture.owner, findings),
        _named(pictures, segments, "segment", lambda picture: picture.segment, findings),
        len(pictures),
    )
    if not findings and pictures and not any(found.takes(picture) for picture in pictures.values()):
        what = f"No account of {' or '.join(found.owners)} is in {' or '.join(found.segments)}."
        findings.append(Finding(Level.ERROR, "no-such-accounts", what, "Leave out --owner or --segment."))
    if findings:
        raise InputError(findings)
    return found


def _named(
    pictures: Mapping[str, AccountPicture],
    typed: Iterable[str],
    kind: str,
    name_of: Callable[[AccountPicture], str],
    findings: list[Finding],
) -> tuple[str, ...]:
    """The names as the accounts write them, each once; what is unknown is added to the findings."""
    names = sorted({name_of(picture) for picture in pictures.values()} - {""})
    written: dict[str, list[str]] = {}
    for name in names:
        written.setdefault(name.strip().casefold(), []).append(name)
    chosen: list[str] = []
    for word in typed:
        known = [word] if word in names else written.get(word.strip().casefold(), [])
        chosen += known
        if not known:
            what = f"No account has the {kind} {word!r}."
            fix = f"{_by_part(word, names)}{instead_of(word, names, f'{kind}s')}"
            findings.append(Finding(Level.ERROR, f"unknown-{kind}", what, fix))
    return tuple(dict.fromkeys(chosen))


def _by_part(word: str, names: Iterable[str]) -> str:
    """ "Did you mean 'Tom Whitfield'? " for a first name alone; "" where the whole name is like one already."""
    whole = list(names)
    if nearest(word, whole):
        return ""
    parts = {part: name for name in reversed(whole) for part in name.split()}
    close = nearest(word, parts)
    return f"Did you mean '{parts[close]}'? " if close else ""
