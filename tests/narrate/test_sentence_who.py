"""Who is active, in the one sentence: every case as a person says it."""

from __future__ import annotations

import dataclasses

import pytest
from pictures import REVIEWS, managers, persona, picture, workflow
from test_sentence import ACME

from qbrgen.narrate.statement import Register
from qbrgen.narrate.story import narrate
from qbrgen.narrate.wording import Wording, load_wording
from qbrgen.period import Rhythm
from qbrgen.score.picture import AccountPicture
from qbrgen.score.states import TargetState

ALL_ACTIVE = persona(active=7)
TOUCHES = workflow()
GROUPS = [
    persona(f"g{n}", f"{word} leads", f"{word} lead", active=n, lapsed=1, occasional=2, synonyms=())
    for n, word in ((9, "north"), (4, "south"), (2, "east"), (1, "west"))
]
JOBS = ("planner", "analyst", "buyer", "driver")

# (what is special, picture, the sentence)
WHO = [
    (
        "all of many, every week, and nothing left to plan",
        picture([ALL_ACTIVE], [TOUCHES]),
        "All 7 quota-carrying reps are active every week; 80% of outbound touches now run through sequences; the team "
        "estimates that has cut manual email time by roughly 30%.",
    ),
    (
        "both, and a month as the rhythm",
        picture([persona(active=2, rhythm=Rhythm.MONTH)], [TOUCHES], []),
        "Both quota-carrying reps are active in every month; 80% of outbound touches now run through sequences; what "
        "that produces is not stated yet.",
    ),
    (
        "not every week: the words follow the figure",
        picture([persona(active=5, not_yet=2, least=(10, 13)), managers()], [TOUCHES]),
        ACME.replace("every week", "in at least 10 of 13 weeks"),
    ),
    (
        "seats of different length: no count of weeks fits everyone",
        picture(
            [
                persona(active=5, not_yet=2, least=(10, 13)),
                persona("managers", "sales managers", "sales manager", active=1, least=(7, 8), synonyms=()),
            ],
            [TOUCHES],
        ),
        ACME.replace("every week", "in all but at most three of their weeks"),
    ),
    (
        "one person alone",
        picture([managers(active=1)], [REVIEWS], []),
        "The sales manager is active every week; they reviewed the pipeline board in 12 of 13 weeks; what "
        "that produces is not stated yet.",
    ),
    (
        "one person alone who is not active",
        picture([managers(not_yet=1)], [], [], []),
        "The sales manager is not active yet; no impact is stated yet; there is no plan yet.",
    ),
    (
        "nobody active, one group",
        picture([persona(not_yet=4)], [TOUCHES]),
        "None of the 4 quota-carrying reps is active yet; 80% of outbound touches now run through sequences; the team "
        "estimates that has cut manual email time by roughly 30%; there is a plan.",
    ),
    (
        "nobody active any more: no 'yet'",
        picture([persona(lapsed=2), managers(not_yet=1)], [], [], []),
        "Neither the two quota-carrying reps nor the sales manager is active; no impact is stated yet; the sales "
        "manager is not yet active and the two quota-carrying reps are no longer active, and there is no plan yet.",
    ),
    (
        "nobody active, two groups of one",
        picture([persona(not_yet=1), managers(not_yet=1)], [], [], []),
        "Neither the quota-carrying rep nor the sales manager is active yet; no impact is stated yet; there is no plan "
        "yet.",
    ),
    (
        "nobody active, in three ways: the states stay",
        picture([persona(lapsed=2, not_yet=1), managers(occasional=1)], [], [], []),
        "Neither the three quota-carrying reps nor the sales manager is active; no impact is stated yet; of the 4 "
        "people, 1 is not yet active, 2 are no longer active and 1 is active only now and then, and there is no plan "
        "yet.",
    ),
    (
        "the only one who counts is not active",
        picture([persona(not_yet=1, new=1)], [], [], []),
        "One quota-carrying rep has been there long enough to count, and is not active yet; one more rep "
        "is new; no impact is stated yet; there is no plan yet.",
    ),
    (
        "others are new",
        picture([persona(active=3, new=2), managers()], [TOUCHES], []),
        "All 3 quota-carrying reps who have been there long enough to count and the sales manager are active every "
        "week; two more reps are new; 80% of outbound touches now run through sequences; what that produces is not "
        "stated yet.",
    ),
    (
        "a group of which nobody is active, where the rest is added up",
        picture([persona(active=1, not_yet=2, lapsed=4), managers(lapsed=2)], [TOUCHES], [], []),
        "1 of 7 quota-carrying reps is active every week, but neither of the two sales managers is; 80% of outbound "
        "touches now run through sequences; what that produces is not stated yet; of the other 8 people, 2 are not "
        "yet active and 6 are no longer active, and there is no plan yet.",
    ),
    (
        "more groups than a sentence holds, and all of the rest are active",
        picture(
            [persona(f"g{n}", f"{name}s", name, active=n + 1, synonyms=()) for n, name in enumerate(JOBS)], [TOUCHES]
        ),
        "The planner, both analysts and all 7 people in two other groups are active every week; 80% of outbound "
        "touches now run through sequences; the team estimates that has cut manual email time by roughly 30%.",
    ),
    (
        "several groups, and all who are not active are so in one way",
        picture(
            [
                persona(active=3, occasional=2),
                managers(occasional=1),
                persona("ops", "analysts", "analyst", active=1, occasional=3),
            ],
            [TOUCHES],
            [],
            [],
        ),
        "3 of 5 quota-carrying reps and 1 of 4 analysts are active every week, but the sales manager is not; 80% of "
        "outbound touches now run through sequences; what that produces is not stated yet; the other 6 people are "
        "active only now and then, and there is no plan yet.",
    ),
    (
        "several groups, and all have stopped",
        picture(
            [persona(lapsed=2), managers(lapsed=2), persona("ops", "analysts", "analyst", lapsed=3)], [TOUCHES], [], []
        ),
        "Neither the two quota-carrying reps, the two sales managers nor the three analysts are active; 80% of "
        "outbound touches now run through sequences; what that produces is not stated yet; the 7 people are no longer "
        "active, and there is no plan yet.",
    ),
    (
        "nobody to count: all are new",
        picture([persona(new=4)], [TOUCHES]),
        "All 4 quota-carrying reps are new and are not counted yet; 80% of outbound touches now run through sequences; "
        "the team estimates that has cut manual email time by roughly 30%.",
    ),
    (
        "nobody to count: some new, some away",
        picture([persona(new=2), managers(away=1)], [], []),
        "No one can be counted yet: two people are new and one was away all quarter; no impact is stated yet.",
    ),
    (
        "nobody named",
        picture([persona(), managers(away=0)], [], []),
        "No one is named yet for the quota-carrying reps and sales managers; no impact is stated yet.",
    ),
    (
        "the only one who counts is not the only one there",
        picture([persona(active=1, new=2)], [TOUCHES], []),
        "The one quota-carrying rep to count is active every week; two more reps are new; 80% of outbound touches now "
        "run through sequences; what that produces is not stated yet.",
    ),
    (
        "two rhythms",
        picture(
            [persona(active=5), persona("ops", "analysts", "analyst", active=1, lapsed=2, rhythm=Rhythm.MONTH)],
            [TOUCHES],
            [],
            [],
        ),
        "All 5 quota-carrying reps are active every week, and 1 of 3 analysts in every month; 80% of outbound touches "
        "now run through sequences; what that produces is not stated yet; two analysts are no longer active, and "
        "there is no plan yet.",
    ),
    (
        "more groups than a sentence holds",
        picture(GROUPS, [dataclasses.replace(TOUCHES, persona="g9")], [], []),
        "9 of 12 north leads, 4 of 7 south leads and 3 of 9 people in two other groups are active every week; 80% of "
        "outbound touches now run through sequences; what that produces is not stated yet; of the other 12 people, 4 "
        "are no longer active and 8 are active only now and then, and there is no plan yet.",
    ),
    (
        "the feed is silent",
        picture([persona(no_data=7)], [workflow(done=None, state=TargetState.NO_DATA)], silent=True),
        "No data has come from Acme since 10 June 2026: either no one works in Halyard or the feed broke, and "
        "we need to "
        "find out which.",
    ),
    (
        "the feed never spoke",
        picture([persona(no_data=7)], [], silent=True, feed_last=None),
        "No data has ever come from Acme: either no one works in Halyard or the feed broke, and we need to find out "
        "which.",
    ),
]


