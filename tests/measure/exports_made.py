"""A workspace in which each vendor's export tells of one account: what people did is planned, each writer writes the
plan in its vendor's schema, and what is to be counted follows from the plan alone."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

MONDAY = date(2026, 6, 1)
WEEKS = 6
WORK, LOGIN = "deck_sent", "logged_in"
Cells = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """Something that someone did, `times` times."""

    who: str
    at: datetime
    what: str
    times: int = 1


def plan(*who: str) -> list[Act]:
    """Each does the work on Tuesdays (the first of them twice) and logs in on Mondays."""
    acts = []
    for number, name in enumerate(who):
        for week in range(WEEKS):
            monday = datetime.combine(MONDAY + timedelta(weeks=week), datetime.min.time(), UTC)
            acts.append(Act(name, monday + timedelta(hours=8, minutes=number), LOGIN))
            acts.append(Act(name, monday + timedelta(days=1, hours=9), WORK))
            if number == 0:
                acts.append(Act(name, monday + timedelta(days=1, hours=15), WORK))
    return acts


def weekly(acts: Sequence[Act]) -> Counter[tuple[str, str, date]]:
    """(who, what, Monday) → how often."""
    found: Counter[tuple[str, str, date]] = Counter()
    for act in acts:
        found[act.who, act.what, act.at.date() - timedelta(days=act.at.weekday())] += act.times
    return found


# ---- writing --------------------------------------------------------------------------------------------------------


def write_csv(path: Path, rows: Sequence[Cells], *, delimiter: str = ",", footer: Sequence[str] = ()) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        file.writelines(f'"{line}"\n' for line in footer)


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _lines(rows: Sequence[Cells]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def segment(data: Path) -> list[Act]:
    """CSV of tables of a warehouse, in capitals as Snowflake has them; the account comes from `groups`."""
    acts = plan("seg-1", "seg-2")
    late = timedelta(days=9)
    rows = [
        {
            "ID": f"call-{number}",
            "RECEIVED_AT": _iso(act.at + late),
            "ANONYMOUS_ID": "a",
            "EVENT": act.what,
            "EVENT_TEXT": act.what,
            "TIMESTAMP": _iso(act.at),
            "USER_ID": act.who,
        }
        for number, act in enumerate(acts)
    ]
    write_csv(data / "segment/tracks.csv", rows)
    write_csv(data / "segment/deck_sent.csv", [row | {"PAGES": "12"} for row in rows if row["EVENT"] == WORK])
    groups = [("seg-1", "old-one", 1), ("seg-1", "segment", 2), ("seg-2", "segment", 1)]
    write_csv(
        data / "segment/groups.csv",
        [
            {"id": number, "user_id": who, "group_id": of, "timestamp": f"2026-05-0{day} 10:00:00", "received_at": ""}
            for number, (who, of, day) in enumerate(groups)
        ],
    )
    told = [("seg-1", "Intern", "2026-01-01"), ("seg-1", "Rep", "2026-05-01"), ("seg-2", "Rep", "2026-05-01")]
    write_csv(
        data / "segment/identifies.csv",
        [
            {"id": number, "user_id": who, "received_at": f"{day} 10:00:00", "title": title, "name": who.upper()}
            for number, (who, title, day) in enumerate(told)
        ],
    )
    return acts


def amplitude(data: Path) -> list[Act]:
    """A zip of gzipped JSON lines, one file an hour."""
    acts = plan("amp-1", "amp-2")
    rows = [
        {
            "$insert_id": f"amp-{number}",
            "event_time": act.at.strftime("%Y-%m-%d %H:%M:%S.%f"),
            "event_type": act.what,
            "user_id": act.who,
            "amplitude_id": 7,
            "groups": {"company": ["amplitude"]},
            "event_properties": {"pages": 3},
        }
        for number, act in enumerate(acts)
    ]
    (data / "amplitude").mkdir()
    with zipfile.ZipFile(data / "amplitude/export.zip", "w") as archive:
        for hour, part in enumerate((rows[:10], [*rows[10:], rows[0]])):
            archive.writestr(f"123/123_2026-07-01_{hour}#0.json.gz", gzip.compress(_lines(part)))
    return acts


def mixpanel(data: Path) -> list[Act]:
    """JSON lines with epoch seconds; an event that was sent twice."""
    acts = plan("mix-1", "mix-2")
    rows: list[Cells] = [
        {
            "event": act.what,
            "properties": {
                "time": int(act.at.timestamp()),
                "distinct_id": act.who,
                "$insert_id": f"mix-{number}",
                "company_id": "mixpanel",
            },
        }
        for number, act in enumerate(acts)
    ]
    (data / "mixpanel").mkdir()
    (data / "mixpanel/raw.jsonl").write_bytes(_lines([*rows, rows[3]]))
    return acts


def mixpanel_csv(data: Path) -> list[Act]:
    acts = plan("mxc-1")
    rows = [
        {
            "event": act.what,
            "time": int(act.at.timestamp()),
            "distinct_id": act.who,
            "$insert_id": f"mxc-{number}",
            "company_id": "mixpanel-csv",
        }
        for number, act in enumerate(acts)
    ]
    write_csv(data / "mixpanel/raw.csv", rows)
    return acts


def posthog(data: Path) -> list[Act]:
    """Parquet, properties as JSON in a text; devices that are one person."""
    import pyarrow as pa
    from pyarrow import parquet

    acts = plan("hog-1", "hog-2")
    rows = [
        {
            "uuid": f"hog-{number}",
            "event": act.what,
            "timestamp": act.at,
            "distinct_id": f"device-{act.who}" if number % 2 else act.who,
            "person_id": act.who,
            "properties": json.dumps({"$groups": {"company": "posthog"}, "$lib": "web"}),
        }
        for number, act in enumerate(acts)
    ]
    (data / "posthog").mkdir()
    parquet.write_table(pa.Table.from_pylist([*rows, rows[5]]), data / "posthog/events.parquet")
    persons = [
        {
            "team_id": 1,
            "distinct_id": known,
            "person_id": who,
            "properties": json.dumps({"name": who, "job_title": "Rep", "company": "posthog"}),
            "person_distinct_id_version": 1,
            "person_version": 2,
        }
        for who in ("hog-1", "hog-2")
        for known in (who, f"device-{who}")
    ]
    write_csv(data / "posthog/persons.csv", persons)
    return acts


def pendo(data: Path) -> list[Act]:
    """Tables of the connector: ids of features, counts, histories."""
    acts = [Act(act.who, act.at, act.what, 3) for act in plan("pen-1", "pen-2") if act.what == WORK]
    rows = [
        {
            "account_id": "pendo",
            "feature_id": "F-1",
            "timestamp": _iso(act.at),
            "visitor_id": act.who,
            "num_events": act.times,
            "num_minutes": 1,
        }
        for act in acts
    ]
    write_csv(data / "pendo/feature_event.csv", rows)
    versions = [("F-1", "old name", "2026-01-01 00:00:00"), ("F-1", WORK, "2026-03-01 00:00:00.123")]
    write_csv(
        data / "pendo/feature_history.csv",
        [
            {"id": each, "last_updated_at": at, "name": name, "page_id": "P", "root_version_id": "x"}
            for each, name, at in versions
        ],
    )
    views = [
        {"account_id": "pendo", "page_id": "P", "timestamp": row["timestamp"], "visitor_id": "pen-1", "num_events": 9}
        for row in rows
    ]
    write_csv(data / "pendo/page_event.csv", views)
    write_csv(
        data / "pendo/visitor_account_history.csv",
        [
            {"account_id": of, "visitor_id": who, "visitor_last_updated_at": f"2026-0{month}-01 00:00:00"}
            for who, of, month in (("pen-1", "left", 1), ("pen-1", "pendo", 2), ("pen-2", "pendo", 1))
        ],
    )
    write_csv(
        data / "pendo/visitor_history.csv",
        [
            {"id": who, "last_updated_at": at, "first_visit": at, "last_browser_name": "x", "agent_role": role}
            for who, role, at in (
                ("pen-1", "Intern", "2026-01-01 00:00:00"),
                ("pen-1", "Rep", "2026-02-01 00:00:00"),
                ("pen-2", "Rep", "2026-02-01 00:00:00"),
            )
        ],
    )
    write_csv(
        data / "pendo/account_history.csv",
        [
            {"id": "pendo", "last_updated_at": at, "first_visit": at, "agent_name": name, "agent_planlevel": "Pro"}
            for name, at in (("Old Ltd", "2026-01-01 00:00:00"), ("Pendo Ltd", "2026-02-01 00:00:00"))
        ],
    )
    return acts


def pendo_avro(data: Path) -> list[Act]:
    """Data Sync: Avro with epoch milliseconds."""
    import fastavro

    acts = plan("avr-1")
    names = {WORK: "M-1", LOGIN: "M-2"}
    kinds = {"matchableId": "string", "visitorId": "string", "accountId": "string", "browserTimestamp": "long"}
    schema = {
        "type": "record",
        "name": "event",
        "fields": [{"name": name, "type": kind} for name, kind in kinds.items()],
    }
    rows = [
        {
            "matchableId": names[act.what],
            "visitorId": act.who,
            "accountId": "pendo-avro",
            "browserTimestamp": int(act.at.timestamp() * 1000),
        }
        for act in acts
    ]
    with (data / "pendo/events.avro").open("wb") as file:
        fastavro.writer(file, schema, rows)
    write_csv(data / "pendo/allfeatures.csv", [{"id": each, "name": name} for name, each in names.items()])
    return acts


def heap(data: Path) -> list[Act]:
    """Heap's own numbers of people, which `users` turns into the identities that the roster knows."""
    acts = plan("hea-1", "hea-2")
    numbers = {"hea-1": "7001", "hea-2": "7002"}
    rows = [
        {
            "event_id": number,
            "user_id": numbers[act.who],
            "session_id": 1,
            "time": _iso(act.at),
            "event_name": act.what,
            "library": "web",
        }
        for number, act in enumerate(acts)
    ]
    write_csv(data / "heap/all_events.csv", rows)
    users = [
        {"user_id": number, "identity": who, "joindate": "2026-01-01 00:00:00", "company": "heap", "title": "Rep"}
        for who, number in numbers.items()
    ]
    write_csv(data / "heap/users.csv", users)
    return acts


