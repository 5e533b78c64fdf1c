"""qbrgen.yml and the data files that it names: every problem with its line, all in one run."""

from __future__ import annotations

import pytest

from qbrgen.define.json_schema import json_schemas
from qbrgen.define.model.settings import Rules, ScoreWeights
from qbrgen.define.model.sources import EachRow
from qbrgen.errors import Level

SETTINGS = "qbrgen.yml"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "fix"),
    [
        ("Europe/London", "Europe/Londn", "unknown-time-zone", 2, "'Europe/London'"),
        ("Europe/London", "../etc/passwd", "unknown-time-zone", 2, "Europe/London"),
        ("Europe/London", "new york", "unknown-time-zone", 2, "'America/New_York'"),
        ("Europe/London", "Europe", "unknown-time-zone", 2, "Europe/"),
        ("vendor: Halyard", "vendr: Halyard", "unknown-key", 1, "Did you mean 'vendor'?"),
        ("vendor: Halyard\n", "", "missing-key", 1, "`vendor:`"),
        ("vendor: Halyard", 'vendor: ""', "missing-key", 1, "name"),
        ("currency: GBP", "currency: pounds", "not-a-currency", 3, "GBP"),
        ("currency: GBP", "fiscal_year_starts: Febuary", "month-unknown", 3, "'February'"),
        ("currency: GBP", "fiscal_year_starts: 13", "month-unknown", 3, "February or 2"),
        ("currency: GBP", "paper: A5", "paper-unknown", 3, "A4 or Letter"),
        ("currency: GBP", "locale: xx-YY", "unknown-locale", 3, "en-GB"),
        ("currency: GBP", "as_of: yesterday", "date-not-readable", 3, "2026-10-16"),
        ("currency: GBP", "as_of: 2026-01-01\ndata_start: 2026-02-01", "dates-reversed", 3, "Correct one"),
        (
            "currency: GBP",
            "closed_weeks: [2026-W52, 2025-W53]",
            "week-not-readable",
            3,
            "2025 has the weeks W01 to W52",
        ),
        ("currency: GBP", "closed_weeks: [2026-W54]", "week-not-readable", 3, "2026 has the weeks W01 to W53"),
        ("currency: GBP", "closed_weeks: 2027-01-01", "week-not-readable", 3, "of this day is 2026-W53"),
        ("currency: GBP", "closed_weeks: Christmas", "week-not-readable", 3, "such as 2026-W52"),
        ("currency: GBP", "as_of: 2026-02-30", "date-not-readable", 3, "no such day"),
        ("currency: GBP", "as_of: 30.9.2026", "date-not-readable", 3, "2026-10-16"),
        ("currency: GBP", "fiscal_year_starts: 0", "month-unknown", 3, "February or 2"),
        ("currency: GBP", "as_off: 2026-09-30", "unknown-key", 3, "'as_of'"),
        ("Europe/London", "Lodnon", "unknown-time-zone", 2, "'Europe/London'"),
        ("Europe/London", "CEST", "unknown-time-zone", 2, "Write region and city"),
        ("Europe/London", "GMT+1", "unknown-time-zone", 2, "Write region and city"),
        ("currency: GBP", "rules: {active_shar: 70%}", "unknown-key", 3, "'active_share'"),
        ("currency: GBP", "rules: {new_units: 0}", "not-above-zero", 3, "such as"),
        ("currency: GBP", "rules: {score_weights: {deepth: 40}}", "unknown-key", 3, "Did you mean 'depth'?"),
        ("currency: GBP", "rules:\n  score_weights:\n    depth: -1", "not-a-weight", 5, "whole number of 0 or more"),
        ("currency: GBP", "rules:\n  score_weights:\n    depth: 40%", "not-a-weight", 5, "whole number of 0 or more"),
        ("currency: GBP", "rules:\n  score_weights:\n    depth: 0.5", "not-a-weight", 5, "whole number of 0 or more"),
        ("currency: GBP", "rules:\n  score_weights:\n    depth: much", "not-a-weight", 5, "such as 40"),
        ("currency: GBP", "rules:\n  score_weights:\n    depth: 1e9", "too-large", 5, "smaller"),
        (
            "currency: GBP",
            "rules:\n  score_weights: {breadth: 0, depth: 0, direction: 0}",
            "score-weights-zero",
            4,
            "one above 0",
        ),
        ("currency: GBP", "rules: {score_weights: [40, 40]}", "model-type", 3, "key: value"),
        ("currency: GBP", "accounts: {from_table: true, playbook: slaes}", "unknown-playbook", 3, "'sales'"),
        (
            "user: user_id, account: account_id, event",
            "user: userid, account: account_id, event",
            "column-missing",
            7,
            "'user_id'",
        ),
        ("event: event}", "evnt: event}", "unknown-key", 7, "'event'"),
        ("file: data/events.csv", "file: data/evnts.csv", "file-missing", 6, "'events.csv'"),
        ("file: data/events.csv", "file: data/2026-*.csv", "file-missing", 6, "crm.csv"),
        ("file: data/events.csv", "file: data/events.pdf", "file-missing", 6, "'events.csv'"),
    ],
)
def test_a_wrong_setting_is_told_where_it_stands(workspace, old: str, new: str, code: str, line: int, fix: str) -> None:
    finding = workspace.change(SETTINGS, old, new).error(code)
    assert str(finding.where) == f"qbrgen.yml:{line}"
    assert fix in finding.fix


