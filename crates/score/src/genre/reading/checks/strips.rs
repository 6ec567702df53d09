//! What must hold for the strip of a layer.

use super::{Wrong, wrong};
use crate::Eq;
use crate::genre::Layer;

/// Checks a strip; `here` finds its layer in the file.
pub(super) fn check(layer: &Layer, here: &str) -> Result<(), Wrong> {
    let strip = layer.strip;
    let sends = [strip.reverb, strip.echo, strip.chorus];
    let place = (-60.0..=12.0).contains(&strip.level.0)
        && (-1.0..=1.0).contains(&strip.pan)
        && sends.iter().all(|send| (0.0..=1.0).contains(send));
    let role = layer.role.name();
    if !place {
        let needs = "needs a level of -60 to 12, a pan of -1 to 1, reverb, echo and chorus of 0 to 1";
        return wrong(here, format!("layers: the strip of {role} {needs}"));
    }
    if let Some(bits) = strip.bits.filter(|bits| !(4..=16).contains(bits)) {
        return wrong(here, format!("layers: the strip of {role} needs bits of 4 to 16, not {bits}"));
    }
    check_eq(strip.eq).or_else(|fault| wrong(here, format!("layers: the eq of {role} {fault}")))
}

fn check_eq(eq: Eq) -> Result<(), String> {
    match eq.low_cut_hz {
        Some(hz) if hz != 0.0 && !(20.0..=400.0).contains(&hz) => {
            return Err(format!("needs a low_cut_hz of 20 to 400, or 0 for none, not {hz}"));
        }
        _ => {}
    }
    let gains = [("body_db", eq.body_db), ("air_db", eq.air_db)];
    for (name, db) in gains {
        if let Some(db) = db.filter(|db| !(-12.0..=12.0).contains(db)) {
            return Err(format!("needs a {name} of -12 to 12, not {db}"));
        }
    }
    Ok(())
}
