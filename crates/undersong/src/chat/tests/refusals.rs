//! Every refusal is answered as the skills say.

use serde_json::{Value, json};

use super::fake::{
    CREDITS, Fake, PACE, RENDER, RUN, SESSION, STATE, TOKEN, UPLOAD, done, refused, said, state,
};

/// What is shown before anything is asked.
const BEGUN: &str = "\
Setting things up...
Connected to SERVER, and ready.
film.mp4 has arrived (10.0 s, 320x180).
Say what music you want. \"export\" makes the film, \"status\" shows the tracks, \"credits\" what is left; \"quit\" leaves.
";

/// What is shown after that.
async fn shown(fake: &Fake, sentences: &[&str]) -> String {
    let shown = fake.talk(sentences).await;
    shown.strip_prefix(BEGUN).unwrap_or(&shown).to_owned()
}

#[tokio::test]
async fn requests_say_who_asks_and_nobody_sees_a_token() {
    let fake = Fake::start().await;
    let shown = fake.talk(&["add music", "credits", "status"]).await;
    insta::assert_snapshot!(shown, @r#"
    Setting things up...
    Connected to SERVER, and ready.
    film.mp4 has arrived (10.0 s, 320x180).
    Say what music you want. "export" makes the film, "status" shows the tracks, "credits" what is left; "quit" leaves.
    Done.
    You have 90 credits left.
    Timeline (2 tracks): 1. Video: film.mp4 (0-10s) 2. BGM: Lo-fi (0-10s, 35%)
    "#);
    let run = &fake.asked(RUN)[0];
    for (name, value) in [
        ("authorization", "Bearer nmv_usr_new"),
        ("accept", "text/event-stream"),
        ("x-skill-source", "test"),
        ("x-skill-version", env!("CARGO_PKG_VERSION")),
        ("x-skill-platform", "terminal"),
    ] {
        assert_eq!(run.headers[name], value);
    }
    assert_eq!(run.body["session_id"], "7");
    assert_eq!(run.body["new_message"]["parts"][0]["text"], "add music");
    let sent = fake.asked(UPLOAD)[0].body.as_str().unwrap().to_owned();
    assert!(sent.contains("name=\"files\"; filename=\"film.mp4\"") && sent.contains("a film"), "{sent}");
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_replaced() {
    let fake = Fake::start().await;
    fake.answers(SESSION, [refused(401, 1001, Value::Null), done(json!({ "session_id": "7" }))]);
    let shown = fake.talk_in(PACE, Some("nmv_usr_old"), &["credits"]).await;
    insta::assert_snapshot!(shown, @r#"
    Setting things up...
    The server does not take the token in NEMO_TOKEN; going on with a free one.
    Connected to SERVER, and ready.
    film.mp4 has arrived (10.0 s, 320x180).
    Say what music you want. "export" makes the film, "status" shows the tracks, "credits" what is left; "quit" leaves.
    You have 90 credits left.
    "#);
    assert_eq!(fake.asked(SESSION)[1].headers["authorization"], "Bearer nmv_usr_new");
}

#[tokio::test]
async fn a_kept_token_that_ran_out_is_replaced_in_the_middle_of_a_conversation() {
    let fake = Fake::start().await;
    fake.answers(RUN, [refused(401, 1001, Value::Null), said("Added.")]);
    insta::assert_snapshot!(shown(&fake, &["add music"]).await, @"
    The stay at this server had run out; a new one has begun.
    The server no longer has this conversation; a new one has begun.
    film.mp4 has arrived (10.0 s, 320x180).
    Added.
    ");
    assert_eq!((fake.asked(TOKEN).len(), fake.asked(SESSION).len(), fake.asked(UPLOAD).len()), (2, 2, 2));
}

#[tokio::test]
async fn a_session_that_is_gone_is_replaced_and_the_film_sent_again() {
    let fake = Fake::start().await;
    fake.answers(RUN, [refused(404, 1002, Value::Null), said("Added.")]);
    insta::assert_snapshot!(shown(&fake, &["add music"]).await, @"
    The server no longer has this conversation; a new one has begun.
    film.mp4 has arrived (10.0 s, 320x180).
    Added.
    ");
    assert_eq!((fake.asked(TOKEN).len(), fake.asked(SESSION).len(), fake.asked(UPLOAD).len()), (1, 2, 2));
    // What is still gone after that is not asked for again and again.
    fake.answers(STATE, [refused(404, 1002, Value::Null)]);
    insta::assert_snapshot!(shown(&fake, &["status"]).await, @"
    The server no longer has this conversation; a new one has begun.
    film.mp4 has arrived (10.0 s, 320x180).
    The server does not have this conversation any more.
    ");
}

#[tokio::test]
async fn without_credits_there_is_a_way_to_more() {
    let fake = Fake::start().await;
    let data =
        json!({ "user_id": "anon_1", "register_url": "https://undersong.example/register?bind=anon_1" });
    fake.answers(RUN, [refused(403, 2001, data), refused(403, 2001, Value::Null)]);
    insta::assert_snapshot!(shown(&fake, &["add music", "再试一次"]).await, @"
    There are no credits left. Register to go on: https://undersong.example/register?bind=anon_1
    积分已用完。注册后可以继续：SERVER/register?bind=anon_1
    ");
    let known = json!({ "session_id": "7", "user_id": "user_1" });
    fake.answers(SESSION, [done(known)]);
    insta::assert_snapshot!(shown(&fake, &["add music"]).await, @"There are no credits left. Top up credits in your account.");
}

#[tokio::test]
async fn files_that_are_not_taken_are_explained() {
    let fake = Fake::start().await;
    fake.answers(UPLOAD, [refused(415, 4001, Value::Null)]);
    insta::assert_snapshot!(fake.talk(&[]).await, @"
    Setting things up...
    Connected to SERVER, and ready.
    The server does not take this kind of file. It takes mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a and aac.
    ");
    fake.answers(UPLOAD, [done(json!({})), refused(413, 4002, Value::Null)]);
    let film = fake.film().display().to_string();
    insta::assert_snapshot!(fake.talk(&[&film]).await, @r#"
    Setting things up...
    Connected to SERVER, and ready.
    film.mp4 has arrived.
    Say what music you want. "export" makes the film, "status" shows the tracks, "credits" what is left; "quit" leaves.
    The file is too large for the server. Compress it or trim it, and send it again.
    "#);
}

#[tokio::test]
async fn a_client_without_a_name_takes_one_and_too_much_haste_waits_once() {
    let fake = Fake::start().await;
    let token = || done(json!({ "token": "nmv_usr_new", "user_id": "anon_1" }));
    fake.answers(TOKEN, [refused(400, 400, Value::Null), token()]);
    assert_eq!(shown(&fake, &[]).await, "");
    let names: Vec<_> = fake.asked(TOKEN).iter().map(|seen| seen.headers["x-client-id"].clone()).collect();
    assert_ne!(names[0], names[1]);

    let fake = Fake::start().await;
    fake.answers(TOKEN, [refused(429, 429, Value::Null), token()]);
    insta::assert_snapshot!(fake.talk(&["credits"]).await, @r#"
    Setting things up...
    The server asks for a pause; trying once more in 1 s.
    Connected to SERVER, and ready.
    film.mp4 has arrived (10.0 s, 320x180).
    Say what music you want. "export" makes the film, "status" shows the tracks, "credits" what is left; "quit" leaves.
    You have 90 credits left.
    "#);

    let fake = Fake::start().await;
    fake.answers(TOKEN, [refused(429, 429, Value::Null)]);
    insta::assert_snapshot!(fake.talk(&[]).await, @"
    Setting things up...
    The server asks for a pause; trying once more in 1 s.
    The server asks for more patience: too much was asked of it lately. Try again later.
    ");
    assert_eq!(fake.asked(TOKEN).len(), 2);
}

#[tokio::test]
async fn a_plan_that_does_not_export_is_no_lack_of_credits() {
    let fake = Fake::start().await;
    fake.answers(RENDER, [refused(402, 402, Value::Null)]);
    insta::assert_snapshot!(shown(&fake, &["export", "导出"]).await, @"
    This plan does not export; that is no question of credits. Register or upgrade your plan to unlock export: SERVER/register?bind=anon_1
    当前方案不能导出，这与积分无关。注册或升级方案后即可导出：SERVER/register?bind=anon_1
    ");
}

#[tokio::test]
async fn what_is_no_server_of_this_kind_is_named() {
    let fake = Fake::start().await;
    fake.answers(CREDITS, [done(json!({ "balance": "much" }))]);
    fake.answers(STATE, [state(35)]);
    insta::assert_snapshot!(
        shown(&fake, &["credits"]).await,
        @"What SERVER answers cannot be read; it may be no server of this kind."
    );
}
