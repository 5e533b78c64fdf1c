"""Whatever qbrgen itself says passes its own test of figures; whatever anybody types is answered."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pictures import picture
from random_pictures import pictures

from qbrgen.listen.judge import Judgement, judge
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.tell import Answer
from qbrgen.listen.words import MOST_CHARACTERS, clean
from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import load_wording
from qbrgen.score.picture import AccountPicture

WORDING = load_wording(None, "en-GB")
LEXICON = Lexicon(WORDING)
REFERENCE = picture()
often = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # to shrink a whole picture takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def told(found: Judgement) -> list[str]:
    answer = Answer(found, WORDING)
    return [answer.figure(each) for each in found.figures] + [answer.claim(each) for each in found.claims]


@often
@given(pictures(), st.sampled_from(list(Register)))
def test_what_qbrgen_says_is_never_called_wrong(of: AccountPicture, register: Register) -> None:
    said = narrate(of, register, WORDING).text("sentence")
    found = judge(said, of, LEXICON)
    assert not found.wrong, (said, told(found))
    assert not found.unverified, (said, told(found))
    assert not found.presence, said


@often
@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    found = judge(text, REFERENCE, LEXICON)
    for line in Answer(found, WORDING).lines():
        assert line.text == clean(line.text)  # nothing in it that a terminal would obey
    assert found.passes == (not found.missing and found.figures_agree)


PIECES = [
    "5 of 7 ",
    "reps ",
    "80% ",
    "£1.2m ",
    "sequences ",
    "from ",
    "to ",
    "; ",
    ", ",
    "two ",
    "not yet active ",
    "every week ",
]


@often
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_order_of_what_it_listens_for_is_answered(text: str) -> None:
    Answer(judge(text, REFERENCE, LEXICON), WORDING).record()


MORE = ("reps 5 ", "a", "1", "%", "manual email time rose by 3% ", "(", ". ", "\x1b")


@pytest.mark.parametrize("piece", [*PIECES, *MORE])
def test_the_longest_text_takes_no_more_than_seconds(piece: str) -> None:
    began = time.process_time()  # of this process alone, however busy the machine
    Answer(judge((piece * MOST_CHARACTERS)[:MOST_CHARACTERS], REFERENCE, LEXICON), WORDING).lines()
    assert time.process_time() - began < 10
