//! The answer of `add --json` and `export --json`: what was watched, composed, mixed and written.

use std::collections::BTreeMap;

use serde::Serialize;
use studio::{Finished, Licence, Scored};
use timeline::Target;

use crate::cli::cue_view::{CueView, PartView, parts};
use crate::views::watch::{InputView, WatchView};

#[derive(Serialize)]
pub(crate) struct Answer<'a> {
    output: Option<String>,
    reply: &'a str,
    read_by: &'static str,
    timeline: String,
    input: InputView,
    watch: Option<WatchView>,
    cue: Option<CueView>,
    score: Vec<PartView>,
    mix: Option<MixView>,
    render: Option<RenderView<'a>>,
    output_file: Option<FileView<'a>>,
    licence: &'a Licence,
    seconds: &'a BTreeMap<&'static str, f64>,
    warnings: &'a [String],
}

#[derive(Serialize)]
struct MixView {
    /// Gain of the music before the whole is brought to its loudness.
    music_gain_db: Option<f64>,
    /// Gain of the whole, and so of the film's own sound.
    film_gain_db: f64,
    ducking: Vec<KeyframeView>,
    speech_over_music_lu: Option<f64>,
    integrated_lufs: Option<f64>,
    true_peak_dbtp: Option<f64>,
    clipped_runs: u64,
    target: Target,
}

#[derive(Serialize)]
struct KeyframeView {
    at_s: f64,
    gain_db: f64,
}

#[derive(Serialize)]
struct RenderView<'a> {
    picture: &'static str,
    packets_copied: usize,
    packets_total: usize,
    why: &'a str,
}

#[derive(Serialize)]
struct FileView<'a> {
    duration_s: f64,
    video_duration_s: f64,
    audio_duration_s: f64,
    video_codec: &'a str,
    audio_codec: &'a str,
    width: u32,
    height: u32,
    size_bytes: u64,
}

impl<'a> Answer<'a> {
    pub(crate) fn new(scored: &'a Scored) -> Answer<'a> {
        let piece = scored.pieces.first();
        let finished = scored.finished.as_ref();
        Answer {
            output: finished.map(|finished| finished.path.to_string_lossy().into_owned()),
            reply: &scored.reply,
            read_by: scored.read_by.name(),
            timeline: scored.timeline.to_string(),
            input: InputView::new(&scored.probe),
            watch: scored.profile.as_ref().map(WatchView::new),
            cue: piece.map(|piece| CueView::new(&piece.cue, piece.seed, piece.start.seconds())),
            score: piece.map(|piece| parts(&piece.score)).unwrap_or_default(),
            mix: finished.zip(scored.mix.as_ref()).and_then(|(f, plan)| mix(f, plan, scored.timeline.target)),
            render: finished.map(render),
            output_file: finished.map(file),
            licence: &scored.licence,
            seconds: &scored.seconds,
            warnings: &scored.warnings,
        }
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn mix(finished: &Finished, plan: &mix::Plan, target: Target) -> Option<MixView> {
    let sound = finished.sound.as_ref()?;
    let lane = plan.lanes.first();
    let key = |lane: &mix::Lane, key: &mix::Keyframe| KeyframeView {
        at_s: key.at.seconds(),
        gain_db: lane.lowered(key).0,
    };
    Some(MixView {
        music_gain_db: lane.and_then(|lane| finite(lane.music_gain.0)),
        film_gain_db: finished.film_gain.0,
        ducking: lane.map_or_else(Vec::new, |lane| lane.ducking.iter().map(|k| key(lane, k)).collect()),
        speech_over_music_lu: lane.and_then(|lane| lane.clearance).map(|clearance| clearance.mean),
        integrated_lufs: sound.lufs,
        true_peak_dbtp: finite(sound.true_peak.0),
        clipped_runs: sound.clipped_runs,
        target,
    })
}

fn render(finished: &Finished) -> RenderView<'_> {
    RenderView {
        picture: finished.picture.name(),
        packets_copied: finished.checked.packets_copied,
        packets_total: finished.checked.packets,
        why: &finished.why,
    }
}

/// Sample entries of MP4 as the codecs they hold.
fn codec(entry: &str) -> &str {
    match entry {
        "avc1" | "avc3" => "h264",
        "mp4a" => "aac",
        other => other,
    }
}

fn file(finished: &Finished) -> FileView<'_> {
    let checked = &finished.checked;
    FileView {
        duration_s: checked.container_length.seconds(),
        video_duration_s: checked.picture_length.seconds(),
        audio_duration_s: checked.sound_length.seconds(),
        video_codec: codec(&checked.picture_codec),
        audio_codec: codec(&checked.sound_codec),
        width: checked.width,
        height: checked.height,
        size_bytes: checked.bytes,
    }
}
