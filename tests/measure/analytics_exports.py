"""The plan as tools of product analytics export it: Segment, Amplitude, Mixpanel, PostHog, Pendo, Heap."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from exports_planned import LOGIN, WORK, Act, Cells, iso, json_lines, plan, write_csv


def segment(data: Path) -> list[Act]:
    """CSV of tables of a warehouse, in capitals as Snowflake has them; the account comes from `groups`."""
    acts = plan("seg-1", "seg-2")
    late = timedelta(days=9)
    rows = [
        {
            "ID": f"call-{number}",
            "RECEIVED_AT": iso(act.at + late),
            "ANONYMOUS_ID": "a",
            "EVENT": act.what,
            "EVENT_TEXT": act.what,
            "TIMESTAMP": iso(act.at),
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
            archive.writestr(f"123/123_2026-07-01_{hour}#0.json.gz", gzip.compress(json_lines(part)))
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
    (data / "mixpanel/raw.jsonl").write_bytes(json_lines([*rows, rows[3]]))
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
            "timestamp": iso(act.at),
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
            "time": iso(act.at),
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
