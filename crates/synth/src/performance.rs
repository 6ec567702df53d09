//! A performance: every part played, placed, summed and finished, in blocks of any size.

use std::sync::Mutex;

use score::{Family, Role, Score};
use sound::{Audio, Frame, SAMPLE_RATE};

use crate::Font;
use crate::console::{Channel, Echo, Reverb};
use crate::finish::{Bus, Pump, Vinyl};
use crate::player::{Player, players};

/// The last 10 ms, in frames.
const CLOSING: u64 = 480;

/// Frames made at once inside; all work falls on this grid, so that the block size asked for changes nothing.
const CHUNK: usize = 1024;

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
    names: Vec<String>,
    reverb: Option<Reverb>,
    echo: Option<Echo>,
    vinyl: Option<Vinyl>,
    pump: Option<Pump>,
    bus: Bus,
    fade: Fade,
    /// Frames made so far, a multiple of the grid.
    made: u64,
    /// Made but not yet handed out.
    waiting: Take,
    handed: u64,
}

impl Performance {
    /// Takes a score on the stand; without a font, or where the font lacks an instrument, our own voices play.
    pub fn new(score: &Score, font: Option<&Font>) -> Performance {
        let sends = |send: fn(&score::Strip) -> f32| score.parts.iter().any(|part| send(&part.strip) > 0.0);
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
        let reverb = Reverb::new(score.finish.room).filter(|_| sends(|strip| strip.reverb));
        let echo = sends(|strip| strip.echo).then(|| Echo::new(&score.tempo, score.length));
        let vinyl = Vinyl::new(score.finish.vinyl, score.seed);
        let mut names = part_names(score);
        names.extend((reverb.is_some() || echo.is_some()).then(|| "room".to_string()));
        names.extend(vinyl.is_some().then(|| "vinyl".to_string()));
        Performance {
            seats,
            names,
            reverb,
            echo,
            vinyl,
            pump: Pump::new(score),
            bus: Bus::new(score),
            fade: Fade::new(score),
            made: 0,
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
        self.fade.length
    }

    /// Plays the next `frames` frames, fewer at the end and none after it; parts are played on all cores.
    pub fn play(&mut self, frames: usize) -> Take {
        let left = usize::try_from(self.fade.length - self.handed).unwrap_or(usize::MAX);
        let wanted = frames.min(left);
        let missing = wanted.saturating_sub(self.waiting.music.frames.len());
        if missing > 0 {
            self.make(missing.div_ceil(CHUNK) * CHUNK);
        }
        self.handed += wanted as u64;
        let first = |audio: &mut Audio| Audio { frames: audio.frames.drain(..wanted).collect() };
        Take {
            music: first(&mut self.waiting.music),
            stems: self.waiting.stems.iter_mut().map(first).collect(),
        }
    }

    /// Makes so many frames, a multiple of the grid.
    fn make(&mut self, count: usize) {
        let pump = self.pump.as_ref().map(|pump| pump.gains(self.made, count));
        rehearse(&mut self.seats, count, pump.as_deref());
        let fade = self.fade.gains(self.made, count);
        let mut music = vec![[0.0; 2]; count];
        let mut sent = vec![([0.0f32; 2], [0.0f32; 2]); count];
        let stems = self.seats.len();
        for seat in &self.seats {
            let [to_room, to_echo] = seat.channel.sends;
            for ((frame, sent), (music, fade)) in
                seat.frames.iter().zip(&mut sent).zip(music.iter_mut().zip(&fade))
            {
                for side in 0..2 {
                    sent.0[side] += frame[side] * to_room;
                    sent.1[side] += frame[side] * to_echo;
                    music[side] += frame[side] * fade;
                }
            }
        }
        for (seat, stem) in self.seats.iter().zip(&mut self.waiting.stems) {
            stem.frames.extend(seat.frames.iter().zip(&fade).map(|(frame, fade)| frame.map(|v| v * fade)));
        }
        let mut more = self.waiting.stems.iter_mut().skip(stems);
        if self.reverb.is_some() || self.echo.is_some() {
            let returned = returns(&mut self.reverb, &mut self.echo, &sent);
            add(&returned, &fade, &mut music, more.next());
        }
        if let Some(vinyl) = &mut self.vinyl {
            let crackle: Vec<Frame> = (0..count).map(|_| vinyl.sample()).collect();
            add(&crackle, &fade, &mut music, more.next());
        }
        self.bus.work(&mut music);
        self.fade.close(self.made, &mut music);
        self.waiting.music.frames.extend(music);
        self.made += count as u64;
    }
}

/// What room and echo give back.
fn returns(reverb: &mut Option<Reverb>, echo: &mut Option<Echo>, sent: &[(Frame, Frame)]) -> Vec<Frame> {
    sent.iter()
        .map(|&(to_room, to_echo)| {
            let echoed = echo.as_mut().map_or([0.0; 2], |echo| echo.sample(to_echo));
            // echoes sound from the same room
            let into = [to_room[0] + 0.25 * echoed[0], to_room[1] + 0.25 * echoed[1]];
            let room = reverb.as_mut().map_or([0.0; 2], |reverb| reverb.sample(into));
            [echoed[0] + room[0], echoed[1] + room[1]]
        })
        .collect()
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

/// Plays the next frames of every part, on all cores; which core plays what changes nothing.
fn rehearse(seats: &mut [Seat], count: usize, pump: Option<&[f32]>) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(seats.len());
    let queue = Mutex::new(seats.iter_mut());
    let work = || {
        while let Some(seat) = queue.lock().ok().and_then(|mut seats| seats.next()) {
            seat.play(count, pump);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..cores {
            scope.spawn(work);
        }
        work();
    });
}

impl Seat {
    fn play(&mut self, count: usize, pump: Option<&[f32]>) {
        self.frames.clear();
        self.frames.resize(count, [0.0; 2]);
        for chunk in self.frames.chunks_mut(CHUNK) {
            for player in &mut self.players {
                player.play(chunk);
            }
            self.channel.place(chunk);
        }
        if let (true, Some(gains)) = (self.pumped, pump) {
            for (frame, gain) in self.frames.iter_mut().zip(gains) {
                *frame = frame.map(|v| v * gain);
            }
        }
    }
}

/// The end of the music.
struct Fade {
    length: u64,
    fade: u64,
}

impl Fade {
    fn new(score: &Score) -> Fade {
        let length = score.length.samples(SAMPLE_RATE).max(0) as u64;
        // what ends does not end in a step; a loop does not end
        let wanted = score.fade_out.samples(SAMPLE_RATE).max(0) as u64;
        let fade = if wanted == 0 { 0 } else { wanted.clamp(CLOSING.min(length), length.max(1)) };
        Fade { length, fade }
    }

    /// Half a cosine from one to nothing.
    fn gains(&self, start: u64, count: usize) -> Vec<f32> {
        (start..start + count as u64)
            .map(|at| {
                let left = self.length.saturating_sub(at + 1);
                if left >= self.fade {
                    return 1.0;
                }
                let share = left as f64 / self.fade as f64;
                (0.5 - 0.5 * (std::f64::consts::PI * share).cos()) as f32
            })
            .collect()
    }

    /// The bus has memory: its last 10 ms are brought to nothing too.
    fn close(&self, start: u64, music: &mut [Frame]) {
        if self.fade == 0 {
            return;
        }
        for (at, frame) in (start..).zip(music) {
            let left = self.length.saturating_sub(at + 1);
            if left < CLOSING {
                *frame = frame.map(|v| v * (left as f32 / CLOSING as f32));
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
