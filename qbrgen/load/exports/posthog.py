"""PostHog: batch exports of events and persons (Parquet, JSON lines), and CSV of the same."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_GROUPS = ("company", "account", "organization", "org", "customer", "team", "workspace", "project")

EXPORTS = (
    Export(
        name="posthog",
        called="PostHog: events",
        get="Data pipelines > Batch exports (S3, BigQuery …) of the model `events`; Activity > Export as CSV.",
        needs=(
            ("event",),
            ("timestamp",),
            ("distinct_id",),
            ("uuid", "person_id", "elements", "team_id", "created_at"),
        ),
        knows=("properties", "person_properties", "set", "set_once", "ip", "site_url", "inserted_at", "_inserted_at"),
        lacks=("event_time",),
        columns={
            "events": {
                "time": ("timestamp",),
                "user": ("distinct_id", "person_id"),
                "account": (
                    *(f"properties.$groups.{name}" for name in _GROUPS),
                    *(f"$groups.{name}" for name in _GROUPS),
                    "properties.$group_0",
                    "$group_0",
                ),
                "event": ("event",),
                "id": ("uuid",),
            }
        },
        presence=(
            "$pageview",
            "$pageleave",
            "$screen",
            "$autocapture",
            "$identify",
            "$groupidentify",
            "$set",
            "$feature_flag_called",
            "$web_vitals",
            "$opt_in",
            "$create_alias",
            "$exception",
            "$rageclick",
            "$session_*",
            "application opened",
            "application backgrounded",
            "application became active",
        ),
        traps=(
            "`properties` is JSON in a text: the group of an event is under `properties.$groups.<your group type>`.",
            "`distinct_id` is a device until the person logs in, and then their id; `person_id` joins the two. Where "
            "people are known by `person_id`, map `user: person_id`.",
            "Batch exports may bring a row twice: `uuid` keeps it from counting twice.",
        ),
    ),
    Export(
        name="posthog-persons",
        called="PostHog: persons",
        get="Data pipelines > Batch exports of the model `persons`; People > Export as CSV.",
        needs=(
            ("distinct_id", "distinct_ids"),
            ("person_distinct_id_version", "person_version", "is_identified", "id"),
        ),
        knows=("team_id", "person_id", "properties", "created_at", "_inserted_at"),
        lacks=("event", "timestamp", "time"),
        columns={
            "people": {
                "user": ("distinct_id", "person_id"),
                "account": tuple(f"properties.{name}" for each in _GROUPS for name in (f"{each}_id", each)),
                "name": ("properties.name", "properties.full_name", "properties.email", "name", "email"),
                "title": ("properties.job_title", "properties.title", "properties.role"),
                "updated": ("person_distinct_id_version", "person_version", "_inserted_at"),
            },
            "names": {"id": ("distinct_id",), "name": ("person_id",), "updated": ("person_distinct_id_version",)},
        },
        joins="A person of several devices has a row for each: `names:` with `user:` turns a device into its person.",
    ),
)
