//! Fades from black and to black, read from how light and how rich in contrast the picture is.

use sound::{Span, TICKS_PER_SECOND, Time};

/// The longest fade, and the shortest that is no cut.
const LONGEST: Time = Time::from_ticks(TICKS_PER_SECOND * 4);
const SHORTEST: Time = Time::from_ticks(TICKS_PER_SECOND * 15 / 100);
/// Above this level a picture is no longer black; levels as in [`Level`].
const BLACK: f32 = 0.02;
/// A picture that has come out of the black is at least so light.
const SEEN: f32 = 0.05;
/// No step of a fade is larger than this share of it: else the picture is cut.
const STEP: f32 = 0.34;
/// A fade ends where its level stops to change: within a quarter of its length, but at least so long, by less than
/// this share.
const REST: f32 = 0.11;
const WAIT: Time = Time::from_ticks(TICKS_PER_SECOND / 5);
/// It may fall back by this share on its way.
const BACK: f32 = 0.08;
/// Two fades with less black between them are one.
const THROUGH: Time = Time::from_ticks(TICKS_PER_SECOND / 2);

/// How much there is to see in a picture: brightness and contrast together, 0 (black) to about 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Level {
    pub(crate) at: Time,
    pub(crate) level: f32,
}

/// A stretch over which the picture comes out of the black, goes into it, or both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fade {
    pub(crate) span: Span,
    /// Its middle; the middle of the black where it goes through black.
    pub(crate) at: Time,
    /// How much there is to see at its light end, or the lighter one.
    pub(crate) level: f32,
}

/// The fades in a row of levels, in order.
pub(crate) fn fades(levels: &[Level]) -> Vec<Fade> {
    let mut fades: Vec<Fade> = Vec::new();
    let mut index = 0;
    while index < levels.len() {
        if levels[index].level > BLACK {
            index += 1;
            continue;
        }
        let black = index;
        while index < levels.len() && levels[index].level <= BLACK {
            index += 1;
        }
        let into = ramp(levels[..=black].iter().rev());
        let out = ramp(levels[index - 1..].iter());
        add(&mut fades, into, out);
    }
    fades
}

fn add(fades: &mut Vec<Fade>, into: Option<Ramp>, out: Option<Ramp>) {
    let alone = |ramp: Ramp| Fade {
        span: Span::new(ramp.black.min(ramp.light), ramp.black.max(ramp.light)),
        at: (ramp.black + ramp.light) / 2,
        level: ramp.level,
    };
    match (into, out) {
        (Some(into), Some(out)) if out.black - into.black < THROUGH => fades.push(Fade {
            span: Span::new(into.light, out.light),
            at: (into.black + out.black) / 2,
            level: into.level.max(out.level),
        }),
        (into, out) => fades.extend(into.into_iter().chain(out).map(alone)),
    }
}

/// The way between black and a picture.
struct Ramp {
    black: Time,
    light: Time,
    level: f32,
}

/// Follows the levels from a black picture to where they rest; `None` where the picture is cut or stays dark.
fn ramp<'a>(levels: impl Iterator<Item = &'a Level>) -> Option<Ramp> {
    let mut path: Vec<Level> = Vec::new();
    for level in levels {
        if path.first().is_some_and(|first| level.at.distance(first.at) > LONGEST * 5 / 4) {
            break;
        }
        path.push(*level);
    }
    let start = path.first()?.at;
    let end = (1..path.len()).find(|end| rests(&path, *end))?;
    let (light, level) = (path[end].at, path[end].level);
    let length = light.distance(start);
    let fades = path[..=end].windows(2).all(|pair| {
        let step = pair[1].level - pair[0].level;
        step < STEP * level && step > -BACK * level
    });
    let fits = (SHORTEST..=LONGEST).contains(&length) && level > SEEN;
    (fits && fades).then_some(Ramp { black: start, light, level })
}

/// Whether the level has arrived at `end`: it changes little for a quarter of the time that the way there took.
fn rests(path: &[Level], end: usize) -> bool {
    let here = path[end];
    if here.level < SEEN {
        return false;
    }
    let wait = here.at.distance(path[0].at) / 4;
    let later = path[end..].iter().take_while(|level| level.at.distance(here.at) <= wait.max(WAIT));
    later.clone().count() > 1 && later.into_iter().all(|level| level.level < here.level * (1.0 + REST))
}
