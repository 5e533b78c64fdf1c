"""What shows only when all files are looked at together: ids written in two ways, titles and playbooks of no use."""

from __future__ import annotations

import pytest

from qbrgen.define.alike import alike_key, differ_by
from qbrgen.errors import Level

PLAYBOOK = "playbooks/sales.yml"
SHORT, FULL = "0015g00000XyZaB", "0015g00000XyZaBAAV"


@pytest.mark.parametrize(
    ("names", "by"),
    [
        (["acme", "Acme"], "case"),
        (["acme ltd", "acmeltd"], "blanks"),
        (["Acme ltd", "acmeltd"], "case and blanks"),
        ([SHORT, FULL], "the length of a Salesforce id (15 or 18 characters)"),
    ],
)
def test_ids_of_one_account_have_one_key_and_it_is_said_how_they_differ(names: list[str], by: str) -> None:
    assert len({alike_key(name) for name in names}) == 1
    assert differ_by(names) == by


@pytest.mark.parametrize("other", [SHORT.replace("X", "x"), SHORT[:-1] + "b"])
def test_two_salesforce_ids_that_differ_by_case_are_two_records(other: str) -> None:
    assert alike_key(SHORT) != alike_key(other)


def test_an_id_written_in_three_ways_is_one_finding_that_names_each_with_its_place(workspace) -> None:
    workspace.append("data/people.csv", "u-8,Acme,A,Account Executive,,\n")
    workspace.append("data/crm.csv", "ACME,Acme,Priya Raman,1,2027-01-31\n")
    found = workspace.told("ids-alike")
    assert "'acme' (accounts/acme.yml:1) and 'ACME' (data/crm.csv:3) and 'Acme' (data/people.csv:4)" in found.what
    assert "such as 'acme'" in found.fix
    assert str(found.where) == "data/crm.csv:3"


def test_ids_of_people_of_one_account_that_differ_only_by_case_are_told(workspace) -> None:
    rows = "D000,acme,A,Account Executive,,\nd000,acme,B,Account Executive,,\nd000,beta,C,Account Executive,,\n"
    workspace.append("data/people.csv", rows).write("accounts/beta.yml", "account: beta\nplaybook: sales\n")
    found = workspace.told("user-ids-alike")
    assert (found.level, str(found.where), found.account) == (Level.WARNING, "data/people.csv:5", "acme")
    assert found.what == (
        "the people 'D000' (data/people.csv:4) and 'd000' (data/people.csv:5) of 'acme' differ only by case: "
        "they count as different people."
    )


def test_several_seats_of_a_person_are_no_ids_that_look_alike(workspace) -> None:
    rows = "D000,acme,A,Account Executive,2026-01-01,2026-03-31\nD000,acme,A,Account Executive,2026-06-01,\n"
    loaded = workspace.append("data/people.csv", rows).load()
    assert "user-ids-alike" not in {finding.code for finding in loaded.findings}


def test_a_title_that_fits_nobody_is_noted_with_the_nearest_that_there_is(workspace) -> None:
    found = workspace.change(PLAYBOOK, '"Account Executive*"', '"Account Executive*", "Acount Executive"').told(
        "title-matches-no-one"
    )
    assert (found.level, str(found.where)) == (Level.NOTE, "playbooks/sales.yml:6")
    assert "'Acount Executive' of the persona 'reps'" in found.what
    assert "Did you mean 'Account Executive'?" in found.fix


def test_a_playbook_that_no_account_uses_is_noted(workspace) -> None:
    text = (workspace.root / PLAYBOOK).read_text().replace("playbook: sales", "playbook: support")
    found = workspace.write("playbooks/support.yml", text).told("playbook-unused")
    assert (found.level, str(found.where)) == (Level.NOTE, "playbooks/support.yml:1")


def test_ready_made_values_that_tell_nothing_are_counted_with_the_reason(workspace) -> None:
    values = "account,metric,time,numerator,denominator\n"
    values += "acme,delivery,2026-07-06,9,10\n,delivery,2026-07-06,9,10\nacme,,2026-07-06,9,10\n"
    values += "acme,delivery,2026-07-06,9,\nacme,delivery,2026-07-06,,\nacme,delivery,,9,10\n"
    entry = "data:\n  values: [{file: data/values.csv}]"
    found = workspace.write("data/values.csv", values).change("qbrgen.yml", "data:", entry).told("values-left-out")
    assert (found.level, str(found.where)) == (Level.NOTE, "data/values.csv:3")
    reasons = "no account (1), no figure (2), no metric (1), no time (1)"
    assert found.what == f"5 rows of ready-made values left out: {reasons}."


def test_ready_made_values_of_which_nothing_can_be_divided_are_counted(workspace) -> None:
    values = "account,metric,time,numerator,denominator\nacme,delivery,2026-07-06,9,10\n"
    values += "acme,delivery,2026-07-13,0,0\nacme,delivery,2026-07-20,0,0.0\n"
    entry = "data:\n  values: [{file: data/values.csv}]"
    workspace.write("data/values.csv", values).change("qbrgen.yml", "data:", entry)
    found = workspace.told("values-of-zero")
    assert (found.level, str(found.where)) == (Level.NOTE, "data/values.csv:3")
    assert found.what == "2 rows of ready-made values have a denominator of 0: alone they make no figure."


def test_a_metric_that_no_workflow_uses_is_noted(workspace) -> None:
    values = "account,metric,time,value\nacme,delivery,2026-07-06,0.9\n"
    entry = "data:\n  values: [{file: data/values.csv}]"
    found = workspace.write("data/values.csv", values).change("qbrgen.yml", "data:", entry).told("metric-unused")
    assert "data/values.csv: delivery" in found.what


def test_where_an_account_is_set_aside_nothing_is_called_unused(workspace) -> None:
    text = (workspace.root / PLAYBOOK).read_text().replace("playbook: sales", "playbook: support")
    workspace.write("playbooks/support.yml", text).write("accounts/beta.yml", "account: beta\nplaybook: support\n")
    loaded = workspace.load()
    assert list(loaded.set_aside) == ["beta"]
    assert "playbook-unused" not in {finding.code for finding in loaded.findings}


def test_a_mistyped_account_of_a_table_is_told_with_the_one_that_was_likely_meant(workspace) -> None:
    workspace.write("accounts/northwind.yml", "account: northwind\npeople: [{id: u-9, persona: reps}]\n")
    workspace.append("data/people.csv", "u-8,nortwind,A,Account Executive,,\nu-7,zenith,B,Account Executive,,\n")
    workspace.append("data/crm.csv", "northwnd,Northwind,Priya Raman,1,2027-01-31\n")
    loaded = workspace.load()
    fixes = {finding.code: finding.fix for finding in loaded.findings}
    assert fixes["people-of-unknown-accounts"].startswith("Did you mean 'northwind' by 'nortwind'? Write")
    assert fixes["accounts-without-file"].startswith("Did you mean 'northwind' by 'northwnd'? Write")
