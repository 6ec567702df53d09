//! The timeline as clients of the wire read it: tracks `t` of type `tt` with segments `sg`, times in milliseconds.
//!
//! Keys of a segment: `id`, `start` and `length` on the film's clock, `source` (the number of a file, or `composed`),
//! `name`, `volume` (0 to 1 and a little above). Of film also `in` (where the source begins), `speed` (1 is its own) and
//! `muted`; of music `genre`, `mood`, `tempo`, `key`, `fade_in`, `fade_out`; of text `text`, `position`, `size`, `color`.

use serde::Serialize;
use sound::Time;
use timeline::{Bed, Music, Placed, Timeline, Title};
use utoipa::ToSchema;

use crate::server::workshop::document::Composed;

/// Types of track.
pub(crate) const VIDEO: u8 = 0;
pub(crate) const AUDIO: u8 = 1;
pub(crate) const TEXT: u8 = 7;

/// The timeline. It can be exported when some track has a segment.
// Generators of clients call what they read `d`, so the key of this name is read last and nothing else is beside it.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Draft)]
pub(crate) struct Drafted {
    /// Tracks.
    t: Vec<Track>,
    /// About the whole.
    m: About,
    /// Length in milliseconds.
    d: i64,
}

/// A track.
#[derive(Debug, Serialize, ToSchema)]
struct Track {
    /// Type: 0 video, 1 audio, 7 text.
    tt: u8,
    /// Segments.
    sg: Vec<Segment>,
}

/// About the whole timeline.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = AboutDraft)]
struct About {
    revision: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// Width to height, or `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("9:16"))]
    ratio: Option<&'static str>,
    /// Where it will be shown, which decides how loud it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("youtube"))]
    target: Option<&'static str>,
    /// The tracks in one line, for people.
    summary: String,
}

/// A segment of a track. Times are milliseconds on the clock of the whole.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum Segment {
    Clip(Clip),
    Bed(MusicSegment),
    Title(TitleSegment),
}

/// A stretch of a film or a photo.
#[derive(Debug, Serialize, ToSchema)]
struct Clip {
    id: u32,
    start: i64,
    length: i64,
    /// The `file_id` it shows.
    #[schema(required)]
    source: Option<String>,
    #[schema(required)]
    name: Option<String>,
    /// 1 is its own.
    volume: f64,
    /// Where the source begins, in milliseconds.
    r#in: i64,
    /// 1 is its own.
    speed: f64,
    muted: bool,
}

/// Music.
#[derive(Debug, Serialize, ToSchema)]
struct MusicSegment {
    id: u32,
    start: i64,
    length: i64,
    name: String,
    /// 0 to 1, and a little above.
    volume: f64,
    fade_in: i64,
    fade_out: i64,
    /// `composed`, or the `file_id` of a recording.
    source: String,
    /// Where it was composed, as the next three.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    genre: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    mood: Option<String>,
    /// Beats a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    tempo: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    key: Option<String>,
}

/// A text over the picture.
#[derive(Debug, Serialize, ToSchema)]
struct TitleSegment {
    id: u32,
    start: i64,
    length: i64,
    text: String,
    /// The text again.
    name: String,
    position: &'static str,
    /// Height of the letters, in pixels of the whole picture.
    size: u32,
    #[schema(examples("#ffffff"))]
    color: String,
}

/// The draft of a timeline.
pub(crate) fn draft(timeline: Option<&Timeline>, music: &[Composed], revision: i64) -> Drafted {
    let Some(timeline) = timeline else {
        let m = About { revision, summary: "Timeline (0 tracks):".to_owned(), ..About::default() };
        return Drafted { m, ..Drafted::default() };
    };
    let clips = timeline.placed().iter().map(|placed| clip(placed, timeline)).collect();
    let beds = timeline.beds.iter().map(|one| Track { tt: AUDIO, sg: vec![bed(one, music)] });
    let titles = timeline.titles.iter().map(|one| Track { tt: TEXT, sg: vec![title(one, timeline)] });
    Drafted {
        t: std::iter::once(Track { tt: VIDEO, sg: clips }).chain(beds).chain(titles).collect(),
        d: ms(timeline.length()),
        m: About {
            revision,
            name: Some(timeline.name().to_owned()),
            ratio: Some(timeline.canvas.ratio.name()),
            target: Some(timeline.target.name()),
            summary: timeline.to_string(),
        },
    }
}

fn clip(placed: &Placed<'_>, timeline: &Timeline) -> Segment {
    let clip = placed.clip;
    let source = timeline.source(clip.source);
    Segment::Clip(Clip {
        id: clip.id,
        start: ms(placed.span.start),
        length: ms(placed.span.length()),
        source: source.and_then(|source| source.file.clone()),
        name: source.map(|source| source.name.clone()),
        volume: clip.level_pct / 100.0,
        r#in: ms(clip.span.start),
        speed: f64::from(clip.speed_pct) / 100.0,
        muted: clip.muted,
    })
}

fn bed(bed: &Bed, music: &[Composed]) -> Segment {
    let composed = music.iter().find(|composed| composed.bed == bed.id);
    Segment::Bed(MusicSegment {
        id: bed.id,
        start: ms(bed.span.start),
        length: ms(bed.span.length()),
        name: bed.name.clone(),
        volume: bed.level_pct / 100.0,
        fade_in: ms(bed.fade_in),
        fade_out: ms(bed.fade_out),
        source: match &bed.music {
            Music::Recording(file) => file.clone(),
            Music::Composed(_) => "composed".to_owned(),
        },
        genre: composed.map(|composed| composed.genre.clone()),
        mood: composed.map(|composed| composed.mood.clone()),
        tempo: composed.map(|composed| composed.tempo_bpm),
        key: composed.map(|composed| composed.key.clone()),
    })
}

fn title(title: &Title, timeline: &Timeline) -> Segment {
    let usual = || timeline::Look::usual_px(timeline.picture_size());
    Segment::Title(TitleSegment {
        id: title.id,
        start: ms(title.span.start),
        length: ms(title.span.length()),
        text: title.text.clone(),
        name: title.text.clone(),
        position: title.look.place.name(),
        size: title.look.size_px.unwrap_or_else(usual),
        color: title.look.colour.to_string(),
    })
}

/// A time in whole milliseconds.
pub(crate) fn ms(time: Time) -> i64 {
    (time.seconds() * 1000.0).round() as i64
}
