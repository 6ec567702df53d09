//! What each edit of clips does, and where music, titles and markers go when the picture above them moves.

use score::Brief;
use sound::{Span, Time};
use timeline::{Edit, EditError, Fades, Item, Look, Music, Source, Timeline};

fn seconds(seconds: f64) -> Time {
    Time::from_seconds(seconds)
}

/// A film of ten seconds.
fn film() -> Timeline {
    Timeline::new(Source::film("a", seconds(10.0)))
}

fn add(name: &str, length: f64) -> Edit {
    Edit::AddClip { source: Source::film(name, seconds(length)), span: None, at: None }
}

fn title(text: &str, start: f64, end: f64) -> Edit {
    Edit::AddTitle { text: text.into(), span: Some(Span::seconds(start, end)), look: Look::default() }
}

fn bed(span: Option<(f64, f64)>, hits: &[f64]) -> Edit {
    let brief = Brief { hits: hits.iter().map(|at| seconds(*at)).collect(), ..Brief::default() };
    Edit::AddBed {
        name: "music".into(),
        music: Music::Composed(Box::new(brief)),
        span: span.map(|(start, end)| Span::seconds(start, end)),
    }
}

fn after(start: &Timeline, edits: &[Edit]) -> Timeline {
    edits.iter().fold(start.clone(), |timeline, edit| timeline.apply(edit).unwrap())
}

fn range(span: Span) -> String {
    format!("{}-{}", span.start.seconds(), span.end.seconds())
}

/// `a[2-10] at 0-8`: what is shown of which source, and when.
fn shown(timeline: &Timeline) -> Vec<String> {
    let line = |at: &timeline::Placed| {
        let source = &timeline.source(at.clip.source).unwrap().name;
        format!("{source}[{}] at {}", range(at.clip.span), range(at.span))
    };
    timeline.placed().iter().map(line).collect()
}

fn titles(timeline: &Timeline) -> Vec<String> {
    timeline.titles.iter().map(|title| format!("{} {}", title.text, range(title.span))).collect()
}

#[test]
fn clips_are_added_moved_replaced_and_removed() {
    let two = after(&film(), &[add("b", 4.0)]);
    assert_eq!(shown(&two), ["a[0-10] at 0-10", "b[0-4] at 10-14"]);
    let turned = after(&two, &[Edit::MoveClip { clip: 2, to: 0 }]);
    assert_eq!(shown(&turned), ["b[0-4] at 0-4", "a[0-10] at 4-14"]);
    let replaced = after(&two, &[Edit::ReplaceClip { clip: 1, source: Source::film("c", seconds(3.0)) }]);
    assert_eq!(shown(&replaced), ["c[0-3] at 0-3", "b[0-4] at 3-7"]);
    assert_eq!(shown(&after(&two, &[Edit::RemoveClip { clip: 1 }])), ["b[0-4] at 0-4"]);
    assert_eq!(film().apply(&Edit::RemoveClip { clip: 1 }), Err(EditError::NothingLeft));
}

#[test]
fn a_photo_lasts_as_long_as_one_likes() {
    let photo = Edit::AddClip { source: Source::photo("p"), span: None, at: Some(0) };
    assert_eq!(shown(&after(&film(), &[photo])), ["p[0-4] at 0-4", "a[0-10] at 4-14"]);
    let span = Some(Span::seconds(0.0, 60.0));
    let long = Edit::AddClip { source: Source::photo("p"), span, at: None };
    assert_eq!(after(&film(), &[long]).length(), seconds(70.0));
}

#[test]
fn what_is_cut_out_leaves_two_clips_that_follow_on_each_other() {
    let cut = after(&film(), &[Edit::CutOut { span: Span::seconds(2.0, 5.0) }]);
    assert_eq!(shown(&cut), ["a[0-2] at 0-2", "a[5-10] at 2-7"]);
    let start = after(&film(), &[Edit::CutOut { span: Span::seconds(0.0, 5.0) }]);
    assert_eq!(shown(&start), ["a[5-10] at 0-5"]);
    let beyond = Edit::CutOut { span: Span::seconds(5.0, 12.0) };
    assert!(matches!(film().apply(&beyond), Err(EditError::OutsideFilm { .. })));
}

#[test]
fn joining_takes_a_split_back_and_nothing_else() {
    let split = after(&film(), &[Edit::SplitClip { at: seconds(4.0) }]);
    assert_eq!(shown(&split), ["a[0-4] at 0-4", "a[4-10] at 4-10"]);
    assert_eq!(after(&split, &[Edit::JoinClips { clip: 1 }]), film());
    let faster = after(&split, &[Edit::Speed { clip: Some(2), percent: 200 }]);
    assert_eq!(faster.apply(&Edit::JoinClips { clip: 1 }), Err(EditError::NothingToJoin(1)));
    assert!(split.apply(&Edit::SplitClip { at: seconds(4.0) }).is_err());
}

#[test]
fn crossfades_overlap_clips_and_shrink_with_them() {
    let two = after(&film(), &[add("b", 4.0)]);
    let faded = after(&two, &[Edit::Crossfade { clip: 2, length: seconds(1.0) }]);
    assert_eq!(shown(&faded), ["a[0-10] at 0-10", "b[0-4] at 9-13"]);
    let trimmed = after(&faded, &[Edit::TrimClip { clip: 2, span: Span::seconds(1.0, 2.0) }]);
    assert_eq!(shown(&trimmed), ["a[0-10] at 0-10", "b[1-2] at 9.5-10.5"]);
    assert_eq!(after(&faded, &[Edit::RemoveClip { clip: 1 }]).length(), seconds(4.0));
    let longer = two.apply(&Edit::Crossfade { clip: 2, length: seconds(3.0) });
    assert_eq!(longer, Err(EditError::CrossfadeTooLong(seconds(3.0), seconds(2.0))));
}

