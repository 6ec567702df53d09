//! From "another melody" to edits: a player or a section is written again, all else stays note for note.

use score::{Brief, CueSheet, Genre, Role, Take, Taken};
use sound::Span;
use timeline::{Bed, Edit, Music};

use super::way::Way;
use super::{Ground, chosen, place};
use crate::ensemble::ENSEMBLES;
use crate::remark::{Player, Problem, Remark};
use crate::wishes::{Point, RetakeWish, Wishes};

/// What is to be written again: what was named, or all players but those that are kept from it.
fn wished(wishes: &Wishes) -> Vec<RetakeWish> {
    if !wishes.locks.others || !wishes.retakes.is_empty() {
        return wishes.retakes.clone();
    }
    let others = Role::ALL.into_iter().filter(|role| !wishes.locks.kept.contains(role));
    others.map(RetakeWish::Role).collect()
}

/// Rewrites parts of the music there was before.
pub(super) fn go(
    way: &mut Way,
    wishes: &Wishes,
    ground: Ground<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<(), Problem> {
    let wished = wished(wishes);
    if wished.is_empty() {
        return Ok(());
    }
    if ground.timeline.beds.is_empty() {
        remarks.extend((way.state.beds.is_empty()).then_some(Remark::NoMusicYet));
        return Ok(());
    }
    let chosen = chosen(wishes.which, ground.timeline)?;
    if chosen.len() > 1 && wishes.which.is_none() {
        return Err(Problem::WhichPiece);
    }
    for bed in way.state.beds.clone().iter().filter(|bed| chosen.contains(&bed.id)) {
        let Music::Composed(brief) = &bed.music else {
            remarks.push(Remark::OwnRecording);
            continue;
        };
        // Of a list that nobody told, those who do not play are passed over in silence.
        let told = !wishes.retakes.is_empty();
        let mut takes: Vec<Taken> = Vec::new();
        for wish in &wished {
            takes.extend(taken(wish, bed, brief, ground, told.then_some(&mut *remarks))?);
        }
        takes.dedup();
        let rewritten = sections(&takes, bed, brief, ground);
        remarks.extend((!rewritten.is_empty()).then_some(Remark::Rewritten(rewritten)));
        let seed = |of: Taken| {
            let old = brief.takes.iter().find(|take| take.of == of).map_or(brief.seed, |take| take.seed);
            if old == ground.seed { ground.seed.wrapping_add(1) } else { ground.seed }
        };
        let take = |of: &Taken| Edit::Retake { bed: bed.id, take: Take { of: *of, seed: seed(*of) } };
        way.take_all(takes.iter().map(take))?;
    }
    Ok(())
}

/// What of a bed is meant.
fn taken(
    wish: &RetakeWish,
    bed: &Bed,
    brief: &Brief,
    ground: Ground<'_>,
    remarks: Option<&mut Vec<Remark>>,
) -> Result<Vec<Taken>, Problem> {
    let Some((genre, cue)) = spotted(bed, brief, ground) else { return Ok(Vec::new()) };
    let missing = |remark: Remark| {
        if let Some(remarks) = remarks {
            remarks.push(remark);
        }
        Ok(Vec::new())
    };
    match wish {
        RetakeWish::Role(role) if plays(genre, brief, *role) => Ok(vec![Taken::Role(*role)]),
        RetakeWish::Role(role) => missing(Remark::NotPlaying(Player::Role(*role))),
        RetakeWish::Instrument(which) => {
            let ensemble = &ENSEMBLES[*which];
            let family = ensemble.family();
            let layer =
                genre.layers.iter().find(|layer| layer.instruments.iter().any(|one| family.contains(one)));
            match layer {
                Some(layer) => Ok(vec![Taken::Role(layer.role)]),
                None => missing(Remark::NotPlaying(Player::Instrument(ensemble.name))),
            }
        }
        RetakeWish::Section(kind) => {
            let found = cue.sections.iter().position(|section| section.kind == *kind);
            match found {
                Some(index) => Ok(vec![Taken::Section(index)]),
                None => missing(Remark::NoSection(*kind, on_film(&cue, bed))),
            }
        }
        RetakeWish::Near(point) => {
            let last = cue.sections.len().saturating_sub(1);
            Ok(vec![Taken::Section(match point {
                Point::End => last,
                Point::Middle => last / 2,
                _ => 0,
            })])
        }
        RetakeWish::Place(wanted) => {
            let film = place::resolve(*wanted, ground.timeline.length())?;
            Ok(lying(&on_film(&cue, bed), film).into_iter().map(Taken::Section).collect())
        }
    }
}

fn plays(genre: &Genre, brief: &Brief, role: Role) -> bool {
    let seated = genre.layers.iter().any(|layer| layer.role == role);
    seated && !brief.without.contains(&role) && (brief.only.is_empty() || brief.only.contains(&role))
}

/// The sections of which at least half lies in a stretch, else the one that has most of it.
fn lying(sections: &[Span], stretch: Span) -> Vec<usize> {
    let share = |section: &Span| section.overlap(stretch).length();
    let mostly = |index: &usize| share(&sections[*index]) * 2 >= sections[*index].length();
    let found: Vec<usize> = (0..sections.len()).filter(mostly).collect();
    if !found.is_empty() {
        return found;
    }
    (0..sections.len()).max_by_key(|index| share(&sections[*index])).into_iter().collect()
}

/// The form of the music there is.
fn spotted<'a>(bed: &Bed, brief: &Brief, ground: Ground<'a>) -> Option<(&'a Genre, CueSheet)> {
    let (genre, mood) = score::choose(brief, ground.profile, ground.library)?;
    Some((genre, score::spot(brief, genre, mood, ground.profile, bed.span)))
}

/// The sections of music on the film's clock.
fn on_film(cue: &CueSheet, bed: &Bed) -> Vec<Span> {
    let start = bed.span.start;
    let spans = cue.sections.iter().map(|section| cue.section_span(section));
    spans.map(|span| Span::new(start + span.start, start + span.end)).collect()
}

/// Where the sections lie that are written again.
fn sections(takes: &[Taken], bed: &Bed, brief: &Brief, ground: Ground<'_>) -> Vec<Span> {
    let Some((_, cue)) = spotted(bed, brief, ground) else { return Vec::new() };
    let spans = on_film(&cue, bed);
    let taken = takes.iter().filter_map(|taken| match taken {
        Taken::Section(index) => spans.get(*index).copied(),
        Taken::Role(_) => None,
    });
    taken.collect()
}
