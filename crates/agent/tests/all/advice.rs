//! What somebody else than the reader advises: held to the same rules, told in the same voice.

use agent::Kind;
use score::Brief;
use sound::Span;
use timeline::{Edit, History, Item, Music};

use super::stage::{LIBRARY, READER, empty, profile, scored};

fn synthwave() -> Edit {
    let brief = Brief { genre: Some("synthwave".into()), seed: 3, ..Brief::default() };
    let name = agent::music_name(&brief, &LIBRARY, agent::Language::English);
    Edit::AddBed { name, music: Music::Composed(Box::new(brief)), span: Some(Span::seconds(0.0, 12.0)) }
}

#[test]
fn advice_is_told_in_our_own_voice_with_the_figures_of_the_new_state() {
    let edits = vec![synthwave(), Edit::Level { bed: 1, percent: 20.0 }];
    let advised = |request| {
        let ours = READER.read(request, &empty(), &profile(), 7);
        READER.advised(request, &empty(), edits.clone(), &ours).unwrap()
    };
    let reading = advised("the air of a submarine under the ice");
    assert_eq!((reading.kind, &reading.edits), (Kind::Edited, &edits));
    assert!(!reading.unsure && !reading.through_history && !reading.wants_film);
    for figure in ["Synthwave", "0:12", "20"] {
        assert!(reading.reply.contains(figure), "{}", reading.reply);
    }
    let chinese = advised("像劫案片的开头").reply;
    assert!(chinese.contains("合成器"), "{chinese}");
    let beside = advised("the air of a submarine, and translate the subtitles into French");
    assert!(beside.reply.contains("captions") && beside.notes.len() == 1, "{}", beside.reply);
}

#[test]
fn advice_that_does_not_apply_or_changes_nothing_is_none() {
    let locked = scored().apply(&Edit::Lock { item: Item::Bed(1), locked: true }).unwrap();
    let ours = READER.read("softer", &scored(), &profile(), 7);
    let level = |bed, percent| vec![Edit::Level { bed, percent }];
    for (timeline, edits) in [
        (&locked, level(1, 20.0)),
        (&scored(), level(9, 20.0)),
        (&scored(), level(1, 900.0)),
        (&scored(), level(1, 35.0)),
        (&scored(), Vec::new()),
        (&scored(), (0..41).map(|n| Edit::Level { bed: 1, percent: f64::from(n) }).collect()),
    ] {
        assert_eq!(READER.advised("softer", timeline, edits, &ours), None);
    }
}

#[test]
fn an_advised_turn_is_one_step_of_the_history() {
    let history = History::new(scored());
    let edits = vec![Edit::Level { bed: 1, percent: 20.0 }, synthwave()];
    let ours = READER.turn("more of a heist", &history, &profile(), 7).reading;
    let turn = READER.advised_turn("more of a heist", &history, edits, &ours).unwrap();
    assert_eq!(turn.history.past().len(), 2);
    assert_eq!(turn.history.past()[1].said, "more of a heist");
    let undone = READER.turn("undo that", &turn.history, &profile(), 7);
    assert_eq!(undone.history.now(), &scored());
}

#[test]
fn the_reader_says_where_it_was_unsure() {
    let unsure = |request: &str| READER.read(request, &scored(), &profile(), 7).unsure;
    let known = ["make the music a bit quieter", "what genre is it?", "fade out over 3 seconds", ""];
    // What is impossible, or must be asked, no adviser makes possible.
    for request in known.into_iter().chain(["music from 2:00 to 3:00", "at 900%"]) {
        assert!(!unsure(request), "{request}");
    }
    for request in [
        "give it the air of a submarine under the ice",
        "add a title",
        "brabble the frobnitz",
        "translate the subtitles into French",
    ] {
        let reading = READER.read(request, &scored(), &profile(), 7);
        assert!(unsure(request), "{request}: {reading:?}");
    }
    let first = |request: &str| READER.read_adding(request, &empty(), &profile(), 7).unsure;
    for request in ["", "lo-fi", "add some music", "add a soundtrack", "我想要欢快的背景音乐"] {
        assert!(!first(request), "{request}");
    }
    for request in ["the air of a submarine under the ice", "give it the air of a submarine under the ice"] {
        assert!(first(request), "{request}");
    }
}
