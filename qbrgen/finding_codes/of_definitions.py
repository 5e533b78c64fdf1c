"""Settings, playbooks, accounts and recorded reviews."""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes.kind import EW, E, Kind, N, W

_FITS = "Write it as the message says."

_VALUES: Mapping[str, Kind] = {
    "bool-type": Kind(E, "A switch is neither true nor false.", "Write true or false."),
    "change-out-of-range": Kind(
        E, "A relative change below -100%, or beyond belief.", "Correct it, or write `value:`."
    ),
    "change-without-percent": Kind(E, "A relative change without its % sign.", "Write it as -30%."),
    "date-not-readable": Kind(
        EW,
        "A date that cannot be read for sure.",
        "Write it as 2026-10-16.",
        "Another day gives other figures: its account is set aside. Where most of a column is so, nothing is made.",
    ),
    "dates-reversed": Kind(E, "A last day lies before the first.", "Correct one of the two."),
    "does-not-fit": Kind(E, "A value of a shape that is not known here.", _FITS),
    "dict-type": Kind(E, "A mapping is expected.", "Write `key: value` lines under it."),
    "hidden-character": Kind(
        E,
        "A text holds a character that nobody can see.",
        "Take it out.",
        "Names with it look alike and are not; it could turn a sentence round.",
    ),
    "id-not-plain": Kind(E, "An id with blanks or signs in it.", "Use letters, digits, -, _ and dots."),
    "missing-key": Kind(E, "A key that must be there is not.", "Add it."),
    "model-type": Kind(E, "A mapping is expected.", "Write `key: value` lines under it."),
    "money-without-currency": Kind(
        W,
        "An amount has no currency; it is left out.",
        "Add `currency:` to qbrgen.yml.",
        "Amounts of which nobody knows the currency cannot be added.",
    ),
    "month-unknown": Kind(E, "A month that is none.", "Write its name, or its number from 1 to 12."),
    "not-a-change": Kind(E, "A relative change that is no number.", "Write it as -30%."),
    "not-a-currency": Kind(E, "A currency that is no code of three letters.", "Write it as GBP."),
    "not-a-number": Kind(E, "A figure that is no number.", "Write a number, such as 12.5."),
    "not-a-weight": Kind(E, "A weight of the score that is no whole number.", "Write a whole number from 0 to 1000."),
    "not-above-zero": Kind(E, "A number that must be above 0 is not.", "Write a number above 0."),
    "not-money": Kind(EW, "An amount that cannot be read.", "Write it as 184000 or 184000 GBP."),
    "not-text": Kind(
        E, "A text is expected.", "Write words; put quotes around them where they look like something else."
    ),
    "not-whole": Kind(E, "A number that must be whole is not.", "Write a whole number."),
    "paper-unknown": Kind(E, "A paper size that is not known.", "Write A4 or Letter."),
    "target-is-a-word": Kind(
        E,
        "A target is a word, such as 'regularly'.",
        "Write a share, such as 70%.",
        "Only a number can be reached or missed; with a word everyone is right afterwards.",
    ),
    "target-out-of-range": Kind(E, "A target is not above 0% and up to 100%.", "Write a share, such as 70% or 0.7."),
    "too-large": Kind(E, "A number beyond what anything here can mean.", "Correct it."),
    "unknown-choice": Kind(E, "A word that is none of those there are.", "Write one of those that the message lists."),
    "unknown-key": Kind(
        E,
        "A key that is not known at this place.",
        "Correct it, or take it out.",
        "A misspelt key would be left out without a word.",
    ),
    "unknown-locale": Kind(E, "A language that nobody knows.", "Write language and country, such as en-GB."),
    "unknown-time-zone": Kind(E, "A time zone that is not known.", "Write region and city, such as Europe/London."),
    "week-not-readable": Kind(E, "A week that cannot be read.", "Write it as 2026-W52."),
}

