"""Segment: the tables of its warehouse destination, or their CSV export."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_CALL = ("received_at", "original_timestamp", "sent_at", "uuid_ts", "anonymous_id")
_NAMES = ("name", "full_name", "display_name", "first_name", "email")
_TITLES = ("title", "job_title", "role", "position")

EXPORTS = (
    Export(
        name="segment",
        called="Segment: tracks, or the table of one event",
        get="The table `tracks` of the warehouse destination; the tables of single events have the same columns.",
        needs=(("event",), ("timestamp",), ("user_id",), _CALL),
        knows=("id", "event_text", "context_library_name", "context_group_id", "original_timestamp", "uuid_ts"),
        columns={
            "events": {
                "time": ("timestamp",),
                "user": ("user_id",),
                "event": ("event_text", "event"),
                "id": ("id", "message_id"),
            }
        },
        presence=("*page viewed", "*page view", "viewed * page", "application opened", "application backgrounded"),
        joins="The account of a user comes from the table `groups`: `people:` with `export: segment-groups`.",
        traps=(
            "`timestamp` is when it happened; `received_at` is when Segment got it, hours later for mobile apps.",
            "The same call is in `tracks` and in the table of its event: `id` keeps it from counting twice.",
            "Properties are only in the tables of single events.",
            "`context_group_id` is filled only where the call knew its group: map it where yours always is.",
        ),
    ),
    Export(
        name="segment-pages",
        called="Segment: pages or screens",
        get="The tables `pages` and `screens` of the warehouse destination.",
        needs=(("timestamp",), ("user_id",), _CALL, ("url", "path", "context_page_url", "context_device_id", "screen")),
        knows=("id", "title", "referrer", "search", "original_timestamp", "uuid_ts"),
        lacks=("event", "event_text", "group_id"),
        columns={"presence": {"time": ("timestamp",), "user": ("user_id",)}},
        traps=("A page seen is presence: it completes no workflow.",),
    ),
    Export(
        name="segment-groups",
        called="Segment: groups",
        get="The table `groups` of the warehouse destination: a row a group call.",
        needs=(("group_id",), ("user_id",), _CALL),
        knows=("id", "name", "timestamp", "original_timestamp", "uuid_ts"),
        lacks=("event", "event_text"),
        columns={
            "people": {"user": ("user_id",), "account": ("group_id",), "updated": ("timestamp", "received_at")},
            "accounts": {
                "account": ("group_id",),
                "name": ("name", "company_name", "group_name"),
                "segment": ("plan", "segment", "tier"),
                "updated": ("timestamp", "received_at"),
            },
        },
        joins="Titles and names come from `segment-identifies` or `segment-users`, as a second table of people.",
        traps=("A user who was grouped twice has two rows: the group of the latest call counts.",),
    ),
    Export(
        name="segment-identifies",
        called="Segment: identifies",
        get="The table `identifies` of the warehouse destination: a row an identify call.",
        needs=(("user_id",), _CALL, (*_NAMES, *_TITLES)),
        knows=("id", "timestamp", "original_timestamp", "uuid_ts", "context_library_name"),
        lacks=("event", "event_text", "group_id", "url", "path", "screen"),
        columns={
            "people": {
                "user": ("user_id",),
                "account": ("company_id", "account_id", "organization_id"),
                "name": _NAMES,
                "last_name": ("last_name",),
                "title": _TITLES,
                "updated": ("timestamp", "received_at"),
            }
        },
        traps=("A person has a row for each identify call: what the latest says counts.",),
    ),
    Export(
        name="segment-users",
        called="Segment: users",
        get="The table `users` of the warehouse destination: a row a user, as the last identify call left it.",
        needs=(("id",), ("received_at", "uuid_ts"), (*_NAMES, *_TITLES)),
        knows=("context_library_name", "context_ip", "uuid_ts", "created_at"),
        lacks=("user_id", "event", "anonymous_id", "group_id", "url", "path", "original_timestamp", "timestamp"),
        columns={
            "people": {
                "user": ("id",),
                "account": ("company_id", "account_id", "organization_id"),
                "name": _NAMES,
                "last_name": ("last_name",),
                "title": _TITLES,
            }
        },
        traps=("Here `id` is the user, in all other tables it is the call.",),
    ),
)
