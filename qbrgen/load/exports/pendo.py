"""Pendo: Avro files of Data Sync, and the tables of the Fivetran connector."""

from __future__ import annotations

from qbrgen.load.exports.model import Export

_COUNT = "`num_events` is how often: it is summed, a row is not one event."
_HISTORY = "A history table has a row for each change: of several the one that was updated last counts."
_ID = "An id that the definitions do not have stays as it is, and `check` lists it among the unknown events."

EXPORTS = (
    Export(
        name="pendo-feature-events",
        called="Pendo: feature_event (Fivetran)",
        get="The table `feature_event` of the Fivetran connector.",
        needs=(("visitor_id",), ("account_id",), ("feature_id",), ("timestamp",), ("num_events",)),
        knows=("num_minutes", "app_id", "remote_ip", "server_name", "user_agent", "_fivetran_synced", "_fivetran_id"),
        columns={
            "events": {
                "time": ("timestamp",),
                "user": ("visitor_id",),
                "account": ("account_id",),
                "event": ("feature_id",),
                "value": ("num_events",),
            }
        },
        joins="Names of features: `names:` with `event: {file: feature_history.csv, export: pendo-features}`.",
        traps=(_COUNT, _ID, "A time is the beginning of the hour (or day) that is counted."),
    ),
    Export(
        name="pendo-page-events",
        called="Pendo: page_event (Fivetran)",
        get="The table `page_event` of the Fivetran connector.",
        needs=(("visitor_id",), ("account_id",), ("page_id",), ("timestamp",), ("num_events",)),
        knows=("num_minutes", "app_id", "remote_ip", "server_name", "user_agent", "_fivetran_synced", "_fivetran_id"),
        lacks=("feature_id",),
        columns={
            "presence": {"time": ("timestamp",), "user": ("visitor_id",), "account": ("account_id",)},
            "events": {
                "time": ("timestamp",),
                "user": ("visitor_id",),
                "account": ("account_id",),
                "event": ("page_id",),
                "value": ("num_events",),
            },
        },
        joins="Names of pages: `names:` with `event: {file: page_history.csv, export: pendo-pages}`.",
        traps=(
            "A page seen is presence. Where opening a page is the work itself (reading a report), use it as events.",
            _COUNT,
        ),
    ),
    Export(
        name="pendo-features",
        called="Pendo: feature_history (Fivetran)",
        get="The table `feature_history` of the Fivetran connector, or `allfeatures.avro` of Data Sync.",
        needs=(("id",), ("name",), ("page_id", "is_core_event"), ("last_updated_at", "dirty", "root_version_id")),
        knows=("app_id", "color", "created_at", "group_id", "stable_version_id", "valid_through", "_fivetran_synced"),
        lacks=("visitor_id", "agent_planlevel"),
        columns={"names": {"id": ("id",), "name": ("name",), "updated": ("last_updated_at",)}},
        traps=(_HISTORY,),
    ),
    Export(
        name="pendo-pages",
        called="Pendo: page_history (Fivetran)",
        get="The table `page_history` of the Fivetran connector, or `allpages.avro` of Data Sync.",
        needs=(("id",), ("name",), ("root_version_id", "rules_json"), ("last_updated_at", "dirty")),
        knows=("app_id", "color", "created_at", "group_id", "stable_version_id", "valid_through", "_fivetran_synced"),
        lacks=("visitor_id", "page_id", "is_core_event"),
        columns={"names": {"id": ("id",), "name": ("name",), "updated": ("last_updated_at",)}},
        traps=(_HISTORY,),
    ),
    Export(
        name="pendo-visitor-accounts",
        called="Pendo: visitor_account_history (Fivetran)",
        get="The table `visitor_account_history` of the Fivetran connector.",
        needs=(("visitor_id",), ("account_id",), ("visitor_last_updated_at",)),
        knows=("_fivetran_synced",),
        columns={
            "people": {"user": ("visitor_id",), "account": ("account_id",), "updated": ("visitor_last_updated_at",)}
        },
        joins="Names and titles come from `pendo-visitors`, as a second table of people.",
        traps=(_HISTORY,),
    ),
    Export(
        name="pendo-visitors",
        called="Pendo: visitor_history (Fivetran)",
        get="The table `visitor_history` of the Fivetran connector.",
        needs=(
            ("id",),
            ("last_updated_at",),
            ("first_visit", "last_visit", "n_id"),
            ("account_id", "last_browser_name"),
        ),
        knows=("id_hash", "last_operating_system", "last_user_agent", "_fivetran_synced"),
        lacks=("visitor_id", "agent_planlevel"),
        columns={
            "people": {
                "user": ("id",),
                "account": ("account_id",),
                "name": ("agent_full_name", "agent_name", "agent_email", "salesforce_name"),
                "title": (
                    "agent_job_title",
                    "agent_title",
                    "salesforce_title",
                    "salesforce_job_function_c",
                    "agent_group_role",
                    "agent_role",
                ),
                "updated": ("last_updated_at",),
            }
        },
        goes_before=("pendo-accounts",),
        traps=(
            _HISTORY,
            "Metadata has the names that you gave it (`agent_…`, `salesforce_…`): map `title:` where yours differs.",
        ),
    ),
    Export(
        name="pendo-accounts",
        called="Pendo: account_history (Fivetran)",
        get="The table `account_history` of the Fivetran connector.",
        needs=(("id",), ("last_updated_at",), ("first_visit", "last_visit")),
        knows=("id_hash", "agent_planlevel", "agent_is_paying", "_fivetran_synced"),
        lacks=("account_id", "visitor_id", "last_browser_name", "last_operating_system"),
        columns={
            "accounts": {
                "account": ("id",),
                "name": ("salesforce_name", "agent_name", "agent_account_name", "name"),
                "owner": ("salesforce_account_owner_email_c", "salesforce_owner_name", "agent_csm"),
                "segment": ("salesforce_segment_c", "agent_planlevel", "agent_plan_level", "agent_segment"),
                "updated": ("last_updated_at",),
            }
        },
        traps=(_HISTORY,),
    ),
    Export(
        name="pendo-data-sync",
        called="Pendo: events of Data Sync (Avro)",
        get="Data Sync: a file for each page, feature and track event, under `matchedEvents`; or `allevents.avro`.",
        needs=(("visitorId",), ("accountId",), ("browserTimestamp",)),
        knows=("matchableId", "periodId", "appId", "remoteIp", "url", "eventClass", "eventId", "type", "properties"),
        lacks=("visitor_id_hash",),
        columns={
            "events": {
                "time": ("browserTimestamp",),
                "user": ("visitorId",),
                "account": ("accountId",),
                "event": ("matchableId", "trackTypeName", "eventName", "type"),
                "value": ("numEvents", "num_events"),
                "id": ("eventId",),
            }
        },
        joins="Names: `names:` with `event: {file: allfeatures.avro, columns: {id: id, name: name}}`.",
        traps=(
            "`browserTimestamp` is in epoch milliseconds, UTC.",
            "`allevents.avro` holds raw clicks and loads without a name: take the files of features and track events.",
            _COUNT,
        ),
    ),
    Export(
        name="pendo-visitors-avro",
        called="Pendo: visitors of Data Sync (Avro)",
        get="Data Sync with visitors: `visitors-000.avro` and so on.",
        needs=(("visitorId",), ("metadata_auto__lastvisit", "metadata.auto.lastVisit", "metadata", "accountIds")),
        knows=("accountId", "firstVisit", "lastVisit"),
        lacks=("browserTimestamp", "eventClass"),
        columns={
            "people": {
                "user": ("visitorId",),
                "account": ("accountId", "metadata.auto.accountId"),
                "name": ("metadata.agent.full_name", "metadata.agent.name", "metadata.agent.email"),
                "title": ("metadata.agent.job_title", "metadata.agent.title", "metadata.agent.role"),
            }
        },
    ),
)
