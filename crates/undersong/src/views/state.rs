//! The neutral state: what a project holds, in the words and units that anybody understands.

use agent::Language;
use schemars::JsonSchema;
use serde::Serialize;
use timeline::{Bed, Clip, Music, Placed, Source, Timeline, Title};

use crate::server::workshop::document::Composed;

#[derive(Serialize, JsonSchema)]
pub(crate) struct StateView {
    video: VideoView,
    original_audio: OwnSoundView,
    music: Vec<MusicView>,
    text: Vec<TextView>,
    clips: Vec<ClipView>,
    canvas: CanvasView,
    target: &'static str,
    language: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct VideoView {
    duration_s: f64,
    aspect: String,
    width: u32,
    height: u32,
    /// Times its own speed; null where clips differ.
    speed: Option<f64>,
    muted: bool,
}

#[derive(Serialize, JsonSchema)]
struct OwnSoundView {
    /// Percent of its own loudness; null where clips differ.
    gain_pct: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct MusicView {
    id: u32,
    name: String,
    genre: Option<String>,
    mood: Option<String>,
    start_s: f64,
    end_s: f64,
    level_pct: f64,
    rides: Vec<RideView>,
    duck: timeline::Duck,
    /// How far it goes down under speech; null before it was mixed.
    duck_db: Option<f64>,
    fade_in_s: f64,
    fade_out_s: f64,
    tempo_bpm: Option<f64>,
    key: Option<String>,
    instruments: Vec<String>,
    hits_s: Vec<f64>,
    climax_s: Option<f64>,
    locked: bool,
    source: &'static str,
    seed: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
struct RideView {
    start_s: f64,
    end_s: f64,
    level_pct: f64,
}

#[derive(Serialize, JsonSchema)]
struct TextView {
    id: u32,
    text: String,
    start_s: f64,
    end_s: f64,
    position: &'static str,
    size_px: u32,
    color: String,
    locked: bool,
}

#[derive(Serialize, JsonSchema)]
struct ClipView {
    id: u32,
    name: String,
    start_s: f64,
    end_s: f64,
    /// What is shown, on the source's own clock.
    in_s: f64,
    out_s: f64,
    speed: f64,
    muted: bool,
    volume_pct: f64,
    crossfade_s: f64,
    locked: bool,
}

#[derive(Serialize, JsonSchema)]
struct CanvasView {
    width: u32,
    height: u32,
    ratio: &'static str,
    fit: timeline::Fit,
}

impl StateView {
    pub(crate) fn new(timeline: &Timeline, pieces: &[Composed], language: Language) -> StateView {
        let size = timeline.picture_size();
        let clips = &timeline.clips;
        StateView {
            video: VideoView {
                duration_s: seconds(timeline.length()),
                aspect: aspect(size.width, size.height),
                width: size.width,
                height: size.height,
                speed: shared(clips, |clip| f64::from(clip.speed_pct) / 100.0),
                muted: clips.iter().all(|clip| clip.muted),
            },
            original_audio: OwnSoundView { gain_pct: shared(clips, |clip| clip.level_pct) },
            music: timeline.beds.iter().map(|bed| music(bed, pieces)).collect(),
            text: timeline.titles.iter().map(|title| text(title, timeline)).collect(),
            clips: timeline.placed().iter().map(|placed| clip(placed, timeline)).collect(),
            canvas: CanvasView {
                width: size.width,
                height: size.height,
                ratio: timeline.canvas.ratio.name(),
                fit: timeline.canvas.fit,
            },
            target: timeline.target.name(),
            language: match language {
                Language::English => "en",
                Language::Simplified => "zh-CN",
                Language::Traditional => "zh-TW",
            },
        }
    }
}

fn music(bed: &Bed, pieces: &[Composed]) -> MusicView {
    let brief = match &bed.music {
        Music::Composed(brief) => Some(brief),
        Music::Recording(_) => None,
    };
    let piece = pieces.iter().find(|piece| piece.bed == bed.id);
    let start = bed.span.start;
    let mood = brief.and_then(|brief| brief.mood).map(|mood| mood.word().to_owned());
    let wished = brief.and_then(|brief| brief.genre.clone());
    MusicView {
        id: bed.id,
        name: bed.name.clone(),
        genre: wished.or_else(|| piece.map(|piece| piece.genre.clone())),
        mood: mood.or_else(|| piece.map(|piece| piece.mood.clone())),
        start_s: seconds(start),
        end_s: seconds(bed.span.end),
        level_pct: bed.level_pct,
        rides: bed
            .rides
            .iter()
            .map(|ride| RideView {
                start_s: seconds(ride.span.start),
                end_s: seconds(ride.span.end),
                level_pct: ride.level_pct,
            })
            .collect(),
        duck: bed.duck,
        duck_db: None,
        fade_in_s: seconds(bed.fade_in),
        fade_out_s: seconds(bed.fade_out),
        tempo_bpm: piece.map(|piece| piece.tempo_bpm),
        key: piece.map(|piece| piece.key.clone()),
        instruments: piece.map(|piece| piece.instruments.clone()).unwrap_or_default(),
        hits_s: brief.iter().flat_map(|brief| &brief.hits).map(|hit| seconds(start + *hit)).collect(),
        climax_s: brief.and_then(|brief| brief.climax).map(|at| seconds(start + at)),
        locked: bed.locked,
        source: if brief.is_some() { "composed" } else { "file" },
        seed: brief.map(|brief| brief.seed),
    }
}

fn text(title: &Title, timeline: &Timeline) -> TextView {
    TextView {
        id: title.id,
        text: title.text.clone(),
        start_s: seconds(title.span.start),
        end_s: seconds(title.span.end),
        position: title.look.place.name(),
        size_px: title.look.size_px.unwrap_or_else(|| timeline::Look::usual_px(timeline.picture_size())),
        color: title.look.colour.to_string(),
        locked: title.locked,
    }
}

fn clip(placed: &Placed<'_>, timeline: &Timeline) -> ClipView {
    let clip = placed.clip;
    ClipView {
        id: clip.id,
        name: timeline.source(clip.source).map(|source: &Source| source.name.clone()).unwrap_or_default(),
        start_s: seconds(placed.span.start),
        end_s: seconds(placed.span.end),
        in_s: seconds(clip.span.start),
        out_s: seconds(clip.span.end),
        speed: f64::from(clip.speed_pct) / 100.0,
        muted: clip.muted,
        volume_pct: clip.level_pct,
        crossfade_s: seconds(clip.crossfade),
        locked: clip.locked,
    }
}

/// What all clips have in common; `None` where they differ.
fn shared(clips: &[Clip], of: impl Fn(&Clip) -> f64) -> Option<f64> {
    let first = of(clips.first()?);
    clips.iter().all(|clip| of(clip) == first).then_some(first)
}

/// Width to height in smallest numbers: `16:9`.
fn aspect(width: u32, height: u32) -> String {
    let (mut a, mut b) = (width.max(1), height.max(1));
    while b > 0 {
        (a, b) = (b, a % b);
    }
    format!("{}:{}", width / a, height / a)
}

/// Seconds to the millisecond, as people write them.
fn seconds(time: sound::Time) -> f64 {
    (time.seconds() * 1000.0).round() / 1000.0
}
