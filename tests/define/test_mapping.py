"""`export:` and what goes with it: messages that name the right export, joins of small tables, accounts of all rows."""

from __future__ import annotations

EVENTS = "    - file: data/events.csv\n      columns: {time: at, user: user_id, account: account_id, event: event}\n"
TRACKS = "id,received_at,user_id,event,event_text,timestamp\n1,2026-07-02,u-1,touch,Touch,2026-07-01\n"
PENDO = "visitor_id,account_id,feature_id,timestamp,num_events\nu-1,acme,F1,2026-07-01,2\n"


def of_events(workspace, entry: str, text: str):
    """The workspace with these events and this entry in place of its own."""
    lines = "".join(f"{'    - ' if not number else '      '}{line}\n" for number, line in enumerate(entry.splitlines()))
    return workspace.change("qbrgen.yml", EVENTS, lines).write("data/events.csv", text)


def test_columns_that_nobody_mapped_are_told_with_the_export_that_they_look_like(workspace) -> None:
    finding = of_events(workspace, "file: data/events.csv", TRACKS).error("column-not-mapped")
    assert finding.what == "which columns of data/events.csv are the time and user of the events is not said."
    assert finding.fix.startswith("It looks like Segment: tracks, or the table of one event: write `export: segment`")
    workspace.change("qbrgen.yml", "- file: data/events.csv\n", "- file: data/events.csv\n      export: segment\n")
    table = workspace.load().settings.sources.events[0]
    assert table.columns == {"time": "timestamp", "user": "user_id", "event": "event_text", "id": "id"}


def test_what_stands_under_columns_goes_before_the_export(workspace) -> None:
    entry = "file: data/events.csv\nexport: segment\ncolumns: {time: received_at, event: event}"
    table = of_events(workspace, entry, TRACKS).load().settings.sources.events[0]
    assert table.columns["time"] == "received_at"
    assert table.columns["event"] == "event"
    assert table.columns["user"] == "user_id"


def test_a_wrong_export_is_told_with_the_columns_it_lacks_and_the_right_one(workspace) -> None:
    finding = of_events(workspace, "file: data/events.csv\nexport: amplitude", PENDO).error("export-does-not-fit")
    assert "is no 'amplitude' (Amplitude: events): it lacks the columns event_type, event_time," in finding.what
    assert finding.fix == "It looks like Pendo: feature_event (Fivetran): write `export: pendo-feature-events`."


def test_a_file_of_another_kind_is_told_where_it_belongs(workspace) -> None:
    tickets = "ticket_id,account_id,priority\n1,acme,High\n"
    finding = of_events(workspace, "file: data/events.csv", tickets).error("column-not-mapped")
    assert (
        finding.fix == "It looks like support tickets. Tickets are no work in the product, and name no one who did it."
    )
    people = "user_id,account_id,job_title\nu-1,acme,Rep\n"
    finding = workspace.write("data/events.csv", people).error("column-not-mapped")
    assert finding.fix.endswith("which holds no events: move it to `people:`, `export: people`.")


def test_an_unknown_export_is_told_with_the_nearest(workspace) -> None:
    finding = of_events(workspace, "file: data/events.csv\nexport: segmnt", TRACKS).error("unknown-export")
    assert finding.fix.startswith("Did you mean 'segment'? Those of events are: segment, amplitude, mixpanel")
    assert finding.where is not None
    assert finding.where.file == "qbrgen.yml"
    assert [each.code for each in workspace.errors()] == ["unknown-export"]


def test_an_export_that_holds_something_else_is_told(workspace) -> None:
    entry = "file: data/events.csv\nexport: salesforce-accounts"
    finding = of_events(workspace, entry, TRACKS).error("export-holds-other")
    assert finding.what == "'salesforce-accounts' (Salesforce: report of accounts) holds accounts, no events."
    assert finding.fix == "Move the entry to `accounts:`."
    workspace.change("qbrgen.yml", "export: salesforce-accounts", "export: pendo-features")
    assert "under `names:`" in workspace.error("export-holds-other").fix
    workspace.change("qbrgen.yml", "export: pendo-features", "export: tickets")
    assert "Tickets are no work" in workspace.error("export-holds-other").fix


