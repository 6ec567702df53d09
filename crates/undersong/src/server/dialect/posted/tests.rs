//! Posted drafts in the tests.

use score::Brief;
use serde_json::json;

use super::*;
use crate::server::dialect::draft::draft;

fn film(file: &str) -> Source {
    Source { file: Some(file.to_owned()), ..Source::film(format!("{file}.mp4"), Time::from_ratio(10, 1)) }
}

fn stock() -> Stock {
    Stock {
        films: vec![film("file_1"), film("file_2")],
        recordings: vec![("file_3".into(), "song.mp3".into())],
    }
}

/// A film with music and a title.
fn session() -> Timeline {
    let music = Music::Composed(Box::<Brief>::default());
    let edits = [
        Edit::AddBed { name: "Lo-fi".into(), music, span: None },
        Edit::AddTitle { text: "Hi".into(), span: Some(Span::seconds(0.0, 3.0)), look: Default::default() },
    ];
    let start = Timeline::new(film("file_1"));
    edits.iter().fold(start, |timeline, edit| timeline.apply(edit).unwrap())
}

/// The draft of the session with something changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<Timeline, String> {
    let mut posted = serde_json::to_value(draft(Some(&session()), &[], 1)).unwrap();
    change(&mut posted);
    laid(&posted, &session(), &stock()).map_err(|problem| problem.sentence())
}

#[test]
fn a_draft_that_comes_back_changes_nothing() {
    assert_eq!(changed(|_| {}), Ok(session()));
}

#[test]
fn what_a_draft_changes_is_changed() {
    let quiet = changed(|draft| draft["t"][1]["sg"][0]["volume"] = json!(0.2)).unwrap();
    assert_eq!(quiet.beds[0].level_pct, 20.0);
    let bare = changed(|draft| draft["t"][1]["sg"] = json!([])).unwrap();
    assert!(bare.beds.is_empty() && bare.titles.len() == 1);
    let titled = changed(|draft| draft["t"][2]["sg"][0]["text"] = json!("Ho")).unwrap();
    assert_eq!(titled.titles[0].text, "Ho");
    let two = changed(|draft| {
        let clips = draft["t"][0]["sg"].as_array_mut().unwrap();
        clips.insert(0, json!({ "source": "file_2", "in": 1000, "length": 2000 }));
    });
    let two = two.unwrap();
    assert_eq!((two.name(), ms(two.length())), ("file_2.mp4", 12_000));
    let own = changed(|draft| {
        let songs = draft["t"][1]["sg"].as_array_mut().unwrap();
        songs.push(json!({ "source": "file_3", "start": 0, "length": 5000, "volume": 0.5 }));
    });
    let own = own.unwrap();
    assert_eq!(
        (own.beds.len(), &own.beds[1].music, own.beds[1].level_pct),
        (2, &Music::Recording("file_3".into()), 50.0)
    );
}

#[test]
fn what_cannot_be_is_named() {
    let told = |change: &dyn Fn(&mut Value)| changed(change).unwrap_err();
    for (field, told) in [
        ("draft.colour ", told(&|draft| draft["colour"] = json!(1))),
        ("draft.t[1].tt ", told(&|draft| draft["t"][1]["tt"] = json!(3))),
        ("draft.t[0].sg[0].colour ", told(&|draft| draft["t"][0]["sg"][0]["colour"] = json!(1))),
        ("draft.t[0].sg[0].source ", told(&|draft| draft["t"][0]["sg"][0]["source"] = json!("file_9"))),
        ("draft.t[0].sg[0].id ", told(&|draft| draft["t"][0]["sg"][0]["id"] = json!(99))),
        ("draft.t[0].sg[0].length ", told(&|draft| draft["t"][0]["sg"][0]["length"] = json!(99_000))),
        ("draft.t[1].sg[0].volume ", told(&|draft| draft["t"][1]["sg"][0]["volume"] = json!(7))),
        ("draft.t[1].sg[0].start ", told(&|draft| draft["t"][1]["sg"][0]["start"] = json!(9_000))),
        ("draft.t[2].sg[0].start ", told(&|draft| draft["t"][2]["sg"][0]["start"] = json!(-1))),
        ("draft.t[2].sg[0].text ", told(&|draft| draft["t"][2]["sg"][0] = json!({ "start": 0 }))),
        ("draft.t ", told(&|draft| draft["t"][0]["sg"] = json!([]))),
        ("draft.t ", told(&|draft| *draft = json!({ "d": 1 }))),
    ] {
        assert!(told.starts_with(field), "{field}: {told}");
    }
}
