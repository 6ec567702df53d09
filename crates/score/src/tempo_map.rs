//! Where beats fall: exact at the anchors, even between them.

use serde::Serialize;
use sound::{Tempo, Time};

/// Maps beats to time: straight lines between anchors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TempoMap {
    /// Beat number and its time, both rising; never fewer than two.
    anchors: Vec<(i64, Time)>,
}

impl TempoMap {
    /// An even grid: beat 0 at `start`, then one beat every `tempo`.
    pub fn even(start: Time, tempo: Tempo) -> TempoMap {
        let far = 1 << 20;
        let end = start + Time::from_seconds(tempo.beat_seconds() * far as f64);
        TempoMap { anchors: vec![(0, start), (far, end)] }
    }

    /// A grid through the given anchors, extended evenly on both sides.
    ///
    /// Anchors that do not rise in both beat and time are left out; with fewer than two left the grid is even at `tempo`.
    pub fn through(anchors: &[(i64, Time)], tempo: Tempo) -> TempoMap {
        let mut rising: Vec<(i64, Time)> = Vec::with_capacity(anchors.len());
        for &(beat, time) in anchors {
            if rising.last().is_none_or(|&(b, t)| beat > b && time > t) {
                rising.push((beat, time));
            }
        }
        match rising[..] {
            [] => TempoMap::even(Time::ZERO, tempo),
            [(beat, time)] => {
                TempoMap::even(time - Time::from_seconds(tempo.beat_seconds() * beat as f64), tempo)
            }
            _ => TempoMap { anchors: rising },
        }
    }

    /// The time of a beat; fractions of beats and beats outside the anchors are allowed.
    pub fn time(&self, beat: f64) -> Time {
        let ((b0, t0), (b1, t1)) = self.stretch(|&(b, _)| (b as f64) <= beat);
        let share = (beat - b0 as f64) / (b1 - b0) as f64;
        t0 + Time::from_ticks(((t1 - t0).ticks() as f64 * share).round() as i64)
    }

    /// The beat at a time, with its fraction.
    pub fn beat(&self, time: Time) -> f64 {
        let ((b0, t0), (b1, t1)) = self.stretch(|&(_, t)| t <= time);
        b0 as f64 + (time - t0).ticks() as f64 / (t1 - t0).ticks() as f64 * (b1 - b0) as f64
    }

    /// The tempo at a time.
    pub fn tempo(&self, time: Time) -> Tempo {
        let ((b0, t0), (b1, t1)) = self.stretch(|&(_, t)| t <= time);
        Tempo::new(60.0 * (b1 - b0) as f64 / (t1 - t0).seconds())
    }

    /// The anchors: beat number and time.
    pub fn anchors(&self) -> &[(i64, Time)] {
        &self.anchors
    }

    fn stretch(&self, before: impl Fn(&(i64, Time)) -> bool) -> ((i64, Time), (i64, Time)) {
        let after = self.anchors.partition_point(before).clamp(1, self.anchors.len() - 1);
        (self.anchors[after - 1], self.anchors[after])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_met_exactly() {
        let anchors = [(0, Time::ZERO), (8, Time::from_seconds(4.07)), (20, Time::from_seconds(10.0))];
        let map = TempoMap::through(&anchors, Tempo::new(120.0));
        for (beat, time) in anchors {
            assert_eq!(map.time(beat as f64), time);
            assert!((map.beat(time) - beat as f64).abs() < 1e-9);
        }
        assert!(map.time(24.0) > map.time(20.0));
        assert!((map.tempo(Time::from_seconds(20.0)).bpm() - 12.0 * 60.0 / 5.93).abs() < 1e-6);
    }

    #[test]
    fn one_anchor_fixes_the_phase() {
        let map = TempoMap::through(&[(4, Time::from_seconds(3.0))], Tempo::new(60.0));
        assert_eq!(map.time(4.0), Time::from_seconds(3.0));
        assert_eq!(map.time(0.0), Time::from_seconds(-1.0));
    }
}
