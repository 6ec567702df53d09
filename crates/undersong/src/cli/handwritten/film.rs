//! The film of a document written by hand: its file, or what is in it in a few words.

use std::path::{Path, PathBuf};

use footage::{Cut, Feeling, Profile};
use serde::Deserialize;
use serde_json::Value;
use sound::{Span, Time};
use timeline::{Size, Source, Timeline};

use super::state::State;

/// Where the film lies, or what is in it as `watch --json` tells it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Video {
    path: Option<PathBuf>,
    profile: Value,
}

impl Video {
    /// The timeline that shows the film as it is, and its profile where that was told.
    pub(super) fn shown(&self, state: &State, folder: &Path) -> Result<(Timeline, Option<Profile>), String> {
        if let Some(path) = &self.path {
            let path = folder.join(path);
            let begun = studio::begin(&[path], &studio::Unattended);
            return begun.map(|timeline| (timeline, None)).map_err(|fault| fault.to_string());
        }
        let length = self.figure("duration_s").or(self.figure("length_s")).or(state.video.duration_s);
        let length = length.filter(|length| *length > 0.0 && length.is_finite());
        let length = length.ok_or("it says neither video.path nor how long the film is (duration_s)")?;
        let length = Time::from_seconds(length);
        let side = |name: &str, told: Option<u32>| self.figure(name).map(|side| side as u32).or(told);
        let sides = (side("width", state.video.width), side("height", state.video.height));
        let size = sides.0.zip(sides.1).map(|(width, height)| Size { width, height });
        let timeline = Timeline::new(Source { size, ..Source::film("film", length) });
        Ok((timeline, self.profile(length)))
    }

    /// A value of the profile, which may stand in a part of it.
    fn value(&self, name: &str) -> Option<&Value> {
        let parts = ["watch", "input"].into_iter().filter_map(|part| self.profile.get(part));
        std::iter::once(&self.profile).chain(parts).find_map(|part| part.get(name))
    }

    fn figure(&self, name: &str) -> Option<f64> {
        self.value(name)?.as_f64()
    }

    fn figures(&self, name: &str) -> Vec<f64> {
        self.value(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_f64).collect()
    }

    fn spans(&self, name: &str, whole: Span) -> Vec<Span> {
        let pairs = self.value(name).and_then(Value::as_array).into_iter().flatten();
        let span = |pair: &Value| {
            let span = Span::seconds(pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?).overlap(whole);
            (!span.is_empty()).then_some(span)
        };
        let mut spans: Vec<Span> = pairs.filter_map(span).collect();
        spans.sort_by_key(|span| span.start);
        spans
    }

    /// What was told of the film; `None` where nothing was or where it does not hold together.
    fn profile(&self, length: Time) -> Option<Profile> {
        self.profile.as_object()?;
        let whole = Span::new(Time::ZERO, length);
        let flag = |name: &str| self.value(name).and_then(Value::as_bool);
        let feeling = Feeling {
            valence: self.figure("valence").unwrap_or(0.0).clamp(-1.0, 1.0),
            arousal: self.figure("arousal").unwrap_or(0.0).clamp(-1.0, 1.0),
            confidence: self.figure("confidence").unwrap_or(0.5).clamp(0.0, 1.0),
            reasons: Vec::new(),
        };
        let mut cuts: Vec<Time> = self.figures("cuts_s").into_iter().map(Time::from_seconds).collect();
        cuts.retain(|at| *at > Time::ZERO && *at < length);
        cuts.sort_unstable();
        cuts.dedup();
        let plain = Profile::unseen(length, flag("has_sound").unwrap_or(true), feeling);
        let rate = self.figure("fps").filter(|rate| (1.0..=1000.0).contains(rate));
        let profile = Profile {
            frame: rate.map_or(Time::ZERO, |rate| Time::from_seconds(1.0 / rate)),
            cuts: cuts.into_iter().map(|at| Cut::hard(at, 0.5)).collect(),
            speech: self.spans("speech_s", whole),
            film_loudness: plain.film_loudness.map(|usual| self.figure("integrated_lufs").unwrap_or(usual)),
            has_music: flag("has_music").unwrap_or(false),
            ..plain
        };
        profile.is_sound().then_some(profile)
    }
}
