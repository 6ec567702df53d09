//! What other editors read: the edit decision list here, OTIO in the tests that have its Python library.

use sound::{Span, Time};
use timeline::{Edit, Source, Timeline, edl};

#[test]
fn an_edit_decision_list_has_cuts_dissolves_and_speeds() {
    let clip = |source, span: Option<(f64, f64)>| Edit::AddClip {
        source,
        span: span.map(|(start, end)| Span::seconds(start, end)),
        at: None,
    };
    let edits = [
        Edit::TrimClip { clip: 1, span: Span::seconds(2.0, 7.0) },
        clip(Source::film("b.mp4", Time::from_seconds(20.0)), Some((10.0, 14.0))),
        Edit::Crossfade { clip: 2, length: Time::from_seconds(1.0) },
        clip(Source::photo("line\nbreak.jpg"), None),
        Edit::Speed { clip: Some(2), percent: 200 },
    ];
    let start = Timeline::new(Source::film("a.mp4", Time::from_seconds(10.0)));
    let timeline = edits.iter().fold(start, |timeline, edit| timeline.apply(edit).unwrap());
    insta::assert_snapshot!(edl(&timeline, (25, 1)), @r"
    TITLE: a.mp4
    FCM: NON-DROP FRAME
    001  AX001    V     C        00:00:02:00 00:00:06:00 00:00:00:00 00:00:04:00
    * FROM CLIP NAME: a.mp4
    002  AX001    V     C        00:00:06:00 00:00:06:00 00:00:04:00 00:00:04:00
    002  AX002    V     D    025 00:00:10:00 00:00:14:00 00:00:04:00 00:00:06:00
    M2   AX002    0050.0                00:00:10:00
    * FROM CLIP NAME: b.mp4
    003  AX003    V     C        00:00:00:00 00:00:04:00 00:00:06:00 00:00:10:00
    * FROM CLIP NAME: line break.jpg
    ");
}
