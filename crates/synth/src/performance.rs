//! A performance: every part played, placed, summed and finished, in blocks of any size.

mod desk;

use std::sync::Mutex;

use score::{Family, Role, Score};
use sound::{Audio, Frame};

use crate::Font;
use crate::console::Channel;
use crate::finish::Pump;
use crate::player::{Player, players};
use desk::Desk;

/// Frames made at once inside; all work falls on this grid, so that the block size asked for changes nothing.
const CHUNK: usize = 1024;
/// Frames that are played ahead while the desk works on those before.
const LAP: usize = 8 * CHUNK;

/// A stretch of the performance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Take {
    /// The music as it is meant to be heard; may exceed full scale.
    pub music: Audio,
    /// The stems in the order of [`Performance::stem_names`], where they are kept; they sum to the music before the
    /// bus effects (tone, tape, low-pass, saturation, glue).
    pub stems: Vec<Audio>,
}

/// Whether a score has parts that want a SoundFont.
pub fn needs_font(score: &Score) -> bool {
    score.parts.iter().any(|part| matches!(part.instrument.family(), Family::Sampled | Family::Kit))
}

/// One part: who plays it and its strip.
struct Seat {
    players: Vec<Box<dyn Player>>,
    channel: Channel,
    pumped: bool,
    frames: Vec<Frame>,
}

/// A score being played.
pub struct Performance {
    seats: Vec<Seat>,
    pump: Option<Pump>,
    /// Frames that the players have played, a multiple of the lap.
    played: u64,
    /// What they played last, for each part.
    ready: Vec<Vec<Frame>>,
    desk: Desk,
    /// Frames that went over the desk.
    made: u64,
    names: Vec<String>,
    /// Made but not yet handed out.
    waiting: Take,
    handed: u64,
}

impl Performance {
    /// Takes a score on the stand; without a font, or where the font lacks an instrument, our own voices play.
    pub fn new(score: &Score, font: Option<&Font>) -> Performance {
        let seats: Vec<Seat> = score
            .parts
            .iter()
            .enumerate()
            .map(|(index, part)| Seat {
                players: players(score, index, part, font),
                channel: Channel::new(part),
                pumped: part.role != Role::Drums,
                frames: Vec::new(),
            })
            .collect();
        let desk = Desk::new(score, seats.iter().map(|seat| seat.channel.sends).collect());
        let mut names = part_names(score);
        names.extend(desk.stem_names());
        Performance {
            ready: vec![Vec::new(); seats.len()],
            seats,
            pump: Pump::new(score),
            played: 0,
            desk,
            made: 0,
            names,
            waiting: Take::default(),
            handed: 0,
        }
    }

    /// Keeps the stems, too; without this [`Take::stems`] is empty.
    pub fn with_stems(mut self) -> Performance {
        self.waiting.stems = vec![Audio::default(); self.names.len()];
        self
    }

    /// The names of the stems: `melody-piano`, `drums-room-kit`, ..., then `room` and `vinyl` where there are any.
    pub fn stem_names(&self) -> &[String] {
        &self.names
    }

    /// How many frames the whole performance has.
    pub fn frames(&self) -> u64 {
        self.desk.frames()
    }

    /// Plays the next `frames` frames, fewer at the end and none after it; parts are played on all cores.
    pub fn play(&mut self, frames: usize) -> Take {
        let left = usize::try_from(self.frames() - self.handed).unwrap_or(usize::MAX);
        let wanted = frames.min(left);
        while self.waiting.music.frames.len() < wanted {
            self.make();
        }
        self.handed += wanted as u64;
        let first = |audio: &mut Audio| Audio { frames: audio.frames.drain(..wanted).collect() };
        Take {
            music: first(&mut self.waiting.music),
            stems: self.waiting.stems.iter_mut().map(first).collect(),
        }
    }

    /// Makes the next lap: while the desk works on it, the players are at the one after.
    fn make(&mut self) {
        if self.played == self.made {
            let gains = self.gains();
            Rehearsal::new(&mut self.seats, gains.as_deref()).work();
        }
        for (seat, ready) in self.seats.iter_mut().zip(&mut self.ready) {
            std::mem::swap(&mut seat.frames, ready);
        }
        let goes_on = self.played < self.frames();
        let gains = if goes_on { self.gains() } else { None };
        let seats = if goes_on { &mut self.seats[..] } else { &mut [] };
        let rehearsal = Rehearsal::new(seats, gains.as_deref());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 1..cores {
                scope.spawn(|| rehearsal.work());
            }
            self.desk.mix(self.made, LAP, &self.ready, &mut self.waiting);
            rehearsal.work();
        });
        self.made += LAP as u64;
    }

    /// The pump's gains for the next lap that is played.
    fn gains(&mut self) -> Option<Vec<f32>> {
        let start = self.played;
        self.played += LAP as u64;
        self.pump.as_ref().map(|pump| pump.gains(start, LAP))
    }
}

/// A lap that is to be played: whoever is free takes the next part; who takes which changes nothing.
struct Rehearsal<'a> {
    seats: Mutex<std::slice::IterMut<'a, Seat>>,
    gains: Option<&'a [f32]>,
}

impl<'a> Rehearsal<'a> {
    fn new(seats: &'a mut [Seat], gains: Option<&'a [f32]>) -> Rehearsal<'a> {
        Rehearsal { seats: Mutex::new(seats.iter_mut()), gains }
    }

    fn work(&self) {
        while let Some(seat) = self.seats.lock().ok().and_then(|mut seats| seats.next()) {
            seat.play(self.gains);
        }
    }
}

impl Seat {
    /// Plays the next lap.
    fn play(&mut self, pump: Option<&[f32]>) {
        self.frames.clear();
        self.frames.resize(LAP, [0.0; 2]);
        for chunk in self.frames.chunks_mut(CHUNK) {
            for player in &mut self.players {
                player.play(chunk);
            }
            self.channel.shape(chunk);
            self.channel.place(chunk);
        }
        if let (true, Some(gains)) = (self.pumped, pump) {
            for (frame, gain) in self.frames.iter_mut().zip(gains) {
                *frame = frame.map(|v| v * gain);
            }
        }
    }
}

fn part_names(score: &Score) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in &score.parts {
        let plain = format!("{}-{}", part.role.name(), part.instrument.name());
        let again = names.iter().filter(|n| **n == plain || n.starts_with(&format!("{plain}-"))).count();
        names.push(if again == 0 { plain } else { format!("{plain}-{}", again + 1) });
    }
    names
}
