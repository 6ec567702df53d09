//! What must hold for a genre beyond the types of its fields.

mod strips;

use super::Wrong;
use crate::genre::{Genre, Groove, Layer, STEPS_PER_BAR};
use crate::part::drum;
use crate::{Finish, Pattern, Role};

fn wrong(at: impl Into<String>, fault: impl Into<String>) -> Result<(), Wrong> {
    Err(Wrong { at: at.into(), fault: fault.into() })
}

/// Checks all of it; the first fault is told.
pub(super) fn check(genre: &Genre) -> Result<(), Wrong> {
    check_numbers(genre)?;
    check_finish(&genre.finish)?;
    if genre.modes.is_empty() || genre.melody.rhythms.is_empty() || genre.layers.is_empty() {
        return wrong("", "modes, melody.rhythms and layers each need at least one entry");
    }
    check_words(genre)?;
    check_harmony(genre)?;
    check_patterns(genre)?;
    genre.grooves.iter().chain(&genre.fills).try_for_each(check_groove)?;
    genre.layers.iter().try_for_each(|layer| check_layer(genre, layer))
}

fn check_numbers(genre: &Genre) -> Result<(), Wrong> {
    let (slow, fast) = genre.tempo;
    if !(30.0..=240.0).contains(&slow) || !(slow..=240.0).contains(&fast) {
        let fault = format!("tempo: {slow} to {fast} must rise and lie within 30 to 240 beats a minute");
        return wrong("tempo=", fault);
    }
    if !(0.0..=60.0).contains(&genre.loose_ms) {
        let fault = format!("loose_ms: {} must lie within 0 (machines) to 60 milliseconds", genre.loose_ms);
        return wrong("loose_ms=", fault);
    }
    if genre.lift > 7 {
        return wrong(
            "lift=",
            format!("lift: {} must lie within 0 (the key stays) to 7 semitones", genre.lift),
        );
    }
    if !(0.5..=0.7).contains(&genre.swing) {
        return wrong("swing=", format!("swing: {} must lie within 0.5 (straight) to 0.7", genre.swing));
    }
    let shares = [genre.melody.leap, genre.melody.rest];
    if shares.iter().any(|share| !(0.0..=1.0).contains(share)) {
        return wrong("melody=", "melody: leap and rest must lie within 0 to 1");
    }
    for mood in std::iter::once(&genre.mood).chain(&genre.also) {
        if mood.valence.abs() > 1.0 || mood.arousal.abs() > 1.0 {
            return wrong("mood=", "mood and also: valence and arousal must lie within -1 to 1");
        }
    }
    Ok(())
}

fn check_words(genre: &Genre) -> Result<(), Wrong> {
    let words = genre.words.iter().chain(&genre.occasions);
    match words.into_iter().find(|word| **word != word.to_lowercase() || word.trim().is_empty()) {
        Some(word) => wrong(format!("\"{word}\""), format!("words: `{word}` must be written in lower case")),
        None => Ok(()),
    }
}

fn check_harmony(genre: &Genre) -> Result<(), Wrong> {
    for minor in genre.modes.iter().map(|choice| choice.mode.is_minor()) {
        let third = if minor { "minor" } else { "major" };
        if !genre.progressions.iter().any(|p| p.minor == minor) {
            return wrong("progressions=", format!("progressions: none is written for {third} keys"));
        }
        if !genre.cadences.iter().any(|c| c.minor == minor) {
            return wrong("cadences=", format!("cadences: none is written for {third} keys"));
        }
    }
    if let Some(odd) = genre.progressions.iter().map(|p| p.weight).find(|weight| *weight <= 0.0) {
        return wrong(format!("weight={odd}"), format!("progressions: a weight of {odd} must lie above 0"));
    }
    let home = |cadence: &crate::harmony::Cadence| {
        let last = cadence.full.0.last().and_then(|bar| bar.chords.last());
        last.is_some_and(|chord| chord.root == 0)
    };
    if !genre.cadences.iter().all(home) {
        return wrong("cadences=", "cadences: a full one must end on the chord of the key, I or i");
    }
    Ok(())
}

