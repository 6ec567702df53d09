//! Mixes film sound and music into a spool, and finds the gain that brings it to its loudness.

use footage::Profile;
use mix::{Goal, Measured, Meter, Mixer, Outcome, Plan, Solved, Spectrometer, Spectrum};
use sound::{Frame, Progress};
use timeline::{Bed, Target, Timeline};

use crate::Fault;
use crate::composition::level;
use crate::performance::Played;
use crate::spool::{Reel, Spool};

/// How far from its target, in LU, the loudness may lie without a word.
const TOLERANCE: f64 = 0.5;

/// The mix before its master.
pub(super) struct Mixed {
    /// How it was done.
    pub(super) plan: Plan,
    /// The sum, at unity.
    pub(super) sum: Spool,
    /// What it must measure.
    pub(super) goal: Goal,
    /// The gain that leads there.
    pub(super) solved: Solved,
}

impl Mixed {
    /// What the user should know about the loudness.
    pub(super) fn warning(&self) -> Option<String> {
        let reached = self.solved.lufs.map_or_else(String::new, |lufs| format!(" It is {lufs:.1} LUFS."));
        match self.solved.outcome {
            Outcome::Reached | Outcome::Silent => None,
            Outcome::TooSoft => Some(format!(
                "The film is too quiet to be brought to its target without lifting noise.{reached}"
            )),
            Outcome::TooDynamic => {
                Some(format!("Single loud moments keep the film below its target loudness.{reached}"))
            }
        }
    }

    /// What the user should know where the finished file is not as it should be.
    pub(super) fn missed(&self, finished: &Measured) -> Option<String> {
        let off = self.goal.verdict(&self.solved, finished).loudness_off;
        let peak = finished.true_peak;
        let told = match (finished.lufs, peak > Target::TRUE_PEAK) {
            (_, true) => {
                format!("peaks at {:.1} dBTP, above the {:.1} that are safe", peak.0, Target::TRUE_PEAK.0)
            }
            (Some(lufs), false) if off.abs() > TOLERANCE => {
                format!("measures {lufs:.1} LUFS, {off:+.1} LU off its target")
            }
            _ => return None,
        };
        Some(format!("The finished film {told}."))
    }
}

/// Mixes the whole film; its own sound gives its place to the mix.
pub(super) fn mix(
    timeline: &Timeline,
    profile: &Profile,
    film: Spool,
    played: &[Played],
    progress: &dyn Progress,
) -> Result<Mixed, Fault> {
    let beds: Vec<(&Bed, &Measured)> =
        timeline.beds.iter().zip(played).map(|(bed, played)| (bed, &played.measured)).collect();
    let plan = Plan::new(&beds, profile, &spectrum(profile, &film, progress)?);
    let (sum, measured) = lay(&plan, film, played, progress)?;
    let goal = Goal::new(timeline.target);
    let solved = level(&sum, &measured, &goal, progress)?;
    progress.report(1.0);
    Ok(Mixed { plan, sum, goal, solved })
}

/// What the film's own sound is made of, where somebody talks in it.
fn spectrum(profile: &Profile, film: &Spool, progress: &dyn Progress) -> Result<Spectrum, Fault> {
    if profile.speech.is_empty() {
        return Ok(Spectrum::default());
    }
    let mut spectrometer = Spectrometer::of_talk(&profile.speech);
    film.each(|block| {
        spectrometer.add(block);
        progress.check().map_err(Fault::from)
    })?;
    Ok(spectrometer.finish())
}

fn lay(
    plan: &Plan,
    film: Spool,
    played: &[Played],
    progress: &dyn Progress,
) -> Result<(Spool, Measured), Fault> {
    let mut mixer = Mixer::new(plan);
    let mut meter = Meter::new();
    let mut reels: Vec<Reel> = played.iter().map(|bed| bed.music.reel()).collect::<Result<_, _>>()?;
    let mut music: Vec<Vec<Frame>> = vec![Vec::new(); reels.len()];
    let mut sum = Vec::new();
    let (mut done, whole) = (0, film.frames().max(1));
    let mixed = film.rewrite(|block| {
        progress.check()?;
        for (lane, (reel, frames)) in reels.iter_mut().zip(&mut music).enumerate() {
            reel.read(mixer.wanted(lane, block.len()), frames)?;
        }
        sum.clear();
        let lanes: Vec<&[Frame]> = music.iter().map(Vec::as_slice).collect();
        mixer.mix(block, &lanes, &mut sum);
        meter.add(&sum);
        block.copy_from_slice(&sum);
        done += block.len() as u64;
        progress.report(0.6 * done as f64 / whole as f64);
        Ok(())
    })?;
    Ok((mixed, meter.finish()))
}
