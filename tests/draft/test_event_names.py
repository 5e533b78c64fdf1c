"""Which events may be work, and how they may be told."""

from __future__ import annotations

import pytest

from qbrgen.draft.event_names import event_words, is_code, is_looking, no_work


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("user_logged_in", "presence"),
        ("Page Viewed", "presence"),
        ("$session_start", "presence"),
        ("SessionStarted", "presence"),
        ("Anmeldung", "presence"),
        ("Seite angesehen", "presence"),
        ("Inicio de sesión", "presence"),
        ("page_vue", "presence"),
        ("notification_sent", "by itself"),
        ("integration_failed", "went wrong"),
        ("password_reset", "upkeep"),
        ("workspace_deleted", "undone"),
        ("NPS Answered", "shows or asks"),
        ("---", "no word"),
        ("ログイン", "presence"),
        ("app:overtime.viewed", "presence"),
        ("screen_changed", "presence"),
    ],
)
def test_what_is_no_work_is_set_aside_with_the_reason(event: str, reason: str) -> None:
    assert reason in no_work(event)


@pytest.mark.parametrize(
    "event",
    [
        "report_generated",
        "app:invoice.sent",
        "Page Published",
        "seat_map_created",
        "Exported Data",
        "invoice_sent",
        "expense_rejected",
        "報告作成",
        "Rapport créé",
        "Anmeldung zum Kurs",
    ],
)
def test_what_may_be_work_stays(event: str) -> None:
    assert no_work(event) == ""


@pytest.mark.parametrize(
    ("column", "reason"),
    [("Meeting_hours", "time spent"), ("Days_of_active_use", "presence"), ("eSat_score_index", "identifier")],
)
def test_columns_that_count_no_work_are_set_aside(column: str, reason: str) -> None:
    assert reason in no_work(column, column=True)


@pytest.mark.parametrize(
    ("event", "name", "did"),
    [
        ("report_generated", "Reports generated", "generated a report"),
        ("api_call_made", "API calls made", "made an API call"),
        ("emails_sent", "Emails sent", "sent emails"),
        ("Created First Report", "Created first report", "created a first report"),
        ("Copilot_actions_taken_in_Teams", "Copilot actions taken in Teams", "took Copilot actions in Teams"),
        ("overtime_checked", "Overtime checked", "checked overtime"),
        ("analysis_run", "Analyses run", "ran an analysis"),
        ("person_added", "People added", "added a person"),
        ("Add New thing", "Add New thing", "used “Add New thing”"),
        ("code_generation_activity_count", "Code generation activity", "recorded “code generation activity”"),
        ("app:invoice.sent", "Invoices sent", "sent an invoice"),
        ("Clicked – Send invoice", "“Send invoice” clicked", "clicked “Send invoice”"),
        ("Bestellung aufgegeben", "Bestellung aufgegeben", "recorded “Bestellung aufgegeben”"),
        ("報告作成", "報告作成", "recorded “報告作成”"),
    ],
)
def test_an_event_is_told_in_words(event: str, name: str, did: str) -> None:
    words = event_words(event)
    assert (words.name, words.did) == (name, did)


def test_an_id_is_no_name_and_looking_is_told_apart() -> None:
    assert is_code("84eKv2U6eGlGgQ7NYYURCkfkSxU")
    assert not is_code("report_generated_monthly")
    assert is_looking("report_opened")
    assert not is_looking("report_exported")
