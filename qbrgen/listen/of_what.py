"""Of what a share is said to be: "80% of the reps run …" is of people, "80% of calls run through …" of another work.

In: a text as heard, the account, and what is named in each part of the text. Out: whether a share may be held against a
workflow's figure at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qbrgen.listen.figure import Figure, Sort
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.naming import Heard, Mention
from qbrgen.listen.words import Kind, clean
from qbrgen.score.picture import AccountPicture

_NEXT = 3  # tokens after a figure within which its noun begins


class OfWhat:
    """Reads the noun of a share."""

    def __init__(
        self,
        heard: Heard,
        picture: AccountPicture,
        lexicon: Lexicon,
        mentions: Mapping[tuple[int, int], Sequence[Mention]],
    ) -> None:
        self.heard = heard
        self.lexicon = lexicon
        self._mentions = mentions
        self._works = _stems_of_works(picture, lexicon)

    def people(self, figure: Figure) -> bool:
        """Whether a share is of people: "80% of the reps run …", and not "80% of the reps' touches"."""
        part = self._mentions.get(self.heard.part_of(figure.first), [])
        after = [m for m in part if m.key.startswith("persona:") and 0 < m.first - figure.last <= _NEXT]
        end = max((m.last for m in after), default=-1)
        if end < 0 or end + 1 >= len(self.heard.tokens):
            return True
        own = self.heard.written(end, end)
        return not own.endswith(("'", "’", "'s", "’s")) and not self._typed_after(end)

    def _typed_after(self, place: int) -> bool:
        """Whether what is counted stands right after a token: "80% of rep touches", "the reps' touches"."""
        following = self.heard.tokens[place + 1]
        marks = self.heard.text[self.heard.tokens[place].end : following.start]
        names = set().union(*self._works.values()) if self._works else set()
        return "'" in marks or "’" in marks or following.stem in names

    def another(self, figure: Figure, key: str) -> bool:
        """Whether a share is said to be of what another workflow counts: "80% of calls run through sequences"."""
        if figure.sort is not Sort.SHARE or key not in self._works:
            return False
        of = self.lexicon.only("of").at(self.heard.tokens, figure.last + 1)
        start = of.last + 1 if of else figure.last + 1
        if not of and not figure.word:
            return False
        there = self.heard.tokens[start : start + _NEXT]
        noun = next((t.stem for t in there if t.kind is Kind.WORD and t.stem not in self.lexicon.common), "")
        others = {stem for other, stems in self._works.items() if other != key for stem in stems}
        subject = self.heard.subjects.get(key)
        mine = {stem for form in subject.forms for stem in form.stems} if subject else set()
        return noun in others and noun not in self._works[key] | mine


def _stems_of_works(picture: AccountPicture, lexicon: Lexicon) -> dict[str, set[str]]:
    """What the shares of each workflow are of: "outbound touches"."""
    texts = {f"workflow:{workflow.id}": workflow.word("of") for workflow in picture.workflows}
    return {key: set(lexicon.content(lexicon.reader.tokens(clean(of)))) for key, of in texts.items() if of}
