"""Plurals for proposals: of English nouns that have one. What is no such noun keeps its own text.

Titles and events come in any language, and a rule that adds an s makes words that nobody says ("filialleiters",
"overtimes"). So a job title has a plural only where its head is a noun of `HEADS`; everyone else is called by their
title in quotation marks.
"""

from __future__ import annotations

import re

from qbrgen.draft.title_words import word_set

# Nouns for one who does something, as the head of a job title; longer words may end with those of _ENDINGS.
HEADS = word_set(
    """accountant actor actuary administrator advisor adviser agent analyst animator apprentice architect artist
    assistant assessor associate attendant attorney auditor author baker banker barista biller biologist broker builder
    buyer captain carer caregiver caretaker carpenter cashier chef chemist chief chiropractor cleaner clerk clinician
    coach coder commander consultant contractor controller comptroller cook coordinator copywriter counsellor counselor
    courier curator dean dealer dentist designer developer dietitian director dispatcher distributor doctor driver
    economist editor educator electrician employee engineer entrepreneur estimator evangelist examiner executive expert
    facilitator farmer fellow firefighter fitter founder gardener glazier grower guard guide handler head host
    hygienist illustrator inspector installer instructor intern interpreter investigator investor journalist judge
    keeper lawyer lead leader lecturer librarian loader machinist maker manager marketer matron mechanic mediator mentor
    merchandiser merchant messenger midwife moderator modeler modeller musician negotiator notary nurse
    nutritionist
    officer operator optician organiser organizer owner packer painter paralegal paramedic partner pharmacist
    photographer physician physicist physio physiotherapist picker pilot planner plumber porter practitioner presenter
    president principal printer processor producer professor programmer psychologist publisher rancher ranger realtor
    receptionist recruiter registrar reporter representative researcher resident reviewer roofer sailor scheduler
    scholar scientist secretary seller server solicitor sommelier specialist statistician steward stocker strategist
    student supervisor surgeon surveyor tailor teacher technician technologist tester therapist trader trainee trainer
    translator treasurer tutor underwriter vendor waiter waitress warden welder worker writer"""
)
_ENDINGS = (
    *("keeper", "grapher", "ologist", "maker", "worker", "writer", "person", "man", "woman", "fighter"),
    *("therapist", "iatrist", "smith", "holder"),
)
_LONGEST_START = 12  # letters before such an ending
_LINKS = (" of ", " for ", " in ", " to ")
UNCOUNTABLE = word_set(
    """overtime access advice attendance billing cash clothing code compliance content data equipment evidence feedback
    finance furniture hardware information infrastructure inventory knowledge mail maintenance marketing media money
    payroll progress research revenue software spend staff stock storage support time traffic training travel weather
    work onboarding offboarding forecasting hiring coaching shipping pricing packaging scheduling planning reporting
    recruiting accounting staffing feed stuff homework waste health safety music literature luggage baggage freight
    fuel energy electricity water gas sales operations"""
)
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "midwife": "midwives"}
_IRREGULAR |= {"quiz": "quizzes", "shelf": "shelves", "leaf": "leaves", "foot": "feet", "criterion": "criteria"}


def head_of(one: str) -> tuple[str, str]:
    """(what is put in the plural, what stays after it): "head of sales" → "head", " of sales"."""
    places = [place for link in _LINKS if (place := one.find(link)) > 0]
    return (one[: min(places)], one[min(places) :]) if places else (one, "")


def is_countable_title(one: str) -> bool:
    """Whether a job title in lower case ends in an English noun for one who does something."""
    word = head_of(one)[0].rsplit(maxsplit=1)[-1]
    return word in HEADS or any(word.endswith(end) and len(word) - len(end) <= _LONGEST_START for end in _ENDINGS)


def plural(one: str) -> str:
    """An English noun phrase in the plural; one that has none stays as it is."""
    head, rest = head_of(one)
    before, _, word = head.rpartition(" ")
    return f"{before} {_many(word)}{rest}".lstrip()


def _many(word: str) -> str:
    if word in UNCOUNTABLE:
        return word
    for end, many in _IRREGULAR.items():
        if word == end or (word.endswith(end) and end in ("man", "woman", "person") and word != "human"):
            return word.removesuffix(end) + many
    if word.endswith("sis"):
        return f"{word[:-2]}es"
    if word.endswith(("ss", "us", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if re.search(r"(?:[^aeiou]|qu)y$", word) else f"{word}s"


def singular(many: str) -> str:
    """An English noun phrase in the singular, of those that the families of titles have."""
    if many.endswith("ies"):
        return f"{many[:-3]}y"
    return many[:-1] if many.endswith("s") and not many.endswith("ss") else many
