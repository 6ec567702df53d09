//! Form: which bars belong together, what each section is for, and how much goes on in it.

mod arc;

use footage::Profile;
use sound::Time;

use crate::Brief;
use crate::cue::{CueSection, CueSheet, FAMILY, SectionKind};
use arc::{Place, movements, set_energies};

/// Music shorter than this is a sting, not a song.
const STING: f64 = 6.0;

/// The sections of a cue that begins at `start` of the film.
pub(super) fn sections(cue: &CueSheet, brief: &Brief, profile: &Profile, start: Time) -> Vec<CueSection> {
    let looping = brief.looping;
    if cue.length.seconds() < STING || cue.bars < 4 {
        let energy = (0.55 + 0.2 * cue.mood.arousal).clamp(0.0, 1.0);
        return vec![section(SectionKind::Sting, 0, cue.bars, energy)];
    }
    let mut borders = film_borders(cue, profile, start);
    let summit = brief.climax.map(|at| bar_of(cue, at));
    let wished = brief.hits.iter().map(|at| (bar_of(cue, *at), 0.8)).chain(summit.map(|bar| (bar, 3.0)));
    for (bar, weight) in wished {
        borders[bar] = f64::max(borders[bar], weight);
    }
    let lengths = split(cue.bars, &borders, looping);
    let mut sections = Vec::with_capacity(lengths.len());
    let mut first = 0;
    for bars in lengths {
        sections.push(section(SectionKind::Statement, first, bars, 0.5));
        first += bars;
    }
    set_energies(&mut sections, cue, profile, start, looping);
    set_kinds(&mut sections, movements(cue.length, looping), looping, summit);
    if brief.breathing {
        fall_silent(&mut sections, cue);
    }
    sections
}

/// The bar that begins nearest to a moment.
fn bar_of(cue: &CueSheet, at: Time) -> usize {
    let bar = cue.tempo.beat(at) / crate::BEATS_PER_BAR as f64;
    bar.round().clamp(0.0, cue.bars as f64) as usize
}

fn section(kind: SectionKind, first_bar: usize, bars: usize, energy: f64) -> CueSection {
    CueSection { kind, theme: 0, variation: 0, first_bar, bars, energy, lift: 0, silent: false }
}

/// How strongly the film asks for a section border at each bar, 0 to 1.
fn film_borders(cue: &CueSheet, profile: &Profile, start: Time) -> Vec<f64> {
    let mut borders = vec![0.0; cue.bars + 1];
    for pair in profile.sections.windows(2) {
        let at = pair[1].span.start - start;
        if at <= Time::ZERO || at >= cue.length {
            continue;
        }
        let bar = cue.tempo.beat(at) / crate::BEATS_PER_BAR as f64;
        let nearest = bar.round().clamp(0.0, cue.bars as f64) as usize;
        let change = 0.6 + (pair[1].energy - pair[0].energy).abs();
        let fit = 1.0 - (bar - nearest as f64).abs();
        borders[nearest] = f64::max(borders[nearest], (change * fit).clamp(0.0, 1.0));
    }
    borders
}

/// What it costs for a section to be so many bars long: phrases come in fours and eights, and in a piece of few bars
/// rather in fours, so that it has more to tell than one thing.
fn awkwardness(bars: usize, few: bool) -> f64 {
    match bars {
        8 if few => 0.8,
        10.. if few => 1.6,
        8 => 0.0,
        4 => 0.2,
        12 => 0.6,
        6 => 0.55,
        16 => 0.8,
        2 => 0.8,
        10 => 0.8,
        1 => 2.0,
        n if n % 2 == 1 => 1.2,
        _ => 1.0,
    }
}

/// Lengths of sections in bars: the cheapest split that follows the film where it has something to say.
fn split(bars: usize, borders: &[f64], looping: bool) -> Vec<usize> {
    let framed = bars >= 8 && !looping;
    let mut best: Vec<(f64, usize)> = vec![(f64::INFINITY, 0); bars + 1];
    best[0].0 = 0.0;
    for end in 1..=bars {
        for length in 1..=end.min(16) {
            let begin = end - length;
            let opening = framed && begin == 0;
            let closing = framed && end == bars;
            let limit = if bars < 24 { 2 } else { 4 };
            let cost = match (opening, closing) {
                (true, _) => {
                    if length == limit {
                        0.0
                    } else {
                        0.6 + (length as f64 - limit as f64).abs() * 0.5
                    }
                }
                (_, true) => {
                    if (2..=5).contains(&length) {
                        0.1 * (length as f64 - 4.0).abs()
                    } else {
                        2.5
                    }
                }
                _ => awkwardness(length, bars < 20),
            };
            let reward = if begin > 0 { borders[begin] * 1.6 } else { 0.0 };
            let total = best[begin].0 + cost + 0.25 - reward;
            if total < best[end].0 {
                best[end] = (total, length);
            }
        }
    }
    let mut lengths = Vec::new();
    let mut end = bars;
    while end > 0 {
        let length = best[end].1.max(1);
        lengths.push(length);
        end -= length;
    }
    lengths.reverse();
    lengths
}

