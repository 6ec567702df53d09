//! Who plays in a piece that is not composed yet, as far as its brief and its genre tell.

use score::{Brief, Genre, Instrument, Role};

use crate::ensemble::ENSEMBLES;

/// Whether an instrument plays in music of this brief; `None` where that is decided when it is composed.
pub(super) fn sounds(which: usize, brief: Option<&Brief>, genre: Option<&Genre>) -> Option<bool> {
    let family = ENSEMBLES[which].family();
    let among = |list: &[Instrument]| family.iter().any(|one| list.contains(one));
    if let Some(brief) = brief {
        if among(&brief.without_instruments) || family.is_empty() {
            return Some(false);
        }
        if !brief.only_instruments.is_empty() || among(&brief.with) {
            return Some(among(&brief.only_instruments) || among(&brief.with));
        }
    }
    let mut chairs = genre?.layers.iter().filter(|layer| among(&layer.instruments)).peekable();
    if chairs.peek().is_none() {
        return Some(false);
    }
    let alone = |list: &[Instrument]| list.iter().all(|one| family.contains(one));
    chairs.any(|layer| layer.presence >= 1.0 && alone(&layer.instruments)).then_some(true)
}

/// Whether a role plays in music of this brief; `None` where that is decided when it is composed.
pub(super) fn plays(role: Role, brief: Option<&Brief>, genre: Option<&Genre>) -> Option<bool> {
    let denied = |brief: &Brief| {
        brief.without.contains(&role) || !brief.only.is_empty() && !brief.only.contains(&role)
    };
    if brief.is_some_and(denied) {
        return Some(false);
    }
    let mut chairs = genre?.layers.iter().filter(|layer| layer.role == role).peekable();
    match chairs.peek() {
        None => Some(false),
        Some(_) => chairs.any(|layer| layer.presence >= 1.0).then_some(true),
    }
}