SALESFORCE = "0015g00000AbCdE"
CONTACTS = {"0035g00000aAaAa": "Ana Diaz", "0035g00000AaAaA": "Ben Ode"}  # the same but for case
FULL = {"0035g00000aAaAa": "0035g00000aAaAaAAK", "0035g00000AaAaA": "0035g00000AaAaAAAV"}


def salesforce(data: Path) -> list[Act]:
    """A report with ids of 15 characters and a footer; events have them of 15, people of 18."""
    acts = plan(*CONTACTS)
    rows = [
        {"user_id": act.who, "account_id": SALESFORCE, "event": act.what, "timestamp": _iso(act.at)} for act in acts
    ]
    write_csv(data / "salesforce/events.csv", rows)
    contacts = [
        {
            "First Name": name.split()[0],
            "Last Name": name.split()[1],
            "Title": "Rep",
            "Account Name": "Salesforce Ltd",
            "Contact ID": FULL[who],
        }
        for who, name in CONTACTS.items()
    ]
    footer = ("", "Contacts of reps", "Copyright (c) 2026 salesforce.com, inc. All rights reserved.")
    write_csv(data / "salesforce/contacts.csv", contacts, footer=footer)
    account = {"Account Name": "Salesforce Ltd", "Account Owner": "Olu", "Type": "Customer", "Account ID": SALESFORCE}
    write_csv(data / "salesforce/accounts.csv", [account], footer=footer)
    return [Act(FULL[act.who], act.at, act.what) for act in acts]


