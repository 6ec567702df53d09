//! The hand on the registers: gives every note a channel and every channel its state, picture by picture.

use score::{Instrument, Part, Role, Score, picture_at, picture_start};
use sound::{SAMPLE_RATE, Time};

use super::log::{NoiseState, PulseState, Registers, TriangleState};
use super::macros;
use super::pulse::pulse_timer;
use super::strokes::{Beaten, Strokes};
use super::triangle::triangle_timer;
use super::voice::{Heard, Sounding, Voice};
use crate::fade::Fade;
use crate::schedule::{Expression, Stroke, strokes};

/// What the chip is told in every picture of a score.
pub(super) fn pictures(score: &Score) -> Vec<Registers> {
    let mut hand = Hand::new(score);
    let mut pictures: Vec<Registers> = (0..count(score)).map(|picture| hand.picture(picture)).collect();
    if score.fade_out > Time::ZERO {
        pictures.push(hand.silence());
    }
    pictures
}

/// The pictures of a score.
pub(super) fn count(score: &Score) -> u32 {
    (0..).take_while(|picture| picture_start(*picture) < score.length).count() as u32
}

/// Who plays notes: a voice or the drums.
trait Keys {
    fn on(&mut self, note: Stroke);
    fn off(&mut self, note: Stroke);
}

/// Notes on their way to whoever plays them.
struct Notes {
    notes: Vec<Stroke>,
    next: usize,
    held: Vec<Stroke>,
    expression: Expression,
}

fn picture_of(sample: u64) -> u32 {
    picture_at(Time::from_samples(sample as i64, SAMPLE_RATE))
}

impl Notes {
    /// The notes of parts that share a channel; they share the expression of the first, too.
    fn of<'a>(parts: impl Iterator<Item = &'a Part> + Clone) -> Notes {
        let expression = parts.clone().next().map(Expression::new).unwrap_or_default();
        let mut notes: Vec<Stroke> = parts.flat_map(strokes).collect();
        notes.sort_by_key(|note| note.at);
        Notes { notes, next: 0, held: Vec::new(), expression }
    }

    /// Moves the keys that move in a picture; gives the expression, 0 to 1.
    fn turn(&mut self, picture: u32, keys: &mut impl Keys) -> f32 {
        self.held.retain(|note| {
            let over = picture_of(note.end) <= picture;
            if over {
                keys.off(*note);
            }
            !over
        });
        while let Some(&note) = self.notes.get(self.next).filter(|note| picture_of(note.at) <= picture) {
            keys.on(note);
            self.held.push(note);
            self.next += 1;
        }
        self.expression.at(picture_start(picture).samples(SAMPLE_RATE) as u64)
    }
}

impl Keys for Voice {
    fn on(&mut self, note: Stroke) {
        Voice::on(self, note);
    }
    fn off(&mut self, note: Stroke) {
        Voice::off(self, note);
    }
}

impl Keys for Strokes {
    fn on(&mut self, note: Stroke) {
        Strokes::on(self, note);
    }
    fn off(&mut self, note: Stroke) {
        Strokes::off(self, note);
    }
}

/// A part that is played on a pulse.
struct Seat {
    /// The part's place in the score.
    part: usize,
    notes: Notes,
    voice: Voice,
    /// What it wants in this picture.
    wanted: Option<Sounding>,
    /// The pulse it would rather have.
    liked: usize,
    /// The pulse it has.
    pulse: Option<usize>,
}

pub(super) struct Hand {
    /// Those above have the first choice.
    seats: Vec<Seat>,
    bass: (Notes, Voice),
    /// What the bass plays in this picture.
    low: Option<Heard>,
    drums: (Notes, Strokes),
    fade: Fade,
    /// The picture before.
    last: Registers,
}

impl Hand {
    pub(super) fn new(score: &Score) -> Hand {
        let on = |wanted: Instrument| score.parts.iter().filter(move |part| part.instrument == wanted);
        let singles = [Instrument::TriangleBass, Instrument::NoiseKit];
        let mut parts: Vec<(usize, &Part)> =
            score.parts.iter().enumerate().filter(|(_, part)| !singles.contains(&part.instrument)).collect();
        parts.sort_by_key(|(_, part)| part.role);
        let voice = |instrument| Voice::new(macros::manner(instrument, score.seed));
        let seats = parts.into_iter().map(|(index, part)| Seat {
            part: index,
            notes: Notes::of(std::iter::once(part)),
            voice: voice(part.instrument),
            wanted: None,
            liked: usize::from(part.role != Role::Melody),
            pulse: None,
        });
        Hand {
            seats: seats.collect(),
            bass: (Notes::of(on(Instrument::TriangleBass)), voice(Instrument::TriangleBass)),
            low: None,
            drums: (Notes::of(on(Instrument::NoiseKit)), Strokes::default()),
            fade: Fade::new(score),
            last: Registers::default(),
        }
    }

