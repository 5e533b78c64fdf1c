"""What the last review promised, and what came of it: each promise in full, in short, and all of them in one sentence.

A promise is judged by the target and the definition of that time (score/kept.py); where today's are others, that is
said. Internal actions are gone from the customer's picture before a word is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qbrgen.define.model.review import BrokenReview
from qbrgen.figures import Receipt
from qbrgen.narrate.grammar import NOT_ACTIVE, RHYTHM_KEYS, single
from qbrgen.narrate.people import needed
from qbrgen.narrate.teller import Teller
from qbrgen.narrate.wording import capital
from qbrgen.narrate.workflows import RECURRING, within_days
from qbrgen.period import Rhythm
from qbrgen.score.commitment import Commitment, CommitmentKind, CommitmentState, Unjudged
from qbrgen.score.facts.listed import REVIEW
from qbrgen.score.picture import AccountPicture, PersonaPicture, WorkflowPicture

STATE_KEYS = {
    CommitmentState.MISSED: "missed",
    CommitmentState.NOT_MEASURABLE: "not-measurable",
    CommitmentState.OPEN: "open",
    CommitmentState.KEPT: "kept",
}
SAID_ORDER = (
    CommitmentState.KEPT,
    CommitmentState.MISSED,
    CommitmentState.NOT_MEASURABLE,
    CommitmentState.OPEN,
)
"""The order within a sentence; lists and tables show the missed ones first."""
_WHY = {Unjudged.NO_DATA: "no-data", Unjudged.NO_ONE: "no-one", Unjudged.GONE: "gone", None: "unknown"}
_UNITS = {
    "weeks in seat": Rhythm.WEEK,
    "two-week units in seat": Rhythm.TWO_WEEKS,
    "months in seat": Rhythm.MONTH,
}
_IN_WORDS = 9
_MOST_NAMES = 4


def key_of(commitment: Commitment) -> str:
    """ "workflow/reps/same-day-replies": what its statements are called after "commitment:"."""
    return f"{commitment.kind.value}/{commitment.id}"


def promised(teller: Teller) -> tuple[Commitment, ...]:
    """What this reader may see of what was promised, the missed ones first; () where nothing was recorded."""
    found = teller.picture.commitments
    return found.all if found else ()


def tell_commitments(teller: Teller) -> None:
    """commitments; commitment:<kind>/<id> for each; commitment-what:, -who:, -target:, -then:, -came:, -counts:,
    -state: and -short: for tables; commitments-missed in short."""
    shown = promised(teller)
    if not shown:
        if teller.picture.commitments is not None:
            teller.leave_out("commitments", "nothing-promised")
        elif unread := unreadable(teller.picture):
            period = teller.wording.period(unread.period) if unread.period else ""
            teller.leave_out("commitments", "unreadable-review", period=period)
        else:
            teller.leave_out("commitments", "no-commitments")
        return
    receipts = [REVIEW, *(each.receipt for each in shown)]
    teller.tell_sentence("commitments", summed_up(teller, shown, "sum"), receipts)
    for each in shown:
        told = _Told(teller, each)
        key, from_ = key_of(each), [each.receipt]
        teller.tell(f"commitment:{key}", teller.sentences(told.full()), from_)
        for part, text in told.cells().items():
            teller.tell(f"commitment-{part}:{key}", text, from_)
    missed = sum(each.state is CommitmentState.MISSED for each in shown)
    if missed:
        teller.tell("commitments-missed", teller.say("promise.missed-of", n=missed, m=len(shown)), receipts)


def unreadable(picture: AccountPicture) -> BrokenReview | None:
    """The record of the last review before this one, where it is there and cannot be read."""
    return next((each for each in reversed(picture.broken_reviews) if each.period != picture.period), None)


def summed_up(teller: Teller, shown: Sequence[Commitment], form: str) -> str:
    """How many of how many came out how. form: "sum" as a sentence, "title" or "title-short"."""
    n = len(shown)
    counts = {state: sum(each.state is state for each in shown) for state in SAID_ORDER}
    said = [state for state, count in counts.items() if count]
    plain = form.partition("-")[0]
    if n == 1:
        return teller.say(f"promise.{plain}-one-{STATE_KEYS[said[0]]}")
    number = _number(teller, n, n)
    if len(said) == 1:
        return teller.say(f"promise.{plain}-{STATE_KEYS[said[0]]}", n=n, number=number)
    parts = [
        teller.say(f"promise.part-{STATE_KEYS[state]}", n=counts[state], number=_number(teller, counts[state], n))
        for state in said
    ]
    return teller.say(f"promise.{form}", number=number, parts=parts)


def missed_and_kept(teller: Teller, shown: Sequence[Commitment]) -> str:
    """A title for what is too mixed for one: how many were missed, and how many kept."""
    n = len(shown)
    missed, kept = (
        sum(each.state is state for each in shown) for state in (CommitmentState.MISSED, CommitmentState.KEPT)
    )
    none = teller.say("promise.nobody")
    return teller.say(
        "promise.title-shortest",
        number=_number(teller, n, n),
        missed=_number(teller, missed, n) if missed else none,
        kept=_number(teller, kept, n) if kept else none,
        m=missed or 1,
        k=kept or 1,
    )


def _number(teller: Teller, count: int, largest: int) -> str:
    """In words while the largest number of the sentence is, else all in figures."""
    return teller.wording.words(count) if largest <= _IN_WORDS else teller.wording.count(count)


def commitment_receipt(teller: Teller, receipt: Receipt) -> str:
    """By which review it was promised, and an action's date; "" for a receipt of anything else."""
    found = teller.picture.commitments
    each = next((one for one in found.all if one.receipt == receipt.id), None) if found else None
    if found is None or each is None:
        return ""
    day = teller.wording.date(found.recorded_on)
    said = [teller.say("promise.receipt", period=teller.wording.period(found.period), day=day)]
    if each.kind is CommitmentKind.ACTION and each.due:
        facts = {"done": each.done_on, "moved": each.moved_to}
        shown = {name: teller.wording.date(when) if when else "" for name, when in facts.items()}
        said.append(teller.say("promise.receipt-action", due=teller.wording.date(each.due), **shown))
    return teller.sentences(said)