HUBSPOT = {
    "en": ("Record ID", "First Name", "Last Name", "Email", "Job Title", "Company name", "Company owner"),
    "de": (
        *("Datensatz-ID", "Vorname", "Nachname", "E-Mail", "Jobtitel", "Unternehmensname"),
        "Für Unternehmen zuständiger Mitarbeiter",
    ),
    "fr": (
        *("ID de fiche d'informations", "Prénom", "Nom", "E-mail", "Intitulé du poste", "Nom de l'entreprise"),
        "Propriétaire de l'entreprise",
    ),
    "es": (
        *("ID de registro", "Nombre", "Apellidos", "Correo", "Cargo", "Nombre de la empresa"),
        "Propietario de la empresa",
    ),
    "pt": ("ID do registro", "Nome", "Sobrenome", "E-mail", "Cargo", "Nome da empresa", "Proprietário da empresa"),
    "nl": ("Record-ID", "Voornaam", "Achternaam", "E-mail", "Functie", "Bedrijfsnaam", "Bedrijfseigenaar"),
    "ja": ("レコードID", "名", "姓", "Eメール", "役職", "会社名", "会社の担当者"),
}


def hubspot(data: Path) -> list[Act]:
    """An export in each language: contacts have their company's name, companies its id."""
    acts: list[Act] = []
    for number, (language, headers) in enumerate(HUBSPOT.items()):
        record, first, last, email, title, company, owner = headers
        user, account = f"9{number}01", f"8{number}01"
        contact = {record: user, first: "Ana", last: "Ito", email: "a@x.io", title: "Rep", company: f"Co {language}"}
        write_csv(data / f"hubspot/contacts-{language}.csv", [contact])
        write_csv(
            data / f"hubspot/companies-{language}.csv", [{record: account, company: f"Co {language}", owner: "Olu"}]
        )
        acts += plan(user)
    rows = [{"user_id": act.who, "event": act.what, "timestamp": _iso(act.at)} for act in acts]
    write_csv(data / "hubspot/events.csv", rows)
    return acts


