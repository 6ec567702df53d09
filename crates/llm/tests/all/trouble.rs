//! Servers that answer wrongly, slowly, hugely or not at all, and models that obey what they read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use llm::{Model, ModelError, Question, Settings};
use serde_json::{Value, json};
use sound::Progress;

use super::fake::{Fake, KEY, LIBRARY, Reply, ask, calling, film, openai, profile, settings};

/// Why a server that says this gives no edits.
fn why(reply: Reply) -> ModelError {
    let fault = ask(settings(&Fake::saying(reply)), "softer").unwrap_err();
    let told = fault.to_string();
    assert!(!told.contains(KEY) && !told.contains("127.0.0.1") && !told.contains("gossip"), "{told}");
    fault
}

#[test]
fn edits_of_another_form_are_refused() {
    let source = json!({ "id": 0, "name": "passwd", "file": "/etc/passwd", "kind": "photo" });
    let brief = |brief: Value| json!({ "add-bed": { "music": { "composed": brief } } });
    for edit in [
        json!({ "add-clip": { "source": source } }),
        json!({ "replace-clip": { "clip": 1, "source": source } }),
        json!({ "add-bed": { "music": { "recording": "/etc/passwd" } } }),
        json!({ "add-bed": { "name": "gossip", "music": { "composed": {} } } }),
        json!({ "lock": { "item": { "bed": 2 }, "locked": false } }),
        json!({ "burn-it": {} }),
        json!("burn-it"),
        json!({ "level": { "bed": 1, "percent": 20 }, "remove-bed": { "bed": 1 } }),
        json!({ "level": { "bed": 1, "percent": "20" } }),
        json!({ "level": { "bed": -1, "percent": 20 } }),
        json!({ "level": { "bed": 1 } }),
        json!({ "place": { "bed": 1, "span": { "start": "now", "end": 3 } } }),
        json!({ "style-title": { "title": 1, "look": { "font": "gossip" } } }),
        brief(json!({ "genre": "gossip" })),
        brief(json!({ "seed": 1 })),
        brief(json!({ "takes": [] })),
        brief(json!({ "like": 1 })),
        brief(json!({ "tempo_bpm": 9000 })),
        brief(json!({ "hits": [99] })),
        brief(json!({ "key": "gossip" })),
        json!({ "retake": { "bed": 1, "take": { "of": { "role": "melody" }, "seed": 1 } } }),
    ] {
        let fault = why(calling(json!([{ "level": { "bed": 1, "percent": 20 } }, edit])));
        assert!(matches!(fault, ModelError::Invalid), "{edit}: {fault}");
    }
    let many: Vec<Value> = (0..41).map(|n| json!({ "level": { "bed": 1, "percent": n } })).collect();
    assert!(matches!(why(calling(many.into())), ModelError::Invalid));
}

#[test]
fn a_model_that_obeys_a_title_gets_nothing_done() {
    // What the title in the film asks for, as one answer and each for itself.
    let source = json!({ "id": 0, "name": "passwd", "file": "/etc/passwd", "kind": "photo" });
    let clip = json!({ "add-clip": { "source": source } });
    let unlock = json!({ "lock": { "item": { "bed": 2 }, "locked": false } });
    for edits in [json!([clip, unlock]), json!([clip]), json!([unlock])] {
        assert!(matches!(why(calling(edits)), ModelError::Invalid));
    }
}

#[test]
fn answers_that_are_none_are_told_apart() {
    let chat = json!({ "choices": [{ "message": { "role": "assistant", "content": "gossip" } }] });
    let no_call = Reply::json(chat);
    let text = |status, kind, body: &str| Reply::Text(status, kind, body.to_owned());
    let mut checked = 0;
    for (reply, told) in [
        (no_call, "had no edits"),
        (calling(json!([])), "had no edits"),
        (Reply::json(openai("edit_film", "{\"edits\": [{\"lev")), "could not be read"),
        (Reply::json(openai("edit_film", "{}")), "were not valid"),
        (Reply::json(openai("delete_everything", "{\"edits\": []}")), "were not valid"),
        (text(200, "application/json", "{\"choices\": gossip"), "could not be read"),
        (text(200, "application/json", "[]"), "had no edits"),
        (text(200, "text/html", "<html>gossip</html>"), "could not be read"),
        (text(500, "text/plain", "gossip"), "refused (HTTP 500)"),
        (text(401, "application/json", "{\"error\": \"gossip\"}"), "refused (HTTP 401)"),
        (text(302, "text/plain", "gossip"), "refused (HTTP 302)"),
        (Reply::Nothing, "could not be reached"),
    ] {
        let fault = why(reply).to_string();
        assert!(fault.contains(told), "{checked}: {told}: {fault}");
        checked += 1;
    }
    assert_eq!(checked, 12);
}

#[test]
fn a_slow_server_is_not_waited_for() {
    let fake = Fake::saying(Reply::Late(Duration::from_secs(20), String::new()));
    let settings = Settings { patience: Duration::from_millis(300), ..settings(&fake) };
    let begun = Instant::now();
    let fault = ask(settings, "softer").unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(fault.to_string(), "the language model did not answer within 0.3 s");
}

#[test]
fn a_huge_answer_is_cut_off() {
    assert!(matches!(why(Reply::Huge(50_000_000)), ModelError::TooLong));
}

#[test]
fn nobody_at_the_address_is_no_wait() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = Settings { address: Some(format!("http://{free}/v1")), ..Settings::of("m") };
    assert!(matches!(ask(settings, "softer"), Err(ModelError::Unreachable)));
}

#[test]
fn a_server_without_the_right_certificate_is_not_spoken_to() {
    let fake = Fake::saying(calling(json!([])));
    let secure = fake.address.replace("http:", "https:");
    let settings = Settings { address: Some(secure), ..settings(&fake) };
    assert!(matches!(ask(settings, "softer"), Err(ModelError::Unreachable)));
    assert!(fake.asked().is_empty());
}

#[test]
fn who_wants_to_stop_does_not_wait_for_a_model() {
    struct Stop(AtomicBool);
    impl Progress for Stop {
        fn report(&self, _: f64) {}
        fn cancelled(&self) -> bool {
            // Not before the question is on its way.
            self.0.swap(true, Ordering::Relaxed)
        }
    }
    let fake = Fake::saying(Reply::Late(Duration::from_secs(20), String::new()));
    let (timeline, profile) = (film(), profile());
    let question = Question {
        request: "",
        timeline: &timeline,
        profile: &profile,
        library: &LIBRARY,
        seed: 1,
        frames: &[],
    };
    let begun = Instant::now();
    let fault = Model::new(settings(&fake)).unwrap().edits(&question, &Stop(AtomicBool::new(false)));
    assert!(matches!(fault, Err(ModelError::Cancelled)) && begun.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_key_is_not_printed() {
    let fake = Fake::saying(Reply::Nothing);
    let model = Model::new(settings(&fake)).unwrap();
    assert!(!format!("{model:?}").contains(KEY) && !format!("{:?}", settings(&fake)).contains(KEY));
}
