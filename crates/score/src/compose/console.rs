//! The console: an 8-bit sound chip has two pulses, a triangle and a noise generator, and not one voice more.
//!
//! What is played on a pulse sounds one key at a time, several held keys as a quick arpeggio, so that a part needs one
//! voice whatever it plays.

use sound::Time;

use super::Chair;
use super::sketch::Sketch;
use crate::{Instrument, Note, Part, Role, picture_at, picture_start};

/// Pulse channels.
const PULSES: usize = 2;
/// Who has a pulse when there are not enough.
const RANK: [Role; 4] = [Role::Melody, Role::Counter, Role::Chords, Role::Arpeggio];

/// Silences whatever the hardware has no voice for.
pub(super) fn keep_to_its_voices(written: &mut [(Chair, Vec<Sketch>)]) {
    share_pulses(written);
    for (chair, notes) in written.iter_mut() {
        match chair.instrument {
            Instrument::TriangleBass => one_after_another(notes),
            Instrument::NoiseKit => {
                loudest_alone(notes);
                one_after_another(notes);
            }
            _ => {}
        }
    }
}

/// The console looks at its music once a picture: keys go down and come up with the picture nearest to where they would.
pub(super) fn keep_to_its_pictures(parts: &mut [Part], length: Time) {
    for note in parts.iter_mut().flat_map(|part| &mut part.notes) {
        let first = picture_at(note.at);
        let after = picture_at(note.at + note.length).max(first + 1);
        let at = picture_start(first);
        *note = Note { at, length: picture_start(after).min(length) - at, ..*note };
    }
    for part in parts {
        part.notes.retain(|note| note.length > Time::ZERO);
    }
}

fn on_pulse(instrument: Instrument) -> bool {
    matches!(instrument, Instrument::PulseLead | Instrument::PulseEcho | Instrument::PulseChords)
}

/// The humbler part rests where those above it take both pulses.
fn share_pulses(written: &mut [(Chair, Vec<Sketch>)]) {
    let mut order: Vec<usize> = (0..written.len()).filter(|at| on_pulse(written[*at].0.instrument)).collect();
    order.sort_by_key(|at| RANK.iter().position(|role| *role == written[*at].0.layer.role));
    for place in PULSES..order.len() {
        let above: Vec<Vec<(f64, f64)>> =
            order[..place].iter().map(|at| stretches(&written[*at].1)).collect();
        written[order[place]].1.retain(|note| {
            let taken = above.iter().filter(|part| meets(part, note)).count();
            taken < PULSES
        });
    }
}

/// From where to where a part sounds, in beats, rising and apart.
fn stretches(notes: &[Sketch]) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    for note in notes {
        match found.last_mut() {
            Some(last) if note.beat <= last.1 => last.1 = last.1.max(note.end()),
            _ => found.push((note.beat, note.end())),
        }
    }
    found
}

fn meets(stretches: &[(f64, f64)], note: &Sketch) -> bool {
    let next = stretches.partition_point(|(_, end)| *end <= note.beat);
    stretches.get(next).is_some_and(|(begin, _)| *begin < note.end())
}

/// A voice lets go of a note when the next begins.
fn one_after_another(notes: &mut Vec<Sketch>) {
    for index in 1..notes.len() {
        let next = notes[index].beat;
        let before = &mut notes[index - 1];
        before.length = before.length.min(next - before.beat);
    }
    // Of those that begin at once only the last has any length left.
    notes.retain(|note| note.length > 0.0);
}

/// Of strokes at one moment the noise plays the strongest.
fn loudest_alone(notes: &mut Vec<Sketch>) {
    let mut kept: Vec<Sketch> = Vec::with_capacity(notes.len());
    for note in notes.iter() {
        match kept.last_mut() {
            Some(last) if note.beat - last.beat < 0.05 => {
                if rank(note) > rank(last) {
                    *last = *note;
                }
            }
            _ => kept.push(*note),
        }
    }
    *notes = kept;
}

/// What the ear would miss most.
fn rank(note: &Sketch) -> f64 {
    use crate::part::drum::{CRASH, KICK, SNARE};
    let piece = match note.pitch {
        SNARE => 3.0,
        CRASH => 2.5,
        KICK => 2.0,
        _ => 1.0,
    };
    piece * note.force
}
