//! Conversations as people hold them, each reply as it is read.

use agent::{Scored, ScoredBed, reply_for};
use insta::assert_snapshot;
use score::Library;
use timeline::Timeline;

use super::stage::{READER, after, empty, profile, reading, scored, state};

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
fn levels_locks_and_takes() {
    assert_snapshot!(hold(
        scored(),
        &[
            "softer until he starts talking and louder at the end",
            "a bit quieter",
            "quieter at the end",
            "how loud is the music?",
            "the same level everywhere again",
            "write another melody but keep the drums",
            "redo the part from 0:10 to 0:20",
            "build up slowly",
            "lock the music",
            "louder",
            "is it locked?",
            "unlock the music and make it louder",
        ]
    ));
}

#[test]
fn chinese_levels_locks_and_takes() {
    assert_snapshot!(hold(
        scored(),
        &[
            "说话之前小声一点，结尾大声一点",
            "音乐多大声",
            "换一段旋律，鼓不要动",
            "鎖定音樂",
            "大声一点",
            "解锁音乐",
            "第七个镜头之后大声一点",
        ]
    ));
}

#[test]
fn a_point_that_the_film_does_not_have_is_told() {
    let film = footage::Profile { speech: Vec::new(), cuts: Vec::new(), sections: Vec::new(), ..profile() };
    for (request, told) in [
        ("softer until he starts talking", "nobody talk"),
        ("louder when nobody talks", "nobody talk"),
        ("hit at the first cut", "no cut"),
        ("louder after the intro", "intro"),
        ("第二个场景大声一点", "没有第 2 个场景"),
    ] {
        let reading = READER.read(request, &scored(), &film, 7);
        assert!(reading.edits.is_empty(), "{request}: {:?}", reading.edits);
        assert!(reading.reply.contains(told), "{request}: {}", reading.reply);
    }
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
        duck_db: Some(6.5),
        speech_over_music_lu: Some(14.2),
    };
    let scored =
        Scored { beds: vec![bed], lufs: Some(-14.04), own_voices: true, film_gain_db: Some(9.2), done: true };
    let library = Library::built_in().unwrap();
    let english = reply_for(&reading, &before, &next, Some(&scored), &library);
    for figure in [
        "84.3 BPM",
        "D minor",
        "5 of 6 cuts",
        "6.5 dB, 14 LU below",
        "raised by 9 dB",
        "-14.0 LUFS",
        "built-in voices",
        "35%",
        "without drums",
    ] {
        assert!(english.contains(figure), "{figure} is missing: {english}");
    }
    let reading = super::stage::reading("史诗音乐", &before);
    let chinese = reply_for(&reading, &before, &next, Some(&scored), &library);
    for figure in ["84.3 BPM", "D小调", "6 个画面切换中有 5 个", "提高了 9 dB", "-14.0 LUFS", "内置音色"]
    {
        assert!(chinese.contains(figure), "{figure} is missing: {chinese}");
    }
}

#[test]
fn music_over_music_is_warned_of() {
    let film = footage::Profile { has_music: true, ..profile() };
    let reading = READER.read("add calm music", &empty(), &film, 7);
    assert!(reading.reply.contains("already has music of its own"), "{}", reading.reply);
    assert_eq!(reading.notes.len(), 1);
}

#[test]
fn another_piece_has_another_seed_even_with_the_same_one() {
    let first = after(&empty(), &reading("lofi", &empty()));
    let second = after(&first, &reading("another one", &first));
    assert_ne!(first, second);
}

fn piece(tempo_bpm: f64, hits_on_beat: usize, hits: usize) -> ScoredBed {
    ScoredBed {
        bed: 1,
        genre: "lofi".into(),
        tempo_bpm,
        key: "A minor".into(),
        hits_on_beat,
        hits,
        duck_db: None,
        speech_over_music_lu: None,
    }
}

/// The reply to a request once a piece was composed for it.
fn composed(request: &str, piece: ScoredBed, done: bool) -> String {
    recomposed(&empty(), request, piece, done)
}

