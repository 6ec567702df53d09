//! Whatever edits come, the document stays whole; what makes no sense is refused with the name of its field, and undo
//! leads back to the start.

use proptest::prelude::*;
use score::{Brief, Take, Taken};
use sound::{Span, Time};
use timeline::{
    Anchor, Backing, Bed, Canvas, Clip, Colour, Duck, Edit, Fades, Fit, History, Item, Look, Music, Place,
    Ratio, Source, Target, Timeline, Title,
};

const LENGTH: f64 = 30.0;

fn empty() -> Timeline {
    Timeline::new(Source::film("film.mp4", Time::from_seconds(LENGTH)))
}

fn time() -> impl Strategy<Value = Time> {
    (-5.0..40.0f64).prop_map(Time::from_seconds)
}

fn span() -> impl Strategy<Value = Span> {
    (time(), time()).prop_map(|(start, end)| Span { start, end })
}

fn look() -> impl Strategy<Value = Look> {
    let size = prop::option::of(prop_oneof![Just(0), Just(8), Just(90), Just(2000), Just(9999)]);
    let fade = (-1.0..4.0f64).prop_map(Time::from_seconds);
    (0..9usize, size, any::<[u8; 3]>(), any::<bool>(), fade).prop_map(
        |(place, size_px, [red, green, blue], boxed, fade)| {
            let backing = if boxed { Backing::Box } else { Backing::Outline };
            Look { place: Place::ALL[place], size_px, colour: Colour { red, green, blue }, backing, fade }
        },
    )
}

fn clip_edit() -> impl Strategy<Value = Edit> {
    let number = 0..5u32;
    let some = prop::option::of(0..5u32);
    let source = prop_oneof![
        Just(Source::photo("a.jpg")),
        Just(Source::film("b.mp4", Time::from_seconds(8.0))),
        Just(Source::film("film.mp4", Time::from_seconds(LENGTH))),
    ];
    let place = prop::option::of(0..5usize);
    prop_oneof![
        3 => (source.clone(), prop::option::of(span()), place)
            .prop_map(|(source, span, at)| Edit::AddClip { source, span, at }),
        1 => number.clone().prop_map(|clip| Edit::RemoveClip { clip }),
        1 => (number.clone(), source).prop_map(|(clip, source)| Edit::ReplaceClip { clip, source }),
        2 => (number.clone(), 0..5usize).prop_map(|(clip, to)| Edit::MoveClip { clip, to }),
        1 => (number.clone(), span()).prop_map(|(clip, span)| Edit::TrimClip { clip, span }),
        1 => span().prop_map(|span| Edit::CutOut { span }),
        3 => time().prop_map(|at| Edit::SplitClip { at }),
        2 => number.clone().prop_map(|clip| Edit::JoinClips { clip }),
        1 => (some.clone(), 0..2500u32).prop_map(|(clip, percent)| Edit::Speed { clip, percent }),
        1 => (some.clone(), -10.0..300.0f64).prop_map(|(clip, percent)| Edit::ClipLevel { clip, percent }),
        1 => (some, any::<bool>()).prop_map(|(clip, muted)| Edit::Mute { clip, muted }),
        2 => (number, time()).prop_map(|(clip, length)| Edit::Crossfade { clip, length }),
    ]
}

