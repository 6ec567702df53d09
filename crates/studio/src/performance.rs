//! Has a score played into spools, and measures it while it passes.

use std::path::Path;

use mix::{Measured, Meter};
use score::Score;
use sound::{Audio, Frame, Progress, SAMPLE_RATE};
use synth::{Performance, needs_font};

use crate::spool::{BLOCK, Spool, Spooling};
use crate::{Fault, soundfont};

/// Music as it was played.
pub(crate) struct Played {
    /// The music.
    pub(crate) music: Spool,
    /// Each stem with its name, where stems were asked for.
    pub(crate) stems: Vec<(String, Spool)>,
    /// What the music measures.
    pub(crate) measured: Measured,
    /// What made the sound.
    pub(crate) sounds: Sounds,
}

/// What made the sound of a performance.
#[derive(Clone, Debug, PartialEq)]
pub enum Sounds {
    /// Our own voices alone: nothing wanted samples.
    Own,
    /// Our own voices, as no SoundFont was found for parts that want one.
    Substitutes,
    /// A SoundFont.
    Font {
        /// Its file name.
        name: String,
        /// Its licence, as far as it is known.
        licence: String,
    },
    /// A recording that the user gave; nothing was played.
    Recording {
        /// Its file name.
        name: String,
    },
}

/// Plays a score. For a seamless loop the second of two rounds is kept: it begins with what the first left ringing.
pub(crate) fn perform(
    score: &Score,
    looping: bool,
    want_stems: bool,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Played, Fault> {
    let found = if needs_font(score) { soundfont::open()? } else { None };
    let sounds = match &found {
        Some(found) => Sounds::Font { name: found.name.clone(), licence: found.licence.to_owned() },
        None if needs_font(score) => Sounds::Substitutes,
        None => Sounds::Own,
    };
    let length = score.length.samples(SAMPLE_RATE).max(0) as usize;
    let rounds;
    let score = if looping {
        rounds = twice(score);
        &rounds
    } else {
        score
    };
    let skip = if looping { length } else { 0 };
    let mut performance = Performance::new(score, found.as_ref().map(|found| &found.font));
    let mut names = Vec::new();
    if want_stems {
        performance = performance.with_stems();
        names = performance.stem_names().to_vec();
    }
    let mut tape = Tape::new(folder, &names)?;
    let mut at = 0;
    while at < skip + length {
        progress.check()?;
        let take = performance.play(BLOCK.min(skip + length - at));
        let count = take.music.frames.len();
        if count == 0 {
            break;
        }
        tape.keep(&take.music, &take.stems, skip.saturating_sub(at).min(count))?;
        at += count;
        progress.report(at as f64 / (skip + length) as f64);
    }
    tape.finish(sounds)
}

/// The score played two times in a row.
fn twice(score: &Score) -> Score {
    let mut rounds = score.clone();
    rounds.length = score.length * 2;
    for part in &mut rounds.parts {
        let again: Vec<_> =
            part.notes.iter().map(|note| score::Note { at: note.at + score.length, ..*note }).collect();
        part.notes.extend(again);
        let again: Vec<_> = part.expression.iter().map(|(at, value)| (*at + score.length, *value)).collect();
        part.expression.extend(again);
    }
    rounds
}

struct Tape {
    music: Spooling,
    stems: Vec<(String, Spooling)>,
    meter: Meter,
}

impl Tape {
    fn new(folder: &Path, names: &[String]) -> Result<Tape, Fault> {
        let stems = names
            .iter()
            .map(|name| Ok((name.clone(), Spooling::create(folder, &format!("stem-{name}"))?)))
            .collect::<Result<_, Fault>>()?;
        Ok(Tape { music: Spooling::create(folder, "music")?, stems, meter: Meter::new() })
    }

    fn keep(&mut self, music: &Audio, stems: &[Audio], from: usize) -> Result<(), Fault> {
        let frames: &[Frame] = &music.frames[from..];
        self.meter.add(frames);
        self.music.write(frames)?;
        for ((_, spooling), stem) in self.stems.iter_mut().zip(stems) {
            spooling.write(&stem.frames[from..])?;
        }
        Ok(())
    }

    fn finish(self, sounds: Sounds) -> Result<Played, Fault> {
        let stems = self
            .stems
            .into_iter()
            .map(|(name, spooling)| Ok((name, spooling.finish()?)))
            .collect::<Result<_, Fault>>()?;
        Ok(Played { music: self.music.finish()?, stems, measured: self.meter.finish(), sounds })
    }
}