fn set_kinds(sections: &mut [CueSection], movements: usize, looping: bool, summit: Option<usize>) {
    let count = sections.len();
    let framed = count >= 3 && !looping;
    let body = if framed { 1..count - 1 } else { 0..count };
    if framed {
        sections[0].kind = SectionKind::Intro;
        sections[count - 1].kind = SectionKind::Outro;
    }
    let wished = summit.and_then(|bar| sections.iter().position(|section| section.first_bar == bar));
    if let Some(index) = wished {
        raise(sections, index);
        // Also the first or the last section: then the piece does without its intro or outro.
        sections[index].kind = SectionKind::Climax;
    }
    let highest = || body.clone().max_by(|a, b| sections[*a].energy.total_cmp(&sections[*b].energy));
    let peak = wished.or_else(highest);
    let mut heard = vec![0usize; FAMILY * movements];
    for (index, place) in Place::all(count, movements).enumerate().filter(|(index, _)| body.contains(index)) {
        let climax = Some(index) == peak && count >= 3;
        // A B A' C A'' B' ...: the first theme returns between the others, and the peak belongs to that of the piece.
        // A later movement remembers it where the first had its third.
        let begun = usize::from(framed && place.movement == 0);
        let own = FAMILY * place.movement;
        let turn = place.index.saturating_sub(begun) % 4;
        let theme = match turn {
            _ if climax => 0,
            3 if place.movement > 0 => 0,
            _ => own + [0, 1, 0, 2][turn],
        };
        let section = &mut sections[index];
        section.theme = theme;
        section.variation = heard[theme];
        heard[theme] += 1;
        section.kind = match theme % FAMILY {
            _ if climax => SectionKind::Climax,
            0 => SectionKind::Statement,
            _ => SectionKind::Contrast,
        };
    }
    if framed {
        sections[count - 1].variation = heard[0];
    }
}

/// Makes a section the summit: nothing is higher, and what leads there holds back.
fn raise(sections: &mut [CueSection], summit: usize) {
    for (index, section) in sections.iter_mut().enumerate() {
        let most = if index + 1 == summit { 0.55 } else { 0.75 };
        section.energy = if index == summit { 0.95 } else { section.energy.min(most) };
    }
}

/// Takes the music out where most of a section is speech or little goes on, never twice running, neither at the
/// summit nor at the end. It waits for its entry only where somebody talks first.
fn fall_silent(sections: &mut [CueSection], cue: &CueSheet) {
    let talk = |section: &CueSection| {
        let bars = section.first_bar..section.first_bar + section.bars;
        bars.map(|bar| cue.talk(bar)).sum::<f64>() / section.bars.max(1) as f64
    };
    let last = sections.len() - 1;
    let inner = sections.iter().take(last).skip(1).map(|section| section.energy);
    let quiet = inner.fold(f64::INFINITY, f64::min) + 0.1;
    rest_where(sections, |_, section| talk(section) > 0.6);
    rest_where(sections, |index, section| index > 0 && section.energy <= quiet);
}

/// Takes the music out of the sections that are given, but for the last, the summit and those beside a silent one.
fn rest_where(sections: &mut [CueSection], rests: impl Fn(usize, &CueSection) -> bool) {
    for index in 0..sections.len() - 1 {
        let beside = [index.checked_sub(1), Some(index + 1)];
        let rested = beside.into_iter().flatten().any(|near| sections[near].silent);
        let may = sections[index].kind != SectionKind::Climax && !rested;
        sections[index].silent |= may && rests(index, &sections[index]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_fill_the_bars() {
        for bars in 4..200 {
            let lengths = split(bars, &vec![0.0; bars + 1], false);
            assert_eq!(lengths.iter().sum::<usize>(), bars);
        }
    }

    #[test]
    fn twenty_bars_open_speak_and_close() {
        assert_eq!(split(20, &[0.0; 21], false), [2, 8, 8, 2]);
    }

    #[test]
    fn the_film_draws_borders() {
        let mut borders = vec![0.0; 25];
        borders[10] = 1.0;
        let lengths = split(24, &borders, false);
        let starts: Vec<usize> = lengths
            .iter()
            .scan(0, |sum, n| {
                *sum += n;
                Some(*sum)
            })
            .collect();
        assert!(starts.contains(&10), "{lengths:?}");
    }
}