def test_a_workspace_that_is_not_there_says_how_to_name_one(tmp_path) -> None:
    from qbrgen.define.workspace import load_workspace
    from qbrgen.errors import InputError

    with pytest.raises(InputError, match="no folder"):
        load_workspace(tmp_path / "nothing")


def test_settings_that_are_missing_are_one_finding(workspace) -> None:
    assert [finding.code for finding in workspace.remove(SETTINGS).errors()] == ["file-missing"]


def test_a_workspace_needs_events(workspace) -> None:
    text = (workspace.root / SETTINGS).read_text()
    workspace.write(SETTINGS, text[: text.index("data:")])
    assert "`events:`" in workspace.error("no-events").fix


def test_a_workspace_needs_an_account(workspace) -> None:
    assert "accounts/NAME.yml" in workspace.remove("accounts/acme.yml").error("no-account").fix


def test_settings_have_the_defaults_of_the_method(workspace) -> None:
    settings = workspace.load().settings
    assert settings.rules == Rules()
    assert (settings.fiscal_year_starts, settings.locale, settings.theme) == (1, "en-GB", "plain")
    assert settings.paper == "A4"
    assert settings.time_zone_name == "Europe/London"


def test_settings_change_what_they_write(workspace) -> None:
    workspace.append(SETTINGS, "rules: {active_share: 60%, recent_units: 3}\nfiscal_year_starts: Feb\npaper: letter\n")
    settings = workspace.load().settings
    assert settings.rules == Rules(active_share=Rules().active_share * 4 / 5, recent_units=3)
    assert (settings.fiscal_year_starts, settings.paper) == (2, "Letter")


def test_a_weight_of_the_score_that_is_left_out_keeps_its_default(workspace) -> None:
    workspace.append(SETTINGS, "rules: {score_weights: {direction: 0, outcome: 25}}\n")
    assert workspace.load().settings.rules.score_weights == ScoreWeights(40, 40, 0, 25)


def test_an_editor_is_told_of_the_scores_weights() -> None:
    parts = json_schemas()["settings"]["$defs"]["ScoreWeightsWritten"]
    assert list(parts["properties"]) == ["breadth", "depth", "direction", "outcome"]
    assert {"type": "integer", "minimum": 0, "maximum": 100_000} in parts["properties"]["depth"]["anyOf"]


def test_a_column_of_our_own_name_needs_no_mapping(workspace) -> None:
    workspace.write("data/events.csv", "time,user,account,event\n")
    workspace.change(SETTINGS, "      columns: {time: at, user: user_id, account: account_id, event: event}\n", "")
    (events,) = workspace.load().settings.sources.events
    assert events.columns == {key: key for key in ("time", "user", "account", "event")}