/// The same where something plays already.
fn recomposed(before: &Timeline, request: &str, piece: ScoredBed, done: bool) -> String {
    let reading = reading(request, before);
    let next = after(before, &reading);
    let scored = Scored { beds: vec![piece], lufs: done.then_some(-14.0), done, ..Scored::default() };
    reply_for(&reading, before, &next, Some(&scored), &Library::built_in().unwrap())
}

#[test]
fn another_tempo_is_told_once() {
    let lofi = after(&empty(), &reading("lofi", &empty()));
    let told = recomposed(&lofi, "100 bpm", piece(99.0, 1, 3), true);
    assert!(told.starts_with("The music now runs at 99 BPM (not 100"), "{told}");
    assert_eq!(told.matches("BPM").count(), 1, "{told}");
    let told = recomposed(&lofi, "每分钟100拍", piece(100.0, 1, 3), true);
    assert!(told.starts_with("配乐现在速度 100 BPM"), "{told}");
    assert_eq!(told.matches("BPM").count(), 1, "{told}");
}

#[test]
fn the_tempo_that_plays_is_told_once_and_why_it_is_another() {
    let met = composed("lofi at 80 bpm", piece(80.2, 2, 3), true);
    assert!(met.contains("at 80.2 BPM in A minor; 2 of 3 cuts fall on a beat"), "{met}");
    assert_eq!(met.matches("BPM").count(), 1, "{met}");
    let missed = composed("lofi at 80 bpm", piece(83.0, 1, 1), true);
    assert!(
        missed.contains("at 83 BPM (not 80, to meet the cuts) in A minor; its cut falls on a beat"),
        "{missed}"
    );
    assert_eq!(missed.matches("BPM").count(), 1, "{missed}");
}

#[test]
fn what_was_not_written_is_told_as_a_plan() {
    let told = composed("lofi", piece(80.0, 2, 3), false);
    assert!(told.contains("would play") && told.contains("would run"), "{told}");
    assert!(!told.contains("now plays") && !told.contains(" runs "), "{told}");
    let told = composed("加lofi音乐", piece(80.0, 2, 3), false);
    assert!(told.contains("将会加上") && told.contains("预计"), "{told}");
}

#[test]
fn a_reply_has_at_most_four_sentences() {
    let mut piece = piece(80.0, 2, 3);
    (piece.duck_db, piece.speech_over_music_lu) = (Some(7.3), Some(14.0));
    let before = empty();
    let reading = reading("polka with a saxophone, add captions and a title", &before);
    let next = after(&before, &reading);
    let scored = Scored {
        beds: vec![piece],
        lufs: Some(-14.0),
        own_voices: true,
        film_gain_db: Some(9.0),
        done: true,
    };
    let told = reply_for(&reading, &before, &next, Some(&scored), &Library::built_in().unwrap());
    assert!(told.matches(". ").count() < 4, "{told}");
    assert!(["captions", "title", "polka", "saxophone"].iter().all(|word| told.contains(word)), "{told}");
}

#[test]
fn music_of_the_film_itself_cannot_go() {
    let film = footage::Profile { has_music: true, ..profile() };
    let hear = |request: &str| READER.read_adding(request, &empty(), &film, 7);
    for request in
        ["remove the music", "remove the existing music", "lower the original music", "去掉原来的音乐"]
    {
        let reading = hear(request);
        assert!(reading.edits.is_empty(), "{request}: {:?}", reading.edits);
        let told = ["cannot be removed", "不能去掉"].iter().any(|words| reading.reply.contains(words));
        assert!(told, "{request}: {}", reading.reply);
    }
    let replaced = hear("replace the existing music with lofi");
    assert!(!replaced.edits.is_empty() && replaced.reply.contains("cannot be removed"), "{}", replaced.reply);
    assert!(!replaced.reply.contains("already has music of its own"), "{}", replaced.reply);
}

#[test]
fn a_level_in_a_silent_film_is_explained() {
    let film = footage::Profile { film_loudness: None, ..profile() };
    let reading = READER.read_adding("lofi at 20%", &empty(), &film, 7);
    assert!(reading.reply.contains("no sound of its own"), "{}", reading.reply);
    let plain = READER.read_adding("lofi", &empty(), &film, 7);
    assert!(plain.notes.is_empty(), "{}", plain.reply);
}
