//! The timeline as OpenTimelineIO, for other editors: the film, the music and the cuts as markers.
//!
//! The shape is that of OpenTimelineIO's own files: `Timeline.1`, `Stack.1`, `Track.1`, `Clip.2`, `Gap.1`, `Marker.2`.

use serde_json::{Value, json};
use sound::{Span, Time};

use crate::{Music, Timeline};

/// The timeline as an `.otio` document.
///
/// `film` is the path of the film, `rate` its frames a second as a fraction, `cuts` are marked on the picture.
pub fn otio(timeline: &Timeline, film: &str, rate: (u32, u32), cuts: &[Time]) -> String {
    let clock = Clock { rate: f64::from(rate.0.max(1)) / f64::from(rate.1.max(1)) };
    let markers: Vec<Value> = cuts.iter().map(|at| clock.marker("cut", *at)).collect();
    let picture = clock.clip(&timeline.film.name, film, timeline.whole(), markers);
    let mut tracks = vec![track("Video", "Video", vec![picture])];
    for bed in &timeline.beds {
        let mut items = Vec::new();
        if bed.span.start > Time::ZERO {
            items.push(clock.gap(bed.span.start));
        }
        let source = match &bed.music {
            Music::Recording(path) => path.as_str(),
            Music::Composed(_) => "",
        };
        let from_zero = Span::new(Time::ZERO, bed.span.length());
        items.push(clock.clip(&bed.name, source, from_zero, Vec::new()));
        tracks.push(track(&format!("BGM {}", bed.id), "Audio", items));
    }
    let document = json!({
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {},
        "name": timeline.film.name,
        "global_start_time": null,
        "tracks": {
            "OTIO_SCHEMA": "Stack.1",
            "metadata": {}, "name": "tracks", "source_range": null, "effects": [], "markers": [],
            "enabled": true,
            "children": tracks,
        },
    });
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

    fn gap(&self, length: Time) -> Value {
        json!({
            "OTIO_SCHEMA": "Gap.1",
            "metadata": {}, "name": "", "source_range": self.range(Span::new(Time::ZERO, length)),
            "effects": [], "markers": [], "enabled": true,
        })
    }

    fn clip(&self, name: &str, source: &str, span: Span, markers: Vec<Value>) -> Value {
        let reference = if source.is_empty() {
            json!({ "OTIO_SCHEMA": "MissingReference.1", "metadata": {}, "name": "", "available_range": null,
                    "available_image_bounds": null })
        } else {
            json!({ "OTIO_SCHEMA": "ExternalReference.1", "metadata": {}, "name": "", "available_range": null,
                    "available_image_bounds": null, "target_url": source })
        };
        json!({
            "OTIO_SCHEMA": "Clip.2",
            "metadata": {}, "name": name, "source_range": self.range(span), "effects": [],
            "markers": markers, "enabled": true,
            "media_references": { "DEFAULT_MEDIA": reference },
            "active_media_reference_key": "DEFAULT_MEDIA",
        })
    }

    fn marker(&self, name: &str, at: Time) -> Value {
        json!({
            "OTIO_SCHEMA": "Marker.2",
            "metadata": {}, "name": name, "color": "RED", "comment": "",
            "marked_range": self.range(Span::new(at, at)),
        })
    }
}