def copilot(data: Path) -> list[Act]:
    """JSON reports: counts by day with lists that repeat them; a seat that is listed twice."""
    acts = [
        Act("octo", act.at, name, times)
        for act in plan("octo")
        if act.what == WORK and act.at.hour == 9
        for name, times in (("user_initiated_interaction_count", 5), ("code_acceptance_activity_count", 2))
    ]
    days = [
        {
            "day": act.at.date().isoformat(),
            "organization_id": "99",
            "user_id": 5,
            "user_login": "octo",
            "user_initiated_interaction_count": 5,
            "code_acceptance_activity_count": 2,
            "code_generation_activity_count": 0,
            "loc_added_sum": 40,
            "totals_by_ide": [{"ide": "vscode", "user_initiated_interaction_count": 5}],
        }
        for act in plan("octo")
        if act.what == WORK and act.at.hour == 9
    ]
    (data / "copilot").mkdir()
    (data / "copilot/users.json").write_text(json.dumps({"report_start_day": "2026-06-01", "day_totals": days}))
    seats = [
        {"updated_at": "2026-05-01T00:00:00Z", "assignee": {"login": "octo", "id": 5}, "assigning_team": {"name": team}}
        for team in ("Rep", "Others")
    ]
    (data / "copilot/seats.json").write_text(json.dumps({"total_seats": 2, "seats": seats}))
    return acts


def viva(data: Path) -> list[Act]:
    """A wide row a person and week, which begins on a Sunday; hours are no counts."""
    column = "Copilot actions taken in Word"
    acts = [Act("viv-1", act.at, column, 4) for act in plan("viv-1") if act.what == WORK and act.at.hour == 9]
    rows = [
        {
            "PersonId": "viv-1",
            "MetricDate": (act.at.date() - timedelta(days=2)).isoformat(),
            column: act.times,
            "Copilot actions taken in Excel": 0,
            "Meeting hours": 7.25,
            "Organization": "viva",
            "LevelDesignation": "Rep",
        }
        for act in acts
    ]
    write_csv(data / "viva/query.csv", rows)
    return acts


def plain(data: Path) -> list[Act]:
    """Tables of nobody's with obvious names."""
    acts = plan("pla-1", "pla-2")
    rows = [
        {"User ID": act.who, "Event ID": n, "Event Name": act.what, "Event Timestamp": _iso(act.at)}
        for n, act in enumerate(acts)
    ]
    write_csv(data / "plain/events.csv", rows, delimiter=";")
    people = [{"user_id": who, "account_id": "plain", "job_title": "Rep"} for who in ("pla-1", "pla-2")]
    write_csv(data / "plain/people.csv", people)
    write_csv(
        data / "plain/accounts.csv",
        [{"account_id": "plain", "account_name": "Plain Ltd", "segment": "SMB", "owner": "Olu"}],
    )
    usage = [
        {"usage_id": n, "account_id": "plain", "feature": "Reports", "usage_month": month, "times_used": times}
        for n, (month, times) in enumerate((("2026-05", 30), ("2026-06", 42)))
    ]
    write_csv(data / "plain/usage.csv", usage)
    return acts


