//! The band: every part on a strip of its own, played on all cores, and the desk they meet at.

use std::sync::Mutex;

use score::{Role, Score};
use sound::Frame;

use super::Take;
use super::desk::Desk;
use crate::Font;
use crate::console::Channel;
use crate::finish::Pump;
use crate::player::{Player, players};

/// Frames made at once inside; all work falls on this grid, so that the block size asked for changes nothing.
pub(super) const CHUNK: usize = 1024;
/// Frames that are played ahead while the desk works on those before.
pub(super) const LAP: usize = 32 * CHUNK;

/// One part: who plays it and its strip.
struct Seat {
    players: Vec<Box<dyn Player>>,
    channel: Channel,
    pumped: bool,
    frames: Vec<Frame>,
}

/// The players of a score and their desk.
pub(super) struct Band {
    seats: Vec<Seat>,
    pump: Option<Pump>,
    /// Frames that the players have played, a multiple of the lap.
    played: u64,
    /// What they played last, for each part.
    ready: Vec<Vec<Frame>>,
    desk: Desk,
    /// Frames that went over the desk.
    made: u64,
    /// Asked once: the answer is read out of files.
    cores: usize,
}

impl Band {
    pub(super) fn new(score: &Score, font: Option<&Font>) -> Band {
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
        Band {
            ready: vec![Vec::new(); seats.len()],
            seats,
            pump: Pump::new(score),
            played: 0,
            desk,
            made: 0,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }

    /// The names of the stems: those of the parts, then what the desk adds.
    pub(super) fn stem_names(&self, score: &Score) -> Vec<String> {
        let mut names = part_names(score);
        names.extend(self.desk.stem_names());
        names
    }

    /// Makes the next lap: while the desk works on it, the players are at the one after.
    pub(super) fn make(&mut self, take: &mut Take) {
        if self.played == self.made {
            let gains = self.gains();
            Rehearsal::new(&mut self.seats, gains.as_deref()).work();
        }
        for (seat, ready) in self.seats.iter_mut().zip(&mut self.ready) {
            std::mem::swap(&mut seat.frames, ready);
        }
        let goes_on = self.played < self.desk.frames();
        let gains = if goes_on { self.gains() } else { None };
        let seats = if goes_on { &mut self.seats[..] } else { &mut [] };
        let rehearsal = Rehearsal::new(seats, gains.as_deref());
        std::thread::scope(|scope| {
            for _ in 1..self.cores {
                scope.spawn(|| rehearsal.work());
            }
            self.desk.mix(self.made, &self.ready, take);
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
