//! What differs between the pictures of two states.

use super::super::figure::clock;
use sound::Time;
use timeline::{Canvas, Clip, Fades, Fit, Timeline};

/// A difference of the picture or of the film's own sound; clips by their number from 1, `None` is all of them.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Shot {
    /// How long the film is, how long it was, and how many clips it has where it is not one.
    Length {
        now: Time,
        was: Time,
        clips: usize,
    },
    /// The names of the clips, in their new order.
    Order(Vec<String>),
    /// How many clips there are, where the film is as long as it was.
    Count(usize),
    Speed(Option<usize>, u32),
    Level(Option<usize>, f64),
    Muted(Option<usize>, bool),
    Crossfade(Option<usize>, Time),
    Framed(Option<usize>, Option<Fit>),
    Shaped(Canvas),
    Faded(Fades),
}

/// Every difference of the picture.
pub(super) fn shots(before: &Timeline, after: &Timeline) -> Vec<Shot> {
    let mut said = Vec::new();
    let (was, now, clips) = (before.length(), after.length(), after.clips.len());
    if was != now {
        said.push(Shot::Length { now, was, clips });
    } else if clips != before.clips.len() {
        said.push(Shot::Count(clips));
    }
    if order(before, after) != order(after, before) {
        said.push(Shot::Order(names(after)));
    }
    let pair = (before, after);
    said.extend(each(pair, |clip| clip.speed_pct).into_iter().map(|(n, percent)| Shot::Speed(n, percent)));
    said.extend(each(pair, |clip| clip.muted).into_iter().map(|(n, muted)| Shot::Muted(n, muted)));
    said.extend(each(pair, |clip| clip.level_pct).into_iter().map(|(n, percent)| Shot::Level(n, percent)));
    said.extend(crossfades(before, after));
    said.extend(each(pair, |clip| clip.fit).into_iter().map(|(n, fit)| Shot::Framed(n, fit)));
    said.extend((before.canvas != after.canvas).then_some(Shot::Shaped(after.canvas)));
    said.extend((before.fades != after.fades).then_some(Shot::Faded(after.fades)));
    said
}

/// The numbers of those clips of a state that the other has, too, in its order.
fn order(state: &Timeline, other: &Timeline) -> Vec<u32> {
    state.clips.iter().map(|clip| clip.id).filter(|id| other.clip(*id).is_some()).collect()
}

/// What the clips are called, with what is shown of them where that alone tells them apart.
fn names(state: &Timeline) -> Vec<String> {
    let name = |clip: &Clip| state.source(clip.source).map(|source| source.name.clone()).unwrap_or_default();
    let alone = |clip: &Clip| state.clips.iter().filter(|other| other.source == clip.source).count() == 1;
    let told = |clip: &Clip| match alone(clip) {
        true => name(clip),
        false => format!("{} ({}-{})", name(clip), clock(clip.span.start), clock(clip.span.end)),
    };
    state.clips.iter().map(told).collect()
}

/// What a clip was before: itself, or the clip it was split from.
fn origin<'a>(before: &'a Timeline, clip: &Clip) -> Option<&'a Clip> {
    let held = |old: &&Clip| old.source == clip.source && old.span.overlap(clip.span) == clip.span;
    before.clip(clip.id).or_else(|| before.clips.iter().find(held))
}

/// The clips of which something changed, with what it is now; once, where all are alike.
fn each<T: PartialEq + Copy>(
    (before, after): (&Timeline, &Timeline),
    of: impl Fn(&Clip) -> T,
) -> Vec<(Option<usize>, T)> {
    let changed = |clip: &Clip| origin(before, clip).is_some_and(|old| of(old) != of(clip));
    let found: Vec<(Option<usize>, T)> = after
        .clips
        .iter()
        .enumerate()
        .filter(|(_, clip)| changed(clip))
        .map(|(place, clip)| (Some(place + 1), of(clip)))
        .collect();
    let alike = after.clips.windows(2).all(|pair| of(&pair[0]) == of(&pair[1]));
    match found.first() {
        Some((_, value)) if alike => vec![(None, *value)],
        _ => found,
    }
}

/// Crossfades that are new, longer or gone; the first clip never has one.
fn crossfades(before: &Timeline, after: &Timeline) -> Vec<Shot> {
    let found = each((before, after), |clip| clip.crossfade);
    let behind = after.clips.get(1..).unwrap_or_default();
    let alike = behind.windows(2).all(|pair| pair[0].crossfade == pair[1].crossfade);
    match found.first() {
        Some((_, length)) if alike && behind.len() > 1 && found.len() == behind.len() => {
            vec![Shot::Crossfade(None, *length)]
        }
        _ => found.into_iter().map(|(n, length)| Shot::Crossfade(n, length)).collect(),
    }
}