@pytest.mark.parametrize(("of", "expected"), [case[1:] for case in WHO], ids=[case[0] for case in WHO])
def test_who_is_active_is_said_as_a_person_says_it(of: AccountPicture, expected: str, wording: Wording) -> None:
    assert narrate(of, Register.DECK, wording).text("sentence") == expected


@pytest.mark.parametrize(
    ("active", "words"),
    [
        ((9, 0, 0, 0), "9 of 12 north leads are active every week"),
        ((9, 4, 0, 0), "but none of the six east leads and west leads is"),
        ((9, 0, 2, 0), "but none of the 3 south leads is"),
    ],
)
def test_of_many_groups_those_who_do_nothing_are_not_passed_over(active: tuple[int, ...], words: str) -> None:
    words_of = ("north", "south", "east", "west")
    groups = [
        persona(f"g{n}", f"{name} leads", f"{name} lead", active=n, lapsed=1, occasional=2, synonyms=())
        for n, name in zip(active, words_of, strict=True)
    ]
    groups = [dataclasses.replace(group, id=f"g{place}") for place, group in enumerate(groups)]
    said = narrate(picture(groups, [TOUCHES], []), Register.LINE, load_wording(None, "en-GB")).text("sentence")
    assert words in said
    if active == (9, 0, 0, 0):
        assert "but none of the nine people in the three other groups is" in said
