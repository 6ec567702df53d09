//! The hand on the fader: level, ducking, levelling and fades as one gain that moves.

use std::f64::consts::PI;

use sound::{Decibels, SAMPLE_RATE, Time};

use crate::duck::{Keyframe, keyframe_at};
use crate::levelling::Levelling;
use crate::plan::{Lane, Stretch};

/// Gains are exact at every so many samples of the film's clock and run straight between, which is 1.3 ms.
pub(super) const GRAIN: i64 = 64;

/// No bed begins or ends harder than this, in seconds: a wave cut in its middle clicks.
const SOFT_START: f64 = 0.002;
const SOFT_END: f64 = 0.010;
/// How long the fader takes from one level to another, in seconds.
const SLOPE: f64 = 0.5;

/// What the fader does at one sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hand {
    /// Linear gain of the music.
    pub(super) gain: f32,
    /// How much of the cuts under speech there is, 0 to 1.
    pub(super) carve: f32,
}

/// The gain of one lane along the film's clock.
pub(super) struct Ride {
    /// Linear gain at the start.
    level: f64,
    /// Where the linear gain changes, in seconds, and by how much.
    steps: Vec<(f64, f64)>,
    ducking: Vec<Keyframe>,
    levelling: Levelling,
    start: f64,
    end: f64,
    fade_in: f64,
    fade_out: f64,
    /// The last grain that was asked for, whose end is the next one's start.
    last: Option<(i64, Hand, Hand)>,
}

impl Ride {
    pub(super) fn new(lane: &Lane) -> Ride {
        Ride {
            level: lane.music_gain.gain(),
            steps: steps(lane),
            ducking: lane.ducking.clone(),
            levelling: lane.levelling.clone(),
            start: lane.span.start.seconds(),
            end: lane.span.end.seconds(),
            fade_in: lane.fade_in.seconds().max(SOFT_START),
            fade_out: lane.fade_out.seconds().max(SOFT_END),
            last: None,
        }
    }

    /// The hand at both ends of the grain that begins at sample `at`.
    pub(super) fn grain(&mut self, at: i64) -> (Hand, Hand) {
        let (from, to) = match self.last {
            Some((last, from, to)) if last == at => (from, to),
            Some((last, _, to)) if last + GRAIN == at => (to, self.hand(at + GRAIN)),
            _ => (self.hand(at), self.hand(at + GRAIN)),
        };
        self.last = Some((at, from, to));
        (from, to)
    }

    fn hand(&self, at: i64) -> Hand {
        let seconds = at as f64 / f64::from(SAMPLE_RATE);
        let Keyframe { gain: duck, under, .. } =
            keyframe_at(&self.ducking, Time::from_samples(at, SAMPLE_RATE));
        let steadied = self.levelling.at(seconds - self.start, under);
        let gain = self.level(seconds) * (duck + Decibels(steadied)).gain() * self.fade(seconds);
        Hand { gain: gain as f32, carve: under as f32 }
    }

    /// The level before ducking and fades: straight, with a slope around each step.
    fn level(&self, seconds: f64) -> f64 {
        let share = |at: f64| rise((seconds - at) / SLOPE + 0.5);
        self.level + self.steps.iter().map(|(at, change)| change * share(*at)).sum::<f64>()
    }

    fn fade(&self, seconds: f64) -> f64 {
        rise((seconds - self.start) / self.fade_in) * rise((self.end - seconds) / self.fade_out)
    }
}

/// The borders of the lane's rides, and what the gain does there.
fn steps(lane: &Lane) -> Vec<(f64, f64)> {
    let away = |ride: &Stretch| ride.gain.gain() - lane.music_gain.gain();
    let borders =
        |ride: &Stretch| [(ride.span.start.seconds(), away(ride)), (ride.span.end.seconds(), -away(ride))];
    lane.rides.iter().flat_map(borders).collect()
}

/// A fade as half a cosine: it starts and ends level.
fn rise(share: f64) -> f64 {
    if share >= 1.0 { 1.0 } else { 0.5 - 0.5 * (PI * share.max(0.0)).cos() }
}
