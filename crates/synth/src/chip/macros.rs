//! Step macros: what an instrument of the chip does picture by picture.

use score::Instrument;

/// Values by picture; after the last one it returns to `again`, or stays.
#[derive(Clone, Copy)]
pub(super) struct Macro {
    pub(super) steps: &'static [i16],
    pub(super) again: Option<usize>,
}

impl Macro {
    /// The value at a picture.
    pub(super) fn at(self, picture: usize) -> i16 {
        let count = self.steps.len();
        let index = match self.again {
            Some(again) if picture >= count => again + (picture - again) % (count - again),
            _ => picture.min(count - 1),
        };
        self.steps[index]
    }
}

const fn once(steps: &'static [i16]) -> Macro {
    Macro { steps, again: None }
}

/// How a line instrument plays.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// Volume, 0 to 15 of the note's own.
    pub(super) volume: Macro,
    /// Volume after the key is let go.
    pub(super) release: Macro,
    /// Pulse width, an index of 12.5, 25, 50 and 75 %; of a wave channel the index of the wave.
    pub(super) duty: Macro,
    /// Pitch in hundredths of a semitone.
    pub(super) pitch: Macro,
    /// Steps of the timer it is out of tune.
    pub(super) off_by: i32,
    /// The loudest it plays, 0 to 15.
    pub(super) most: u8,
    /// Pictures a key of a chord; zero where only the newest key sounds.
    pub(super) arpeggio: usize,
}

const FLAT: Macro = once(&[0]);
const GONE: Macro = once(&[0]);
const TAIL: Macro = once(&[6, 5, 4, 3, 2, 1, 0]);
const HELD: Macro = once(&[15, 15, 14, 13, 13, 12, 12, 12, 11, 11, 11, 11, 11, 11, 11, 11, 10]);
const PLUCK: Macro =
    once(&[15, 14, 13, 12, 11, 11, 10, 10, 9, 9, 8, 8, 8, 7, 7, 7, 7, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 4]);
const SOFT: Macro = once(&[12, 12, 11, 11, 10, 10, 10, 9, 9, 9, 9, 8]);
const CHORD: Macro = once(&[14, 12, 11, 10, 10, 9, 9, 9, 8, 8, 8, 8, 7, 7, 7, 7, 7, 7, 6]);
const ON: Macro = once(&[15]);
// A third of a second without, then 6 Hz: ten pictures a turn.
const VIBRATO: Macro = Macro {
    steps: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 14, 14, 8, 0, -8, -14, -14, -8, 0, 14,
        22, 22, 14, 0, -14, -22, -22, -14, 0,
    ],
    again: Some(30),
};

const LEAD_PLUCK: Manner = Manner {
    volume: PLUCK,
    release: TAIL,
    duty: once(&[2, 2, 2, 0]),
    pitch: VIBRATO,
    off_by: 0,
    most: 15,
    arpeggio: 0,
};
const LEAD_HELD: Manner = Manner { volume: HELD, duty: once(&[2, 1]), ..LEAD_PLUCK };
const ECHO: Manner = Manner { volume: SOFT, duty: once(&[1]), off_by: 1, most: 9, ..LEAD_PLUCK };
const CHORDS: Manner = Manner {
    volume: CHORD,
    duty: once(&[2, 2, 1, 1, 1, 1, 0]),
    pitch: FLAT,
    most: 11,
    arpeggio: 2,
    ..LEAD_PLUCK
};
// A little drop at the start gives the bass its knock.
const BASS: Manner = Manner { volume: ON, release: GONE, pitch: once(&[700, 200, 0]), ..LEAD_PLUCK };

// Bright when it is struck, and away in two steps.
const WAVE_BASS: Manner = Manner { release: once(&[6, 3, 0]), duty: once(&[1, 1, 0]), ..BASS };

/// The manner of an instrument; leads differ by the seed.
pub(super) fn manner(instrument: Instrument, seed: u64) -> Manner {
    match instrument {
        Instrument::PulseEcho => ECHO,
        Instrument::PulseChords => CHORDS,
        Instrument::TriangleBass => BASS,
        Instrument::WaveBass => WAVE_BASS,
        _ if seed.count_ones().is_multiple_of(2) => LEAD_PLUCK,
        _ => LEAD_HELD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_loop_or_stay() {
        assert_eq!(once(&[3, 2, 1]).at(9), 1);
        let round = Macro { steps: &[9, 1, 2], again: Some(1) };
        assert_eq!([0, 1, 2, 3, 4, 5].map(|p| round.at(p)), [9, 1, 2, 1, 2, 1]);
    }
}
