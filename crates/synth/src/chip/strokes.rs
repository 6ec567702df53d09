//! The drums of the chip picture by picture: noise by macros, and a tone falling for the skins.

use score::drum;

use super::macros::Macro;
use crate::schedule::Stroke;
use crate::wave::key_hz;

/// What a drum does picture by picture.
#[derive(Clone, Copy)]
struct Drum {
    /// Noise volume and speed (0 fastest).
    volume: &'static [i16],
    period: &'static [i16],
    short: bool,
    /// MIDI keys of the falling triangle; zero is off.
    fall: &'static [i16],
}

const KICK: Drum =
    Drum { volume: &[12, 5, 0], period: &[10, 13], short: false, fall: &[62, 52, 44, 38, 33, 30, 28, 0] };
const SNARE: Drum = Drum {
    volume: &[15, 13, 11, 9, 8, 6, 5, 4, 3, 2, 1, 1, 0],
    period: &[7, 5, 5, 6],
    short: false,
    fall: &[60, 52, 46, 0],
};
const CLOSED_HAT: Drum = Drum { volume: &[8, 4, 2, 0], period: &[1, 0], short: false, fall: &[0] };
const OPEN_HAT: Drum = Drum {
    volume: &[9, 8, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 0],
    period: &[1, 1, 0],
    short: false,
    fall: &[0],
};
const CRASH: Drum = Drum {
    volume: &[
        15, 13, 12, 11, 10, 10, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6, 6, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 3, 3,
        3, 3, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
    ],
    period: &[4, 3, 3, 2],
    short: false,
    fall: &[0],
};
const RIDE: Drum = Drum { volume: &[7, 4, 3, 3, 2, 2, 1, 1, 0], period: &[0], short: false, fall: &[0] };
const RIM: Drum = Drum { volume: &[10, 3, 0], period: &[3], short: true, fall: &[84, 0] };
const CLAP: Drum =
    Drum { volume: &[11, 3, 11, 3, 10, 7, 5, 4, 2, 1, 0], period: &[4, 5], short: false, fall: &[0] };
const SHAKER: Drum = Drum { volume: &[3, 5, 3, 1, 0], period: &[0], short: false, fall: &[0] };
const TAMBOURINE: Drum = Drum { volume: &[8, 5, 6, 4, 3, 2, 1, 0], period: &[0, 1], short: true, fall: &[0] };
const HIGH_TOM: Drum =
    Drum { volume: &[6, 2, 0], period: &[8], short: false, fall: &[67, 63, 60, 57, 55, 53, 51, 50, 0] };
const MID_TOM: Drum = Drum { fall: &[61, 57, 54, 51, 49, 47, 45, 44, 43, 0], ..HIGH_TOM };
const LOW_TOM: Drum = Drum { fall: &[55, 51, 48, 45, 43, 41, 39, 38, 37, 36, 0], ..HIGH_TOM };
// Rises for its whole note; driven by the note's own length.
const SWELL: Drum = Drum {
    volume: &[1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11],
    period: &[6, 5, 4, 4, 3, 3, 2],
    short: false,
    fall: &[0],
};

fn drum_of(key: u8) -> Drum {
    match key {
        35 | drum::KICK => KICK,
        drum::SNARE | 40 => SNARE,
        drum::RIM | 31 => RIM,
        drum::CLAP => CLAP,
        drum::OPEN_HAT => OPEN_HAT,
        41 | 43 | drum::LOW_TOM => LOW_TOM,
        drum::MID_TOM | 48 => MID_TOM,
        drum::HIGH_TOM => HIGH_TOM,
        drum::CRASH | 52 | 55 | 57 => CRASH,
        drum::RIDE | 53 | 59 => RIDE,
        drum::TAMBOURINE => TAMBOURINE,
        drum::SHAKER | 69 | 82 => SHAKER,
        drum::HIGH_BONGO | 61 | 62 | drum::HIGH_CONGA => HIGH_TOM,
        drum::LOW_CONGA => MID_TOM,
        drum::CLAVES | drum::WOOD_BLOCK | drum::COWBELL | 77 => RIM,
        80 | drum::TRIANGLE => OPEN_HAT,
        drum::SLEIGH_BELLS => TAMBOURINE,
        drum::SWELL => SWELL,
        _ => CLOSED_HAT,
    }
}

fn at(steps: &'static [i16], picture: usize) -> i16 {
    Macro { steps, again: None }.at(picture)
}

#[derive(Clone, Copy)]
struct Stroking {
    drum: Drum,
    note: Stroke,
    picture: usize,
}

impl Stroking {
    /// The picture whose values count; a swell is stretched over its note.
    fn place(&self) -> usize {
        if self.note.key != drum::SWELL {
            return self.picture;
        }
        let pictures = ((self.note.end - self.note.at) as usize / 799).max(1);
        self.picture * (SWELL.volume.len() - 1) / pictures
    }

    fn volume(&self, expression: f32) -> u8 {
        let step = at(self.drum.volume, self.place());
        if step == 0 {
            return 0;
        }
        (f32::from(step) * f32::from(self.note.velocity) / 110.0 * expression).round().clamp(1.0, 15.0) as u8
    }
}

/// What the drums do in one picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beaten {
    /// 0 to 15.
    pub(super) volume: u8,
    /// Speed of the noise, 0 (fastest) to 15.
    pub(super) period: u8,
    /// Whether the noise is the short, metallic one.
    pub(super) short: bool,
    /// Frequency in Hz of the tone that falls for a skin, while one does.
    pub(super) fall: Option<f64>,
}

/// The drum whose noise is heard and the skin that falls.
#[derive(Default)]
pub(super) struct Strokes {
    noise: Option<Stroking>,
    skin: Option<Stroking>,
}

impl Strokes {
    /// A drum is struck.
    pub(super) fn on(&mut self, note: Stroke) {
        let stroke = Stroking { drum: drum_of(note.key), note, picture: 0 };
        if stroke.drum.fall[0] > 0 {
            self.skin = Some(stroke);
        }
        // one channel, one sound: a kick does not cut off a louder noise struck with it
        let louder = self.noise.is_some_and(|n| n.picture < 3 && n.volume(1.0) > stroke.volume(1.0));
        if !louder {
            self.noise = Some(stroke);
        }
    }

    /// A drum is let go, which only a swell minds.
    pub(super) fn off(&mut self, note: Stroke) {
        if note.key == drum::SWELL && self.noise.is_some_and(|n| n.note == note) {
            self.noise = None;
        }
    }

    /// The next picture; `expression` is 0 to 1.
    pub(super) fn step(&mut self, expression: f32) -> Beaten {
        let mut beaten = Beaten { volume: 0, period: 0, short: false, fall: None };
        if let Some(stroke) = self.noise.as_mut() {
            beaten.volume = stroke.volume(expression);
            beaten.period = at(stroke.drum.period, stroke.place()) as u8;
            beaten.short = stroke.drum.short;
            stroke.picture += 1;
        }
        let key = self.skin.as_mut().map_or(0, |stroke| {
            stroke.picture += 1;
            at(stroke.drum.fall, stroke.picture - 1)
        });
        beaten.fall = (key > 0).then(|| f64::from(key_hz(f32::from(key))));
        beaten
    }
}