_HUBSPOT_PEOPLE = "\n".join(
    f"""    - file: data/hubspot/contacts-{language}.csv
      export: hubspot-contacts
      names:
        account: {{file: data/hubspot/companies-{language}.csv, export: hubspot-companies}}"""
    for language in HUBSPOT
)
SETTINGS = f"""\
vendor: Halyard
as_of: 2026-07-12
accounts: {{from_table: true, playbook: reps}}
data:
  events:
    - {{file: data/segment/tracks.csv, export: segment}}
    - {{file: data/segment/deck_sent.csv, export: segment}}
    - {{file: data/amplitude/export.zip, export: amplitude}}
    - {{file: data/mixpanel/raw.jsonl, export: mixpanel}}
    - {{file: data/mixpanel/raw.csv, export: mixpanel-csv}}
    - file: data/posthog/events.parquet
      export: posthog
      names: {{user: {{file: data/posthog/persons.csv, export: posthog-persons}}}}
    - file: data/pendo/feature_event.csv
      export: pendo-feature-events
      names: {{event: {{file: data/pendo/feature_history.csv, export: pendo-features}}}}
    - file: data/pendo/events.avro
      export: pendo-data-sync
      names: {{event: {{file: data/pendo/allfeatures.csv}}}}
    - file: data/heap/all_events.csv
      export: heap
      names: {{user: {{file: data/heap/users.csv, export: heap-users}}}}
    - {{file: data/salesforce/events.csv, export: events}}
    - {{file: data/hubspot/events.csv, export: events}}
    - {{file: data/copilot/users.json, export: copilot, account: copilot}}
    - {{file: data/viva/query.csv, export: viva-insights}}
    - {{file: data/plain/events.csv, export: events}}
  presence:
    - {{file: data/pendo/page_event.csv, export: pendo-page-events}}
    - {{file: data/segment/tracks.csv, export: segment, only: "Logged*"}}
  people:
    - {{file: data/segment/groups.csv, export: segment-groups}}
    - {{file: data/segment/identifies.csv, export: segment-identifies}}
    - file: data/posthog/persons.csv
      export: posthog-persons
      columns: {{user: person_id}}
    - {{file: data/pendo/visitor_account_history.csv, export: pendo-visitor-accounts}}
    - {{file: data/pendo/visitor_history.csv, export: pendo-visitors}}
    - {{file: data/heap/users.csv, export: heap-users}}
    - file: data/salesforce/contacts.csv
      export: salesforce-contacts
      names: {{account: {{file: data/salesforce/accounts.csv, export: salesforce-accounts}}}}
    - {{file: data/copilot/seats.json, export: copilot-seats, account: copilot}}
    - {{file: data/viva/query.csv, export: viva-insights}}
    - {{file: data/plain/people.csv, export: people}}
    - {{file: data/others.csv}}
{_HUBSPOT_PEOPLE}
  accounts:
    - {{file: data/pendo/account_history.csv, export: pendo-accounts}}
    - {{file: data/salesforce/accounts.csv, export: salesforce-accounts}}
    - {{file: "data/hubspot/companies-*.csv", export: hubspot-companies}}
    - {{file: data/plain/accounts.csv, export: accounts}}
    - {{file: data/crm.csv}}
  values:
    - {{file: data/plain/usage.csv, export: feature-usage}}
"""
PLAYBOOK = f"""\
playbook: reps
personas:
  - id: reps
    name: reps
    one: rep
    titles: [Rep]
    target: 70%
    workflows:
      - id: decks
        name: Decks
        produces: more meetings
        target: 70%
        frequency:
          events: {WORK}
        says: {{did: sent a deck}}
      - id: assistants
        name: Work with an assistant
        produces: more meetings
        target: 70%
        frequency:
          events: [user_initiated_interaction_count, code_acceptance_activity_count, Copilot actions taken in Word]
        says: {{did: asked the assistant}}
      - id: reports
        name: Reports
        produces: more meetings
        target: 70%
        value: {{metric: Reports, source: the usage table, combine: mean}}
        says: {{of: reports, do: are read}}
"""
WRITERS = {
    "segment": segment,
    "amplitude": amplitude,
    "mixpanel": mixpanel,
    "mixpanel-csv": mixpanel_csv,
    "posthog": posthog,
    "pendo": pendo,
    "pendo-avro": pendo_avro,
    "heap": heap,
    "salesforce": salesforce,
    "hubspot": hubspot,
    "copilot": copilot,
    "viva": viva,
    "plain": plain,
}
_OWN = ("segment", "amplitude", "mixpanel", "mixpanel-csv", "posthog", "pendo-avro", "heap", "copilot", "viva")


def write(root: Path) -> dict[str, Counter[tuple[str, str, date]]]:
    """Write the workspace; vendor → what is to be counted of it."""
    data = root / "data"
    data.mkdir(parents=True)
    acts = {name: writer(data) for name, writer in WRITERS.items()}
    others = [("amplitude", "amp-1"), ("amplitude", "amp-2"), ("mixpanel", "mix-1"), ("mixpanel", "mix-2")]
    others += [("mixpanel-csv", "mxc-1"), ("pendo-avro", "avr-1")]
    write_csv(data / "others.csv", [{"user": who, "account": of, "title": "Rep"} for of, who in others])
    write_csv(data / "crm.csv", [{"account": name, "name": f"{name} Ltd"} for name in _OWN])
    (root / "qbrgen.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "playbooks").mkdir()
    (root / "playbooks/reps.yml").write_text(PLAYBOOK, encoding="utf-8")
    return {name: weekly(found) for name, found in acts.items()}


__all__ = ["LOGIN", "WORK", "WRITERS", "write"]
