"""The lint's word lists: templates/lint/words.yml."""

from __future__ import annotations

from functools import lru_cache

from qbrgen.lint.model import Words
from qbrgen.resources import templates_dir


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Every list, folded to lower case."""
    import yaml

    text = (templates_dir() / "lint" / "words.yml").read_text(encoding="utf-8")
    lists = {key: [str(word).lower() for word in words] for key, words in yaml.load(text, yaml.BaseLoader).items()}
    verbs, numbers = frozenset(lists.pop("verbs")), frozenset(lists.pop("numbers"))
    return Words(verbs=verbs, numbers=numbers, **{key: tuple(words) for key, words in lists.items()})
