//! Reads a genre file and checks what its types cannot.

use super::{Genre, GenreError, Groove, STEPS_PER_BAR};
use crate::part::drum;
use crate::{Finish, Pattern, Role};

/// Reads a genre.
///
/// # Errors
/// The file, what is wrong with it, and in which line where it does not even parse.
pub(super) fn read(id: &str, text: &str) -> Result<Genre, GenreError> {
    let file = format!("{id}.toml");
    let mut genre: Genre = match toml::from_str(text) {
        Ok(genre) => genre,
        Err(fault) => {
            let line =
                fault.span().map(|span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
            // Some messages go on in a second line.
            let fault = fault.message().lines().collect::<Vec<_>>().join("; ");
            return Err(GenreError { file, line, fault });
        }
    };
    genre.id = id.to_owned();
    check(&genre).map_err(|fault| GenreError { file, line: None, fault })?;
    Ok(genre)
}

fn check(genre: &Genre) -> Result<(), String> {
    check_numbers(genre)?;
    check_finish(&genre.finish)?;
    if genre.modes.is_empty() || genre.melody.rhythms.is_empty() || genre.layers.is_empty() {
        return Err("modes, melody.rhythms and layers each need at least one entry".to_owned());
    }
    check_harmony(genre)?;
    check_patterns(genre)?;
    genre.grooves.iter().chain(&genre.fills).try_for_each(check_groove)?;
    genre.layers.iter().try_for_each(|layer| check_layer(genre, layer))
}

fn check_numbers(genre: &Genre) -> Result<(), String> {
    let (slow, fast) = genre.tempo;
    if !(30.0..=240.0).contains(&slow) || !(slow..=240.0).contains(&fast) {
        return Err(format!("tempo: {slow} to {fast} must rise and lie within 30 to 240 beats a minute"));
    }
    if !(0.0..=60.0).contains(&genre.loose_ms) {
        return Err(format!("loose_ms: {} must lie within 0 (machines) to 60 milliseconds", genre.loose_ms));
    }
    if genre.lift > 7 {
        return Err(format!("lift: {} must lie within 0 (the key stays) to 7 semitones", genre.lift));
    }
    if !(0.5..=0.7).contains(&genre.swing) {
        return Err(format!("swing: {} must lie within 0.5 (straight) to 0.7", genre.swing));
    }
    let shares = [genre.melody.leap, genre.melody.rest];
    if shares.iter().any(|share| !(0.0..=1.0).contains(share)) {
        return Err("melody: leap and rest must lie within 0 to 1".to_owned());
    }
    Ok(())
}

fn check_harmony(genre: &Genre) -> Result<(), String> {
    for minor in genre.modes.iter().map(|choice| choice.mode.is_minor()) {
        let third = if minor { "minor" } else { "major" };
        if !genre.progressions.iter().any(|p| p.minor == minor) {
            return Err(format!("progressions: none is written for {third} keys"));
        }
        if !genre.cadences.iter().any(|c| c.minor == minor) {
            return Err(format!("cadences: none is written for {third} keys"));
        }
    }
    Ok(())
}

fn check_patterns(genre: &Genre) -> Result<(), String> {
    for rhythm in &genre.melody.rhythms {
        check_pattern("melody.rhythms", rhythm, "x")?;
    }
    for line in &genre.patterns {
        let allowed = match line.role {
            Role::Bass => "R2345678ac",
            Role::Chords => "XxDdu",
            Role::Arpeggio => "123456",
            other => return Err(format!("patterns: the role {} takes no pattern", other.name())),
        };
        check_pattern("patterns", &line.pattern, allowed)?;
    }
    Ok(())
}

fn check_layer(genre: &Genre, layer: &super::Layer) -> Result<(), String> {
    if layer.instruments.is_empty() || !(1..=127).contains(&layer.velocity) {
        return Err(format!("layers: {} needs an instrument and a velocity of 1 to 127", layer.role.name()));
    }
    if !(0.0..=1.0).contains(&layer.presence) {
        return Err(format!("layers: the presence of {} must lie within 0 to 1", layer.role.name()));
    }
    let drums = matches!(layer.role, Role::Drums | Role::Effects);
    if let Some(wrong) = layer.instruments.iter().find(|i| i.is_drums() != drums) {
        return Err(format!("layers: {} cannot play the part {}", wrong.name(), layer.role.name()));
    }
    check_register(layer)?;
    check_strip(layer)?;
    let needs = matches!(layer.role, Role::Bass | Role::Chords | Role::Arpeggio);
    if needs && layer.instruments.iter().any(|i| genre.patterns_for(layer.role, Some(*i), 1.0).is_empty()) {
        return Err(format!("patterns: none is written for {}", layer.role.name()));
    }
    if layer.role == Role::Drums && genre.grooves.is_empty() {
        return Err("grooves: drums are in the line-up but have nothing to play".to_owned());
    }
    Ok(())
}

fn check_register(layer: &super::Layer) -> Result<(), String> {
    let Some((low, high)) = layer.register else { return Ok(()) };
    if high > 108 || low < 21 {
        return Err(format!("layers: the register of {} must lie within keys 21 to 108", layer.role.name()));
    }
    if high < low + 11 {
        return Err(format!("layers: the register of {} is narrower than an octave", layer.role.name()));
    }
    Ok(())
}

fn check_strip(layer: &super::Layer) -> Result<(), String> {
    let strip = layer.strip;
    let sends = [strip.reverb, strip.echo];
    let sound = (-60.0..=12.0).contains(&strip.level.0)
        && (-1.0..=1.0).contains(&strip.pan)
        && sends.iter().all(|send| (0.0..=1.0).contains(send));
    if sound {
        Ok(())
    } else {
        let role = layer.role.name();
        Err(format!(
            "layers: the strip of {role} needs a level of -60 to 12, a pan of -1 to 1, sends of 0 to 1"
        ))
    }
}

fn check_finish(finish: &Finish) -> Result<(), String> {
    let amounts = [finish.wow, finish.vinyl, finish.saturation, finish.pump, finish.glue];
    if amounts.iter().any(|amount| !(0.0..=1.0).contains(amount)) {
        return Err("finish: every amount must lie within 0 to 1".to_owned());
    }
    match finish.lowpass_hz {
        Some(hz) if !(200.0..=20_000.0).contains(&hz) => {
            Err(format!("finish: lowpass_hz of {hz} must lie within 200 to 20000"))
        }
        _ => Ok(()),
    }
}

fn check_groove(groove: &Groove) -> Result<(), String> {
    for (piece, line) in &groove.lines {
        if drum::key_of(piece).is_none() {
            return Err(format!(
                "grooves: `{piece}` is not a piece of the kit; there are {}",
                drum::NAMES.join(", ")
            ));
        }
        check_pattern(piece, line, "Xxg?")?;
    }
    Ok(())
}

fn check_pattern(place: &str, pattern: &Pattern, allowed: &str) -> Result<(), String> {
    if let Some(stranger) = pattern.stranger(allowed) {
        return Err(format!("{place}: `{stranger}` means nothing here; use {allowed}, `.` and `-`"));
    }
    if pattern.bars(STEPS_PER_BAR).is_none() {
        return Err(format!(
            "{place}: a pattern of {} steps does not fill bars of {STEPS_PER_BAR}",
            pattern.steps
        ));
    }
    Ok(())
}