@dataclass(frozen=True, slots=True)
class _Told:
    """One promise and its teller."""

    teller: Teller
    of: Commitment

    def full(self) -> list[str]:
        """Its sentences: what was promised and what came of it, who is not active, by what it is judged."""
        match self.of.kind:
            case CommitmentKind.ACTION:
                return [self._action("action")]
            case CommitmentKind.PEOPLE:
                said = [self._people(), self._not_active()]
            case CommitmentKind.WORKFLOW:
                said = [self._workflow()]
        return [*said, self._then()]

    def cells(self) -> dict[str, str]:
        """What a table says of it, by column; and a line for where there is no table."""
        of, teller = self.of, self.teller
        cells = {"state": teller.say(f"promise.state.{STATE_KEYS[of.state]}"), "who": of.owner}
        match of.kind:
            case CommitmentKind.ACTION:
                cells |= {
                    "what": capital(of.name),
                    "came": capital(self._done()),
                    "short": self._action("short-action"),
                }
                cells["target"] = teller.near(of.due) if of.due else ""
            case CommitmentKind.PEOPLE:
                cells["what"] = capital(teller.say("promise.cell-people", name=of.name))
                cells |= self._people_cells()
            case CommitmentKind.WORKFLOW:
                cells["what"] = capital(of.name)
                cells |= self._workflow_cells()
        return cells | {"then": self._then_in_short(), "short": capital(cells["short"])}

    # ---- people

    @property
    def _counted(self) -> tuple[int, int] | None:
        """(active, counted); None where nobody can be counted."""
        ratio = self.of.ratio
        return (int(ratio.numerator), int(ratio.denominator)) if ratio and ratio.denominator else None

    @property
    def _need(self) -> int:
        counted = self._counted
        return max(1, needed(self.of.target, counted[1])) if counted and self.of.target is not None else 0

    @property
    def _who(self) -> str:
        """The one person who counts."""
        persona = self.teller.persona(self.of.id)
        if persona is None or persona.counted != 1:
            return self.teller.say("promise.one-of", name=self.of.name)
        return single(self.teller, persona)

    @property
    def _one(self) -> str:
        """The one person who counts, for a line without a verb."""
        persona = self.teller.persona(self.of.id)
        return persona.one if persona else self.teller.say("promise.one-of", name=self.of.name)

    def _people(self) -> str:
        of, say = self.of, self.teller.say
        counted = self._counted
        if of.state is CommitmentState.NOT_MEASURABLE or counted is None:
            facts = {"target": self._target, "all": of.target == 1, "why": self._why("why")}
            return say("promise.people-unknown", **facts, name=of.name, stay=of.was_met)
        n, m = counted
        if m == 1:
            return say("promise.people-one", who=self._who, n=n, stay=of.was_met)
        return say("promise.people", n=n, m=m, need=self._need, name=of.name, stay=of.was_met)

    def _not_active(self) -> str:
        """Who is not, where the reader is told names and today's persona is the one that was counted."""
        persona = self.teller.persona(self.of.id)
        if not self.teller.with_names or self.of.state is not CommitmentState.MISSED or persona is None:
            return ""
        if (persona.active, persona.counted) != self._counted or persona.counted == 1:
            return ""
        idle = [person for state in NOT_ACTIVE for person in persona.with_state(state)]
        names = self.teller.shown_names(idle) if len(idle) <= _MOST_NAMES else []
        return self.teller.say("promise.not-active", names=names) if names else ""

    def _people_cells(self) -> dict[str, str]:
        say, counted = self.teller.say, self._counted
        if self.of.state is CommitmentState.NOT_MEASURABLE or counted is None:
            return self._unknown_cells()
        n, m = counted
        short = {"n": n, "m": m, "need": self._need, "name": self.of.name}
        return {
            "target": capital(say("promise.cell-some", n=self._need, m=m)),
            "came": capital(say("promise.cell-some", n=n, m=m)),
            "short": say("promise.short-people", **short)
            if m > 1
            else say("promise.short-people-one", one=self._one, n=n),
        }

    # ---- workflows

    @property
    def _target(self) -> str:
        return "" if self.of.target is None else self.teller.wording.target(self.of.target)

    @property
    def _value(self) -> str:
        return "" if self.of.value is None else self.teller.wording.percent(self.of.value, self.of.target)

    def _workflow(self) -> str:
        of, say = self.of, self.teller.say
        if of.state is CommitmentState.NOT_MEASURABLE:
            came = self._why("why")
        elif of.value is None:
            came = say("promise.came-nothing", period=self.teller.period)
        else:
            kept = of.state is CommitmentState.KEPT
            came = say("promise.came", value=self._value, counts=self._counts(), stay=of.was_met, kept=kept)
        facts = {"target": self._target, "whole": of.target == 1}
        return say("promise.workflow", **facts, what=self._what(), came=came, stay=of.was_met)

    def _what(self) -> str:
        """What the figure is a share of, in the playbook's words while it is still counted as it was."""
        workflow = self.teller.workflow(self.of.id)
        persona = self.teller.persona(workflow.persona) if workflow else None
        said = "" if self.of.counted_otherwise or workflow is None else self._in_its_words(workflow, persona)
        return said or self.teller.say("promise.what-named", name=self.of.name)

    def _in_its_words(self, workflow: WorkflowPicture, persona: PersonaPicture | None) -> str:
        say, did = self.teller.say, workflow.word("did")
        if workflow.kind in ("share", "value") and workflow.word("of") and workflow.word("do"):
            return say("promise.what-share", of=workflow.word("of"), do=workflow.word("do"))
        if persona is None or not did:
            return ""
        if workflow.kind in RECURRING:
            who = single(self.teller, persona) if len(persona.people) == 1 else persona.name
            units = say(f"units.{RHYTHM_KEYS[persona.rhythm]}", n=2)
            return say("promise.what-recurring", units=units, who=who, did=did)
        if workflow.kind == "milestone":
            days = within_days(self.teller, workflow) or 0
            return say("promise.what-milestone", name=persona.name, did=did, days=days)
        return ""

    def _counts(self) -> str:
        """What the figure was counted from; "" for a ready-made value."""
        ratio, teller = self.of.ratio, self.teller
        if ratio is None:
            return ""
        n, m = (teller.wording.count(each) for each in (ratio.numerator, ratio.denominator))
        if self.of.unit == "people":
            return teller.say("counts.people", n=n, m=m, one=ratio.denominator == 1)
        if self.of.unit in _UNITS:
            units = teller.say(f"units.{RHYTHM_KEYS[_UNITS[self.of.unit]]}", n=ratio.denominator)
            return teller.say("counts.units", n=n, m=m, units=units, one=ratio.denominator == 1)
        return teller.say("counts.plain", n=n, m=m)

    def _workflow_cells(self) -> dict[str, str]:
        say = self.teller.say
        if self.of.state is CommitmentState.NOT_MEASURABLE:
            return self._unknown_cells()
        came = self._value or say("promise.cell-nothing")
        short = say("promise.short-workflow", name=self.of.name, came=came, target=self._target)
        return {"target": self._target, "came": capital(came), "counts": self._counts(), "short": short}

    # ---- actions

    def _action(self, form: str) -> str:
        of = self.of
        day = self.teller.near(of.due) if of.due else ""
        return self.teller.say(f"promise.{form}", action=of.name, owner=of.owner, day=day, came=self._done())

    def _done(self) -> str:
        of, say, near = self.of, self.teller.say, self.teller.near
        if of.done_on is not None:
            late = of.state is CommitmentState.MISSED
            return say("promise.done-late" if late else "promise.done", day=near(of.done_on))
        if of.dropped:  # nobody can tell whether it was done all the same
            came = say("promise.not-due" if of.state is CommitmentState.OPEN else "promise.not-noted")
            return say("promise.and-dropped", came=came)
        came = say("promise.not-due" if of.state is CommitmentState.OPEN else "promise.not-done")
        return say("promise.and-moved", came=came, day=near(of.moved_to)) if of.moved_to else came

    # ---- of people and workflows alike

    def _why(self, form: str) -> str:
        return self.teller.say(f"promise.{form}-{_WHY[self.of.why]}", period=self.teller.period)

    def _unknown_cells(self) -> dict[str, str]:
        name, came = self.of.name, self._why("cell")
        short = self.teller.say("promise.short-unknown", what=name, came=came)
        return {"target": self._target, "came": capital(came), "short": short}

    @property
    def _is_there(self) -> bool:
        """Whether today's definitions still have it."""
        return bool(self.teller.persona(self.of.id) or self.teller.workflow(self.of.id))

    def _then(self) -> str:
        """By which target and which definition it is judged, where today's are others."""
        of, say = self.of, self.teller.say
        if of.state is CommitmentState.NOT_MEASURABLE:
            return ""
        now = "" if of.target_now is None else self.teller.wording.target(of.target_now)
        if now and of.counted_otherwise:
            return say("promise.both-then", target=self._target, now=now)
        if now:
            return say("promise.target-then", target=self._target, now=now)
        if of.counted_otherwise:
            return say("promise.counted-then" if self._is_there else "promise.gone-then")
        return ""

    def _then_in_short(self) -> str:
        of, say = self.of, self.teller.say
        if of.state is CommitmentState.NOT_MEASURABLE:
            return ""
        now = "" if of.target_now is None else self.teller.wording.target(of.target_now)
        if now:
            return say("promise.cell-today-otherwise" if of.counted_otherwise else "promise.cell-today", now=now)
        if of.counted_otherwise:
            return say("promise.cell-otherwise" if self._is_there else "promise.cell-not-counted")
        return ""
