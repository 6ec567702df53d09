//! Replies that talk of buttons, and replies that only sound like it.

use super::*;

fn told(reply: &str) -> (String, Vec<Wish>) {
    let translated = translate(reply);
    (translated.text, translated.wishes)
}

#[test]
fn buttons_become_deeds_and_content_stays() {
    let cases = [
        (
            "Added lo-fi at 35%. Click Export to download your video.",
            "Added lo-fi at 35%.",
            vec![Wish::Export],
        ),
        ("Added lo-fi at 35%, click the Export button to get it.", "Added lo-fi at 35%.", vec![Wish::Export]),
        ("Done. When you are ready, click Export.", "Done.", vec![Wish::Offer]),
        (
            "The music is 10.5 s long. Open the timeline panel to see it.",
            "The music is 10.5 s long.",
            vec![Wish::Tracks],
        ),
        ("You can preview in timeline.", "", vec![Wish::Tracks]),
        ("Drag the music track to 0:05.", "", vec![Wish::Edit("move the music track to 0:05".to_owned())]),
        ("已添加背景音乐。点击“导出”下载视频。", "已添加背景音乐。", vec![Wish::Export]),
        ("配乐已经换好，可以点击导出按钮。", "配乐已经换好。", vec![Wish::Offer]),
        ("打开时间线面板查看。", "", vec![Wish::Tracks]),
        ("把音乐拖到第5秒。", "", vec![Wish::Edit("把音乐移到第5秒。".to_owned())]),
        (
            "Drag a to 0:01. Drag b to 0:02. Click Export. Please click \"Export\".",
            "",
            vec![Wish::Edit("move a to 0:01".to_owned()), Wish::Export],
        ),
    ];
    for (reply, text, wishes) in cases {
        assert_eq!(told(reply), (text.to_owned(), wishes), "{reply}");
    }
}

#[test]
fn words_about_no_button_stay_as_they_are() {
    for reply in [
        "The music opens softly, with a piano.",
        "A click track at 120 BPM plays under it.",
        "I can export it in 720p; say \"export\".",
        "Two lines.\n\nAnd a third.",
        "已把音乐调低到 20%。",
        "The title \"drag race\" stands in the middle from 0:00 to 0:03.",
        "The title \"Click to download now. Click Export!\" stands at the end.",
        "标题“点击订阅”显示在画面中间。",
        "The drums hit the downbeat at 0:12. An open hi-hat establishes the groove. A soft tap keeps time.",
        "It opens with a drag on the snare, a click of the tongue and a tap on the shell.",
        "İdrag éẞ",
    ] {
        assert_eq!(told(reply), (reply.to_owned(), Vec::new()));
    }
}
