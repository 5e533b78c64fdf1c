"""Mixpanel: the raw export (JSON lines), and the same as CSV; people profiles."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_GROUPS = ("company_id", "account_id", "company", "account", "organization_id", "organization", "org_id", "$group_id")
_PRESENCE = ("$mp_*", "$session_start", "$session_end", "$identify", "$create_alias", "$merge", "*page view*")

EXPORTS = (
    Export(
        name="mixpanel",
        called="Mixpanel: raw events (JSON lines)",
        get="Raw event export API, or a data pipeline: an object a line, everything but the name under `properties`.",
        needs=(("event",), ("properties.time",), ("properties.distinct_id", "properties.$user_id")),
        knows=("properties.$insert_id", "properties.mp_lib", "properties.$os", "properties.$browser"),
        columns={
            "events": {
                "time": ("properties.time",),
                "user": ("properties.$user_id", "properties.distinct_id"),
                "account": tuple(f"properties.{name}" for name in _GROUPS),
                "event": ("event",),
                "id": ("properties.$insert_id",),
            }
        },
        presence=_PRESENCE,
        traps=(
            "`time` is in epoch seconds. In older projects (before 2023) it is in the project's time zone, not in UTC.",
            "The same event may be sent twice: `$insert_id` keeps it from counting twice.",
            "`distinct_id` may be a device: `$user_id` goes before it where it is there.",
        ),
    ),
    Export(
        name="mixpanel-csv",
        called="Mixpanel: raw events (CSV)",
        get="Events > Export, or the CSV of a data pipeline.",
        needs=(("event", "event_name", "mp_event_name"), ("time",), ("distinct_id", "$distinct_id")),
        knows=("$insert_id", "mp_lib", "mp_country_code", "$city", "$os", "$browser", "$user_id"),
        lacks=("uuid", "person_id", "event_id", "properties"),
        columns={
            "events": {
                "time": ("time",),
                "user": ("$user_id", "distinct_id", "$distinct_id"),
                "account": _GROUPS,
                "event": ("event", "event_name", "mp_event_name"),
                "id": ("$insert_id", "insert_id"),
            }
        },
        presence=_PRESENCE,
        traps=(
            "`time` is in epoch seconds where the file comes from the API, a date and time where a person saved it.",
        ),
    ),
    Export(
        name="mixpanel-people",
        called="Mixpanel: user profiles",
        get="Users > Export, or the engage API.",
        needs=(
            ("$distinct_id", "distinct_id"),
            ("$last_seen", "$properties.$last_seen", "$properties.$email", "$name", "$email", "$properties.$name"),
        ),
        knows=("$city", "$region", "$country_code", "$timezone"),
        lacks=("event", "event_name", "time"),
        columns={
            "people": {
                "user": ("$distinct_id", "distinct_id"),
                "account": (*_GROUPS, *(f"$properties.{name}" for name in _GROUPS)),
                "name": ("$name", "name", "$properties.$name", "$email", "$properties.$email"),
                "title": ("job_title", "title", "role", "$properties.job_title", "$properties.title"),
            }
        },
    ),
)