def test_a_row_is_an_event_unless_its_file_says_that_it_is_a_week(workspace) -> None:
    (events,) = workspace.load().settings.sources.events
    assert events.each_row is EachRow.EVENT
    (events,) = workspace.change(SETTINGS, "      columns: {time", EACH_ROW).load().settings.sources.events
    assert events.each_row is EachRow.WEEK
    assert events.columns["time"] == "at"
    finding = workspace.change(SETTINGS, "each_row: week", "each_row: weekly").error("unknown-choice")
    assert str(finding.where) == "qbrgen.yml:7"
    assert "Did you mean 'week'?" in finding.fix


def test_rows_that_stand_in_several_files_count_once_where_that_is_written(workspace) -> None:
    (events,) = workspace.load().settings.sources.events
    assert not events.same_rows_once
    written = workspace.change(SETTINGS, "      columns: {time", "      same_rows: once\n      columns: {time")
    (events,) = written.load().settings.sources.events
    assert events.same_rows_once
    assert "once" in workspace.change(SETTINGS, "same_rows: once", "same_rows: twice").error("unknown-choice").fix


EACH_ROW = "      each_row: week\n      columns: {time"


def test_a_column_that_nobody_named_is_asked_for(workspace) -> None:
    finding = workspace.change(SETTINGS, "time: at, ", "").error("column-not-mapped")
    assert str(finding.where) == "qbrgen.yml:7"
    assert "Add `time:` under `columns:`. The columns there are: at, user_id" in finding.fix.replace(
        "Did you mean 'at'? ", ""
    )


def test_a_pattern_names_every_file_that_fits(workspace) -> None:
    workspace.write("data/events-2.csv", "at,user_id,account_id,event\n")
    workspace.change(SETTINGS, "data/events.csv", "data/events*.csv")
    assert [table.path.name for table in workspace.load().settings.sources.events] == ["events-2.csv", "events.csv"]


def test_events_without_an_account_find_it_by_the_person(workspace) -> None:
    workspace.write("data/events.csv", "at,user_id,event\n")
    workspace.change(SETTINGS, "account: account_id, event", "event")
    (events,) = workspace.load().settings.sources.events
    assert "account" not in events.columns


def test_dates_that_do_not_parse_are_told_row_by_row_and_then_counted(workspace) -> None:
    rows = "".join(f"u-{n},acme,N,Account Executive,end of 2025,\n" for n in range(10, 342))
    told = [f for f in workspace.append("data/people.csv", rows).errors() if f.code == "date-not-readable"]
    assert len(told) == 21
    assert str(told[0].where) == "data/people.csv"
    assert told[0].what == "and 312 more like this (date-not-readable)."
    assert str(told[1].where) == "data/people.csv:4"
    assert told[1].what == "'end of 2025' in the column 'start' is not a date."
    assert "2026-10-16" in told[1].fix


def test_a_renewal_that_does_not_parse_sets_aside_the_account_of_its_row(workspace) -> None:
    workspace.write("accounts/beta.yml", "account: beta\nplaybook: sales\npeople: [{id: u-9, persona: reps}]\n")
    workspace.append("data/crm.csv", "beta,Beta,Priya Raman,1,Jan 27th or so\n")
    finding = workspace.reason("date-not-readable", "beta")
    assert (str(finding.where), finding.account) == ("data/crm.csv:3", "beta")
    assert list(workspace.load().accounts) == ["acme"]


def test_a_renewal_that_does_not_parse_is_of_no_matter_where_the_account_writes_its_own(workspace) -> None:
    workspace.change("data/crm.csv", "2027-01-31", "soon").append("accounts/acme.yml", "renewal: 2027-01-31\n")
    finding = workspace.told("date-not-readable")
    assert (str(finding.where), finding.level) == ("data/crm.csv:2", Level.WARNING)


