"""A judgement and the words to tell it in, from the wording files (`sentence-test`)."""

from __future__ import annotations

from qbrgen.listen.facts import ACTIONS, GROUPS, PEOPLE, SCORE, WORKFLOWS
from qbrgen.listen.judge import Judgement
from qbrgen.narrate.wording import Wording
from qbrgen.score.picture import AccountPicture


class InWords:
    """What every line of the answer may say."""

    def __init__(self, judgement: Judgement, wording: Wording) -> None:
        self.judgement = judgement
        self.picture: AccountPicture = judgement.picture
        self.wording = wording

    def say(self, key: str, **facts: object) -> str:
        """Words of the test."""
        return self.wording.say(f"sentence-test.{key}", **facts)

    def subject(self, key: str) -> str:
        """What a key stands for, in words."""
        if key in self.judgement.heard.subjects:
            return self.judgement.heard.subjects[key].name
        if key in (PEOPLE, GROUPS, WORKFLOWS, ACTIONS, SCORE):
            return self.say(f"about.{key}")
        return self.say("about.account", name=self.picture.name)
