//! Sound chips, driven by step macros at 60 Hz: that of an 8-bit console (Ricoh 2A03), and the wave channel of a handheld.

mod apu;
mod channel;
mod deck;
mod drums;
mod edges;
mod hand;
mod line;
mod log;
mod macros;
mod mixer;
mod noise;
mod pulse;
mod sheet;
mod strokes;
mod table;
mod triangle;
mod voice;

pub(crate) use deck::Deck;
pub use log::{NoiseState, PulseState, RegisterLog, Registers, TriangleState};
pub(crate) use mixer::SAMPLE_LEVEL;
pub use sheet::played;

use score::{Instrument, Part};

use crate::player::Player;
use crate::schedule::{Expression, Stroke};
use channel::Channel;
use line::Line;

/// The chip's clock in Hz (NTSC).
const CLOCK: f64 = 1_789_773.0;
/// Clocks between two steps of a macro: one picture, 60.0988 Hz.
const FRAME: u64 = 29_781;

/// The channel of the chip that plays a part.
pub(crate) fn player(part: &Part, notes: Vec<Stroke>, seed: u64) -> Box<dyn Player> {
    let expression = Expression::new(part);
    let trim = crate::trim::own(part.instrument);
    let manner = macros::manner(part.instrument, seed);
    match part.instrument {
        Instrument::NoiseKit => Box::new(Channel::new(drums::Drums::new(), notes, expression, trim)),
        Instrument::TriangleBass => {
            Box::new(Channel::new(Line::new(triangle::Triangle::new(), manner), notes, expression, trim))
        }
        Instrument::WaveBass => {
            Box::new(Channel::new(Line::new(table::Table::new(), manner), notes, expression, trim))
        }
        _ => Box::new(Channel::new(Line::new(pulse::Pulse::new(), manner), notes, expression, trim)),
    }
}

/// The 11-bit timer that comes nearest to a frequency; `divider` is 16 for pulses and 32 for the triangle.
fn timer(hz: f64, divider: f64) -> u16 {
    ((CLOCK / (divider * hz)).round() - 1.0).clamp(2.0, 2047.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_are_those_of_the_console() {
        assert_eq!(timer(440.0, 16.0), 253);
        assert_eq!(timer(110.0, 32.0), 507);
        assert_eq!(timer(20.0, 16.0), 2047);
    }
}
