//! Whether a timeline only cuts one film: then most of its picture can stay as it is.

use sound::Time;
use timeline::Fades;

use super::{Bench, Material};
use crate::film::Film;
use crate::grid::Grid;
use crate::splice::Run;

/// So far a frame may be moved on its way to the grid's moment, beyond the half of a frame by which a cut may lie beside
/// one: time stamps of a millisecond, and rates that were measured by them.
const MOVED: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 500);

/// The film and its frames, run by run; `None` where more is done to it than to cut it.
pub(super) fn runs<'a>(bench: &Bench<'a>, grid: Grid) -> Option<(&'a Film, Vec<Run>)> {
    let clips = &bench.timeline.clips;
    let source = clips.first()?.source;
    let Material::Film(film) = bench.material.get(&source)? else { return None };
    let plain = clips
        .iter()
        .all(|clip| clip.source == source && clip.speed_pct == 100 && clip.crossfade == Time::ZERO);
    let picture = &film.probe.picture;
    let size = bench.size();
    let whole = (size.width, size.height) == (picture.width, picture.height);
    let copied = picture.codec == "h264" && film.stream.timed && !picture.variable_rate;
    if !plain || !whole || !copied || bench.timeline.fades != Fades::default() {
        return None;
    }
    let mut runs = Vec::new();
    for placed in bench.timeline.placed() {
        let (at, end) = (grid.frame(placed.span.start), grid.frame(placed.span.end));
        let from = placed.source_time(grid.time(at));
        let first = nearest(film, from);
        // The last clip may end a frame early, as the film that it is of does.
        let last = placed.span.end == bench.timeline.length();
        let count = (end - at) as usize;
        let left = film.packets.len() - first;
        let count = if last && count == left + 1 { left } else { count };
        let fits = count > 0 && count <= left;
        let moved = |place: usize| {
            let wanted = placed.source_time(grid.time(at + (place - first) as i64));
            film.packets[place].at.distance(wanted) > picture.frame_length() / 2 + MOVED
        };
        if !fits || (first..first + count).any(moved) {
            return None;
        }
        runs.push(Run { frames: first..first + count, at: at as usize });
    }
    Some((film, runs))
}

/// The frame whose moment is nearest.
fn nearest(film: &Film, at: Time) -> usize {
    let after = film.packets.partition_point(|packet| packet.at < at);
    let near = [after.saturating_sub(1), after.min(film.packets.len().saturating_sub(1))];
    near.into_iter().min_by_key(|place| film.packets[*place].at.distance(at)).unwrap_or(0)
}