#[test]
fn titles_go_with_their_picture() {
    let start = after(&film(), &[title("early", 0.0, 3.0), title("late", 6.0, 8.0)]);
    let cut = after(&start, &[Edit::CutOut { span: Span::seconds(2.0, 5.0) }]);
    assert_eq!(titles(&cut), ["early 0-2", "late 3-5"]);
    let gone = after(&start, &[Edit::CutOut { span: Span::seconds(0.0, 4.0) }]);
    assert_eq!(titles(&gone), ["late 2-4"]);
    let faster = after(&start, &[Edit::Speed { clip: None, percent: 200 }]);
    assert_eq!(titles(&faster), ["early 0-1.5", "late 3-4"]);
    let behind = Edit::AddClip { source: Source::photo("p"), span: None, at: Some(0) };
    assert_eq!(titles(&after(&start, &[behind])), ["early 4-7", "late 10-12"]);
    let split = [Edit::SplitClip { at: seconds(7.0) }, Edit::MoveClip { clip: 2, to: 0 }];
    assert_eq!(
        titles(&after(&start, &split)),
        ["early 3-6", "late 9-10"],
        "what begins with a clip goes with it"
    );
}

#[test]
fn a_crossfade_counts_once() {
    let two = [add("b", 10.0), Edit::Crossfade { clip: 2, length: seconds(2.0) }, add("c", 5.0)];
    let start = after(&after(&film(), &two), &[title("over it", 7.0, 12.0)]);
    let trimmed = after(&start, &[Edit::TrimClip { clip: 3, span: Span::seconds(0.0, 4.0) }]);
    assert_eq!(titles(&trimmed), ["over it 7-12"]);
}

#[test]
fn music_under_the_whole_film_stays_under_the_whole_film() {
    let start = after(&film(), &[bed(None, &[1.0, 3.0, 8.0]), bed(Some((6.0, 8.0)), &[1.0])]);
    let cut = after(&start, &[Edit::CutOut { span: Span::seconds(2.0, 5.0) }]);
    let spans: Vec<String> = cut.beds.iter().map(|bed| range(bed.span)).collect();
    assert_eq!(spans, ["0-7", "3-5"]);
    let hits = |index: usize| match &cut.beds[index].music {
        Music::Composed(brief) => brief.hits.clone(),
        Music::Recording(_) => Vec::new(),
    };
    assert_eq!(hits(0), [seconds(1.0), seconds(5.0)], "the one at 3 s went with its picture");
    assert_eq!(hits(1), [seconds(1.0)]);
    let marked = after(&film(), &[Edit::Mark { name: "goal".into(), at: seconds(6.0), hit: true }]);
    let moved = after(&marked, &[Edit::CutOut { span: Span::seconds(2.0, 5.0) }]);
    assert_eq!(moved.markers[0].at, seconds(3.0));
}

#[test]
fn a_stretch_of_music_can_have_a_level_of_its_own() {
    let ride = |start, end, percent| Edit::Ride { bed: 1, span: Span::seconds(start, end), percent };
    let rides = |timeline: &Timeline| {
        let told = |ride: &timeline::Ride| format!("{} {}", range(ride.span), ride.level_pct);
        timeline.beds[0].rides.iter().map(told).collect::<Vec<_>>()
    };
    let start = after(&film(), &[bed(None, &[]), ride(2.0, 8.0, Some(50.0))]);
    let across = after(&start, &[ride(4.0, 5.0, Some(10.0))]);
    assert_eq!(rides(&across), ["2-4 50", "4-5 10", "5-8 50"]);
    assert_eq!(rides(&after(&across, &[ride(3.0, 20.0, None)])), ["2-3 50"]);
    assert_eq!(
        rides(&after(&across, &[Edit::CutOut { span: Span::seconds(0.0, 3.0) }])),
        ["0-1 50", "1-2 10", "2-5 50"]
    );
}

#[test]
fn what_is_locked_says_so() {
    let locked = after(&film(), &[Edit::Lock { item: Item::Clip(1), locked: true }]);
    let refused = locked.apply(&Edit::CutOut { span: Span::seconds(0.0, 1.0) });
    assert_eq!(refused, Err(EditError::Locked(Item::Clip(1))));
    assert_eq!(refused.unwrap_err().to_string(), "locked: clip 1 is locked; unlock it first");
    assert_eq!(after(&locked, &[Edit::Lock { item: Item::Clip(1), locked: false }]), film());
}

#[test]
fn a_film_is_untouched_until_its_picture_or_its_sound_changes() {
    assert!(film().untouched().is_some());
    let kept = [title("a", 0.0, 1.0), bed(None, &[]), Edit::Lock { item: Item::Clip(1), locked: true }];
    assert!(after(&film(), &kept).untouched().is_some());
    let fades = Fades { fade_in: seconds(1.0), fade_out: Time::ZERO };
    let changes = [
        Edit::FadePicture { fades },
        Edit::Mute { clip: None, muted: true },
        Edit::ClipLevel { clip: None, percent: 50.0 },
        Edit::SplitClip { at: seconds(5.0) },
        Edit::TrimClip { clip: 1, span: Span::seconds(0.0, 5.0) },
        Edit::Reshape { canvas: timeline::Canvas { ratio: timeline::Ratio::Tall, ..Default::default() } },
    ];
    for change in changes {
        assert!(after(&film(), std::slice::from_ref(&change)).untouched().is_none(), "{change:?}");
    }
}
