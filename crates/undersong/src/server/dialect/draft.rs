//! The timeline as clients of the wire read it: tracks `t` of type `tt` with segments `sg`, times in milliseconds.
//!
//! Keys of a segment: `id`, `start` and `length` on the film's clock, `source` (the number of a file, or `composed`),
//! `name`, `volume` (0 to 1 and a little above). Of film also `in` (where the source begins), `speed` (1 is its own) and
//! `muted`; of music `genre`, `mood`, `tempo`, `key`, `fade_in`, `fade_out`; of text `text`, `position`, `size`, `color`.

use serde_json::{Map, Value, json};
use sound::Time;
use timeline::{Bed, Music, Placed, Timeline, Title};

use crate::server::workshop::document::Composed;

/// Types of track.
pub(crate) const VIDEO: u8 = 0;
pub(crate) const AUDIO: u8 = 1;
pub(crate) const TEXT: u8 = 7;

/// The draft of a timeline.
pub(crate) fn draft(timeline: Option<&Timeline>, music: &[Composed], revision: i64) -> Value {
    let Some(timeline) = timeline else {
        return json!({ "t": [], "d": 0, "m": { "revision": revision, "summary": "Timeline (0 tracks):" } });
    };
    let clips: Vec<Value> = timeline.placed().iter().map(|placed| clip(placed, timeline)).collect();
    let beds = timeline.beds.iter().map(|one| track(AUDIO, vec![bed(one, music)]));
    let titles = timeline.titles.iter().map(|one| track(TEXT, vec![title(one, timeline)]));
    let tracks: Vec<Value> = std::iter::once(track(VIDEO, clips)).chain(beds).chain(titles).collect();
    json!({
        "t": tracks,
        "d": ms(timeline.length()),
        "m": {
            "revision": revision, "name": timeline.name(), "ratio": timeline.canvas.ratio.name(),
            "target": timeline.target.name(), "summary": timeline.to_string(),
        },
    })
}

fn track(kind: u8, segments: Vec<Value>) -> Value {
    json!({ "tt": kind, "sg": segments })
}

fn clip(placed: &Placed<'_>, timeline: &Timeline) -> Value {
    let clip = placed.clip;
    let source = timeline.source(clip.source);
    json!({
        "id": clip.id, "start": ms(placed.span.start), "length": ms(placed.span.length()),
        "source": source.and_then(|source| source.file.as_deref()), "name": source.map(|source| source.name.as_str()),
        "volume": clip.level_pct / 100.0, "in": ms(clip.span.start), "speed": f64::from(clip.speed_pct) / 100.0,
        "muted": clip.muted,
    })
}

fn bed(bed: &Bed, music: &[Composed]) -> Value {
    let mut segment = Map::new();
    let mut put = |key: &str, value: Value| _ = segment.insert(key.to_owned(), value);
    put("id", bed.id.into());
    put("start", ms(bed.span.start).into());
    put("length", ms(bed.span.length()).into());
    put("name", bed.name.clone().into());
    put("volume", (bed.level_pct / 100.0).into());
    put("fade_in", ms(bed.fade_in).into());
    put("fade_out", ms(bed.fade_out).into());
    match &bed.music {
        Music::Recording(file) => put("source", file.clone().into()),
        Music::Composed(_) => put("source", "composed".into()),
    }
    if let Some(composed) = music.iter().find(|composed| composed.bed == bed.id) {
        put("genre", composed.genre.clone().into());
        put("mood", composed.mood.clone().into());
        put("tempo", composed.tempo_bpm.into());
        put("key", composed.key.clone().into());
    }
    Value::Object(segment)
}

fn title(title: &Title, timeline: &Timeline) -> Value {
    let usual = || timeline::Look::usual_px(timeline.picture_size());
    json!({
        "id": title.id, "start": ms(title.span.start), "length": ms(title.span.length()), "text": title.text,
        "name": title.text, "position": title.look.place.name(), "size": title.look.size_px.unwrap_or_else(usual),
        "color": title.look.colour.to_string(),
    })
}

/// A time in whole milliseconds.
pub(crate) fn ms(time: Time) -> i64 {
    (time.seconds() * 1000.0).round() as i64
}