fn check_patterns(genre: &Genre) -> Result<(), Wrong> {
    for rhythm in &genre.melody.rhythms {
        check_pattern("melody.rhythms", rhythm, "x")?;
    }
    for line in &genre.patterns {
        let allowed = match line.role {
            Role::Bass => "R2345678ac",
            Role::Chords => "XxDdu",
            Role::Arpeggio => "123456",
            other => return wrong("", format!("patterns: the role {} takes no pattern", other.name())),
        };
        check_pattern("patterns", &line.pattern, allowed)?;
        check_energy("patterns", line.energy)?;
    }
    Ok(())
}

fn check_energy(place: &str, energy: f64) -> Result<(), Wrong> {
    if (0.0..=1.0).contains(&energy) {
        return Ok(());
    }
    wrong(format!("energy={energy}"), format!("{place}: an energy of {energy} must lie within 0 to 1"))
}

fn check_layer(genre: &Genre, layer: &Layer) -> Result<(), Wrong> {
    let role = layer.role.name();
    let here = format!("{{role=\"{role}\",instruments");
    if layer.instruments.is_empty() || !(1..=127).contains(&layer.velocity) {
        return wrong(here, format!("layers: {role} needs an instrument and a velocity of 1 to 127"));
    }
    if !(0.0..=1.0).contains(&layer.presence) {
        return wrong(here, format!("layers: the presence of {role} must lie within 0 to 1"));
    }
    check_energy("layers", layer.energy)?;
    let drums = matches!(layer.role, Role::Drums | Role::Effects);
    if let Some(stranger) = layer.instruments.iter().find(|i| i.is_drums() != drums) {
        return wrong(here, format!("layers: {} cannot play the part {role}", stranger.name()));
    }
    check_register(layer, &here)?;
    strips::check(layer, &here)?;
    let needs = matches!(layer.role, Role::Bass | Role::Chords | Role::Arpeggio);
    if needs && layer.instruments.iter().any(|i| genre.patterns_for(layer.role, Some(*i), 1.0).is_empty()) {
        return wrong("patterns=", format!("patterns: none is written for {role}"));
    }
    if layer.role == Role::Drums && genre.grooves.is_empty() {
        return wrong(here, "grooves: drums are in the line-up but have nothing to play");
    }
    Ok(())
}

fn check_register(layer: &Layer, here: &str) -> Result<(), Wrong> {
    let Some((low, high)) = layer.register else { return Ok(()) };
    let role = layer.role.name();
    if high > 108 || low < 21 {
        return wrong(here, format!("layers: the register of {role} must lie within keys 21 to 108"));
    }
    if high < low + 11 {
        return wrong(here, format!("layers: the register of {role} is narrower than an octave"));
    }
    Ok(())
}

fn check_finish(finish: &Finish) -> Result<(), Wrong> {
    let amounts = [finish.wow, finish.vinyl, finish.saturation, finish.pump, finish.glue];
    if amounts.iter().any(|amount| !(0.0..=1.0).contains(amount)) {
        return wrong("finish=", "finish: every amount must lie within 0 to 1");
    }
    if !(-6.0..=6.0).contains(&finish.width_db) {
        return wrong("finish=", format!("finish: width_db of {} must lie within -6 to 6", finish.width_db));
    }
    match finish.lowpass_hz {
        Some(hz) if !(200.0..=20_000.0).contains(&hz) => {
            wrong("finish=", format!("finish: lowpass_hz of {hz} must lie within 200 to 20000"))
        }
        _ => Ok(()),
    }
}

fn check_groove(groove: &Groove) -> Result<(), Wrong> {
    check_energy("grooves", groove.energy)?;
    for (piece, line) in &groove.lines {
        if drum::key_of(piece).is_none() {
            let names = drum::NAMES.join(", ");
            let fault = format!("grooves: `{piece}` is not a piece of the kit; there are {names}");
            return wrong(format!("{piece}=\"{line}\""), fault);
        }
        check_pattern(piece, line, "Xxg?")?;
    }
    Ok(())
}

fn check_pattern(place: &str, pattern: &Pattern, allowed: &str) -> Result<(), Wrong> {
    let here = format!("\"{pattern}\"");
    if let Some(stranger) = pattern.stranger(allowed) {
        return wrong(here, format!("{place}: `{stranger}` means nothing here; use {allowed}, `.` and `-`"));
    }
    if pattern.bars(STEPS_PER_BAR).is_none() {
        let steps = pattern.steps;
        let fault = format!("{place}: a pattern of {steps} steps does not fill bars of {STEPS_PER_BAR}");
        return wrong(here, fault);
    }
    Ok(())
}
