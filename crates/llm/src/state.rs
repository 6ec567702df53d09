//! What a model is told of the film and its edit: neutral, in seconds, without files, names of files or seeds.

use footage::Profile;
use serde::Serialize;
use serde_json::Value;
use sound::{Span, Time};
use timeline::{Bed, Canvas, Clip, Duck, Fades, Look, Music, Placed, Size, Target, Timeline, Title};

use crate::measure::{Measure, Way, seconds};
use crate::schema::definition;

/// The strongest cuts that are told of, and the longest stretches of speech.
const MOST_CUTS: usize = 20;
const MOST_SPEECH: usize = 60;

/// The film and its edit.
#[derive(Serialize)]
pub(crate) struct State<'a> {
    film: Film<'a>,
    canvas: Canvas,
    picture_fades: Value,
    clips: Vec<ClipView>,
    beds: Vec<BedView<'a>>,
    titles: Vec<TitleView<'a>>,
    markers: Vec<MarkerView<'a>>,
    target: Target,
}

#[derive(Serialize)]
struct Film<'a> {
    length: f64,
    size: Size,
    has_sound: bool,
    has_music: bool,
    speech: Vec<SpanView>,
    strongest_cuts: Vec<f64>,
    feeling: Feeling<'a>,
}

#[derive(Serialize)]
struct Feeling<'a> {
    valence: f64,
    arousal: f64,
    confidence: f64,
    reasons: &'a [String],
}

#[derive(Serialize)]
struct SpanView {
    start: f64,
    end: f64,
}

#[derive(Serialize)]
struct ClipView {
    id: u32,
    on_film: SpanView,
    /// On the source's own clock.
    shown: SpanView,
    photo: bool,
    speed_pct: u32,
    level_pct: f64,
    muted: bool,
    crossfade: f64,
    locked: bool,
}

#[derive(Serialize)]
struct BedView<'a> {
    id: u32,
    /// What people call it; a recording is called like its file, which is nobody's business.
    name: Option<&'a str>,
    on_film: SpanView,
    level_pct: f64,
    duck: Duck,
    fade_in: f64,
    fade_out: f64,
    rides: Vec<RideView>,
    /// `None` for a recording.
    brief: Option<Value>,
    locked: bool,
}

#[derive(Serialize)]
struct RideView {
    on_film: SpanView,
    level_pct: f64,
}

#[derive(Serialize)]
struct TitleView<'a> {
    id: u32,
    text: &'a str,
    on_film: SpanView,
    look: Value,
    locked: bool,
}

#[derive(Serialize)]
struct MarkerView<'a> {
    name: &'a str,
    at: f64,
    hit: bool,
}

impl<'a> State<'a> {
    /// What is told; `schema` is that which is sent, and says which fields are times.
    pub(crate) fn of(timeline: &'a Timeline, profile: &'a Profile, schema: &Value) -> State<'a> {
        let markers = timeline.markers.iter();
        State {
            film: film(timeline, profile),
            canvas: timeline.canvas,
            picture_fades: told::<Fades>(&timeline.fades, "Fades", schema),
            clips: timeline.placed().iter().map(|placed| clip(placed, timeline)).collect(),
            beds: timeline.beds.iter().map(|one| bed(one, schema)).collect(),
            titles: timeline.titles.iter().map(|one| title(one, schema)).collect(),
            markers: markers
                .map(|marker| MarkerView { name: &marker.name, at: seconds(marker.at), hit: marker.hit })
                .collect(),
            target: timeline.target,
        }
    }
}

fn film<'a>(timeline: &Timeline, profile: &'a Profile) -> Film<'a> {
    let mut cuts: Vec<_> = profile.cuts.iter().collect();
    cuts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    cuts.truncate(MOST_CUTS);
    let mut cuts: Vec<Time> = cuts.into_iter().map(|cut| cut.at).collect();
    cuts.sort_unstable();
    let mut speech = profile.speech.clone();
    speech.sort_by_key(|stretch| -stretch.length());
    speech.truncate(MOST_SPEECH);
    speech.sort_by_key(|stretch| stretch.start);
    let rounded = |figure: f64| (figure * 100.0).round() / 100.0;
    let feeling = &profile.feeling;
    Film {
        length: seconds(timeline.length()),
        size: timeline.picture_size(),
        has_sound: profile.has_sound,
        has_music: profile.has_music,
        speech: speech.into_iter().map(span).collect(),
        strongest_cuts: cuts.into_iter().map(seconds).collect(),
        feeling: Feeling {
            valence: rounded(feeling.valence),
            arousal: rounded(feeling.arousal),
            confidence: rounded(feeling.confidence),
            reasons: &feeling.reasons,
        },
    }
}

fn clip(placed: &Placed<'_>, timeline: &Timeline) -> ClipView {
    let Clip { id, source, speed_pct, level_pct, muted, crossfade, locked, .. } = *placed.clip;
    let photo = timeline.source(source).is_some_and(timeline::Source::is_photo);
    let crossfade = seconds(crossfade);
    let (on_film, shown) = (span(placed.span), span(placed.clip.span));
    ClipView { id, on_film, shown, photo, speed_pct, level_pct, muted, crossfade, locked }
}

fn bed<'a>(bed: &'a Bed, schema: &Value) -> BedView<'a> {
    let (name, brief) = match &bed.music {
        Music::Composed(brief) => (Some(bed.name.as_str()), Some(told(&**brief, "Brief", schema))),
        Music::Recording(_) => (None, None),
    };
    let rides = bed.rides.iter();
    BedView {
        id: bed.id,
        name,
        on_film: span(bed.span),
        level_pct: bed.level_pct,
        duck: bed.duck,
        fade_in: seconds(bed.fade_in),
        fade_out: seconds(bed.fade_out),
        rides: rides.map(|ride| RideView { on_film: span(ride.span), level_pct: ride.level_pct }).collect(),
        brief,
        locked: bed.locked,
    }
}

fn title<'a>(title: &'a Title, schema: &Value) -> TitleView<'a> {
    let look = told::<Look>(&title.look, "Look", schema);
    TitleView { id: title.id, text: &title.text, on_film: span(title.span), look, locked: title.locked }
}

fn span(span: Span) -> SpanView {
    SpanView { start: seconds(span.start), end: seconds(span.end) }
}

/// A value of ours as its definition in the schema shows it: with the fields that it knows, and times in seconds.
fn told<T: Serialize>(value: &T, name: &str, schema: &Value) -> Value {
    let mut told = serde_json::to_value(value).unwrap_or_default();
    let Some(definition) = definition(schema, name) else { return Value::Null };
    if let Some(fields) = told.as_object_mut() {
        // What is not said stays unsaid; and what the schema does not know is ours.
        fields.retain(|name, value| !value.is_null() && definition["properties"].get(name).is_some());
    }
    match (Measure { root: schema, way: Way::ToSeconds }).take(&mut told, definition) {
        Ok(()) => told,
        Err(_) => Value::Null,
    }
}
