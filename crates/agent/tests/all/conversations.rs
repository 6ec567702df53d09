//! Conversations as people hold them, each reply as it is read.

use agent::{Scored, ScoredBed, reply_for};
use insta::assert_snapshot;
use score::Library;
use timeline::Timeline;

use super::stage::{after, empty, profile, reading, scored, state};

/// Holds a conversation: what was said, what was answered, and where it led.
fn hold(mut timeline: Timeline, turns: &[&str]) -> String {
    let mut told = String::new();
    for turn in turns {
        let reading = reading(turn, &timeline);
        timeline = after(&timeline, &reading);
        told += &format!("> {turn}\n{}\n  [{}]\n", reading.reply, state(&timeline));
    }
    told
}

#[test]
fn a_first_film() {
    assert_snapshot!(hold(
        empty(),
        &[
            "add some lo-fi music to my vlog",
            "a bit quieter",
            "and fade it out over 4 seconds",
            "hit at 0:12",
            "only from 0:05 please",
            "no drums",
            "put it at 0:20 to 0:50",
            "thanks!",
        ]
    ));
}

#[test]
fn a_chinese_film() {
    assert_snapshot!(hold(
        empty(),
        &[
            "给我的婚礼视频配一首浪漫的音乐",
            "小声一点",
            "结尾淡出3秒",
            "前5秒不要音乐",
            "换一首更欢快的",
            "音量300%",
            "去掉音乐"
        ]
    ));
}

#[test]
fn a_traditional_film() {
    assert_snapshot!(hold(empty(), &["加點輕鬆的音樂，降到三成", "大聲一點", "在12秒卡點", "發到抖音"]));
}

#[test]
fn two_pieces() {
    assert_snapshot!(hold(
        scored(),
        &[
            "also add ambient in the last 10 seconds",
            "another one",
            "replace the second one",
            "all of them quieter",
            "remove the first one"
        ]
    ));
}

#[test]
fn what_was_measured_is_said() {
    let before = empty();
    let reading = reading("epic music, no drums", &before);
    let next = after(&before, &reading);
    let bed = ScoredBed {
        bed: 1,
        genre: "cinematic".into(),
        tempo_bpm: 84.27,
        key: "D minor".into(),
        hits_on_beat: 5,
        hits: 6,
    };
    let scored = Scored { beds: vec![bed], lufs: Some(-14.04), own_voices: true };
    let library = Library::built_in().unwrap();
    let english = reply_for(&reading, &before, &next, Some(&scored), &library);
    for figure in
        ["84.3 BPM", "D minor", "5 of 6 hits", "-14.0 LUFS", "built-in voices", "35%", "without drums"]
    {
        assert!(english.contains(figure), "{figure} is missing: {english}");
    }
    let reading = super::stage::reading("史诗音乐", &before);
    let chinese = reply_for(&reading, &before, &next, Some(&scored), &library);
    for figure in ["84.3 BPM", "D小调", "6 个卡点中有 5 个", "-14.0 LUFS", "内置音色"] {
        assert!(chinese.contains(figure), "{figure} is missing: {chinese}");
    }
}

#[test]
fn music_over_music_is_warned_of() {
    let film = footage::Profile { has_music: true, ..profile() };
    let library = Library::built_in().unwrap();
    let reading = agent::read("add calm music", &empty(), &film, &library, 7);
    assert!(reading.reply.contains("already has music of its own"), "{}", reading.reply);
    assert_eq!(reading.notes.len(), 1);
}

#[test]
fn another_piece_has_another_seed_even_with_the_same_one() {
    let first = after(&empty(), &reading("lofi", &empty()));
    let second = after(&first, &reading("another one", &first));
    assert_ne!(first, second);
}
