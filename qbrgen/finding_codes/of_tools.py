"""Spreadsheets, new accounts and `qbrgen init`."""

from __future__ import annotations

from collections.abc import Mapping

from qbrgen.finding_codes.kind import EN, E, Kind, N, W

KINDS: Mapping[str, Kind] = {
    # ---- the workbook ----
    "account-id-changed": Kind(
        E, "The id of an account was changed in the workbook.", "Put it back; its name may change."
    ),
    "account-set-aside": Kind(W, "A broken account is left out of the workbook.", "Mend it first."),
    "cell-from-elsewhere": Kind(
        EN, "A cell whose value comes from another file.", "Change it there, or write another value."
    ),
    "cell-is-error": Kind(E, "A cell holds an error (#REF!).", "Correct it."),
    "cell-is-formula": Kind(E, "A cell holds a formula.", "Write its value."),
    "cell-made-a-date": Kind(
        E, "A cell holds a date where a text or a number belongs.", "Write it as text: format the cell as Text first."
    ),
    "cell-made-a-number": Kind(
        E,
        "A cell holds a number where a text belongs, and digits were lost.",
        "Write it as text: format the cell as Text first.",
    ),
    "cell-missing": Kind(E, "A new row lacks what it must have.", "Fill the cell."),
    "cell-not-taken": Kind(
        E, "A cell would not come out as it stands in the workbook.", "Change it in the account's file itself."
    ),
    "cells-merged": Kind(E, "Cells of the workbook are merged.", "Take them apart."),
    "changed-in-both": Kind(E, "A cell was changed in the workbook and in the workspace.", "Choose with --prefer."),
    "changed-meanwhile": Kind(E, "A file changed while the workbook was read in.", "Run the command again."),
    "changed-since-export": Kind(
        N, "Files of the workspace that have changed since the export.", "Nothing: what was changed there stays."
    ),
    "column-gone": Kind(N, "A column of the workbook was deleted; its values stay.", "Nothing."),
    "column-unknown": Kind(N, "A column that the workbook did not have; left out.", "Nothing."),
    "comment-left": Kind(N, "A comment stays in the file of which what it speaks of has gone.", "Look at it."),
    "date-is-a-number": Kind(E, "A cell holds a number where a day belongs.", "Write it as 2026-10-16."),
    "edited-but-gone": Kind(E, "A row was edited that is no longer in the workspace.", "Choose with --prefer."),
    "not-asked": Kind(E, "Nobody can be asked whether to write.", "Say --yes."),
    "not-editable": Kind(E, "A file that cannot be changed in parts.", "Change it by hand."),
    "not-yes-or-no": Kind(E, "A cell that is neither yes nor no.", "Write one of the two."),
    "people-become-own": Kind(
        W, "An account's people were those of a table, and become a list of its own.", "Add who joins later there, too."
    ),
    "row-gone": Kind(N, "A row is in neither any more.", "Nothing."),
    "row-is-fixed": Kind(E, "A row of targets was added or moved.", "Put it back; a playbook adds workflows."),
    "row-there-already": Kind(N, "A new row says what is there already.", "Nothing."),
    "rows-differ": Kind(E, "Rows of one person do not agree.", "Write it alike in each."),
    "sheet-gone": Kind(N, "A sheet of the workbook was deleted; what it held stays.", "Nothing."),
    "sheet-kind": Kind(E, "A file that is no workbook.", "Save it as .xlsx."),
    "sheet-not-ours": Kind(
        E, "A workbook that `qbrgen sheet export` did not write, or that lost its hidden sheet.", "Export it anew."
    ),
    "sheet-of-another": Kind(E, "A workbook of another workspace.", "Name its workspace with -w."),
    "sheet-twice": Kind(E, "Two sheets of a workbook have one purpose.", "Keep one."),
    "sheet-unknown": Kind(N, "A sheet that the workbook did not have; left out.", "Nothing."),
    "sheet-without-rows": Kind(E, "A sheet without its header.", "Export it anew."),
    "unknown-person": Kind(E, "A person whom the account does not have.", "Correct the id."),
    # ---- a new account, and init ----
    "account-not-in-data": Kind(
        W, "No table of the workspace knows the new account's id.", "See that it is that of the events."
    ),
    "answer-missing": Kind(E, "A question that must be answered was not.", "Give the answer, or leave --yes out."),
    "draft-not-reviewed": Kind(
        E, "What init has written cannot be reviewed yet.", "Correct what the message says, then `qbrgen check`."
    ),
    "many-files": Kind(E, "A folder with so many files that it is no export.", "Name the folder of the export itself."),
    "no-tables": Kind(E, "A folder without a data file.", "Name the one that the export lies in."),
    "no-terminal": Kind(E, "Nobody can be asked here.", "Say --yes, or run it in a terminal."),
    "no-work": Kind(
        E, "No event of the export tells of work; all show presence.", "Export the events of what people do."
    ),
    "not-replaced": Kind(
        E, "Files stay as they are, since nobody said that they may be replaced.", "Choose another folder."
    ),
    "option": Kind(E, "An option's value does not fit.", "Write it as the message says."),
    "person-unclear": Kind(
        E, "A person given as an option that cannot be read.", "Write 'u-1, Jon Bell, reps, 2026-01-05'."
    ),
    "would-replace": Kind(E, "A folder holds files that would be replaced.", "Choose another, or write --force."),
}
