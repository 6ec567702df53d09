//! The table of errors in the tests.

use serde_json::json;

use super::*;

fn every_problem() -> Vec<Problem> {
    use Problem::*;
    let why = || "It is no film.".to_owned();
    let none = NoCredits { user: "anon_1".into(), register: "http://x/register?bind=anon_1".into() };
    vec![
        NoClientId,
        Malformed(why()),
        PlanBlocked,
        TooOften(Duration::from_secs(30)),
        TooMany("exports", Duration::from_secs(30)),
        BadToken,
        BadPassword,
        NoSession,
        NotThere("export"),
        Expired,
        WrongMethod,
        none,
        Unsupported(why()),
        TooLarge(500),
        Unreadable(why()),
        OverLimit(why()),
        BadAddress(why()),
        NotFetched(why()),
        NoStream(why()),
        Occupied("run"),
        Stale,
        Elsewhere(7),
        OtherBody,
        Failed(why()),
        TimedOut(why()),
        Busy(Duration::from_millis(1)),
    ]
}

#[test]
fn every_problem_has_its_row() {
    let table: Vec<String> = every_problem()
        .iter()
        .map(|problem| {
            let row = problem.row();
            let told = problem.told("r");
            assert!(row.message.ends_with('.') && row.hint.ends_with('.'), "{}", row.message);
            assert_eq!((&told.detail, &*told.request_id), (&told.message, "r"));
            format!("{} {} {}", row.code, row.status, row.retryable)
        })
        .collect();
    let wanted = [
        "400 400 true",
        "400 400 false",
        "402 402 false",
        "429 429 true",
        "429 429 true",
        "1001 401 false",
        "1001 401 false",
        "1002 404 false",
        "404 404 false",
        "404 404 false",
        "405 405 false",
        "2001 403 false",
        "4001 415 false",
        "4002 413 false",
        "4003 422 false",
        "4004 422 false",
        "4005 422 false",
        "4006 502 true",
        "4007 422 false",
        "4009 409 true",
        "4009 409 true",
        "4009 409 true",
        "4009 409 false",
        "5001 500 true",
        "5002 504 true",
        "5003 503 true",
    ];
    assert_eq!(table, wanted);
}

#[test]
fn whoever_is_to_wait_is_told_how_long() {
    let answer = Problem::Busy(Duration::from_millis(1)).into_response();
    assert_eq!(answer.headers()[header::RETRY_AFTER], "1");
    let answer = Problem::TooOften(Duration::from_secs(30)).into_response();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()[header::RETRY_AFTER].as_bytes()),
        (429, &b"30"[..])
    );
    let told = Problem::NoCredits { user: "anon_1".into(), register: "u".into() }.told("");
    let told = serde_json::to_value(told).unwrap();
    assert_eq!(told["data"], json!({ "user_id": "anon_1", "register_url": "u" }));
    assert_eq!(serde_json::to_value(Problem::BadToken.told("")).unwrap()["data"], json!(null));
}

#[test]
fn who_has_tools_is_told_nothing_of_addresses_and_headers() {
    // What comes of methods and of uploads in parts never reaches a tool.
    let apart = [Problem::NoClientId, Problem::WrongMethod, Problem::Elsewhere(7)];
    for problem in every_problem().into_iter().filter(|problem| !apart.contains(problem)) {
        let told = crate::mcp::refusal::Refusal::from(problem.clone());
        assert_eq!((told.code, told.retryable), (problem.code(), problem.advice().1));
        for word in ["/api", "openapi", "Retry-After", "register_url", "new id", "the state", "HEAD"] {
            assert!(!told.message.contains(word), "{}", told.message);
        }
    }
}
