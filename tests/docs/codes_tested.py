"""Which test brings about a finding whose code no test names: it asks for the words that a user reads.

File of tests → test → the codes. test_every_code_is_tested.py holds it to what is there; `make test-all` runs these
tests and sees that each brings about its codes.
"""

from __future__ import annotations

from collections.abc import Mapping

TESTED_BY_ITS_WORDS: Mapping[str, Mapping[str, str]] = {
    "backtest/test_backtest_command.py": {
        "test_a_loss_after_the_last_day_known_is_told_and_counts_as_kept": "lost-later",
        "test_wrong_input_is_told_and_ends_in_exit_code_2": "too-little-history",
    },
    "backtest/test_outcomes.py": {
        "test_a_file_without_rows_is_said_to_have_none": "table-without-rows",
        "test_accounts_in_one_of_the_two_only_are_left_out_and_told": "account-without-outcome",
    },
    "cli/test_bad_input.py": {
        "test_a_file_in_the_way_of_the_output_folder_is_said": "in-the-way",
        "test_a_missing_pdf_library_costs_the_pdfs_and_not_the_decks": "missing-library",
        "test_an_as_of_date_weeks_after_the_last_event_is_warned_of": "as-of-beyond-data",
    },
    "cli/test_changes.py": {
        "test_a_review_that_cannot_be_asked_for_is_an_error": "since-later",
    },
    "cli/test_check.py": {
        "test_a_draft_is_told_and_the_record_says_which_accounts_rest_on_it": "review-of-draft",
    },
    "cli/test_commit.py": {
        "test_a_quarter_that_goes_on_has_no_review_to_keep": "period-not-over",
        "test_a_record_that_differs_is_kept_and_what_would_change_is_told": "review-recorded",
        "test_an_account_that_had_not_begun_has_no_review_to_keep": "review-not-begun",
    },
    "cli/test_drill.py": {
        "test_a_broken_score_file_is_a_note_and_nothing_worse": "scores-broken",
        "test_scores_that_cannot_be_written_are_a_warning": "scores-not-kept",
    },
    "cli/test_explain_rows.py": {
        "test_a_file_that_is_there_is_kept_unless_it_may_be_replaced": "file-there",
        "test_an_unknown_statement_is_told_with_the_nearest": "unknown-statement",
    },
    "cli/test_init.py": {
        "test_only_presence_is_no_workspace": "no-work",
        "test_what_is_there_is_never_overwritten_unasked": "would-replace",
        "test_without_a_terminal_and_without_yes_it_says_so_and_writes_nothing": "no-terminal",
    },
    "cli/test_reviews_disputed.py": {
        "test_a_review_that_is_named_and_was_not_recorded_is_an_error_with_those_there_are": "since-not-recorded",
    },
    "cli/test_sentence_command.py": {
        "test_a_hundred_thousand_characters_are_refused_at_once": "text-too-long",
        "test_no_text_is_wrong_input": "no-text",
    },
    "cli/test_sheet_command.py": {
        "test_an_import_that_can_ask_nobody_writes_nothing_without_yes": "not-asked",
    },
    "cli/test_source_date.py": {
        "test_a_variable_that_is_no_number_is_refused_before_anything_is_made": "source-date",
    },
    "cli/test_template_command.py": {
        "test_a_name_that_is_none_is_told_with_the_folders_and_nothing_is_copied": "unknown-template",
        "test_what_was_changed_is_not_written_over_unless_asked_and_then_kept": "template-exists",
    },
    "cli/test_theme_check.py": {
        "test_a_map_that_is_missing_or_no_yaml_leaves_the_proposed_one": "template-map-unreadable",
        "test_check_tells_how_far_a_preview_spreads": "preview-spread",
        "test_check_tells_of_frames_with_little_room_and_of_text_that_is_hard_to_read": "template-contrast "
        "template-little-room",
    },
    "cli/test_theme_command.py": {
        "test_a_name_that_no_folder_should_have_is_refused": "theme-name",
        "test_a_template_that_cannot_be_used_leaves_nothing_behind": "template-no-map",
        "test_a_template_without_titles_is_shown_and_told": "template-map",
        "test_add_overwrites_nothing_without_being_asked": "theme-exists",
    },
    "cli/test_theme_preview.py": {
        "test_two_previews_of_one_name_are_not_written_over_each_other": "preview-twice",
    },
    "compose/test_compose_portfolio.py": {
        "test_a_portfolio_of_nothing_is_refused": "no-accounts",
    },
    "compose/test_promises.py": {
        "test_a_storyline_without_the_slide_gets_it_and_the_csm_is_told": "promises-put-in",
    },
    "compose/test_storyline.py": {
        "test_a_storyline_of_another_form_is_told": "storyline-form storyline-sections",
        "test_an_unknown_storyline_names_those_there_are": "unknown-storyline",
    },
    "compose/test_storyline_cuts.py": {
        "test_a_storyline_of_which_nothing_is_left_is_told_with_every_reason": "deck-empty",
    },
    "define/test_settings_and_data.py": {
        "test_a_workspace_that_is_not_there_says_how_to_name_one": "no-workspace",
    },
    "draft/test_roles.py": {
        "test_a_folder_without_a_table_is_told_with_what_is_in_it": "no-tables",
    },
    "measure/test_database_trouble.py": {
        "test_what_is_not_there_is_told_with_the_nearest_name": "column-type",
    },
    "narrate/test_wording.py": {
        "test_a_template_cannot_leave_its_sandbox_nor_run_on": "wording-fails wording-forbidden",
        "test_a_template_that_does_not_parse_is_told_with_file_line_and_fields": "wording-syntax",
        "test_a_wording_file_that_is_none_is_told_with_its_line": "wording-not-a-mapping wording-not-text",
        "test_an_entry_that_speaks_of_presence_is_refused_with_its_line": "wording-presence",
        "test_an_entry_written_twice_is_an_error_that_names_both_places": "duplicate-wording",
        "test_an_unknown_field_is_told_with_its_own_line_and_the_nearest_name": "unknown-field",
        "test_entries_that_say_one_another_without_end_are_found": "wording-without-end",
        "test_every_problem_of_every_file_is_told_at_once": "unknown-wording",
    },
    "narrate/test_wording_figures.py": {
        "test_a_half_translated_language_is_told_what_it_lacks": "wording-incomplete",
    },
    "render/html/test_own_templates.py": {
        "test_a_fault_is_told_before_the_template_runs": "template-unused",
        "test_a_link_to_a_file_elsewhere_is_not_read": "template-elsewhere",
        "test_what_cannot_be_stopped_from_within_is_ended_from_without": "template-limit",
    },
    "render/pdf/test_pdf_safety.py": {
        "test_a_colour_that_is_none_is_refused_with_its_name": "not-a-colour",
        "test_a_typeface_name_that_is_none_is_refused": "not-a-typeface",
    },
    "render/pptx/test_template_left_out.py": {
        "test_a_link_to_a_web_page_goes_and_its_text_stays": "template-link-dropped",
        "test_a_part_that_is_named_and_missing_is_left_out": "template-part-missing",
        "test_an_object_embedded_in_a_layout_goes_with_its_frame": "template-object-dropped",
    },
    "render/pptx/test_template_safety.py": {
        "test_a_file_too_large_to_be_carried_by_every_deck_is_refused_unread": "template-too-large",
        "test_a_part_that_unpacks_without_end_is_refused_while_it_is_read": "template-bomb",
        "test_no_file_and_a_folder_are_told": "template-is-folder template-missing",
    },
    "score/test_portfolio_changes.py": {
        "test_an_owner_or_a_segment_that_no_account_has_is_told_with_the_nearest": "no-such-accounts unknown-owner "
        "unknown-segment",
    },
    "sheet/test_import_errors.py": {
        "test_a_file_that_changes_while_the_question_stands_is_not_written_over": "changed-meanwhile",
        "test_a_workbook_of_another_workspace_is_told": "sheet-of-another",
        "test_a_workbook_of_somebody_elses_and_one_without_its_hidden_parts_are_told": "sheet-not-ours",
    },
    "test_theme_brand_files.py": {
        "test_the_colour_that_points_is_found_where_a_brand_has_it": "accent-chosen",
    },
    "test_theme_palette.py": {
        "test_a_colour_of_the_brand_is_used_as_it_is_or_its_change_is_said": "grey-print-repaired",
    },
}