    /// Everything silent, where it stands.
    fn silence(&self) -> Registers {
        let mut registers = self.last;
        registers.pulses.iter_mut().for_each(|pulse| pulse.volume = 0);
        registers.triangle.on = false;
        registers.noise.volume = 0;
        registers
    }

    /// What the chip is told in the next picture.
    pub(super) fn picture(&mut self, picture: u32) -> Registers {
        let gain = self.fade.at(picture_start(picture).samples(SAMPLE_RATE) as u64);
        let mut registers = self.silence();
        for (pulse, wanted) in self.pulses(picture).into_iter().enumerate() {
            registers.pulses[pulse].play(wanted, gain);
        }
        let beaten = self.drums.0.turn(picture, &mut self.drums.1);
        let beaten = self.drums.1.step(beaten);
        let bass = self.bass.0.turn(picture, &mut self.bass.1);
        let bass = self.bass.1.step(bass);
        self.low = self.bass.1.heard(bass).filter(|_| beaten.fall.is_none());
        registers.noise.play(beaten, gain);
        registers.triangle.play(bass, beaten, gain);
        self.last = registers;
        registers
    }

    /// What each pulse plays in a picture.
    fn pulses(&mut self, picture: u32) -> [Option<Sounding>; 2] {
        for seat in &mut self.seats {
            let expression = seat.notes.turn(picture, &mut seat.voice);
            seat.wanted = Some(seat.voice.step(expression));
        }
        for index in 0..self.seats.len() {
            let sounds = self.seats[index].wanted.is_some_and(|wanted| wanted.volume > 0);
            self.settle(index, sounds);
        }
        let mut pulses = [None; 2];
        for seat in &self.seats {
            if let Some(pulse) = seat.pulse {
                pulses[pulse] = seat.wanted;
            }
        }
        pulses
    }

    /// The keys that are down and heard in the picture that was played last: of parts on a pulse, by their place in the
    /// score, and of the bass.
    pub(super) fn heard(&self) -> (impl Iterator<Item = (usize, Heard)>, Option<Heard>) {
        let on_pulses = self.seats.iter().filter(|seat| seat.pulse.is_some());
        (on_pulses.filter_map(|seat| Some((seat.part, seat.voice.heard(seat.wanted?)?))), self.low)
    }

    /// Sees to it that who holds a key has a pulse, if need be that of somebody who only rings out.
    fn settle(&mut self, index: usize, sounds: bool) {
        let seat = &self.seats[index];
        if !seat.voice.is_held() {
            if !sounds {
                self.seats[index].pulse = None;
            }
            return;
        }
        if seat.pulse.is_some() {
            return;
        }
        let liked = seat.liked;
        let is_taken =
            |pulse: usize| self.seats.iter().any(|other| other.pulse == Some(pulse) && other.voice.is_held());
        let Some(pulse) = [liked, 1 - liked].into_iter().find(|pulse| !is_taken(*pulse)) else { return };
        for other in self.seats.iter_mut().filter(|other| other.pulse == Some(pulse)) {
            other.pulse = None;
        }
        self.seats[index].pulse = Some(pulse);
    }
}

/// A volume that fades in whole steps.
fn faded(volume: u8, gain: f32) -> u8 {
    (f32::from(volume.min(15)) * gain).round() as u8
}

impl PulseState {
    fn play(&mut self, wanted: Option<Sounding>, gain: f32) {
        if let Some(wanted) = wanted.filter(|wanted| faded(wanted.volume, gain) > 0) {
            let (timer, duty) = (pulse_timer(wanted), wanted.duty & 3);
            *self = PulseState { timer, duty, volume: faded(wanted.volume, gain) };
        }
    }
}

impl NoiseState {
    fn play(&mut self, wanted: Beaten, gain: f32) {
        if faded(wanted.volume, gain) > 0 {
            let volume = faded(wanted.volume, gain);
            *self = NoiseState { period: wanted.period & 15, short: wanted.short, volume };
        }
    }
}

impl TriangleState {
    /// A falling skin takes the triangle from the bass. It cannot grow softer, so it leaves half way through a fade.
    fn play(&mut self, bass: Sounding, beaten: Beaten, gain: f32) {
        let hz = beaten.fall.or((bass.volume > 0).then(|| bass.hz()));
        if let Some(hz) = hz.filter(|_| gain >= 0.5) {
            *self = TriangleState { timer: triangle_timer(hz), on: true };
        }
    }
}
