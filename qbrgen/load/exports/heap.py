"""Heap: tables of Heap Connect (also Contentsquare Data Connect)."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_EVENT = ("event_name", "event_table_name")

EXPORTS = (
    Export(
        name="heap",
        called="Heap: all_events, or the table of one event",
        get="Heap Connect: the table `all_events` or `events`.",
        needs=(("event_id",), ("user_id",), ("session_id",), ("time",), _EVENT),
        knows=(
            "library",
            "platform",
            "device_type",
            "landing_page",
            "heap_previous_page",
            "pageview_id",
            "session_time",
        ),
        lacks=("event_time", "event_timestamp"),
        columns={
            "events": {
                "time": ("time",),
                "user": ("user_id",),
                "account": ("account_id", "company_id", "account", "company"),
                "event": _EVENT,
            }
        },
        presence=("pageview", "pageviews", "session", "sessions", "*_pageview", "*viewed_page*", "*page_view*"),
        joins="`user_id` is Heap's own number: `names:` with `user: {file: users.csv, export: heap-users}` turns it "
        "into the identity that you gave.",
        traps=(
            "The same `event_id` stands once for every event definition that it fits: it is no id of a row, and is not "
            "mapped.",
            "In files on S3 `time` is in epoch milliseconds; in a warehouse it is a timestamp.",
        ),
    ),
    Export(
        name="heap-users",
        called="Heap: users",
        get="Heap Connect: the table `users`.",
        needs=(("user_id",), ("identity",), ("joindate", "join_date", "last_modified", "handle")),
        knows=("email", "_email", "initial_browser", "initial_platform"),
        lacks=("event_id", "session_id"),
        columns={
            "people": {
                "user": ("identity", "user_id"),
                "account": ("account_id", "company_id", "account", "company", "_account_id"),
                "name": ("name", "_name", "full_name", "email", "_email"),
                "title": ("job_title", "title", "role", "_title", "_role"),
                "updated": ("last_modified",),
            },
            "names": {"id": ("user_id",), "name": ("identity",), "updated": ("last_modified",)},
        },
        traps=("Without `names:` beside the events, map `user: user_id` here: events know Heap's number only.",),
    ),
    Export(
        name="heap-sessions",
        called="Heap: sessions or pageviews",
        get="Heap Connect: the tables `sessions` and `pageviews`.",
        needs=(("user_id",), ("session_id",), ("time",), ("landing_page", "path", "library", "referrer")),
        knows=("event_id", "browser", "city", "country", "device_type", "platform", "domain", "hash", "query", "title"),
        lacks=("event_name", "event_table_name", "event", "event_type"),
        columns={"presence": {"time": ("time",), "user": ("user_id",), "account": ("account_id", "company_id")}},
        traps=("A session or a page seen is presence: it completes no workflow.",),
    ),
)
