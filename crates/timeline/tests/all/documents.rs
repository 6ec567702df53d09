//! Saved documents: older ones are brought up to date, broken ones are refused in words.

use sound::{Span, Time};
use timeline::{Edit, History, Look, Source, Timeline};

fn film() -> Timeline {
    Timeline::new(Source::film("film.mp4", Time::from_seconds(30.0)))
}

#[test]
fn a_document_of_version_1_is_the_film_shown_whole() {
    let saved =
        r#"{"version":1,"film":{"name":"film.mp4","length":21168000000},"beds":[],"target":"youtube"}"#;
    assert_eq!(serde_json::from_str::<Timeline>(saved).unwrap(), film());
}

#[test]
fn what_holds_no_timeline_says_why() {
    let fault = |text: &str| serde_json::from_str::<Timeline>(text).unwrap_err().to_string();
    let saved = serde_json::to_string(&film()).unwrap();
    assert_eq!(
        fault(&saved.replace("\"version\":2", "\"version\":3")),
        "it has version 3; this program reads versions 1 to 2"
    );
    let short = saved.replace("\"end\":21168000000", "\"end\":99168000000");
    assert_eq!(
        fault(&short),
        "it does not hold together: span: 0.000s-140.544s does not lie within the source, which is 30.000s long"
    );
    assert!(
        fault(&saved.replace("clips", "clops"))
            .starts_with("it has no shape of a timeline: unknown field `clops`")
    );
    assert!(fault("[]").starts_with("it has no shape of a timeline"));
}

#[test]
fn titles_and_clips_stand_in_the_summary() {
    let title = Edit::AddTitle {
        text: "Urban\nDreams".into(),
        span: Some(Span::seconds(0.0, 3.0)),
        look: Look::default(),
    };
    let told = film().apply(&title).unwrap().to_string();
    assert_eq!(told, "Timeline (2 tracks): 1. Video: film.mp4 (0-30s) 2. Title: \"Urban Dreams\" (0-3s)");
    let more = [
        Edit::AddClip { source: Source::photo("beach.jpg"), span: None, at: None },
        Edit::Speed { clip: Some(1), percent: 250 },
        Edit::Mute { clip: Some(1), muted: true },
    ];
    let told = more.iter().fold(film(), |timeline, edit| timeline.apply(edit).unwrap()).to_string();
    assert_eq!(told, "Timeline (1 track): 1. Video: film.mp4 (0-12s, 2.5x, muted), beach.jpg (12-16s)");
}

#[test]
fn versions_have_names_and_taking_one_up_can_be_undone() {
    let mut history = History::new(film());
    let cut = |seconds| Edit::CutOut { span: Span::seconds(0.0, seconds) };
    history.edit("cut the first ten seconds", &[cut(10.0)]).unwrap();
    history.name("short");
    history.undo().unwrap();
    history.edit("cut one", &[cut(1.0)]).unwrap();
    assert_eq!(history.redo().unwrap_err().to_string(), "there is nothing to redo");
    assert_eq!(history.go_to("short").unwrap().length(), Time::from_seconds(20.0));
    assert_eq!(history.undo().unwrap().length(), Time::from_seconds(29.0));
    assert_eq!(history.go_to("long").unwrap_err().to_string(), "name: there is no version called 'long'");
    let bad = [cut(2.0), cut(90.0)];
    assert!(history.edit("both", &bad).is_err());
    assert_eq!(history.now().length(), Time::from_seconds(29.0), "all edits of a step are done or none");
}

#[test]
fn a_long_history_keeps_its_start() {
    let mut history = History::new(film());
    for turn in 0..History::MOST_STEPS + 20 {
        let percent = 100 + turn as u32 % 7;
        history.edit("faster", &[Edit::Speed { clip: None, percent }]).unwrap();
    }
    assert_eq!(history.past().len(), History::MOST_STEPS + 1);
    while history.undo().is_ok() {}
    assert_eq!(history.now(), &film());
}

#[test]
fn a_history_that_points_outside_itself_is_refused() {
    let saved = serde_json::to_string(&History::new(film())).unwrap().replace("\"now\":0", "\"now\":7");
    assert_eq!(
        serde_json::from_str::<History>(&saved).unwrap_err().to_string(),
        "now: there is no step 7 in the history"
    );
}
