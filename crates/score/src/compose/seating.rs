//! Seating: who takes which chair of the line-up.

use super::{Plan, underscore};
use crate::chance::Chance;
use crate::genre::Layer;
use crate::{Brief, Family, Instrument, Role, Strip};

/// A chair of the line-up with the instrument the seed put there.
#[derive(Clone, Copy)]
pub(super) struct Chair<'a> {
    pub(super) layer: &'a Layer,
    pub(super) instrument: Instrument,
    /// How many chairs of the same role stand before it.
    pub(super) desk: usize,
}

/// Seats the players: one instrument for each chair that nobody asked to leave empty. Who sings the tune is seated
/// first; nobody takes an instrument that is taken while there are others.
pub(super) fn chairs<'a>(plan: &Plan<'a>, brief: &Brief) -> Vec<Chair<'a>> {
    let mut chance = Chance::new(plan.manner, "line-up");
    let layers = &plan.genre.layers;
    // Who lies under the talk never stays away.
    let talk = plan.underscore.contains(&true);
    let needed = |layer: &Layer| talk && underscore::is_bed(plan.genre, layer);
    let draws: Vec<(f64, bool)> =
        layers.iter().map(|layer| (chance.unit(), chance.happens(layer.presence) || needed(layer))).collect();
    let mut order: Vec<usize> = (0..layers.len()).collect();
    order.sort_by_key(|place| layers[*place].role != Role::Melody);
    let mut seated: Vec<Option<Instrument>> = vec![None; layers.len()];
    for place in order {
        // A console has several voices of a kind.
        let taken: Vec<Instrument> =
            seated.iter().flatten().filter(|taken| taken.family() != Family::Chip).copied().collect();
        seated[place] = seat(&layers[place], brief, draws[place], &taken);
    }
    let mut chairs: Vec<Chair> = Vec::with_capacity(layers.len());
    for (layer, instrument) in layers.iter().zip(seated) {
        let desk = chairs.iter().filter(|chair| chair.layer.role == layer.role).count();
        chairs.extend(instrument.map(|instrument| Chair { layer, instrument, desk }));
    }
    chairs
}

/// Who takes a chair; nobody where the brief leaves no one to take it.
fn seat(
    layer: &Layer,
    brief: &Brief,
    (drawn, present): (f64, bool),
    taken: &[Instrument],
) -> Option<Instrument> {
    let wished = brief.only.contains(&layer.role) || layer.instruments.iter().any(|i| brief.with.contains(i));
    if !present && !wished {
        return None;
    }
    if brief.without.contains(&layer.role) || !(brief.only.is_empty() || brief.only.contains(&layer.role)) {
        return None;
    }
    let may = |instrument: &&Instrument| {
        !brief.without_instruments.contains(instrument)
            && (brief.only_instruments.is_empty() || brief.only_instruments.contains(instrument))
    };
    let able: Vec<Instrument> = layer.instruments.iter().filter(may).copied().collect();
    let wished = preferring(able, |instrument| brief.with.contains(instrument));
    let choices = preferring(wished, |instrument| !taken.contains(instrument));
    choices.get((drawn * choices.len() as f64) as usize).copied()
}

/// Those who are liked, if anybody is; else all.
fn preferring(all: Vec<Instrument>, liked: impl Fn(&Instrument) -> bool) -> Vec<Instrument> {
    if all.iter().any(&liked) { all.into_iter().filter(liked).collect() } else { all }
}

/// Where a player sits; a real console has one loudspeaker and no echo but what its channels play.
pub(super) fn strip(chair: &Chair, authentic: bool) -> Strip {
    if authentic { Strip { level: chair.layer.strip.level, ..Strip::default() } } else { chair.layer.strip }
}
