"""Amplitude: the raw events of its export API, a zip of gzipped JSON lines, a file an hour."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_GROUPS = ("account", "account_id", "company", "company_id", "organization", "organization_id", "org_id", "org", "team")

EXPORTS = (
    Export(
        name="amplitude",
        called="Amplitude: events",
        get="Export API, or Settings > Projects > Export data: a zip of one .json.gz an hour.",
        needs=(
            ("event_type",),
            ("event_time",),
            ("user_id",),
            ("amplitude_id", "$insert_id", "uuid", "server_upload_time"),
        ),
        knows=("amplitude_id", "device_id", "session_id", "$insert_id", "uuid", "app", "client_event_time"),
        columns={
            "events": {
                "time": ("event_time",),
                "user": ("user_id",),
                "account": (
                    *(f"groups.{name}" for name in _GROUPS),
                    *(f"user_properties.{name}" for name in _GROUPS),
                    *(f"group_properties.{name}.name" for name in _GROUPS),
                ),
                "event": ("event_type",),
                "id": ("$insert_id", "uuid", "insert_id"),
            }
        },
        presence=(
            "session_start",
            "session_end",
            "[[]amplitude] *",
            "$identify",
            "$groupidentify",
            "*page viewed",
            "*screen viewed",
        ),
        traps=(
            "Times are UTC. The hour in a file's name is the hour of the upload: an event may come days later.",
            "`user_id` is empty for people who did not log in; `amplitude_id` and `device_id` are no people.",
            "Groups have the names that you gave them: where yours is not found, map `account: groups.<name>`.",
        ),
    ),
)