def test_a_column_most_of_whose_renewals_do_not_parse_is_an_error_of_the_workspace(workspace) -> None:
    workspace.append("data/crm.csv", "beta,Beta,Priya Raman,1,soon\ngamma,Gamma,Priya Raman,1,late\n")
    told = [finding for finding in workspace.errors() if finding.code == "date-not-readable"]
    assert [str(finding.where) for finding in told] == ["data/crm.csv:3", "data/crm.csv:4"]


def test_revenue_that_is_no_amount_is_left_out_with_a_warning(workspace) -> None:
    finding = workspace.change("data/crm.csv", "184000", "about 180k").told("not-money")
    assert (str(finding.where), finding.level) == ("data/crm.csv:2", Level.WARNING)
    assert workspace.load().accounts["acme"].arr is None


def test_revenue_without_a_currency_is_left_out_with_a_warning(workspace) -> None:
    assert "`currency:`" in workspace.change(SETTINGS, "currency: GBP\n", "").told("money-without-currency").fix


def test_two_rows_of_one_account_that_differ_set_it_aside(workspace) -> None:
    finding = workspace.append("data/crm.csv", "acme,Acme,Someone else,1,\n").reason("account-twice")
    assert str(finding.where) == "data/crm.csv:3"


def test_ready_made_values_are_read_and_checked(workspace) -> None:
    workspace.append(
        SETTINGS, "  values:\n    - file: data/v.csv\n      columns: {account: a, metric: m, time: t, value: v}\n"
    )
    workspace.write("data/v.csv", "a,m,t,v\nacme,x,2026-07-01,12.5\nacme,x,July,many\n")
    found = {finding.code: str(finding.where) for finding in workspace.errors()}
    assert found == {"date-not-readable": "data/v.csv:3", "not-a-number": "data/v.csv:3"}
    workspace.write("data/v.csv", "a,m,t\n")
    assert "no column 'v' (value)" in workspace.error("column-missing").what
    workspace.change(SETTINGS, ", value: v}", "}")
    assert "which column of data/v.csv is the value" in workspace.error("column-not-mapped").what


@pytest.mark.parametrize("file", ["events", "people"])
def test_columns_that_stand_on_a_later_line_are_told_once_with_that_line(workspace, file: str) -> None:
    path = workspace.root / f"data/{file}.csv"
    workspace.write(f"data/{file}.csv", f"Export of all\n2026-10-01\n\n{path.read_text(encoding='utf-8')}")
    (finding,) = (each for each in workspace.errors() if each.level is Level.ERROR)
    assert finding.code == "column-missing"
    assert finding.fix == "Line 4 looks like the header: write `read: {header: 4}` beside `file:`."


def test_a_table_that_cannot_be_used_is_told_once_and_not_by_every_account(workspace) -> None:
    workspace.change(SETTINGS, "{user: user_id, account: account_id, name", "{user: user, account: account_id, name")
    workspace.change(SETTINGS, "{account: id,", "{account: ids,")
    assert [finding.code for finding in workspace.errors()] == ["column-missing", "column-missing"]


def test_problems_of_several_files_are_told_together_in_order(workspace) -> None:
    workspace.change(SETTINGS, "Europe/London", "Europe/Londn")
    workspace.change("playbooks/sales.yml", "target: 90%", "target: regularly")
    workspace.change("data/people.csv", "2026-01-05", "5 January")
    workspace.write("accounts/beta.yml", "account: beta\nplaybok: sales\n")
    workspace.append("accounts/acme.yml", "overrides: {personas: {rep: {target: 50%}}}\n")
    told = [(finding.code, str(finding.where)) for finding in workspace.errors() if finding.level is Level.ERROR]
    assert told == [
        ("unknown-persona", "accounts/acme.yml:12"),
        ("unknown-key", "accounts/beta.yml:2"),
        ("date-not-readable", "data/people.csv:2"),
        ("target-is-a-word", "playbooks/sales.yml:18"),
        ("unknown-time-zone", "qbrgen.yml:2"),
    ]