fn picture_edit() -> impl Strategy<Value = Edit> {
    let (fit, anchor) = (0..Fit::ALL.len(), 0..Anchor::ALL.len());
    let lines = prop::option::of(prop_oneof![Just(0u32), Just(64), Just(1080), Just(9999)]);
    let canvas =
        (0..Ratio::ALL.len(), lines, fit.clone(), anchor.clone()).prop_map(|(ratio, lines, fit, anchor)| {
            Canvas { ratio: Ratio::ALL[ratio], lines, fit: Fit::ALL[fit], anchor: Anchor::ALL[anchor] }
        });
    let item =
        (0..3usize, 0..4u32).prop_map(|(kind, id)| [Item::Clip(id), Item::Bed(id), Item::Title(id)][kind]);
    prop_oneof![
        (0..4u32, fit, anchor).prop_map(|(clip, fit, anchor)| Edit::Frame {
            clip,
            fit: Some(Fit::ALL[fit]),
            anchor: Some(Anchor::ALL[anchor])
        }),
        canvas.prop_map(|canvas| Edit::Reshape { canvas }),
        (time(), time())
            .prop_map(|(fade_in, fade_out)| Edit::FadePicture { fades: Fades { fade_in, fade_out } }),
        (0..4u32, span(), prop::option::of(-10.0..300.0f64)).prop_map(|(bed, span, percent)| Edit::Ride {
            bed,
            span,
            percent
        }),
        ("[ab ]{0,2}", time(), any::<bool>()).prop_map(|(name, at, hit)| Edit::Mark { name, at, hit }),
        "[ab ]{0,2}".prop_map(|name| Edit::Unmark { name }),
        (item, any::<bool>()).prop_map(|(item, locked)| Edit::Lock { item, locked }),
        (0..4u32, 0..4usize, any::<u64>()).prop_map(|(bed, section, seed)| Edit::Retake {
            bed,
            take: Take { of: Taken::Section(section), seed }
        }),
    ]
}

