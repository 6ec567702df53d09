//! Whatever edits come, the document stays whole; what makes no sense is refused with the name of its field.

use proptest::prelude::*;
use score::Brief;
use sound::{Span, Time};
use timeline::{Backing, Colour, Duck, Edit, Film, Look, Music, Place, Target, Timeline, Title};

const LENGTH: f64 = 30.0;

fn empty() -> Timeline {
    Timeline::new(Film { name: "film.mp4".into(), length: Time::from_seconds(LENGTH) })
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

fn edit() -> impl Strategy<Value = Edit> {
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

fn inside(span: Span) -> bool {
    span.start >= Time::ZERO && span.start < span.end && span.end <= Time::from_seconds(LENGTH)
}

fn holds(title: &Title) -> bool {
    let words = !title.text.trim().is_empty() && title.text.chars().count() <= Title::MOST_CHARACTERS;
    let size = title.look.size_px.is_none_or(|size| Look::SIZES_PX.contains(&size));
    let fade = title.look.fade >= Time::ZERO && title.look.fade * 2 <= title.span.length();
    inside(title.span) && words && size && fade
}

fn whole(timeline: &Timeline) -> bool {
    let beds = timeline.beds.iter().all(|bed| {
        let fades = bed.fade_in >= Time::ZERO && bed.fade_out >= Time::ZERO;
        inside(bed.span)
            && fades
            && bed.fade_in + bed.fade_out <= bed.span.length()
            && (0.0..=200.0).contains(&bed.level_pct)
    });
    let rising = |numbers: Vec<u32>| numbers.windows(2).all(|pair| pair[0] < pair[1]);
    beds && timeline.titles.iter().all(holds)
        && rising(timeline.beds.iter().map(|bed| bed.id).collect())
        && rising(timeline.titles.iter().map(|title| title.id).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_leave_a_whole_document(edits in prop::collection::vec(edit(), 0..24)) {
        let mut timeline = empty();
        for edit in edits {
            match timeline.apply(&edit) {
                Ok(next) => timeline = next,
                Err(error) => prop_assert!(error.to_string().split_once(": ").is_some_and(|(field, _)| !field.contains(' '))),
            }
            prop_assert!(whole(&timeline), "after {edit:?}: {timeline:?}");
        }
        let saved = serde_json::to_string(&timeline).unwrap();
        prop_assert_eq!(serde_json::from_str::<Timeline>(&saved).unwrap(), timeline);
    }
}

#[test]
fn an_older_document_has_no_titles() {
    let saved = r#"{"version":1,"film":{"name":"a.mp4","length":705600000},"beds":[],"target":"youtube"}"#;
    assert!(serde_json::from_str::<Timeline>(saved).unwrap().titles.is_empty());
}

#[test]
fn titles_stand_in_the_summary() {
    let title = Edit::AddTitle {
        text: "Urban\nDreams".into(),
        span: Some(Span::seconds(0.0, 3.0)),
        look: Look::default(),
    };
    let told = empty().apply(&title).unwrap().to_string();
    assert_eq!(told, "Timeline (2 tracks): 1. Video: film.mp4 (0-30s) 2. Title: \"Urban Dreams\" (0-3s)");
}
