"""Known exports: each is recognised by its columns, however they are written, and none is taken for another."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qbrgen.load.exports.model import KINDS, Export
from qbrgen.load.exports.recognise import recognise
from qbrgen.load.exports.registry import EXPORTS
from qbrgen.load.tables import read_table

OURS = {
    "events": {"time", "user", "account", "event", "value", "id"},
    "people": {"user", "account", "name", "last_name", "title", "persona", "from", "to", "updated"},
    "accounts": {"account", "name", "owner", "segment", "arr", "currency", "renewal", "playbook", "updated"},
    "presence": {"time", "user", "account"},
    "values": {"account", "metric", "period", "time", "value", "numerator", "denominator"},
    "names": {"id", "name", "updated"},
}


def header(export: Export) -> list[str]:
    """The columns of a usual file of it."""
    needed = [group[0] for group in export.needs]
    mapped = [columns[0] for fields in export.columns.values() for columns in fields.values()]
    return list(dict.fromkeys([*needed, *export.knows, *mapped]))


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_export_is_recognised_by_its_own_columns(export: Export) -> None:
    found = recognise(header(export))
    assert found[0].export is export, [match.export.name for match in found]
    assert found[0].because


def test_where_two_exports_fit_a_file_it_is_stated_which_goes_first() -> None:
    for one, other in product(EXPORTS, EXPORTS):
        if one is other or other not in [match.export for match in recognise(header(one))]:
            continue
        stated = other.name in one.goes_before or (other.general and not one.general)
        assert stated, f"the columns of {one.name} are also those of {other.name}, and no order is stated"
        assert one.name not in other.goes_before


def test_an_export_maps_fields_that_there_are_and_names_exports_that_there_are() -> None:
    names = [export.name for export in EXPORTS]
    assert len(set(names)) == len(names)
    for export in EXPORTS:
        assert set(export.goes_before) <= set(names)
        assert set(export.columns) <= set(KINDS)
        assert bool(export.columns) != bool(export.unused)
        for kind, fields in export.columns.items():
            assert set(fields) <= OURS[kind]


def _written(name: str, style: int) -> str:
    """A column's name as another tool writes it."""
    return [name, name.upper(), f'"{name}"', f" {name.replace('_', ' ')} ", f"\ufeff{name.replace(' ', '_')}"][style]


@given(data=st.data())
@settings(max_examples=60, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_order_case_spaces_bom_and_further_columns_do_not_matter(data: st.DataObject) -> None:
    export = data.draw(st.sampled_from(EXPORTS))
    columns = [_written(column, data.draw(st.integers(0, 4))) for column in header(export)]
    extra = data.draw(st.lists(st.text("xyz", min_size=3, max_size=6), max_size=3))
    shuffled = data.draw(st.permutations([*columns, *extra]))
    assert recognise(shuffled)[0].export is export


OF_NO_VENDOR = {
    "id,name,owner,arr": None,
    "id,name,type": None,
    "id,email,name,created_at": None,
    "user_id,account_id,last_name,job_title,id": "people",
    "user_id,event,timestamp": "events",
    "user_id,account_id,event_name,time": "events",
    "account_id,name,segment,owner": "accounts",
    "user_id,date,reports_created,comments_sent": "wide",
    "company_id,feature,month,count": "feature-usage",
    "user_id,session_id,time": None,
}


@pytest.mark.parametrize("columns", OF_NO_VENDOR)
def test_tables_of_no_vendor_are_taken_for_no_vendors(columns: str) -> None:
    found = recognise(columns.split(","))
    assert (found[0].export.name if found else None) == OF_NO_VENDOR[columns]


def test_columns_of_nothing_known_are_told_as_such() -> None:
    assert recognise(["a", "b"]) == ()
    assert recognise([]) == ()


def test_a_group_within_json_text_is_found_with_the_rows_at_hand() -> None:
    columns = ["uuid", "event", "timestamp", "distinct_id", "properties"]
    row = ["1", "deck sent", "2026-07-01 09:00:00", "u1", '{"$groups": {"company": "acme"}, "n": 2}']
    export = recognise(columns, [row])[0].export
    assert export.name == "posthog"


SHARED_FILES = {
    "lightdash_saas/accounts_raw.csv": "accounts",
    "lightdash_saas/deals_raw.csv": "deals",
    "lightdash_saas/tracks_raw.csv": "events",
    "lightdash_saas/users_raw.csv": "people",
    "plg_funnel/accounts.csv": "accounts",
    "plg_funnel/feature_usage.csv": "feature-usage",
    "plg_funnel/product_events.csv": "account-events",
    "plg_funnel/support_tickets.csv": "tickets",
    "fivetran_pendo/account_history.csv": "pendo-accounts",
    "fivetran_pendo/feature_event.csv": "pendo-feature-events",
    "fivetran_pendo/feature_history.csv": "pendo-features",
    "fivetran_pendo/visitor_account_history.csv": "pendo-visitor-accounts",
    "fivetran_pendo/visitor_history.csv": "pendo-visitors",
    "vivainsights/pq_data.csv": "viva-insights",
    "github_copilot/enterprise_seats_with_duplicates.json": "copilot-seats",
    "github_copilot/organization-users-28-day-report.json": "copilot",
    "github_copilot/organization_seats_response_sample.json": "copilot-seats",
}


def test_every_file_that_others_made_is_recognised(shared: Path) -> None:
    folder = shared / "data"
    files = [path for path in sorted(folder.glob("*/*")) if path.suffix != ".txt"]
    found = {}
    for path in files:
        table = read_table(path, path.name, most=20)
        matches = recognise(table.columns, table.rows)
        found[path.relative_to(folder).as_posix()] = matches[0].export.name if matches else None
    assert found == SHARED_FILES
