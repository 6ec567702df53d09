//! A theme: one small idea, and what can be done with it.

use crate::Pattern;
use crate::chance::Chance;
use crate::cue::FAMILY;
use crate::genre::{Genre, STEPS_PER_BAR};
use crate::pattern::Step;

/// A motif: a rhythm of one bar and the way it goes, in steps of the scale from note to note.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Motif {
    /// When its notes begin and how long they are.
    pub(super) rhythm: Vec<Step>,
    /// Scale steps from each note to the next; one fewer than notes.
    pub(super) contour: Vec<i32>,
}

/// Two motifs that belong together, and how phrases are made of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Theme {
    /// What it says.
    pub(super) call: Motif,
    /// What it adds.
    pub(super) answer: Motif,
    /// Which of them each bar of a phrase uses, before the ending.
    pub(super) scheme: Scheme,
    /// Whether it spares the two degrees of the scale that a pentatonic tune does without.
    pub(super) pentatonic: bool,
}

/// How a phrase of four bars uses the motifs; the fourth bar is always the ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Call, call again elsewhere, answer: a sentence.
    Sentence,
    /// Call, answer, call: a period.
    Period,
    /// Call, silence, call varied: one who waits.
    Waiting,
}

impl Theme {
    /// A theme by its number. Three make a family, of which the first is drawn and the others are its relatives; each
    /// movement of a long piece has a family of its own.
    pub(super) fn numbered(genre: &Genre, seed: u64, number: usize) -> Theme {
        let [first, second, third] = Theme::family(genre, seed, number / FAMILY);
        match number % FAMILY {
            0 => first,
            1 => second,
            _ => third,
        }
    }

    fn family(genre: &Genre, seed: u64, movement: usize) -> [Theme; FAMILY] {
        let name = if movement == 0 { "themes".to_owned() } else { format!("themes {movement}") };
        let mut chance = Chance::new(seed, &name);
        let first = Theme::draw(genre, &mut chance);
        let second = Theme {
            call: Motif { rhythm: first.answer.rhythm.clone(), contour: first.answer.inverted().contour },
            answer: Motif::draw(genre, &mut chance),
            scheme: if first.scheme == Scheme::Sentence { Scheme::Period } else { Scheme::Sentence },
            ..first.clone()
        };
        let third = Theme {
            call: first.call.inverted(),
            answer: second.call.clone(),
            scheme: Scheme::Waiting,
            ..first.clone()
        };
        [first, second, third]
    }

    fn draw(genre: &Genre, chance: &mut Chance) -> Theme {
        let call = Motif::draw(genre, chance);
        let answer = Motif::draw(genre, chance);
        let scheme = if chance.happens(0.5) { Scheme::Sentence } else { Scheme::Period };
        Theme { call, answer, scheme, pentatonic: chance.happens(0.35) }
    }
}

impl Motif {
    fn draw(genre: &Genre, chance: &mut Chance) -> Motif {
        let rhythm = chance.pick(&genre.melody.rhythms).map(first_bar).unwrap_or_default();
        let contour = contour(rhythm.len(), genre.melody.leap, chance);
        Motif { rhythm, contour }
    }

    /// Upside down.
    pub(super) fn inverted(&self) -> Motif {
        Motif { rhythm: self.rhythm.clone(), contour: self.contour.iter().map(|step| -step).collect() }
    }

    /// Long notes broken in two, the second a neighbour: the same idea, livelier.
    pub(super) fn ornamented(&self) -> Motif {
        let mut rhythm = Vec::new();
        let mut contour = Vec::new();
        for (index, note) in self.rhythm.iter().enumerate() {
            let onward = self.contour.get(index).copied();
            if note.length >= 4 {
                let half = note.length / 2;
                rhythm.push(Step { length: half, ..*note });
                rhythm.push(Step { at: note.at + half, length: note.length - half, symbol: note.symbol });
                let turn = if onward.unwrap_or(-1) > 0 { -1 } else { 1 };
                contour.push(turn);
                if let Some(onward) = onward {
                    contour.push(onward - turn);
                }
            } else {
                rhythm.push(*note);
                contour.extend(onward);
            }
        }
        Motif { rhythm, contour }
    }

    /// Its beginning and one long note: how a phrase ends.
    pub(super) fn ending(&self) -> Motif {
        let mut rhythm: Vec<Step> =
            self.rhythm.iter().copied().filter(|note| note.at + note.length <= 8).take(3).collect();
        let begin = rhythm.last().map_or(0, |last| (last.at + last.length).max(4));
        rhythm.push(Step {
            at: begin,
            length: (STEPS_PER_BAR - 2).saturating_sub(begin).clamp(4, 8),
            symbol: 'x',
        });
        // Nearly all tunes fall home by step.
        let mut contour = self.contour.clone();
        contour.resize(rhythm.len() - 1, -1);
        if let Some(last) = contour.last_mut() {
            *last = -1;
        }
        Motif { rhythm, contour }
    }

