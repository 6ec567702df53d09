//! What every turn of a conversation promises, whatever is said.

use agent::Kind;
use proptest::prelude::*;
use timeline::{History, Music, Timeline};

use super::any_text::WORDS;
use super::stage::{READER, after, empty, profile, reading, scored, titled};

/// The levels in percent that a state holds: of music, of stretches of it, and of clips; and speeds.
fn percentages(timeline: &Timeline) -> Vec<f64> {
    let beds = timeline
        .beds
        .iter()
        .flat_map(|bed| std::iter::once(bed.level_pct).chain(bed.rides.iter().map(|ride| ride.level_pct)));
    let clips = timeline.clips.iter().flat_map(|clip| [clip.level_pct, f64::from(clip.speed_pct)]);
    beds.chain(clips).chain([100.0]).collect()
}

/// The tempi that a state asks for.
fn tempi(timeline: &Timeline) -> Vec<f64> {
    let wished = timeline.beds.iter().filter_map(|bed| match &bed.music {
        Music::Composed(brief) => brief.tempo_bpm,
        Music::Recording(_) => None,
    });
    wished.collect()
}

/// The figures that stand before this unit in a reply.
fn figures(reply: &str, unit: &str) -> Vec<f64> {
    let before = |at: usize| {
        let text = reply[..at].trim_end();
        let start = text
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |place| place + text[place..].chars().next().map_or(1, char::len_utf8));
        text[start..].parse().ok()
    };
    reply.match_indices(unit).filter_map(|(at, _)| before(at)).collect()
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS), 1..7).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_turn_changes_the_state_or_says_why_not_and_undo_restores_it(
        said in proptest::collection::vec(words(), 1..5),
        bare in any::<bool>(),
    ) {
        let mut history = History::new(if bare { empty() } else { scored() });
        for request in &said {
            let turn = READER.turn(request, &history, &profile(), 7);
            prop_assert!(!turn.reading.reply.trim().is_empty(), "{}", request);
            let changed = turn.history.now() != history.now();
            prop_assert_eq!(changed, turn.reading.kind == Kind::Edited, "{}: {}", request, turn.reading.reply);
            if changed && !turn.reading.through_history {
                let back = READER.turn("undo", &turn.history, &profile(), 7);
                prop_assert_eq!(back.history.now(), history.now(), "{}", request);
            }
            history = turn.history;
        }
    }

    #[test]
    fn an_edit_never_tells_a_figure_that_the_state_does_not_hold(request in words(), bare in any::<bool>()) {
        let history = History::new(if bare { empty() } else { scored() });
        let turn = READER.turn(&request, &history, &profile(), 7);
        // A refusal quotes what was wished.
        if turn.reading.kind != Kind::Edited || !turn.reading.notes.is_empty() {
            return Ok(());
        }
        let states = [history.now(), turn.history.now()];
        for (unit, held) in [("%", percentages as fn(&Timeline) -> Vec<f64>), ("BPM", tempi)] {
            let held: Vec<f64> = states.iter().flat_map(|state| held(state)).collect();
            for figure in figures(&turn.reading.reply, unit) {
                let known = held.iter().any(|held| (held - figure).abs() < 0.06);
                prop_assert!(known, "{}: {} {} in {}", request, figure, unit, turn.reading.reply);
            }
        }
    }
}

#[test]
fn naughty_strings_are_answered_and_change_nothing_in_silence() {
    let said = naughty_strings::BLNS.iter().flat_map(|naughty| {
        [(*naughty).to_owned(), format!("add a title {naughty}"), format!("{naughty}, 小声一点")]
    });
    for request in said {
        for state in [empty(), scored()] {
            let history = History::new(state);
            let turn = READER.turn(&request, &history, &profile(), 7);
            let changed = turn.history.now() != history.now();
            assert!(!turn.reading.reply.trim().is_empty(), "{request:?}");
            assert_eq!(changed, turn.reading.kind == Kind::Edited, "{request:?}: {}", turn.reading.reply);
        }
    }
}

#[test]
fn a_word_said_of_a_title_leaves_the_music_alone() {
    let start = titled(&["Hello"]);
    let changed: Vec<String> = WORDS
        .iter()
        .flat_map(|word| [format!("make the title {word}"), format!("标题{word}")])
        .filter(|request| after(&start, &reading(request, &start)).beds != start.beds)
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
}
