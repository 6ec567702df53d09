//! The desk: the parts summed, sent to room and echo, finished and faded.

use score::{Repeats, Score};
use sound::{Audio, Frame};

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
        let mut sent = vec![([0.0f32; 2], [0.0f32; 2]); count];
        for (frames, &[to_room, to_echo]) in parts.iter().zip(&self.sends) {
            for (frame, (music, fade)) in frames.iter().zip(music.iter_mut().zip(&fade)) {
                *music = [music[0] + frame[0] * fade, music[1] + frame[1] * fade];
            }
            if to_room == 0.0 && to_echo == 0.0 {
                continue;
            }
            for (frame, sent) in frames.iter().zip(&mut sent) {
                let (room, echo) = sent;
                *room = [room[0] + frame[0] * to_room, room[1] + frame[1] * to_room];
                *echo = [echo[0] + frame[0] * to_echo, echo[1] + frame[1] * to_echo];
            }
        }
        for (frames, stem) in parts.iter().zip(&mut take.stems) {
            stem.frames.extend(frames.iter().zip(&fade).map(|(frame, fade)| frame.map(|v| v * fade)));
        }
        let mut more = take.stems.iter_mut().skip(parts.len());
        if self.reverb.is_some() || self.echo.is_some() {
            let returned = returns(&mut self.reverb, &mut self.echo, &sent);
            add(&returned, &fade, &mut music, more.next());
        }
        if let Some(vinyl) = &mut self.vinyl {
            let crackle: Vec<Frame> = (0..count).map(|_| vinyl.sample()).collect();
            add(&crackle, &fade, &mut music, more.next());
        }
        self.bus.work(&mut music);
        self.fade.close(start, &mut music);
        take.music.frames.extend(music);
    }
}

/// What room and echo give back.
fn returns(reverb: &mut Option<Reverb>, echo: &mut Option<Echoes>, sent: &[(Frame, Frame)]) -> Vec<Frame> {
    let echoed: Vec<Frame> =
        sent.iter().map(|(_, sent)| echo.as_mut().map_or([0.0; 2], |echo| echo.sample(*sent))).collect();
    let Some(reverb) = reverb else { return echoed };
    // echoes sound from the same room
    let into = |((sent, _), echoed): (&(Frame, Frame), &Frame)| [0, 1].map(|i| sent[i] + 0.25 * echoed[i]);
    let mut room: Vec<Frame> = sent.iter().zip(&echoed).map(into).collect();
    reverb.work(&mut room);
    for (room, echoed) in room.iter_mut().zip(&echoed) {
        *room = [echoed[0] + room[0], echoed[1] + room[1]];
    }
    room
}

fn add(frames: &[Frame], fade: &[f32], music: &mut [Frame], stem: Option<&mut Audio>) {
    let faded: Vec<Frame> = frames.iter().zip(fade).map(|(frame, fade)| frame.map(|v| v * fade)).collect();
    for (music, frame) in music.iter_mut().zip(&faded) {
        *music = [music[0] + frame[0], music[1] + frame[1]];
    }
    if let Some(stem) = stem {
        stem.frames.extend(faded);
    }
}
