//! The console: strips with equaliser, chorus, fader and place, and what they send to room and echo.

mod bits;
mod chorus;
mod echo;
mod eq;
mod room;

use score::{Instrument, Part, Role};
use sound::Frame;

use crate::filter::OnePole;
use crate::schedule::Expression;

pub(crate) use echo::Echo;
pub(crate) use room::Reverb;

/// What is softer than this is silence: -160 dB.
const SILENCE: f32 = 1e-8;
/// Frames that are placed at once.
const BLOCK: usize = 64;
/// Blocks of silence, 27 ms, after which nothing more comes out of the strip.
const IDLE: u32 = 20;

/// The strip of one part.
pub(crate) struct Channel {
    bits: Option<bits::Bits>,
    eq: Option<eq::Eq>,
    chorus: Option<chorus::Chorus>,
    /// Blocks of silence so far.
    idle: u32,
    level: f32,
    sides: [f32; 2],
    /// How much goes to room and echo.
    pub(crate) sends: [f32; 2],
    /// None for the chip, whose channels take expression into their volume steps.
    expression: Option<Expression>,
    /// Splits off the lows that stay in the middle, where the part is a bass.
    lows: Option<OnePole>,
    at: u64,
}

impl Channel {
    pub(crate) fn new(part: &Part) -> Channel {
        let bass = part.role == Role::Bass;
        let pan = part.strip.pan.clamp(-1.0, 1.0);
        let angle = (1.0 + pan) * std::f32::consts::FRAC_PI_4;
        let root = std::f32::consts::SQRT_2;
        let chip = part.instrument.family() == score::Family::Chip;
        let quiet = matches!(part.instrument, Instrument::Transition);
        Channel {
            bits: part.strip.bits.map(bits::Bits::new),
            eq: eq::Eq::new(part),
            chorus: chorus::Chorus::new(part.strip.chorus),
            idle: IDLE,
            level: part.strip.level.gain() as f32,
            sides: [angle.cos() * root, angle.sin() * root],
            sends: [part.strip.reverb, part.strip.echo].map(|send| send.clamp(0.0, 1.0)),
            expression: (!chip && !quiet && !part.expression.is_empty()).then(|| Expression::new(part)),
            lows: bass.then(|| OnePole::new(160.0)),
            at: 0,
        }
    }

    /// Shapes the sound of the next frames, a multiple of 64; a strip that nothing comes into rests.
    pub(crate) fn shape(&mut self, frames: &mut [Frame]) {
        for block in frames.chunks_mut(BLOCK) {
            let silent = block.iter().flatten().all(|x| x.abs() < SILENCE);
            self.idle = if silent { (self.idle + 1).min(IDLE) } else { 0 };
            if self.idle == IDLE {
                self.eq.iter_mut().for_each(eq::Eq::rest);
                continue;
            }
            if let Some(bits) = &self.bits {
                bits.work(block);
            }
            if let Some(eq) = &mut self.eq {
                eq.work(block);
            }
            if let Some(chorus) = &mut self.chorus {
                chorus.work(block);
            }
        }
    }

    /// Puts the part in its place: level, expression (squared, as controller 11 is), pan of equal power.
    pub(crate) fn place(&mut self, frames: &mut [Frame]) {
        for block in frames.chunks_mut(BLOCK) {
            let (mut level, mut rise) = (self.level, 0.0);
            if let Some(expression) = self.expression.as_mut() {
                let from = expression.at(self.at).powi(2);
                let to = expression.at(self.at + block.len() as u64).powi(2);
                rise = self.level * (to - from) / block.len() as f32;
                level *= from;
            }
            self.at += block.len() as u64;
            for frame in block {
                level += rise;
                let [left, right] = frame.map(|v| v * level);
                *frame = match self.lows.as_mut() {
                    Some(lows) => {
                        let middle = 0.5 * (left + right);
                        let low = lows.low(middle);
                        [low + (left - low) * self.sides[0], low + (right - low) * self.sides[1]]
                    }
                    None => [left * self.sides[0], right * self.sides[1]],
                };
            }
        }
    }
}
