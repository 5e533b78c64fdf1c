"""What the lint finds: one sign of a generated document at one place of a deck."""

from __future__ import annotations

from dataclasses import dataclass

# The code of each finding → the sign (1 to 12) that it is one of. docs/lint.md defines them.
SIGNS = {
    "rule-under-title": 1,
    "striped-card": 2,
    "emoji-icon": 3,
    "title-missing": 4,
    "title-topic": 4,
    "title-repeated": 4,
    "title-figure": 4,
    "equal-cards": 5,
    "same-geometry": 5,
    "centred-text": 6,
    "size-off-scale": 7,
    "size-below-floor": 7,
    "shrunk-text": 7,
    "leftover": 8,
    "empty-placeholder": 8,
    "office-theme": 9,
    "legend": 9,
    "default-chart": 9,
    "chart-picture": 9,
    "share-without-count": 10,
    "share-decimals": 10,
    "overflow": 11,
    "overlap": 11,
    "off-slide": 11,
    "margin": 11,
    "lonely-word": 11,
    "gradient": 12,
    "shadow": 12,
    "filler": 12,
    "thank-you": 12,
}


@dataclass(frozen=True, slots=True)
class SignFound:
    """One finding. slide: its number from 1, 0 for the deck as a whole; shape: its name, "" where it is the slide."""

    code: str
    slide: int
    shape: str
    what: str
    fix: str

    @property
    def sign(self) -> int:
        """Which of the twelve signs."""
        return SIGNS[self.code]

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Sorts findings as a reader goes through the deck."""
        return (self.slide, self.sign, self.code, self.shape)
