//! Several pieces to choose from, and the choice.

use agent::Kind;
use timeline::{History, Music, Timeline};

use super::stage::{READER, empty, profile, scored, titled};

fn turn(history: &mut History, request: &str) -> agent::Reading {
    let turn = READER.turn(request, history, &profile(), 7);
    *history = turn.history;
    turn.reading
}

fn seeds(state: &Timeline) -> Vec<u64> {
    let seed = |music: &Music| match music {
        Music::Composed(brief) => brief.seed,
        Music::Recording(_) => 0,
    };
    state.beds.iter().map(|bed| seed(&bed.music)).collect()
}

#[test]
fn several_pieces_are_laid_out_and_one_is_chosen() {
    for (start, request, names, choice) in [
        (empty(), "give me three options", &["option 1", "option 2", "option 3"][..], "take the second one"),
        (scored(), "two alternatives please", &["option 1", "option 2"], "option 2 please"),
        (
            scored(),
            "show me a few other versions",
            &["option 1", "option 2", "option 3"],
            "I like number two best",
        ),
        (empty(), "three lofi variations", &["option 1", "option 2", "option 3"], "let's go with the 2nd"),
        (empty(), "给我三个欢快的版本", &["方案1", "方案2", "方案3"], "用第二个"),
        (scored(), "再来两个方案给我选", &["方案1", "方案2"], "方案二吧"),
        (scored(), "来几个不同的版本", &["方案1", "方案2", "方案3"], "我选第2个"),
    ] {
        let mut history = History::new(start);
        let reading = turn(&mut history, request);
        assert_eq!(reading.options, names, "{request}: {}", reading.reply);
        assert!(names[1..].iter().all(|name| reading.reply.contains(name)), "{request}: {}", reading.reply);
        let first = history.version(names[0]).unwrap();
        assert_eq!(first, history.now(), "{request}: the first of them plays");
        let (first, second) = (seeds(first), seeds(history.version(names[1]).unwrap()));
        assert_ne!(first, second, "{request}");
        let reading = turn(&mut history, choice);
        assert_eq!(reading.kind, Kind::Edited, "{choice}: {}", reading.reply);
        assert_eq!(seeds(history.now()), second, "{choice}");
        history.undo().unwrap();
        assert_eq!(seeds(history.now()), first, "{choice} can be taken back");
    }
}

#[test]
fn a_choice_keeps_what_was_changed_since() {
    let mut history = History::new(empty());
    turn(&mut history, "give me three options");
    turn(&mut history, "at 60%");
    let reading = turn(&mut history, "the third one");
    assert_eq!(reading.kind, Kind::Edited, "{}", reading.reply);
    let third = seeds(history.version("option 3").unwrap());
    let bed = &history.now().beds[0];
    assert_eq!((seeds(history.now()), bed.level_pct.round()), (third, 60.0));
    let again = turn(&mut history, "option 3");
    assert_eq!((again.kind, history.past().len()), (Kind::Answered, 4), "{}", again.reply);
}

#[test]
fn what_wants_no_choice_lays_out_none() {
    for (start, request) in [
        (scored(), "another version"),
        (titled(&["Hello", "Bye"]), "the second title in red"),
        (scored(), "no more options"),
        (scored(), "call this version A"),
        (scored(), "这个版本叫初稿"),
        (empty(), "what are my options?"),
        (scored(), "列出版本"),
    ] {
        let mut history = History::new(start);
        let reading = turn(&mut history, request);
        assert!(reading.options.is_empty(), "{request}: {}", reading.reply);
        assert_eq!(turn(&mut history, "take the second one").options, Vec::<String>::new());
    }
}

#[test]
fn more_than_can_be_heard_at_once_is_said() {
    let mut history = History::new(scored());
    let reading = turn(&mut history, "give me ten versions");
    assert_eq!(reading.options.len(), 5, "{}", reading.reply);
    assert!(reading.reply.contains("5 at a time are the most"), "{}", reading.reply);
}

#[test]
fn where_the_film_chooses_the_genre_each_option_has_another() {
    let genres = |history: &History| -> Vec<Option<String>> {
        let state = |n: usize| history.version(&format!("option {n}")).unwrap();
        let genre = |state: &Timeline| match &state.beds[0].music {
            Music::Composed(brief) => brief.genre.clone(),
            Music::Recording(_) => None,
        };
        (1..=3).map(|n| genre(state(n))).collect()
    };
    let mut history = History::new(empty());
    turn(&mut history, "give me three options");
    let of_film = genres(&history);
    assert!(of_film[0].is_none() && of_film[1].is_some() && of_film[1] != of_film[2], "{of_film:?}");
    let told = turn(&mut history, "three epic options");
    assert_eq!(told.options.len(), 3, "{}", told.reply);
    assert!(genres(&history).iter().all(|genre| genre.as_deref() == Some("epic")), "{:?}", genres(&history));
    turn(&mut history, "two other versions");
    assert!(history.version("option 3").is_none(), "what was laid out before is gone");
}