    /// Twice as slow: its first half fills the bar. As it is where that would leave a single note.
    pub(super) fn augmented(&self) -> Motif {
        let half = self.rhythm.iter().filter(|note| note.at < STEPS_PER_BAR / 2);
        let rhythm: Vec<Step> = half
            .map(|note| {
                let at = note.at * 2;
                Step { at, length: (note.length * 2).min(STEPS_PER_BAR - at), symbol: note.symbol }
            })
            .collect();
        if rhythm.len() < 2 {
            return self.clone();
        }
        Motif { contour: self.contour[..rhythm.len() - 1].to_vec(), rhythm }
    }

    /// Twice as fast and said twice, the second time a step higher; livened up otherwise where its notes are too short.
    pub(super) fn diminished(&self) -> Motif {
        let slow = |note: &Step| note.at.is_multiple_of(2) && note.length >= 4;
        if self.rhythm.is_empty() || !self.rhythm.iter().all(slow) {
            return self.ornamented();
        }
        let halved = |from: usize| {
            self.rhythm.iter().map(move |note| Step {
                at: from + note.at / 2,
                length: note.length / 2,
                symbol: note.symbol,
            })
        };
        let back = 1 - self.contour.iter().sum::<i32>();
        Motif {
            rhythm: halved(0).chain(halved(STEPS_PER_BAR / 2)).collect(),
            contour: [&self.contour[..], &[back], &self.contour[..]].concat(),
        }
    }

    /// Its second half only.
    pub(super) fn tail(&self) -> Motif {
        let skip = self.rhythm.len() / 2;
        Motif {
            rhythm: self.rhythm.iter().skip(skip).copied().collect(),
            contour: self.contour.iter().skip(skip).copied().collect(),
        }
    }
}

fn first_bar(pattern: &Pattern) -> Vec<Step> {
    pattern.bar(0, STEPS_PER_BAR).collect()
}

/// How a tune walks, as sizes of its steps: one for each motif, so that two tunes differ in more than their order.
const GAITS: [[i32; 6]; 7] = [
    [1, 1, 2, 1, 0, 2],
    [1, 1, 1, 1, 1, 2],
    [2, 1, 2, 3, 1, 2],
    [0, 1, 2, 1, 0, 3],
    [3, 1, 1, 2, 1, 1],
    [2, 2, 1, 2, 2, 1],
    [1, 0, 2, 1, 3, 1],
];

/// A line with a direction: mostly steps, at most one leap, which is answered by a step back. Two or three notes have no
/// room to stand still: they go up to three steps instead.
fn contour(notes: usize, leap: f64, chance: &mut Chance) -> Vec<i32> {
    let sizes = GAITS[chance.below(GAITS.len())];
    let moves = notes.saturating_sub(1);
    let leap_at = chance.happens(leap + 0.1).then(|| chance.below(moves.max(1)));
    let mut direction = if chance.happens(0.55) { 1 } else { -1 };
    let turn = chance.below(moves.max(1));
    let mut line = Vec::with_capacity(moves);
    for index in 0..moves {
        let after_leap = index > 0 && leap_at == Some(index - 1);
        if index == turn || after_leap {
            direction = -direction;
        }
        let size = match leap_at == Some(index) {
            true => 2 + chance.below(3) as i32,
            false if after_leap => 1,
            false => sizes[chance.below(sizes.len())],
        };
        let size = if size == 0 && moves <= 2 { 1 + chance.below(3) as i32 } else { size };
        line.push(direction * size);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_keep_rhythm_and_contour_together() {
        let library = crate::Library::built_in().unwrap();
        for genre in library.genres() {
            for seed in 0..40 {
                for theme in (0..2 * FAMILY).map(|number| Theme::numbered(genre, seed, number)) {
                    for motif in [&theme.call, &theme.answer] {
                        let forms = [motif.inverted(), motif.ornamented(), motif.ending(), motif.augmented()];
                        for form in forms.into_iter().chain([motif.diminished()]) {
                            assert_eq!(
                                form.contour.len() + 1,
                                form.rhythm.len().max(1),
                                "{motif:?} -> {form:?}"
                            );
                            assert!(form.rhythm.windows(2).all(|p| p[0].at + p[0].length <= p[1].at));
                            assert!(form.rhythm.iter().all(|n| n.at + n.length <= STEPS_PER_BAR));
                        }
                    }
                }
            }
        }
    }
}
