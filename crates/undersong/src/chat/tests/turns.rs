//! Streams that fall silent, break off, or talk of buttons.

use std::time::Duration;

use super::fake::{Answer, Fake, PACE, Piece, RUN, STATE, UPLOAD, said, state, text};
use crate::chat::pace::Pace;

fn heartbeat() -> Piece {
    Piece::Text(": heartbeat\n\n".to_owned())
}

fn number(number: u32) -> Piece {
    Piece::Text(format!("id: {number}\n\n"))
}

fn last(words: &str) -> Piece {
    let Piece::Text(event) = text(words) else { unreachable!() };
    Piece::Text(event.replacen('{', "{\"turnComplete\":true,", 1))
}

/// What is shown behind the beginning.
async fn shown(fake: &Fake, pace: Pace, sentences: &[&str]) -> String {
    let shown = fake.talk_in(pace, None, sentences).await;
    shown.lines().skip(4).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_silent_edit_is_seen_in_the_state() {
    let fake = Fake::start().await;
    fake.answers(RUN, [Answer::Stream(vec![heartbeat()])]);
    // Before; after, twice, as what is done shows a little later.
    fake.answers(STATE, [state(35), state(35), state(20)]);
    insta::assert_snapshot!(shown(&fake, PACE, &["quieter"]).await, @"
    Done; the server did not say what, but this is other than before:
    Changed: BGM: Lo-fi (0-10s, 35%) is now BGM: Lo-fi (0-10s, 20%).
    ");
    fake.answers(STATE, [state(20)]);
    insta::assert_snapshot!(
        shown(&fake, PACE, &["quieter", "小声一点"]).await,
        @"
    The server ended without a word, and nothing in the film is other than before. Please say it in other words.
    服务器没有回答，视频也没有变化。请换个说法再试。
    "
    );
    assert_eq!(fake.asked(RUN).len(), 3, "no message is ever sent again");
}

#[tokio::test]
async fn a_stream_that_broke_off_is_taken_up_where_it_has_numbers() {
    let fake = Fake::start().await;
    let first = vec![text("Watching the film."), number(3), Piece::Pause(50), Piece::Break];
    fake.answers(RUN, [Answer::Stream(first), Answer::Stream(vec![last("Added lo-fi."), number(4)])]);
    insta::assert_snapshot!(shown(&fake, PACE, &["add music"]).await, @"
    Watching the film.
    Added lo-fi.
    ");
    let asked = fake.asked(RUN);
    assert_eq!((asked.len(), asked[1].headers["last-event-id"].to_str().unwrap()), (2, "3"));
    assert!(asked[1].body["new_message"].is_null(), "nothing is said again");
}

#[tokio::test]
async fn a_server_that_takes_nothing_up_is_left_alone() {
    let fake = Fake::start().await;
    let stream = vec![text("Working."), number(3), Piece::Pause(50), Piece::Break];
    fake.answers(
        RUN,
        [Answer::Stream(stream.clone()), Answer::Stream(vec![number(3), Piece::Pause(50), Piece::Break])],
    );
    insta::assert_snapshot!(shown(&fake, PACE, &["add music"]).await, @"
    Working.
    The connection broke off before the end. This is how the film stands:
    Timeline (2 tracks): 1. Video: film.mp4 (0-10s) 2. BGM: Lo-fi (0-10s, 35%)
    ");
    assert_eq!(fake.asked(RUN).len(), 2);
}

#[tokio::test]
async fn a_film_that_is_there_is_spoken_of_and_not_sent_again() {
    let fake = Fake::start().await;
    let film = fake.film().display().to_string();
    shown(&fake, PACE, &[&format!("make the music in {film} quieter")]).await;
    assert_eq!(fake.asked(UPLOAD).len(), 1);
    assert_eq!(
        fake.asked(RUN)[0].body["new_message"]["parts"][0]["text"],
        "make the music in film.mp4 quieter"
    );
}

#[tokio::test]
async fn a_file_that_is_not_there_is_no_sentence() {
    let fake = Fake::start().await;
    assert_eq!(shown(&fake, PACE, &["no/such.mp4"]).await, "There is no file no/such.mp4.");
    assert!(fake.asked(RUN).is_empty());
}

#[tokio::test]
async fn what_is_dragged_is_dragged_once() {
    let fake = Fake::start().await;
    let many: String = (0..40).map(|n| format!("Drag x to 0:{n:02}. ")).collect();
    fake.answers(RUN, [said(&many), said("Moved.")]);
    assert_eq!(shown(&fake, PACE, &["later"]).await, "Moved.");
    assert_eq!(fake.asked(RUN).len(), 2);
}

#[tokio::test]
async fn a_stream_without_numbers_is_never_asked_for_again() {
    let fake = Fake::start().await;
    fake.answers(RUN, [Answer::Stream(vec![heartbeat(), Piece::Break])]);
    fake.answers(STATE, [state(35), state(35), state(35), state(35), state(35), state(20)]);
    insta::assert_snapshot!(shown(&fake, PACE, &["quieter"]).await, @"
    Done; the server did not say what, but this is other than before:
    Changed: BGM: Lo-fi (0-10s, 35%) is now BGM: Lo-fi (0-10s, 20%).
    ");
    assert_eq!(fake.asked(RUN).len(), 1);
}

#[tokio::test]
async fn who_waits_long_hears_of_it_and_who_waits_too_long_is_let_go() {
    let fake = Fake::start().await;
    let mut slow = vec![heartbeat(), Piece::Pause(250), heartbeat(), Piece::Pause(250)];
    slow.push(last("Added."));
    fake.answers(RUN, [Answer::Stream(slow)]);
    let word = Pace { word: Duration::from_millis(200), ..PACE };
    let told = shown(&fake, word, &["add music"]).await;
    assert_eq!(told, "Still working...\nStill working...\nAdded.");

    fake.answers(RUN, [Answer::Stream(vec![heartbeat(), Piece::Pause(60_000)])]);
    let patience = Pace { patience: Duration::from_millis(100), ..PACE };
    insta::assert_snapshot!(
        shown(&fake, patience, &["add music"]).await,
        @r#"That takes longer than a quarter of an hour, so nobody waits for it here. The server goes on."#
    );
}

#[tokio::test]
async fn buttons_are_pressed_for_the_user() {
    let fake = Fake::start().await;
    fake.answers(
        RUN,
        [
            said("Lo-fi plays at 35%. You can preview in timeline. Click Export when you are ready."),
            said("Drag the music track to 0:05."),
            said("The music begins at 0:05."),
        ],
    );
    insta::assert_snapshot!(shown(&fake, PACE, &["add music", "later"]).await, @r#"
    Lo-fi plays at 35%.
    Timeline (2 tracks): 1. Video: film.mp4 (0-10s) 2. BGM: Lo-fi (0-10s, 35%)
    Say "export" when you want the film.
    The music begins at 0:05.
    "#);
    assert_eq!(fake.asked(RUN)[2].body["new_message"]["parts"][0]["text"], "move the music track to 0:05");
}

#[tokio::test]
async fn words_that_come_in_pieces_are_one_paragraph() {
    let fake = Fake::start().await;
    let piece = |words: &str| {
        let Piece::Text(event) = text(words) else { unreachable!() };
        Piece::Text(event.replacen('{', "{\"partial\":true,", 1))
    };
    let stream =
        vec![piece("Added lo-fi. It is "), piece("calm."), text("Added lo-fi. It is calm."), text("Enjoy.")];
    fake.answers(RUN, [Answer::Stream(stream)]);
    insta::assert_snapshot!(shown(&fake, PACE, &["add music"]).await, @"
    Added lo-fi. It is calm.
    Enjoy.
    ");
}
