//! Servers that answer well, in each dialect.

use llm::{Secret, Settings};
use score::{Brief, Key, Mood, Role};
use serde_json::{Value, json};
use sound::{Span, Time};
use timeline::{Edit, Music};

use super::fake::{Fake, KEY, Reply, ask, calling, settings};

const ARGUMENT: &str = r#"{"edits":[{"level":{"bed":1,"percent":20}}]}"#;

fn softer() -> Vec<Edit> {
    vec![Edit::Level { bed: 1, percent: 20.0 }]
}

fn answered(edits: Value) -> Vec<Edit> {
    ask(settings(&Fake::saying(calling(edits))), "like the opening of a heist").unwrap()
}

#[test]
fn times_come_out_right_to_the_tick() {
    let edits = answered(json!([
        { "fade": { "bed": 1, "fade_in": 0.1, "fade_out": 1.001 } },
        { "place": { "bed": 1, "span": { "start": 1, "end": 12.48 } } },
        { "place-title": { "title": 1, "span": { "start": 0, "end": 2.5 } } },
        { "mark": { "name": "door", "at": 3.3333333333 } },
    ]));
    let ticks = Time::from_ticks;
    assert_eq!(
        edits,
        [
            Edit::Fade { bed: 1, fade_in: ticks(70_560_000), fade_out: ticks(706_305_600) },
            Edit::Place { bed: 1, span: Span::new(ticks(705_600_000), ticks(8_805_888_000)) },
            Edit::PlaceTitle { title: 1, span: Span::new(Time::ZERO, ticks(1_764_000_000)) },
            Edit::Mark { name: "door".into(), at: ticks(2_352_000_000), hit: false },
        ]
    );
}

#[test]
fn new_music_gets_our_seed_and_our_name() {
    let brief = json!({
        "genre": "synthwave", "mood": { "valence": -0.2, "arousal": 3 }, "tempo_bpm": 110, "key": "D minor",
        "hits": [4.5, 1.25], "without": ["drums"], "climax": 10,
    });
    let edits = answered(json!([{ "add-bed": { "music": { "composed": brief }, "span": null } }]));
    let [Edit::AddBed { name, music: Music::Composed(brief), span: None }] = edits.as_slice() else {
        panic!("{edits:?}");
    };
    assert_eq!(name, "Synthwave");
    let wanted = Brief {
        genre: Some("synthwave".into()),
        mood: Some(Mood { valence: -0.2, arousal: 1.0 }),
        tempo_bpm: Some(110.0),
        key: "D minor".parse::<Key>().ok(),
        hits: vec![Time::from_seconds(1.25), Time::from_seconds(4.5)],
        without: vec![Role::Drums],
        climax: Some(Time::from_seconds(10.0)),
        seed: 7,
        ..Brief::default()
    };
    assert_eq!(**brief, wanted);
}

#[test]
fn music_of_the_same_genre_stays_the_same_piece() {
    let seed = |genre: &str| {
        let edits =
            answered(json!([{ "rescore": { "bed": 1, "brief": { "genre": genre, "tempo_bpm": 90 } } }]));
        let [Edit::Rescore { name, brief, .. }] = edits.as_slice() else { panic!("{edits:?}") };
        (name.clone(), brief.seed)
    };
    assert_eq!(seed("lofi").1, 4242);
    assert_eq!(seed("synthwave"), ("Synthwave".to_owned(), 7));
    let edits = answered(json!([{ "retake": { "bed": 1, "take": { "of": { "role": "melody" } } } }]));
    assert!(matches!(edits[0], Edit::Retake { take, .. } if take.seed == 7));
}

#[test]
fn each_dialect_is_understood_and_carries_the_key_in_its_header() {
    let argument: Value = serde_json::from_str(ARGUMENT).unwrap();
    let anthropic = json!({
        "id": "r1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "tool_use",
        "content": [{ "type": "tool_use", "id": "c1", "name": "edit_film", "input": argument }],
        "usage": { "input_tokens": 1, "output_tokens": 1 },
    });
    let gemini = json!({
        "candidates": [{ "finishReason": "STOP", "content": { "role": "model",
            "parts": [{ "functionCall": { "name": "edit_film", "args": argument } }] } }],
        "usageMetadata": { "promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2 },
    });
    let ollama = json!({
        "model": "m", "done": true, "done_reason": "stop",
        "message": { "role": "assistant", "content": "",
            "tool_calls": [{ "function": { "name": "edit_film", "arguments": argument } }] },
    });
    let openai = super::fake::openai("edit_film", ARGUMENT);
    for (dialect, reply, path, header) in [
        ("openai", openai, "/v1/chat/completions", "authorization: bearer"),
        ("anthropic", anthropic, "/v1/messages", "x-api-key:"),
        ("gemini", gemini, "/v1/models/our-model:generatecontent", "x-goog-api-key:"),
        ("ollama", ollama, "/v1/api/chat", ""),
    ] {
        let fake = Fake::saying(Reply::json(reply));
        let settings = Settings {
            address: Some(fake.address.clone()),
            key: Some(Secret::new(KEY)),
            ..Settings::of(format!("{dialect}::our-model"))
        };
        assert_eq!(ask(settings, "softer").unwrap(), softer(), "{dialect}");
        let asked = &fake.asked()[0];
        let head = asked.head.to_lowercase();
        assert!(head.starts_with(&format!("post {path} ")), "{head}");
        let key = if header.is_empty() { String::new() } else { format!("{header} {KEY}\r\n") };
        assert!(head.contains(&key), "{dialect}: {head}");
        assert!(!asked.body.contains(KEY) && asked.body.contains("edit_film"), "{dialect}");
    }
}