_PLAYBOOKS: Mapping[str, Kind] = {
    "chain-of-one": Kind(E, "A chain of fewer than two events.", "Name two or more, or use `frequency:`."),
    "draft": Kind(
        W,
        "A file is a draft, or holds one.",
        "Confirm what it says, then take `draft: true` out.",
        "Nobody has answered for it yet: every page made from it says DRAFT.",
    ),
    "no-event": Kind(E, "A workflow names no event to count.", "Write the event's name as it is in the data."),
    "no-personas": Kind(
        E, "A playbook, or an account after its overrides, has no persona.", "Name who must work differently."
    ),
    "no-playbook": Kind(E, "The workspace has no playbook.", "Write one as playbooks/NAME.yml."),
    "persona-not-specific": Kind(
        EW,
        "A persona's name does not say who they are.",
        "Name them by the work they answer for.",
        "'The sales team' works differently nowhere; seven quota-carrying reps can.",
    ),
    "persona-twice": Kind(E, "Two personas have the same id.", "Give each its own."),
    "persona-without-name": Kind(E, "A persona has no name.", "Add `name:`, in the plural."),
    "persona-without-target": Kind(
        E, "A persona has no target.", "Add `target:`, the share of its people to be active."
    ),
    "playbook-twice": Kind(E, "Two playbooks have the same id.", "Give each its own."),
    "playbook-unused": Kind(N, "A playbook that no account uses.", "Name it in an account's file, or delete it."),
    "presence-figure": Kind(
        EW,
        "A workflow, an impact or a text for the customer counts presence (logins, views).",
        "Name the work that produces the outcome.",
        "Being there produces nothing: an account can log in a lot and never do the work.",
    ),
    "presence-perhaps": Kind(
        N,
        "A name in a workflow that is likely a login in another language.",
        "Where it is work, leave it; else name the event of the work.",
    ),
    "target-of-two-kinds": Kind(E, "A workflow is counted in two ways.", "Keep one of them."),
    "target-without-kind": Kind(
        E, "A workflow does not say how it is counted.", "Add share, frequency, milestone, chain or value."
    ),
    "to-confirm-left-over": Kind(
        N, "Comments say '# to confirm' in a file that is no draft.", "Take them out, or write `draft: true` again."
    ),
    "unknown-metric": Kind(
        W,
        "A workflow's metric is in no table of values.",
        "Correct it, or add the table.",
        "The workflow has no data, in every account.",
    ),
    "unknown-persona": Kind(
        EW, "A persona that the playbook does not have.", "Write one of those that the message lists."
    ),
    "unknown-playbook": Kind(
        E, "A playbook that does not exist, or none is named.", "Write one of those that the message lists."
    ),
    "unknown-workflow": Kind(
        E, "An override of a workflow that the persona does not have.", "Correct it, or write `add: true`."
    ),
    "workflow-count": Kind(
        EW,
        "A persona has fewer than 3 or more than 5 workflows.",
        "Add those that produce the outcome, or keep those that matter most.",
        "One workflow proves little, and more than five are not followed.",
    ),
    "workflow-twice": Kind(E, "Two workflows of a persona have the same id.", "Give each its own."),
    "workflow-without-name": Kind(E, "A workflow has no name.", "Add `name:`."),
    "workflow-without-produces": Kind(
        E,
        "A workflow does not say what it produces.",
        "Add `produces:`, what the customer gets from it.",
        "What produces nothing that the customer bought is activity, not adoption.",
    ),
    "workflow-without-target": Kind(E, "A workflow has no target.", "Add `target:`, a number such as 70%."),
}

