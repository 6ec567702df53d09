//! How loudness, pitch and brightness of a recorded tone move: contours and low-frequency oscillators.

/// A fall of 80 dB as a natural logarithm: what a decay or a release runs through in its time.
const WHOLE_FALL: f32 = 9.21;

/// How a contour comes down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fall {
    /// By so many decibels a second, as loudness does.
    Even,
    /// In a straight line, as pitch and brightness do.
    Straight,
}

/// Six stages of a tone (SoundFont 2.04, generators 25 to 38); times in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Contour {
    pub(super) delay: f32,
    pub(super) attack: f32,
    pub(super) hold: f32,
    /// From the top to nothing; where `sustain` is met it stays.
    pub(super) decay: f32,
    /// Level while the key is held, 0 to 1.
    pub(super) sustain: f32,
    /// From the top to nothing.
    pub(super) release: f32,
    pub(super) fall: Fall,
}

impl Contour {
    /// Its level, 0 to 1, so many seconds after the key went down, while it is held.
    pub(super) fn held(&self, seconds: f32) -> f32 {
        let after_delay = seconds - self.delay;
        if after_delay < self.attack {
            return (after_delay / self.attack).max(0.0);
        }
        let falling = after_delay - self.attack - self.hold;
        if falling <= 0.0 { 1.0 } else { self.lowered(1.0, falling, self.decay).max(self.sustain) }
    }

    /// Its level so many seconds after the key was let go at `level`.
    pub(super) fn released(&self, level: f32, seconds: f32) -> f32 {
        self.lowered(level, seconds, self.release)
    }

    fn lowered(&self, level: f32, seconds: f32, whole: f32) -> f32 {
        let share = seconds / whole.max(1e-3);
        match self.fall {
            Fall::Even => level * (-WHOLE_FALL * share).exp(),
            Fall::Straight => (level - share).max(0.0),
        }
    }
}

/// A triangle that starts upward from its middle after a delay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Oscillation {
    /// Seconds.
    pub(super) delay: f32,
    /// Turns a second.
    pub(super) hz: f32,
}

impl Oscillation {
    /// Its value, -1 to 1, so many seconds after the key went down.
    pub(super) fn at(&self, seconds: f32) -> f32 {
        if seconds < self.delay {
            return 0.0;
        }
        let turn = ((seconds - self.delay) * self.hz).fract();
        match turn {
            t if t < 0.25 => 4.0 * t,
            t if t < 0.75 => 2.0 - 4.0 * t,
            t => 4.0 * t - 4.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOUDNESS: Contour = Contour {
        delay: 0.1,
        attack: 0.2,
        hold: 0.1,
        decay: 2.0,
        sustain: 0.1,
        release: 1.0,
        fall: Fall::Even,
    };

    #[test]
    fn a_contour_rises_stays_falls_and_rests() {
        let levels = [0.05, 0.2, 0.31, 0.38, 0.9, 3.0].map(|t| LOUDNESS.held(t));
        assert_eq!(levels[0], 0.0);
        assert!((levels[1] - 0.5).abs() < 1e-6);
        assert_eq!(levels[2..4], [1.0, 1.0]);
        // half a second of two: a quarter of 80 dB
        assert!((20.0 * levels[4].log10() + 20.0).abs() < 0.1, "{levels:?}");
        assert_eq!(levels[5], 0.1);
        assert!((20.0 * LOUDNESS.released(0.5, 0.5).log10() + 46.0).abs() < 0.1);
        let straight = Contour { fall: Fall::Straight, sustain: 0.0, ..LOUDNESS };
        assert!((straight.held(1.4) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn an_oscillation_waits_and_swings_up_first() {
        let slow = Oscillation { delay: 1.0, hz: 0.5 };
        assert_eq!([0.5, 1.0, 1.5, 2.0, 2.5, 3.0].map(|t| slow.at(t)), [0.0, 0.0, 1.0, 0.0, -1.0, 0.0]);
    }
}
