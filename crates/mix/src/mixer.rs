//! Sums the film's own sound and the music in float, the film at unity.

mod bell;
mod ride;

use sound::{Frame, SAMPLE_RATE};

use crate::plan::{Lane, Plan};
use bell::Bell;
use ride::{GRAIN, Ride};

/// Mixes block by block; the result does not depend on how the sound is cut into blocks.
pub struct Mixer {
    tracks: Vec<Track>,
    at: i64,
}

/// One lane with what it carries from block to block.
struct Track {
    /// Where its music plays, in samples of the film's clock.
    start: i64,
    end: i64,
    ride: Ride,
    bells: Vec<Bell>,
}

impl Mixer {
    /// A mixer at the start of the film.
    pub fn new(plan: &Plan) -> Mixer {
        Mixer { tracks: plan.lanes.iter().map(Track::new).collect(), at: 0 }
    }

    /// How many frames of music a lane plays within the next `frames` frames of the film.
    pub fn wanted(&self, lane: usize, frames: usize) -> usize {
        self.tracks.get(lane).map_or(0, |track| track.within(self.at, frames).1)
    }

    /// Appends the mix of the next block: the film's own frames, as many as the block has, and for each lane the
    /// next [`Mixer::wanted`] frames of its music from where the last block ended; what is missing is silence.
    pub fn mix(&mut self, film: &[Frame], music: &[&[Frame]], out: &mut Vec<Frame>) {
        let first = out.len();
        out.extend_from_slice(film);
        for (track, music) in self.tracks.iter_mut().zip(music) {
            let (offset, count) = track.within(self.at, film.len());
            let music = &music[..count.min(music.len())];
            let mixed = &mut out[first + offset..first + offset + music.len()];
            track.add(self.at + offset as i64, music, mixed);
        }
        self.at += film.len() as i64;
    }
}

impl Track {
    fn new(lane: &Lane) -> Track {
        Track {
            start: lane.span.start.samples(SAMPLE_RATE),
            end: lane.span.end.samples(SAMPLE_RATE),
            ride: Ride::new(lane),
            bells: lane.carve.iter().map(Bell::new).collect(),
        }
    }

    /// How far into a block the music begins, and how many frames of it play there.
    fn within(&self, at: i64, frames: usize) -> (usize, usize) {
        let from = self.start.max(at).min(at + frames as i64);
        let to = self.end.min(at + frames as i64).max(from);
        ((from - at) as usize, (to - from) as usize)
    }

    /// Adds the music, its first frame at sample `at`, grain by grain.
    fn add(&mut self, mut at: i64, mut music: &[Frame], mut mixed: &mut [Frame]) {
        while !music.is_empty() {
            let into = at.rem_euclid(GRAIN);
            let count = music.len().min((GRAIN - into) as usize);
            let (grain, rest) = music.split_at(count);
            let (here, there) = mixed.split_at_mut(count);
            let (from, to) = self.ride.grain(at - into);
            if self.bells.is_empty() || (from.carve == 0.0 && to.carve == 0.0) {
                self.bells.iter_mut().for_each(Bell::rest);
                for (i, (sum, frame)) in here.iter_mut().zip(grain).enumerate() {
                    let gain = between(from.gain, to.gain, into + i as i64);
                    *sum = [sum[0] + gain * frame[0], sum[1] + gain * frame[1]];
                }
            } else {
                for (i, (sum, frame)) in here.iter_mut().zip(grain).enumerate() {
                    let step = into + i as i64;
                    let (gain, carve) =
                        (between(from.gain, to.gain, step), between(from.carve, to.carve, step));
                    let frame = self.bells.iter_mut().fold(*frame, |frame, bell| bell.shape(frame, carve));
                    *sum = [sum[0] + gain * frame[0], sum[1] + gain * frame[1]];
                }
            }
            (at, music, mixed) = (at + count as i64, rest, there);
        }
    }
}

/// The value `step` samples into a grain that runs straight from one value to the other.
#[inline]
fn between(from: f32, to: f32, step: i64) -> f32 {
    from + (to - from) * (step as f32 / GRAIN as f32)
}