_ACCOUNTS: Mapping[str, Kind] = {
    "absence-ends-before-it-begins": Kind(E, "An absence ends before it begins.", "Correct one of the two days."),
    "account-twice": Kind(EW, "An account has two files, or two rows that differ.", "Keep one of them."),
    "account-without-people": Kind(
        EW,
        "An account has no people; it is set aside, or left out of a draft.",
        "List them in its file, or in the people data.",
        "Adoption is counted over people: without them there is nobody to be active.",
    ),
    "account-without-personas": Kind(
        EW,
        "None of an account's people is in a persona; it is set aside, or left out of a draft.",
        "Add their job titles to a persona's `titles:`.",
    ),
    "accounts-without-file": Kind(
        N,
        "Rows of the accounts table without a file of their own.",
        "Write one for each, or set `accounts: {from_table: true}`.",
    ),
    "action-is-no-plan": Kind(
        W,
        "An action without an owner or a date.",
        "Add `owner:` and `due:`.",
        "It is shown as no plan yet: nobody answers for it.",
    ),
    "goal-is-baseline": Kind(W, "The outcome's goal is its baseline.", "Correct one of the two."),
    "id-twice": Kind(E, "An id is used twice in one list.", "Give each its own."),
    "impact-of-two-kinds": Kind(E, "An impact has both a change and a value.", "Keep one of them."),
    "impact-without-date": Kind(W, "An impact has no date.", "Add `on:`.", "Nobody sees how old it is."),
    "impact-without-figure": Kind(E, "An impact has no figure.", "Add `change:` or `value:`."),
    "impact-without-source": Kind(
        W,
        "An impact without a source.",
        "Add `source:` and `by:`.",
        "It is not told, and becomes a gap: a figure that nobody stands behind convinces nobody.",
    ),
    "impact-without-value": Kind(E, "An impact has the figure before, and none after.", "Add `value:`."),
    "impact-without-witness": Kind(
        W, "Nobody stands behind an impact.", "Add `by:`.", "Nobody can be asked whether it is true."
    ),
    "internal-word": Kind(
        W, "A text that the customer reads holds a word for internal use (churn, risk).", "Say it otherwise."
    ),
    "name-not-agreed": Kind(
        W,
        "A text that the customer reads names a person, and names are not agreed.",
        "Write the role, or set `names_agreed: true` once the customer has agreed.",
    ),
    "names-shared": Kind(N, "Several accounts have the same name.", "They are told apart by their ids."),
    "no-account": Kind(E, "The workspace has no account.", "Write one as accounts/NAME.yml."),
    "no-accounts-table": Kind(
        E, "Accounts are to come from a table, and there is none.", "Add `accounts:` to `data:`."
    ),
    "overlapping-seats": Kind(
        W, "Two seats of a person in one persona overlap.", "End the first before the second begins."
    ),
    "person-in-two-accounts": Kind(
        N, "A person holds seats at two accounts at the same time.", "End the first seat where they have moved."
    ),
    "person-twice": Kind(E, "A person is listed twice in an account's file.", "Keep one entry, with `seats:`."),
    "person-without-id": Kind(E, "A listed person whose user id is not known.", "Add `id:`."),
    "person-without-persona": Kind(E, "A listed person in no persona.", "Add `persona:`."),
    "seat-ends-before-it-begins": Kind(E, "A seat ends before it begins.", "Correct one of the two days."),
    "seats-twice": Kind(E, "A person has `seats:` and a persona or days beside it.", "Move them into `seats:`."),
    "two-personas-at-once": Kind(
        E,
        "A person is in two personas on the same day.",
        "End the first seat before the second.",
        "They would count twice among the people of one account.",
    ),
    "unknown-end": Kind(
        E, "An action closes something that the account does not have.", "Write one of those that the message lists."
    ),
}

_SETTINGS: Mapping[str, Kind] = {
    "no-workspace": Kind(E, "There is no workspace where one was named.", "Name the folder that holds qbrgen.yml."),
    "score-weights-zero": Kind(E, "Every weight of the score is 0.", "Write at least one above 0."),
}

_REVIEWS: Mapping[str, Kind] = {
    "review-broken": Kind(
        W,
        "The record of a delivered review cannot be used.",
        "Mend it, or take it out of version control again.",
        "What was promised in it is not judged until it is mended.",
    ),
    "review-of-unknown-account": Kind(
        W, "A record of an account that the workspace does not have.", "Correct its `account:`, or delete it."
    ),
    "review-twice": Kind(W, "Two records of one account and period.", "Keep one of them."),
}

_WHAT_IF: Mapping[str, Kind] = {
    "what-if-ambiguous": Kind(E, "The name given to --what-if is that of several files.", "Write which."),
    "what-if-missing": Kind(E, "The file given to --what-if is not there.", "Name a changed copy of a definition."),
    "what-if-no-definition": Kind(E, "The file given to --what-if is no definition.", "Name a changed copy of one."),
    "what-if-nowhere": Kind(
        E, "The file given to --what-if stands in for nothing.", "Say for which: --what-if NAME=FILE."
    ),
    "what-if-present": Kind(N, "The workspace as it is has errors, so nothing can be compared.", "Mend them first."),
    "what-if-twice": Kind(E, "Two files stand in for the same one.", "Name one of them."),
}

KINDS: Mapping[str, Kind] = {**_SETTINGS, **_VALUES, **_PLAYBOOKS, **_ACCOUNTS, **_REVIEWS, **_WHAT_IF}
