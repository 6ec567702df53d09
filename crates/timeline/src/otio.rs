//! The timeline as OpenTimelineIO, for other editors: the clips, the music, the titles and the cuts as markers.
//!
//! The shape is that of OpenTimelineIO's own files: `Timeline.1`, `Stack.1`, `Track.1`, `Clip.2`, `Gap.1`, `Marker.2`,
//! `Transition.1`, `LinearTimeWarp.1`.

use serde_json::{Value, json};
use sound::{Span, Time};

use crate::{Music, Timeline};

/// The timeline as an `.otio` document.
///
/// `rate` is the film's frames a second as a fraction; `cuts` are marked on the film's clock beside its own markers.
pub fn otio(timeline: &Timeline, rate: (u32, u32), cuts: &[Time]) -> String {
    let clock = Clock { rate: f64::from(rate.0.max(1)) / f64::from(rate.1.max(1)) };
    let cuts = cuts.iter().map(|at| clock.marker("cut", "RED", *at));
    let named = timeline.markers.iter().map(|marker| clock.marker(&marker.name, "GREEN", marker.at));
    let mut tracks = vec![clock.picture(timeline)];
    tracks.extend(timeline.beds.iter().map(|bed| {
        let source = match &bed.music {
            Music::Recording(path) => path.as_str(),
            Music::Composed(_) => "",
        };
        let music = clock.clip(&bed.name, source, Span::new(Time::ZERO, bed.span.length()), Vec::new());
        track(&format!("BGM {}", bed.id), "Audio", clock.after_gap(bed.span.start, music))
    }));
    tracks.extend(timeline.titles.iter().map(|title| {
        let shown = Span::new(Time::ZERO, title.span.length());
        let words = clock.clip(&title.text, "", shown, Vec::new());
        track(&format!("Title {}", title.id), "Video", clock.after_gap(title.span.start, words))
    }));
    let mut document = json!({
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {},
        "name": timeline.name(),
        "global_start_time": null,
        "tracks": {
            "OTIO_SCHEMA": "Stack.1",
            "metadata": {}, "name": "tracks", "source_range": null, "effects": [],
            "markers": cuts.chain(named).collect::<Vec<_>>(),
            "enabled": true,
            "children": tracks,
        },
    });
    // What else is built into the program decides whether serde_json keeps or sorts the order of fields.
    document.sort_all_objects();
    format!("{document:#}\n")
}

fn track(name: &str, kind: &str, children: Vec<Value>) -> Value {
    json!({
        "OTIO_SCHEMA": "Track.1",
        "metadata": {}, "name": name, "source_range": null, "effects": [], "markers": [],
        "enabled": true, "kind": kind, "children": children,
    })
}

struct Clock {
    rate: f64,
}

impl Clock {
    /// The clips, with a transition between those that fade into each other. Clips of an OTIO track do not overlap:
    /// each side of a transition lends half of it.
    fn picture(&self, timeline: &Timeline) -> Value {
        let mut items = Vec::new();
        let placed = timeline.placed();
        for (index, at) in placed.iter().enumerate() {
            let clip = at.clip;
            let next = placed.get(index + 1).map_or(Time::ZERO, |next| next.clip.crossfade);
            if clip.crossfade > Time::ZERO {
                items.push(self.dissolve(clip.crossfade / 2));
            }
            let shown = Span::new(
                clip.source_time(clip.crossfade / 2),
                clip.source_time(at.span.length() - next / 2),
            );
            let source = timeline.source(clip.source);
            let name = source.map_or("", |source| source.name.as_str());
            let file = source.and_then(|source| source.file.as_deref()).unwrap_or_default();
            let effects = match clip.speed_pct {
                100 => Vec::new(),
                percent => vec![warp(f64::from(percent) / 100.0)],
            };
            // A warped clip counts in frames that are shown, from the first frame of the source that is.
            let range =
                Span::new(shown.start, shown.start + clip.clip_time(shown.end) - clip.clip_time(shown.start));
            items.push(self.clip(name, file, range, effects));
        }
        track("Video", "Video", items)
    }

    fn after_gap(&self, length: Time, item: Value) -> Vec<Value> {
        let gap = (length > Time::ZERO).then(|| {
            json!({
                "OTIO_SCHEMA": "Gap.1",
                "metadata": {}, "name": "", "source_range": self.range(Span::new(Time::ZERO, length)),
                "effects": [], "markers": [], "enabled": true,
            })
        });
        gap.into_iter().chain([item]).collect()
    }

    fn dissolve(&self, half: Time) -> Value {
        json!({
            "OTIO_SCHEMA": "Transition.1",
            "metadata": {}, "name": "", "transition_type": "SMPTE_Dissolve",
            "in_offset": self.time(half), "out_offset": self.time(half),
        })
    }

    fn time(&self, time: Time) -> Value {
        let frames = (time.seconds() * self.rate).round();
        json!({ "OTIO_SCHEMA": "RationalTime.1", "rate": self.rate, "value": frames })
    }

    fn range(&self, span: Span) -> Value {
        json!({
            "OTIO_SCHEMA": "TimeRange.1",
            "start_time": self.time(span.start),
            "duration": self.time(span.length()),
        })
    }

    fn clip(&self, name: &str, source: &str, span: Span, effects: Vec<Value>) -> Value {
        let reference = if source.is_empty() {
            json!({ "OTIO_SCHEMA": "MissingReference.1", "metadata": {}, "name": "", "available_range": null,
                    "available_image_bounds": null })
        } else {
            json!({ "OTIO_SCHEMA": "ExternalReference.1", "metadata": {}, "name": "", "available_range": null,
                    "available_image_bounds": null, "target_url": source })
        };
        json!({
            "OTIO_SCHEMA": "Clip.2",
            "metadata": {}, "name": name, "source_range": self.range(span), "effects": effects,
            "markers": [], "enabled": true,
            "media_references": { "DEFAULT_MEDIA": reference },
            "active_media_reference_key": "DEFAULT_MEDIA",
        })
    }

    fn marker(&self, name: &str, colour: &str, at: Time) -> Value {
        json!({
            "OTIO_SCHEMA": "Marker.2",
            "metadata": {}, "name": name, "color": colour, "comment": "",
            "marked_range": self.range(Span::new(at, at)),
        })
    }
}

fn warp(speed: f64) -> Value {
    json!({
        "OTIO_SCHEMA": "LinearTimeWarp.1",
        "metadata": {}, "name": "", "effect_name": "", "time_scalar": speed, "enabled": true,
    })
}
