//! Conversations that go through the history, leave things out and answer questions.

use agent::Kind;
use insta::assert_snapshot;
use timeline::{History, Timeline};

use super::stage::{READER, empty, profile, scored, state, titled, two};

/// Holds a conversation over a history: what was said, what was answered, and where it led.
fn hold(start: Timeline, turns: &[&str]) -> (String, History) {
    let (mut history, mut told) = (History::new(start), String::new());
    for request in turns {
        let turn = READER.turn(request, &history, &profile(), 7);
        assert!(!turn.reading.reply.trim().is_empty(), "{request}: no reply");
        history = turn.history;
        told += &format!(
            "> {request}\n{}\n  {} [{}]\n",
            turn.reading.reply,
            turn.reading.kind.name(),
            state(history.now())
        );
    }
    (told, history)
}

#[test]
fn a_mind_is_changed() {
    let turns = [
        "add some lo-fi music",
        "make it epic instead",
        "hmm, undo that",
        "a bit quieter",
        "and fade out over 3 seconds",
        "undo the last two changes",
        "redo",
        "redo that",
        "redo",
        "undo everything",
        "undo",
    ];
    assert_snapshot!(hold(empty(), &turns).0);
}

#[test]
fn versions_have_names() {
    let turns = [
        "call this version \"calm\"",
        "make it chiptune",
        "at 60%",
        "go back to calm",
        "go back to the chiptune version",
        "go back to the wedding version",
        "undo that and make it 10% louder",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn a_title_is_spoken_of() {
    let turns = [
        "add a title",
        "Urban Dreams",
        "make it bigger",
        "in yellow at the bottom",
        "2 seconds longer",
        "make it say \"Night Walk\"",
        "a bit quieter",
        "change the title to \"Day Walk\"",
        "remove it",
        "undo",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn a_title_is_spoken_of_in_chinese() {
    let turns = [
        "加一个标题",
        "老街",
        "改成红色",
        "大一点",
        "放到左上角",
        "久一点",
        "撤销刚才的两步",
        "重做",
        "导出",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn a_title_is_meant_without_its_name() {
    let turns = [
        "add a title \"Hello\"",
        "make it bigger",
        "actually move it to 0:10",
        "no i meant 6 seconds",
        "add another one at the end saying \"See you soon\"",
        "make it yellow",
        "no the first one should stay white",
        "make the first title red",
        "move it to the top",
        "when does it disappear",
        "get rid of it",
        "make it sad",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn a_title_is_meant_without_its_name_in_chinese() {
    let turns = [
        "加标题“京都”",
        "再长一点",
        "改成红色",
        "它什么时候消失",
        "不對 我是說標題的大小",
        "大一点",
        "把它删了吧",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn a_question_is_answered() {
    let turns = [
        "also add ambient in the last 10 seconds",
        "replace the music with jazz",
        "the second one",
        "export",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn undoing_a_turn_restores_what_was() {
    for request in
        ["a bit quieter", "no drums", "add a title \"A\"", "换成史诗音乐", "for tiktok", "delete it"]
    {
        let before = hold(scored(), &["fade out over 2 seconds"]).1;
        let there = READER.turn(request, &before, &profile(), 7);
        assert_eq!(there.reading.kind, Kind::Edited, "{request}");
        let back = READER.turn("undo", &there.history, &profile(), 7);
        assert_eq!(back.history.now(), before.now(), "{request}");
        let again = READER.turn("redo", &back.history, &profile(), 7);
        assert_eq!(again.history.now(), there.history.now(), "{request}");
    }
}

#[test]
fn a_film_is_cut() {
    let turns = [
        "add lofi",
        "trim my video",
        "the first 3 seconds",
        "make it vertical with blurred background for tiktok",
        "split it at 0:10 and mute the second clip",
        "play the second clip at 3000%",
        "slow motion from 0:02 to 0:04",
        "the original audio of the first clip at 50%, and fade to black over 2 seconds",
        "undo the last two changes",
        "put clip 7 first",
    ];
    assert_snapshot!(hold(empty(), &turns).0);
}

#[test]
fn a_film_is_cut_in_chinese() {
    let turns = [
        "加點輕鬆的音樂，把前3秒剪掉",
        "在10秒處分割，第二段靜音",
        "改成豎屏，背景模糊",
        "第二段3000%速度",
        "結尾2秒淡出到黑",
        "交換第一段和第二段",
    ];
    assert_snapshot!(hold(empty(), &turns).0);
}

#[test]
fn the_conversation_itself_is_asked_about() {
    let turns = [
        "cancel",
        "what did I change?",
        "a bit quieter",
        "add a title \"A\"",
        "call this version \"draft\"",
        "list my versions",
        "what have I done so far?",
        "go back to how it was before the title",
        "算了",
        "回到 draft 版",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn more_of_the_same_is_asked_for() {
    let turns =
        ["a bit quieter", "even more", "再来一点", "in D minor", "more", "happier", "a bit more please"];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn it_goes_on_with_the_wish_before() {
    let turns = [
        "remove the saxophone",
        "and the trumpet",
        "louder",
        "not that much",
        "fade out at the end",
        "make it longer",
        "cut the first ten seconds",
        "no, only five",
        "rock from 0:10 to 0:45",
        "till the end then",
        "undo both",
        "another one",
        "another one",
        "more like the first",
        "I liked the first one better",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
    let turns = ["make the second title bigger", "and the first one too", "make it green instead"];
    assert_snapshot!(hold(titled(&["Hello", "Bye"]), &turns).0);
}

#[test]
fn another_thing_was_meant() {
    let turns = ["大一点", "不是音乐，是标题", "换个颜色", "红色", "往右挪", "不是标题，我说的是音乐"];
    assert_snapshot!(hold(titled(&["Hello"]), &turns).0);
    let turns = ["調到30%", "不對，我是說快30%"];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn one_of_two_pieces_is_spoken_of() {
    let turns = ["第二首小声点", "它的鼓去掉", "第一首锁住", "全部换成摇滚", "第一首小声点"];
    assert_snapshot!(hold(two(), &turns).0);
}

#[test]
fn steps_are_taken_back_in_many_words() {
    let turns = [
        "音量20",
        "去掉鼓",
        "前一步不算",
        "再做一次刚才那个",
        "退回",
        "收回",
        "音量20",
        "回到我说音量20之前",
    ];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn an_answer_keeps_to_the_characters_of_the_talk() {
    let turns = ["換成電子", "收回", "音量20%", "小声点", "收回"];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn pieces_become_alike() {
    let turns = ["第二首小声点", "兩首音量調成一樣", "第二首大声点", "the second one as loud as the first"];
    assert_snapshot!(hold(two(), &turns).0);
}

#[test]
fn what_was_taken_back_is_wanted_after_all() {
    let turns = ["去掉鼓", "前一步不算", "算了还是去掉吧", "undo", "remove them after all"];
    assert_snapshot!(hold(scored(), &turns).0);
}

#[test]
fn a_wish_that_goes_on_twice_ends() {
    for [first, second] in [
        ["also piano", "also trumpet"],
        ["the piano too", "the trumpet too"],
        ["and strings", "and the trumpet"],
        ["钢琴也", "小号也"],
    ] {
        let (_, history) = hold(scored(), &[first, second, second]);
        assert!(!history.past().is_empty());
    }
}

#[test]
fn praise_of_something_else_brings_no_piece_back() {
    let jazz = hold(scored(), &["make it jazz"]).1;
    for request in [
        "the first title was better",
        "use the first 10 seconds of the music more",
        "the original sound of the film was better",
    ] {
        let turn = READER.turn(request, &jazz, &profile(), 7);
        assert_eq!(turn.history.now().beds[0].music, jazz.now().beds[0].music, "{request}");
    }
}

#[test]
fn more_than_a_way_back_is_one_step() {
    let quiet = hold(scored(), &["quieter"]).1;
    let turn = READER.turn("undo everything and add a title \"A\"", &quiet, &profile(), 7);
    let back = READER.turn("undo", &turn.history, &profile(), 7);
    assert_eq!(back.history.now(), quiet.now());
    let refused = READER.turn("undo that and add a voice-over", &quiet, &profile(), 7);
    assert!(refused.reading.reply.contains("voice-over"), "{}", refused.reading.reply);
    let film = READER.turn("undo that and export it", &quiet, &profile(), 7);
    assert!(film.reading.wants_film);
}

#[test]
fn less_and_less_goes_towards_what_was() {
    let levels: Vec<f64> = ["quieter", "less", "less", "less"]
        .iter()
        .scan(History::new(scored()), |history, request| {
            *history = READER.turn(request, history, &profile(), 7).history;
            Some(history.now().beds[0].level_pct)
        })
        .collect();
    assert!(levels.windows(2).skip(1).all(|pair| pair[1] > pair[0] && pair[1] < 35.0), "{levels:?}");
}
