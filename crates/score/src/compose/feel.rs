//! Feel: how paper becomes playing. Metre and phrase shape the force, players are a little early or late, eighths or
//! sixteenths swing, and everything stays inside the music.

use sound::Time;

use super::sketch::Sketch;
use super::{Chair, Plan};
use crate::chance::Chance;
use crate::genre::Swung;
use crate::{BEATS_PER_BAR, Note, Role};

/// Turns the sketches of a chair into notes.
pub(super) fn perform(plan: &Plan, chair: &Chair, sketches: Vec<Sketch>) -> Vec<Note> {
    let mut player = Player::new(plan, chair);
    let mut notes: Vec<Note> = sketches.into_iter().filter_map(|sketch| player.play(sketch)).collect();
    notes.sort_unstable();
    release_before_repeats(&mut notes);
    notes
}

/// Within so many beats notes belong to one stroke of the hand.
const STRUM: f64 = 0.1;

struct Player<'a> {
    plan: &'a Plan<'a>,
    chance: Chance,
    /// Usual force, 1 to 127.
    velocity: f64,
    /// Spread of timing in seconds.
    spread: f64,
    /// Spread of force.
    touch: f64,
    /// A chord is early or late as one: its beat and how far it was moved.
    together: (f64, f64),
    holds: bool,
}

impl<'a> Player<'a> {
    fn new(plan: &'a Plan<'a>, chair: &Chair) -> Player<'a> {
        let role = chair.layer.role;
        // Drums carry the time; tunes may lean on it.
        let share = match role {
            Role::Drums => 0.5,
            Role::Bass => 0.65,
            Role::Pad | Role::Effects => 0.3,
            _ => 1.0,
        };
        let machine = plan.genre.loose_ms == 0.0;
        Player {
            plan,
            chance: Chance::new(plan.seed, &format!("feel {} {}", role.name(), chair.instrument.name())),
            velocity: f64::from(chair.layer.velocity),
            spread: plan.genre.loose_ms / 1000.0 * share,
            touch: if machine { 1.5 } else { 6.5 },
            together: (f64::NEG_INFINITY, 0.0),
            holds: matches!(role, Role::Pad | Role::Chords | Role::Bass | Role::Counter),
        }
    }

    fn play(&mut self, sketch: Sketch) -> Option<Note> {
        let length = self.plan.cue.length;
        let tempo = &self.plan.cue.tempo;
        let drift = self.drift(sketch.beat);
        let mut at = tempo.time(self.swung(sketch.beat)) + drift;
        let mut end = tempo.time(self.swung(sketch.end())) + drift;
        let shortest = Time::from_seconds(0.03);
        if at < Time::ZERO {
            // What began before the music begins with it, if there is enough of it left.
            let left = end > Time::from_seconds(0.15);
            if at < -shortest && !(self.holds && left) {
                return None;
            }
            at = Time::ZERO;
        }
        end = end.max(at + shortest).min(length);
        if end <= at + shortest / 2 {
            return None;
        }
        let velocity = self.force(&sketch).round().clamp(1.0, 127.0) as u8;
        Some(Note { at, length: end - at, pitch: sketch.pitch, velocity })
    }

    /// How far this note is from where it is written; what meets the picture is exactly there.
    fn drift(&mut self, beat: f64) -> Time {
        if self.spread == 0.0 {
            return Time::ZERO;
        }
        if (self.together.0 - beat).abs() > STRUM {
            let planned = self.plan.is_hit(beat);
            let late = if planned || beat <= 0.0 { 0.0 } else { self.chance.normal() * self.spread };
            self.together = (beat, late);
            return Time::from_seconds(late);
        }
        // Fingers of one chord do not land quite together.
        Time::from_seconds(self.together.1 + self.chance.unit() * self.spread * 0.4)
    }

    /// Second eighths or sixteenths late, as the genre swings.
    fn swung(&self, beat: f64) -> f64 {
        let swing = self.plan.genre.swing;
        let pairs_a_beat = match self.plan.genre.swung {
            Swung::Eighths => 1.0,
            Swung::Sixteenths => 2.0,
        };
        let pairs = beat * pairs_a_beat;
        let (pair, place) = (pairs.floor(), pairs - pairs.floor());
        let place =
            if place < 0.5 { place * 2.0 * swing } else { swing + (place - 0.5) * 2.0 * (1.0 - swing) };
        (pair + place) / pairs_a_beat
    }

    fn force(&mut self, sketch: &Sketch) -> f64 {
        let in_bar = sketch.beat.rem_euclid(BEATS_PER_BAR as f64);
        let metre = match in_bar {
            b if b < 0.02 => 1.05,
            b if (b - 2.0).abs() < 0.02 => 1.01,
            b if b.fract() < 0.02 => 0.97,
            b if (b.fract() - 0.5).abs() < 0.02 => 0.92,
            _ => 0.86,
        };
        let bar = (sketch.beat / BEATS_PER_BAR as f64).max(0.0) as usize;
        let level = 0.86 + 0.28 * self.plan.energy_at(bar);
        knee(self.velocity * sketch.force * metre * level + self.chance.normal() * self.touch)
    }
}

/// The loudest strokes are bent below the end of the scale, so that an accent stays louder than what is not accented.
fn knee(force: f64) -> f64 {
    const BEND: f64 = 104.0;
    const ROOM: f64 = 127.0 - BEND;
    if force <= BEND { force } else { BEND + ROOM * (1.0 - (-(force - BEND) / ROOM).exp()) }
}

/// A key must come up before it goes down again; struck twice at once it is struck once, as long as the longer.
fn release_before_repeats(notes: &mut Vec<Note>) {
    let gap = Time::from_seconds(0.012);
    let mut index = 0;
    while index < notes.len() {
        let note = notes[index];
        let again = (index + 1..notes.len())
            .take_while(|later| notes[*later].at < note.at + note.length)
            .find(|later| notes[*later].pitch == note.pitch);
        match again {
            Some(later) if notes[later].at - note.at < gap * 2 => {
                let twin = notes.remove(later);
                let end = (note.at + note.length).max(twin.at + twin.length);
                let velocity = note.velocity.max(twin.velocity);
                notes[index] = Note { length: end - note.at, velocity, ..note };
                continue;
            }
            Some(later) => notes[index].length = notes[later].at - note.at - gap,
            None => {}
        }
        index += 1;
    }
}

/// Few players play out, many hold back, so that the music does not leap from section to section; held parts
/// breathe besides.
pub(super) fn expression(plan: &Plan, chair: &Chair) -> Vec<(Time, f32)> {
    let held = matches!(chair.layer.role, Role::Pad | Role::Counter);
    let mut points: Vec<(Time, f32)> = Vec::new();
    let blend = Time::from_seconds(0.4);
    for section in &plan.cue.sections {
        let span = plan.cue.section_span(section);
        let level = 1.0 - 0.32 * ((section.energy as f32 - 0.25) / 0.65).clamp(0.0, 1.0);
        if let Some((_, before)) = points.last().copied() {
            points.push(((span.start - blend).max(Time::ZERO), before));
        }
        if held {
            let peak = span.start + Time::from_seconds(span.length().seconds() * 0.7);
            points.extend([(span.start, level * 0.85), (peak, level)]);
        } else {
            points.push((span.start, level));
        }
    }
    points
}
