//! How far talk stands above music.

use serde::Serialize;
use sound::{Span, Time};

use crate::duck::{Keyframe, Voice, gain_at, stretches};

/// How far talk stands above music, in LU of momentary loudness. Of music under talk counts what lies below 7 kHz: hats and
/// air above it hide no word.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Clearance {
    /// On average over all talk.
    pub mean: f64,
    /// A tenth of the talk stands less far above.
    pub tenth_percentile: f64,
}

impl Clearance {
    /// Of these moments, each given by how many LU the talk stands above; `None` without any.
    pub(crate) fn of(mut over: Vec<f64>) -> Option<Clearance> {
        over.sort_by(f64::total_cmp);
        let tenth_percentile = over.get(over.len() / 10).copied()?;
        Some(Clearance { mean: over.iter().sum::<f64>() / over.len() as f64, tenth_percentile })
    }

    /// Of all talk within a span, over music that is ducked by this curve.
    pub(crate) fn planned(
        voice: &Voice,
        speech: &[Span],
        span: Span,
        ducking: &[Keyframe],
    ) -> Option<Clearance> {
        let moments = stretches(speech).into_iter().flat_map(|stretch| voice.over_music(stretch));
        let met = moments.map(|(at, lu)| (Time::from_seconds(at), lu)).filter(|(at, _)| span.contains(*at));
        Clearance::of(met.map(|(at, lu)| lu - gain_at(ducking, at).0).collect())
    }
}