fn sound_edit() -> impl Strategy<Value = Edit> {
    let number = 0..4u32;
    let music = Music::Composed(Box::<Brief>::default());
    let text = prop_oneof![Just(String::new()), Just(" \n".into()), ".{1,20}", Just("a".repeat(501))];
    prop_oneof![
        prop::option::of(span()).prop_map(move |span| Edit::AddBed {
            name: "A".into(),
            music: music.clone(),
            span
        }),
        number.clone().prop_map(|bed| Edit::RemoveBed { bed }),
        number.clone().prop_map(|bed| Edit::Rescore { bed, name: "B".into(), brief: Box::default() }),
        (number.clone(), span()).prop_map(|(bed, span)| Edit::Place { bed, span }),
        (number.clone(), -10.0..300.0f64).prop_map(|(bed, percent)| Edit::Level { bed, percent }),
        (number.clone(), 0..5usize).prop_map(|(bed, duck)| Edit::Duck { bed, duck: Duck::ALL[duck] }),
        (number.clone(), time(), time()).prop_map(|(bed, fade_in, fade_out)| Edit::Fade {
            bed,
            fade_in,
            fade_out
        }),
        (0..12usize).prop_map(|target| Edit::Aim { target: Target::ALL[target] }),
        (text.clone(), prop::option::of(span()), look()).prop_map(|(text, span, look)| Edit::AddTitle {
            text,
            span,
            look
        }),
        number.clone().prop_map(|title| Edit::RemoveTitle { title }),
        (number.clone(), text).prop_map(|(title, text)| Edit::Retitle { title, text }),
        (number.clone(), span()).prop_map(|(title, span)| Edit::PlaceTitle { title, span }),
        (number, look()).prop_map(|(title, look)| Edit::StyleTitle { title, look }),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![clip_edit(), picture_edit(), sound_edit()]
}

fn inside(span: Span, length: Time) -> bool {
    span.start >= Time::ZERO && span.start < span.end && span.end <= length
}

fn holds(title: &Title, length: Time) -> bool {
    let words = !title.text.trim().is_empty() && title.text.chars().count() <= Title::MOST_CHARACTERS;
    let size = title.look.size_px.is_none_or(|size| Look::SIZES_PX.contains(&size));
    let fade = title.look.fade >= Time::ZERO && title.look.fade * 2 <= title.span.length();
    inside(title.span, length) && words && size && fade
}

fn plays(bed: &Bed, length: Time) -> bool {
    let fades =
        bed.fade_in.min(bed.fade_out) >= Time::ZERO && bed.fade_in + bed.fade_out <= bed.span.length();
    let level = |percent| (0.0..=200.0).contains(&percent);
    let rides = bed.rides.iter().all(|ride| {
        bed.span.start <= ride.span.start && ride.span.end <= bed.span.end && level(ride.level_pct)
    });
    let apart = bed.rides.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    inside(bed.span, length) && fades && level(bed.level_pct) && rides && apart
}

fn is_shown(clip: &Clip, timeline: &Timeline) -> bool {
    let source = timeline.sources.iter().find(|source| source.id == clip.source);
    let within = |source: &Source| {
        clip.span.start >= Time::ZERO && source.length().is_none_or(|length| clip.span.end <= length)
    };
    source.is_some_and(within) && clip.length() > Time::ZERO && Clip::SPEEDS_PCT.contains(&clip.speed_pct)
}

fn whole(timeline: &Timeline) -> bool {
    let length = timeline.length();
    let sum: Time = timeline.clips.iter().map(|clip| clip.length() - clip.crossfade).sum();
    let fades = timeline.fades.fade_in.min(timeline.fades.fade_out) >= Time::ZERO
        && timeline.fades.fade_in + timeline.fades.fade_out <= length;
    let distinct = |mut numbers: Vec<u32>| {
        let count = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len() == count
    };
    let used = |source: &Source| timeline.clips.iter().any(|clip| clip.source == source.id);
    length == sum
        && fades
        && timeline.clips.iter().all(|clip| is_shown(clip, timeline))
        && timeline.sources.iter().all(used)
        && timeline.beds.iter().all(|bed| plays(bed, length))
        && timeline.titles.iter().all(|title| holds(title, length))
        && timeline.markers.iter().all(|marker| Time::ZERO <= marker.at && marker.at <= length)
        && timeline.markers.windows(2).all(|pair| pair[0].at <= pair[1].at)
        && distinct(timeline.clips.iter().map(|clip| clip.id).collect())
        && distinct(timeline.beds.iter().map(|bed| bed.id).collect())
        && distinct(timeline.titles.iter().map(|title| title.id).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_leave_a_whole_document(edits in prop::collection::vec(edit(), 0..24)) {
        let mut timeline = empty();
        for edit in edits {
            match timeline.apply(&edit) {
                Ok(next) => timeline = next,
                Err(error) => {
                    let told = error.to_string();
                    prop_assert!(told.split_once(": ").is_some_and(|(field, _)| !field.contains(' ')), "{told}");
                }
            }
            prop_assert!(whole(&timeline), "after {edit:?}: {timeline:?}");
        }
        let saved = serde_json::to_string(&timeline).unwrap();
        prop_assert_eq!(serde_json::from_str::<Timeline>(&saved).unwrap(), timeline);
    }

    #[test]
    fn undoing_everything_gives_the_start_and_redoing_it_the_end(turns in prop::collection::vec((any::<bool>(), edit()), 0..24)) {
        let mut history = History::new(empty());
        for (back, edit) in turns {
            if back {
                let _ = history.undo();
            } else {
                let _ = history.edit("do", &[edit]);
            }
        }
        while history.redo().is_ok() {}
        let (end, saved) = (history.now().clone(), serde_json::to_string(&history).unwrap());
        prop_assert_eq!(&serde_json::from_str::<History>(&saved).unwrap(), &history);
        while history.undo().is_ok() {}
        prop_assert_eq!(history.now(), &empty());
        while history.redo().is_ok() {}
        prop_assert_eq!(history.now(), &end);
    }

    #[test]
    fn what_is_locked_stays_as_it_is(edits in prop::collection::vec(edit(), 0..12), more in prop::collection::vec(sound_edit(), 0..12)) {
        let done = |timeline: Timeline, edit: &Edit| timeline.apply(edit).unwrap_or(timeline);
        let mut timeline = edits.iter().fold(empty(), done);
        let items = timeline.beds.iter().map(|bed| Item::Bed(bed.id)).chain(timeline.titles.iter().map(|title| Item::Title(title.id)));
        for item in items.collect::<Vec<_>>() {
            timeline = timeline.apply(&Edit::Lock { item, locked: true }).unwrap();
        }
        let after = more.iter().fold(timeline.clone(), done);
        prop_assert_eq!(&after.beds[..timeline.beds.len()], &timeline.beds[..]);
        prop_assert_eq!(&after.titles[..timeline.titles.len()], &timeline.titles[..]);
    }
}
