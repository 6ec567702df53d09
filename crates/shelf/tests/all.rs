//! One suite for every database that the shelf opens: SQLite always, PostgreSQL where it can be had.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // all of this is a test

mod all {
    pub(crate) mod accounts;
    pub(crate) mod copies;
    pub(crate) mod files;
    pub(crate) mod house;
    pub(crate) mod invites;
    pub(crate) mod jobs;
    mod killed;
    pub(crate) mod ledger;
    pub(crate) mod old;
    pub(crate) mod postgres;
    pub(crate) mod replies;
    pub(crate) mod runs;
    pub(crate) mod s3;
    pub(crate) mod sessions;
    mod speed;
    mod stores;
    pub(crate) mod writing;
}

/// A test of its own for each case on SQLite; one for all of them on PostgreSQL, so that one server is enough.
macro_rules! suite {
    ($($part:ident::$case:ident,)*) => {
        mod on_sqlite {
            $(#[test] fn $case() { super::all::house::on_sqlite(|house| Box::pin(super::all::$part::$case(house))); })*
        }

        #[test]
        fn on_postgres() {
            all::postgres::each(&[$((stringify!($case), |house| Box::pin(all::$part::$case(house))),)*]);
        }
    };
}

suite! {
    accounts::token_opens_its_account_until_it_ends,
    accounts::client_has_one_token_in_its_time,
    accounts::place_has_its_number_of_accounts,
    accounts::registering_keeps_what_there_is,
    accounts::signing_in_needs_the_password,
    accounts::claim_opens_one_session,
    accounts::single_user_is_made_once,
    accounts::what_has_ended_is_forgotten,
    invites::invitation_is_accepted_once,
    invites::invitation_gives_a_new_password,
    invites::operator_finds_every_account,
    old::idle_sessions_are_found,
    old::deleted_session_leaves_nothing,
    old::old_events_are_forgotten,
    old::result_is_known_to_be_named,
    replies::request_that_comes_again_is_answered_alike,
    replies::one_of_many_requests_is_done,
    replies::notice_reaches_every_hook_once,
    replies::removed_hook_hears_no_more,
    runs::events_are_numbered_without_a_hole,
    runs::listener_hears_what_is_written,
    runs::session_has_one_run_at_a_time,
    runs::step_is_whole_or_nothing,
    runs::late_runner_writes_nothing,
    runs::run_that_ends_holds_nothing,
    runs::charged_run_gives_back_the_rest_only,
    runs::deleted_session_ends_its_run,
    sessions::saved_documents_come_back,
    sessions::stale_save_changes_nothing,
    sessions::one_of_many_saves_wins,
    sessions::key_makes_one_session,
    sessions::nobody_finds_what_is_not_theirs,
    sessions::list_goes_on_where_it_ended,
    sessions::deleted_session_is_gone,
    sessions::odd_text_is_refused_and_kept_alike,
    files::blob_comes_back_byte_for_byte,
    files::broken_off_blob_vanishes,
    files::finished_film_is_adopted,
    files::key_stays_inside_the_store,
    files::file_is_found_by_its_owner_only,
    files::same_key_is_the_same_file,
    files::blob_goes_with_its_last_file,
    files::abandoned_work_is_swept,
    jobs::key_asks_once,
    jobs::finished_job_is_charged_once,
    jobs::late_worker_writes_nothing,
    jobs::job_whose_workers_die_fails_for_good,
    jobs::failure_is_tried_again_or_given_back,
    jobs::cancelled_job_costs_nothing,
    jobs::deleted_session_calls_its_jobs_off,
    jobs::lane_runs_one_after_the_other,
    jobs::workers_are_shared_fairly,
    jobs::one_worker_is_shared_fairly,
    jobs::every_job_is_done_once_by_many_workers,
    ledger::whatever_happens_adds_up,
    ledger::hold_resolves_once_for_many,
    ledger::nobody_spends_more_than_there_is,
    ledger::lines_tell_what_happened,
    ledger::audit_finds_what_is_wrong,
    ledger::old_holds_expire_unless_their_job_lives,
    writing::acknowledged_writes_outlive_the_shelf,
    writing::refused_write_leaves_its_neighbours_alone,
    writing::dropped_caller_does_not_stop_a_write,
    writing::closed_shelf_says_so,
    writing::backup_is_a_shelf_of_its_moment,
    writing::newer_database_is_refused,
    writing::older_database_is_brought_up,
    copies::copy_is_taken_back,
    copies::damaged_copy_is_refused,
    copies::blob_that_is_lost_is_told,
}

/// The cases of files and blobs again, over a store that speaks S3.
macro_rules! over_s3 {
    ($($part:ident::$case:ident,)*) => {
        mod on_s3 {
            $(#[test] fn $case() { super::all::s3::over(|house| Box::pin(super::all::$part::$case(house))); })*
        }
    };
}

over_s3! {
    files::blob_comes_back_byte_for_byte,
    files::broken_off_blob_vanishes,
    files::finished_film_is_adopted,
    files::key_stays_inside_the_store,
    files::same_key_is_the_same_file,
    files::blob_goes_with_its_last_file,
    s3::copy_is_fetched_when_it_is_needed,
    s3::far_store_that_is_gone_is_told,
}
