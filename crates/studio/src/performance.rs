//! Has a score played into spools, and measures it while it passes.

use std::path::Path;

use mix::{Measured, Meter};
use score::Score;
use sound::{Frame, Progress, SAMPLE_RATE};
use synth::{Performance, Take, needs_font};

use crate::spool::{BLOCK, Spool, Spooling};
use crate::{Fault, soundfont};

/// Music as it was played.
pub(crate) struct Played {
    /// The music.
    pub(crate) music: Spool,
    /// Each stem with its name, where stems were asked for.
    pub(crate) stems: Vec<(String, Spool)>,
    /// What the music measures, as far as the meter was asked.
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

/// Plays a score into a fresh meter. For a seamless loop the second of two rounds is kept: it begins with what the
/// first left ringing.
pub(crate) fn perform(
    score: &Score,
    looping: bool,
    want_stems: bool,
    folder: &Path,
    meter: Meter,
    progress: &dyn Progress,
) -> Result<Played, Fault> {
    let found = if needs_font(score) { soundfont::open(score)? } else { None };
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
    let mut tape = Tape::new(folder, &names, Round { skip, end: skip + length }, meter)?;
    let mut at = 0;
    while at < skip + length {
        progress.check()?;
        let mut take = performance.play(BLOCK.min(skip + length - at));
        let count = take.music.frames.len();
        if count == 0 {
            break;
        }
        tape.keep(&mut take, at)?;
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

/// Which frames of a performance are kept: all, or the second round of a loop.
#[derive(Clone, Copy)]
struct Round {
    skip: usize,
    end: usize,
}

/// How long the end of a loop takes to become the end of the round before, which its start follows without a seam.
const SEAM: usize = SAMPLE_RATE as usize / 50;

/// One sound being kept.
struct Track {
    round: Round,
    spooling: Spooling,
    /// The end of the round before.
    tail: Vec<Frame>,
}

impl Track {
    fn new(folder: &Path, name: &str, round: Round) -> Result<Track, Fault> {
        Ok(Track { round, spooling: Spooling::create(folder, name)?, tail: Vec::new() })
    }

    /// Takes frames that begin at `at` of the performance; gives those that were kept.
    fn keep<'f>(&mut self, frames: &'f mut [Frame], at: usize) -> Result<&'f [Frame], Fault> {
        let Round { skip, end } = self.round;
        // Only a loop has a round before.
        let joined = if skip > 0 { &mut *frames } else { &mut [] };
        for (index, frame) in joined.iter_mut().enumerate() {
            let place = at + index;
            if place < skip && place + SEAM >= skip {
                self.tail.push(*frame);
            }
            if let Some(before) =
                self.tail.get((place + self.tail.len()).wrapping_sub(end)).filter(|_| place >= skip)
            {
                let share = (place + self.tail.len() - end + 1) as f32 / self.tail.len() as f32;
                *frame = [0, 1].map(|side| frame[side] + (before[side] - frame[side]) * share);
            }
        }
        let kept = &frames[skip.saturating_sub(at).min(frames.len())..];
        self.spooling.write(kept)?;
        Ok(kept)
    }
}

struct Tape {
    music: Track,
    stems: Vec<(String, Track)>,
    meter: Meter,
}

impl Tape {
    fn new(folder: &Path, names: &[String], round: Round, meter: Meter) -> Result<Tape, Fault> {
        let stems = names
            .iter()
            .map(|name| Ok((name.clone(), Track::new(folder, &format!("stem-{name}"), round)?)))
            .collect::<Result<_, Fault>>()?;
        Ok(Tape { music: Track::new(folder, "music", round)?, stems, meter })
    }

    fn keep(&mut self, take: &mut Take, at: usize) -> Result<(), Fault> {
        self.meter.add(self.music.keep(&mut take.music.frames, at)?);
        for ((_, track), stem) in self.stems.iter_mut().zip(&mut take.stems) {
            track.keep(&mut stem.frames, at)?;
        }
        Ok(())
    }

    fn finish(self, sounds: Sounds) -> Result<Played, Fault> {
        let stems = self
            .stems
            .into_iter()
            .map(|(name, track)| Ok((name, track.spooling.finish()?)))
            .collect::<Result<_, Fault>>()?;
        let music = self.music.spooling.finish()?;
        Ok(Played { music, stems, measured: self.meter.finish(), sounds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_loop_leads_to_its_start() {
        let folder = tempfile::tempdir().unwrap();
        let round = Round { skip: 5000, end: 10_000 };
        let mut track = Track::new(folder.path(), "loop", round).unwrap();
        // Something that drifts from round to round, so that a plain cut would leave a step.
        let sound = |place: usize| (place as f32 * 0.37).sin() * 0.1 + place as f32 * 1e-4;
        let mut kept = Vec::new();
        for at in (0..10_000).step_by(700) {
            let mut frames: Vec<Frame> =
                (at..(at + 700).min(10_000)).map(|place| [sound(place); 2]).collect();
            kept.extend_from_slice(track.keep(&mut frames, at).unwrap());
        }
        assert_eq!(kept.len(), 5000);
        assert_eq!(kept[0], [sound(5000); 2]);
        assert_eq!(kept[4999], [sound(4999); 2]);
        assert_eq!(kept[3000], [sound(8000); 2]);
    }
}
