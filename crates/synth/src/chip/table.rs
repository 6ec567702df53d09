//! The wave channel of a handheld console (Game Boy): 32 samples of four bits, read round and round, and four volumes.
//!
//! Pan Docs: the timer counts 2048 - x clocks of 2 097 152 Hz to the sample, the volume shifts samples right by 0, 1 or 2 bits.

use super::edges::Edges;
use super::line::Tone;
use super::voice::Sounding;

/// Samples of a wave.
const SAMPLES: usize = 32;

/// A round wave and a saw.
const WAVES: [[u8; SAMPLES]; 2] = [
    [
        8, 9, 11, 12, 13, 14, 15, 15, 15, 15, 14, 13, 12, 11, 9, 8, 7, 6, 4, 3, 2, 1, 0, 0, 0, 0, 1, 2, 3, 4,
        6, 7,
    ],
    [
        8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6,
        7, 7,
    ],
];

/// A wave of four bits.
pub(super) struct Table {
    /// 11 bits.
    timer: u16,
    wave: u8,
    /// Bits that samples are shifted by; `None` is silence.
    shift: Option<u8>,
    sample: usize,
    left: u64,
}

impl Table {
    pub(super) fn new() -> Table {
        Table { timer: 1750, wave: 0, shift: None, sample: 0, left: 1 }
    }

    /// The output, around 0; at full volume it swings as far as a pulse does.
    fn level(&self) -> f64 {
        let sample = WAVES[usize::from(self.wave & 1)][self.sample];
        self.shift.map_or(0.0, |shift| f64::from(sample >> shift) - f64::from(15 >> shift) / 2.0) / 60.0
    }
}

impl Tone for Table {
    const CLOCK: f64 = 2_097_152.0;
    const FRAME: u64 = 35_112;

    fn set(&mut self, wanted: Sounding) {
        let clocks = Self::CLOCK / (SAMPLES as f64 * wanted.hz());
        self.timer = (2048.0 - clocks.round()).clamp(0.0, 2047.0) as u16;
        self.wave = wanted.duty;
        // all but the softest notes are at full volume: what fades them is the macro
        self.shift = match wanted.volume {
            0 => None,
            1..=2 => Some(2),
            3..=6 => Some(1),
            _ => Some(0),
        };
    }

    fn run(&mut self, from: u64, to: u64, edges: &mut Edges) {
        if from < to {
            edges.set(from, self.level());
        }
        let mut at = from + self.left;
        while at < to {
            self.sample = (self.sample + 1) % SAMPLES;
            edges.set(at, self.level());
            at += 2048 - u64::from(self.timer);
        }
        self.left = at - to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounding(key: u8, volume: u8) -> Sounding {
        Sounding { key, cents: 0, off_by: 0, volume, duty: 0 }
    }

    #[test]
    fn timers_and_volumes_are_those_of_the_console() {
        let mut table = Table::new();
        table.set(sounding(69, 15));
        assert_eq!((table.timer, table.shift), (2048 - 149, Some(0)));
        table.set(sounding(45, 5));
        assert_eq!((table.timer, table.shift), (2048 - 596, Some(1)));
        table.set(sounding(20, 2));
        assert_eq!((table.timer, table.shift), (0, Some(2)), "no tone below 32 Hz");
        table.set(sounding(69, 0));
        assert_eq!(table.level(), 0.0);
    }

    #[test]
    fn waves_swing_about_the_middle_of_four_bits() {
        for wave in WAVES {
            assert!(wave.iter().all(|sample| *sample < 16));
            let mean = wave.iter().map(|sample| f64::from(*sample)).sum::<f64>() / SAMPLES as f64;
            assert!((mean - 7.5).abs() < 0.1, "{mean}");
        }
    }
}
