//! The desk: the parts summed, sent to room and echo, finished and faded.

use score::{Repeats, Score};
use sound::Frame;

use super::Take;
use super::band::{CHUNK, LAP};
use crate::cartridge;
use crate::console::{Echo, Reverb};
use crate::fade::Fade;
use crate::finish::{Bus, Vinyl};

/// The echo of the genre.
enum Echoes {
    Sides(Echo),
    Cartridge(Box<cartridge::Echo>),
}

impl Echoes {
    fn new(score: &Score) -> Echoes {
        match score.finish.echo {
            Repeats::Sides => Echoes::Sides(Echo::new(&score.tempo, score.length)),
            Repeats::Cartridge => {
                Echoes::Cartridge(Box::new(cartridge::Echo::new(&score.tempo, score.length)))
            }
        }
    }

    fn sample(&mut self, sent: Frame) -> Frame {
        match self {
            Echoes::Sides(echo) => echo.sample(sent),
            Echoes::Cartridge(echo) => echo.sample(sent),
        }
    }
}

/// Everything the parts pass through together.
pub(super) struct Desk {
    /// How much of each part goes to room and echo.
    sends: Vec<[f32; 2]>,
    reverb: Option<Reverb>,
    echo: Option<Echoes>,
    vinyl: Option<Vinyl>,
    bus: Bus,
    fade: Fade,
}

impl Desk {
    pub(super) fn new(score: &Score, sends: Vec<[f32; 2]>) -> Desk {
        let any = |which: usize| sends.iter().any(|sends| sends[which] > 0.0);
        Desk {
            reverb: Reverb::new(score.finish.room).filter(|_| any(0)),
            echo: any(1).then(|| Echoes::new(score)),
            vinyl: Vinyl::new(score.finish.vinyl, score.seed),
            bus: Bus::new(score),
            fade: Fade::new(score),
            sends,
        }
    }

    /// The stems it adds to those of the parts.
    pub(super) fn stem_names(&self) -> Vec<String> {
        let room = self.reverb.is_some() || self.echo.is_some();
        let names = [room.then_some("room"), self.vinyl.is_some().then_some("vinyl")];
        names.into_iter().flatten().map(str::to_owned).collect()
    }

    /// Frames of the whole music.
    pub(super) fn frames(&self) -> u64 {
        self.fade.frames()
    }

    /// Puts the next frames of all parts together, which begin at `start`, and appends them to `take`.
    pub(super) fn mix(&mut self, start: u64, parts: &[Vec<Frame>], take: &mut Take) {
        let whole = parts.iter().map(Vec::len).min().unwrap_or(LAP);
        for from in (0..whole).step_by(CHUNK) {
            // Small enough to stay in the cache from one step to the next.
            let to = whole.min(from + CHUNK);
            let now: Vec<&[Frame]> = parts.iter().map(|frames| &frames[from..to]).collect();
            self.chunk(start + from as u64, to - from, &now, take);
        }
    }

    fn chunk(&mut self, start: u64, count: usize, parts: &[&[Frame]], take: &mut Take) {
        let fade = self.fade.gains(start, count);
        let mut music = vec![[0.0; 2]; count];
        let [mut to_room, mut to_echo] = [music.clone(), music.clone()];
        for (frames, &[room, echo]) in parts.iter().zip(&self.sends) {
            add(frames, 1.0, &mut music);
            add(frames, room, &mut to_room);
            add(frames, echo, &mut to_echo);
        }
        for (frames, stem) in parts.iter().zip(&mut take.stems) {
            stem.frames.extend(faded(frames, &fade));
        }
        let mut more = take.stems.iter_mut().skip(parts.len());
        let mut join = |frames: &[Frame]| {
            add(frames, 1.0, &mut music);
            if let Some(stem) = more.next() {
                stem.frames.extend(faded(frames, &fade));
            }
        };
        if self.reverb.is_some() || self.echo.is_some() {
            join(&returns(&mut self.reverb, &mut self.echo, to_room, to_echo));
        }
        if let Some(vinyl) = &mut self.vinyl {
            join(&(0..count).map(|_| vinyl.sample()).collect::<Vec<Frame>>());
        }
        let mut music: Vec<Frame> = faded(&music, &fade).collect();
        self.bus.work(&mut music);
        self.fade.close(start, &mut music);
        take.music.frames.extend(music);
    }
}

/// What room and echo give back of what is sent to each.
fn returns(
    reverb: &mut Option<Reverb>,
    echo: &mut Option<Echoes>,
    mut room: Vec<Frame>,
    mut echoed: Vec<Frame>,
) -> Vec<Frame> {
    match echo {
        Some(echo) => echoed.iter_mut().for_each(|frame| *frame = echo.sample(*frame)),
        None => echoed.fill([0.0; 2]),
    }
    let Some(reverb) = reverb else { return echoed };
    // echoes sound from the same room
    add(&echoed, 0.25, &mut room);
    reverb.work(&mut room);
    add(&echoed, 1.0, &mut room);
    room
}

/// Adds so much of `frames` to `sum`.
fn add(frames: &[Frame], share: f32, sum: &mut [Frame]) {
    if share == 0.0 {
        return;
    }
    for (sum, sample) in sum.as_flattened_mut().iter_mut().zip(frames.as_flattened()) {
        *sum += sample * share;
    }
}

fn faded(frames: &[Frame], fade: &[f32]) -> impl Iterator<Item = Frame> {
    frames.iter().zip(fade).map(|(frame, fade)| frame.map(|v| v * fade))
}
