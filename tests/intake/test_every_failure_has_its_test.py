"""What goes wrong with a drop folder, and where it is shown that HotelML copes: one line for each failure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

SHOWN_IN: dict[str, tuple[str, ...]] = {
    "a file that is half copied or grows slowly": (
        "intake/test_drop_folder.py::test_a_growing_file_is_waited_for_until_its_end",
        "intake/test_drop_folder.py::test_an_event_alone_restarts_the_timer",
        "intake/test_files_written_on.py::test_a_file_that_is_written_on_during_its_import_comes_again",
        "intake/test_real_failures.py::test_a_slow_copy_is_read_to_its_end_and_not_before",
    ),
    "a share that sends no events": (
        "intake/test_drop_folder_live.py::test_a_dropped_file_is_imported_by_itself",
        "intake/test_drop_folder_live.py::test_what_lay_there_before_the_start_is_imported",
        "intake/test_drop_folder.py::test_a_rescan_finds_what_no_event_told_of",
    ),
    "a share that vanishes and comes back; a watcher that dies": (
        "intake/test_real_failures.py::test_a_share_that_is_unmounted_while_watched_is_told_of_and_picked_up_again",
        "intake/test_drop_folder_live.py::test_a_share_that_goes_and_comes_back_is_watched_again",
        "intake/test_drop_folder_live.py::test_a_stumble_of_the_watcher_itself_does_not_end_the_watch",
        "intake/test_drop_folder_in_trouble.py::test_a_vanished_folder_is_never_made_anew",
    ),
    "a file that is seen twice": (
        "intake/test_drop_folder.py::test_the_same_content_again_goes_to_duplicates_and_changes_nothing",
        "acceptance/test_killed_at_random.py::test_imports_killed_at_any_moment_lose_nothing_and_double_nothing",
    ),
    "no room for watched folders": (
        "intake/test_real_failures.py::test_where_the_system_really_has_no_watches_left_the_folder_is_polled_and_the_setting_named",
        "intake/test_drop_folder_in_trouble.py::test_where_the_system_has_no_watches_left_the_folder_is_polled",
    ),
    "a file that Excel has open": (
        "intake/test_real_failures.py::test_a_file_that_may_not_be_read_waits_alone_and_is_told_of_after_an_hour",
        "intake/test_drop_folder_in_trouble.py::test_a_file_another_program_holds_is_tried_again_and_told_of_after_an_hour",
        "intake/test_real_failures.py::test_a_folder_that_may_not_be_written_loses_nothing_and_imports_nothing_twice",
    ),
    "locks, half downloads and thumbnails of other programs": (
        "intake/test_drop_folder.py::test_other_programs_litter_is_left_alone",
    ),
    "a placeholder whose content is in the cloud": (
        "intake/test_drop_folder_in_trouble.py::test_a_file_whose_content_is_still_in_the_cloud_waits_without_error",
        "intake/test_drop_folder_in_trouble.py::test_a_placeholder_is_known_by_what_the_system_says_of_it",
    ),
    "a file that is unreadable, unknown or empty": (
        "intake/test_drop_folder.py::test_a_file_that_cannot_be_used_lies_in_failed_beside_a_note",
        "intake/test_drop_folder.py::test_a_note_names_the_line_but_never_the_guest",
        "intake/test_real_failures.py::test_a_full_drop_folder_does_not_litter_itself_with_empty_notes",
        "intake/test_odd_files.py::test_a_file_that_ends_the_program_again_and_again_is_put_aside",
        "intake/test_mutated_files.py::test_a_damaged_file_is_read_or_refused_in_words_and_no_row_is_lost",
        "intake/test_hostile_files.py::test_a_sheet_whose_cells_lie_at_opposite_ends_is_refused_before_it_ends_the_program",
    ),
    "a disk that is full in the middle": (
        "intake/test_real_failures.py::test_a_disk_that_is_full_keeps_the_export_waiting_and_then_lets_it_in",
        "intake/test_drop_folder_in_trouble.py::test_a_full_disk_leaves_the_file_where_it_is_until_there_is_room",
        "intake/test_disk_room.py::test_less_than_a_tenth_free_is_told_unless_the_rest_is_still_plenty",
        "intake/test_disk_room.py::test_a_disk_that_stays_low_is_told_of_once_an_hour_and_then_that_it_is_over",
    ),
    "a power cut in the middle": (
        "intake/test_drop_folder_live.py::test_after_a_kill_every_file_is_imported_exactly_once",
        "acceptance/test_killed_at_random.py::test_imports_killed_at_any_moment_lose_nothing_and_double_nothing",
        "acceptance/test_pulling_the_plug.py::test_an_import_cut_off_again_and_again_ends_with_every_booking_once",
    ),
    "the same bookings in exports that overlap": (
        "intake/test_importing.py::test_a_newer_export_changes_the_booking_and_keeps_its_history",
        "intake/test_importing.py::test_an_older_export_never_overwrites_a_newer_state",
        "store/test_timeline.py::test_in_whatever_order_exports_come_every_one_of_them_stays_true",
    ),
    "an export without booking numbers": (
        "intake/test_importing.py::test_an_export_without_booking_numbers_keeps_genuine_duplicates_apart",
    ),
    "dates that may begin with day or month": (
        "intake/test_importing.py::test_dates_of_a_whole_column_follow_one_order",
        "intake/test_values.py::test_a_column_is_never_read_in_two_orders",
    ),
    "a column that vanished, a new code, far fewer rows": (
        "intake/test_export_doctor.py::test_a_column_that_was_used_and_is_gone_wants_a_person",
        "intake/test_export_doctor.py::test_new_codes_are_named_once",
        "intake/test_export_doctor.py::test_a_status_nobody_knows_wants_a_person_and_one_seen_first_does_not",
        "intake/test_export_doctor.py::test_a_steady_export_that_shrinks_wants_a_person",
    ),
    "card numbers in a column of remarks": (
        "intake/test_guests_stay_out.py::test_card_numbers_among_remarks_are_counted_and_never_stored",
        "intake/test_importing.py::test_a_card_number_in_a_kept_column_is_removed_and_counted",
    ),
    "a PC that slept through the night's training": (
        "schedule/test_scheduler.py::test_a_night_of_sleep_is_made_up_for_once_in_the_morning",
        "schedule/test_crontab_schedules.py::test_a_week_of_sleep_is_made_up_for_once_within_a_minute",
    ),
    "a clock that changes, jumps or is wrong": (
        "schedule/test_crontab_schedules.py::test_a_time_that_spring_skips_comes_an_hour_later",
        "schedule/test_scheduler.py::test_a_clock_that_was_a_month_ahead_does_not_stop_the_schedule",
        "intake/test_odd_files.py::test_a_clock_that_jumps_while_a_file_waits_changes_nothing",
        "intake/test_importing.py::test_a_pc_clock_that_stands_wrong_does_not_refuse_the_rows",
        "intake/test_importing.py::test_every_row_is_accepted_rejected_or_ignored",
        "store/test_backups.py::test_a_copy_made_while_the_clock_went_back_is_not_taken_for_the_oldest",
    ),
    "a database that is damaged or from a later version": (
        "store/test_opening_the_store.py::test_a_damaged_database_is_refused_with_the_newest_good_backup_named",
        "store/test_opening_the_store.py::test_a_database_from_a_later_hotelml_is_refused_and_left_alone",
        "store/test_putting_back.py::test_a_restored_backup_takes_the_place_of_a_damaged_database_which_is_kept",
        "store/test_putting_back.py::test_a_restore_cut_off_at_any_step_is_finished_by_the_next_start",
        "acceptance/test_killed_at_random.py::test_restores_killed_at_any_moment_leave_the_one_database_or_the_other",
    ),
    "a home on a network drive": (
        "settings/test_home_folder.py::test_a_home_on_a_network_drive_is_refused",
        "settings/test_home_folder.py::test_the_systems_own_list_of_mounts_tells_what_is_on_the_network",
    ),
    "cells that a spreadsheet would run": (
        "services/test_written_files.py::test_a_spreadsheet_never_runs_a_text",
        "services/test_written_files.py::test_what_an_export_smuggled_in_is_written_harmless",
    ),
    "long paths, odd letters and blanks in names": (
        "core/test_paths.py::test_long_and_blank_padded_paths_are_marked_for_windows",
        "intake/test_odd_files.py::test_any_name_is_a_file_like_any_other",
        "intake/test_odd_files.py::test_a_name_in_a_windows_code_page_becomes_text",
        "intake/test_odd_files.py::test_the_longest_name_there_is_finds_room_for_a_number_and_a_note",
    ),
}


@pytest.mark.parametrize("failure", SHOWN_IN)
def test_it_is_shown_that_hotelml_copes_with(failure: str) -> None:
    for shown in SHOWN_IN[failure]:
        file, _, name = shown.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, shown