def test_some_events_of_a_file_may_be_presence(workspace) -> None:
    of_events(workspace, "file: data/events.csv\nexport: segment", TRACKS)
    workspace.append("qbrgen.yml", "  presence:\n    - {file: data/events.csv, export: segment}\n")
    assert "under `only:`" in workspace.error("export-holds-other").fix
    workspace.change("qbrgen.yml", "export: segment}", "export: segment, only: [Signed In, Page*]}")
    table = workspace.load().settings.sources.presence[0]
    assert table.only == ("Signed In", "Page*")
    assert table.columns["event"] == "event_text"
    workspace.change(
        "qbrgen.yml", ", export: segment, only", ", columns: {time: timestamp, user: user_id, event: x}, only"
    )
    assert workspace.error("column-missing").what == "data/events.csv has no column 'x' (event)."


def test_without_a_column_of_accounts_every_row_may_be_of_one(workspace) -> None:
    text = "user_id,event_name,event_timestamp\nu-1,sequence_touch,2026-07-01 10:00\n"
    of_events(workspace, "file: data/events.csv\nexport: events\naccount: acme", text)
    assert workspace.load().settings.sources.events[0].of_account == "acme"
    workspace.change("qbrgen.yml", "account: acme", "account: acme\n      columns: {account: user_id}")
    assert workspace.error("account-twice-said").fix == "Keep one of the two."


def test_people_may_come_from_two_tables(workspace) -> None:
    entry = (
        "  people:\n    - file: data/people.csv\n      columns: {user: user_id, name: full_name, title: job_title}\n"
    )
    settings = (workspace.root / "qbrgen.yml").read_text()
    start, end = settings.index("  people:\n"), settings.index("  accounts:\n")
    workspace.write("qbrgen.yml", f"{settings[:start]}{entry}{settings[end:]}")
    assert workspace.error("column-not-mapped").fix.startswith("Add `account:` under `columns:`, or write `account:`")
    workspace.change("qbrgen.yml", "  people:\n", "  people:\n    - {file: data/members.csv}\n")
    workspace.write("data/members.csv", "user,account\nu-1,acme\nu-9,acme\n")
    people = {person.id: (person.name, person.title) for person in workspace.load().accounts["acme"].people}
    assert people == {"u-1": ("Jon Bell", "Account Executive")}
    told = workspace.told("people-without-account").what
    assert told == "1 person is of data/people.csv in no account by any other table of people; left out."


def test_of_two_rows_of_a_person_the_later_counts_and_it_is_told(workspace) -> None:
    people = (
        "user_id,account_id,full_name,job_title,seen\nu-1,acme,Jon,Intern,{}\nu-1,acme,Jon Bell,Account Executive,{}\n"
    )
    workspace.change("qbrgen.yml", ", from: start, to: end", ", updated: seen")
    for earlier, later in (
        ("2026-01-05", "2026-02-05"),
        ("2026-02-05 09:00:00", "2026-02-05T10:00:00.5Z"),
        ("9", "10"),
    ):
        workspace.write("data/people.csv", people.format(earlier, later))
        (person,) = workspace.load().accounts["acme"].people
        assert (person.name, person.title) == ("Jon Bell", "Account Executive"), (earlier, later)
        assert workspace.told("rows-superseded").where is not None


def test_a_name_that_is_not_clear_is_told_and_the_id_stays(workspace) -> None:
    entry = (
        "file: data/events.csv\nexport: pendo-feature-events\n"
        "names: {event: {file: data/features.csv, columns: {id: id, name: label}}}"
    )
    of_events(workspace, entry, PENDO).write("data/features.csv", "id,label\nF1,One\nF1,Two\nF2,Three\n")
    assert (
        workspace.told("names-unclear").what == "data/features.csv has several names for 'F1': they stay as they are."
    )
    workspace.change("qbrgen.yml", "name: label", "name: title")
    assert workspace.error("column-missing").fix.startswith("The columns there are: id, label")
    workspace.change("qbrgen.yml", "features.csv", "feature.csv")
    finding = workspace.error("file-missing")
    assert finding.where is not None
    assert finding.where.file == "qbrgen.yml"


def test_an_account_file_may_have_the_short_id_of_salesforce(workspace) -> None:
    workspace.change("accounts/acme.yml", "account: acme", "account: 0015g00000AbCdE")
    workspace.change("data/crm.csv", "acme,", "0015g00000AbCdEAAV,")
    workspace.write(
        "data/people.csv", (workspace.root / "data/people.csv").read_text().replace("acme", "0015g00000AbCdE")
    )
    assert list(workspace.load().accounts) == ["0015g00000AbCdEAAV"]
    assert len(workspace.load().accounts["0015g00000AbCdEAAV"].people) == 2
