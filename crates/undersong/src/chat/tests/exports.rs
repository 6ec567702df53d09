//! Films that are made, fail, and are fetched.

use serde_json::{Value, json};

use super::fake::{Answer, Fake, Piece, RENDER, done, refused};

const LOOK: &str = "GET /api/render/proxy/lambda/render_1";
const DOWNLOAD: &str = "GET /api/render/proxy/render_1/download";
const SIGNED: &str = "GET /files/film.mp4";

fn at(progress: i64) -> Answer {
    done(json!({ "status": "processing", "progress": progress }))
}

fn made() -> Answer {
    done(json!({ "status": "completed", "progress": 100, "output": { "url": "/files/film.mp4" } }))
}

fn failed() -> Answer {
    done(json!({ "status": "failed", "error": "The render ran out of memory." }))
}

async fn shown(fake: &Fake, sentences: &[&str]) -> String {
    let shown = fake.talk(sentences).await;
    shown.lines().skip(4).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_film_lies_beside_its_source_and_never_over_another() {
    let fake = Fake::start().await;
    fake.answers(LOOK, [at(0), at(50), made()]);
    fake.answers(SIGNED, [Answer::File(b"the scored film")]);
    insta::assert_snapshot!(shown(&fake, &["export in 720p", "send me the video"]).await, @"
    The film is there: PLACE/film-scored.mp4
    The film is there: PLACE/film-scored-2.mp4
    ");
    assert_eq!(fake.fetched(), b"the scored film");
    let asked = fake.asked(RENDER);
    assert_eq!(asked[0].body["output"], json!({ "format": "mp4", "quality": "high", "resolution": "720p" }));
    assert_eq!(asked[0].body["sessionId"], "7");
    assert!(asked[0].body["draft"]["t"].is_array());
    assert_ne!(asked[0].body["id"], asked[1].body["id"]);
}

#[tokio::test]
async fn an_address_that_ran_out_is_made_up_for() {
    let fake = Fake::start().await;
    fake.answers(LOOK, [made()]);
    fake.answers(SIGNED, [refused(403, 403, Value::Null)]);
    fake.answers(DOWNLOAD, [Answer::File(b"the scored film")]);
    assert_eq!(shown(&fake, &["export"]).await, "The film is there: PLACE/film-scored.mp4");
    assert_eq!(fake.asked(DOWNLOAD)[0].headers["authorization"], "Bearer nmv_usr_new");
}

#[tokio::test]
async fn an_export_that_nobody_can_look_at_is_fetched_later() {
    let fake = Fake::start().await;
    fake.answers(LOOK, [Answer::Stream(vec![Piece::Break])]);
    let told = shown(&fake, &["export"]).await;
    assert!(told.starts_with("The connection to SERVER broke off"), "{told}");
    assert!(told.ends_with("\"undersong chat --resume\" fetches the film."), "{told}");
}

#[tokio::test]
async fn a_failed_export_is_tried_once_more_under_another_number() {
    let fake = Fake::start().await;
    fake.answers(LOOK, [failed(), made()]);
    fake.answers(SIGNED, [Answer::File(b"film")]);
    insta::assert_snapshot!(shown(&fake, &["export"]).await, @"
    The export failed; trying once more.
    The film is there: PLACE/film-scored.mp4
    ");
    let numbers: Vec<Value> = fake.asked(RENDER).iter().map(|seen| seen.body["id"].clone()).collect();
    assert_ne!(numbers[0], numbers[1]);

    fake.answers(LOOK, [failed()]);
    insta::assert_snapshot!(shown(&fake, &["export"]).await, @"
    The export failed; trying once more.
    The render ran out of memory.
    ");
}
