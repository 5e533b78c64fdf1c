"""Whatever qbrgen itself says passes its own test of figures; whatever anybody types is answered."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pictures import picture
from test_any_picture import pictures

from qbrgen.listen.judge import Judgement, judge
from qbrgen.listen.lexicon import Lexicon
from qbrgen.listen.tell import Answer
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
