//! A layer of a chunk: one clip, brought onto the grid of frames and onto the canvas.

use sound::Time;
use timeline::{Fit, Placed, Size};

use super::chunk::Chunk;
use super::{Bench, Material, fit};
use crate::MediaError;
use crate::colour::{to_bt709, whole_frames};
use crate::entry::{entry_before, keyframes};
use crate::film::Film;
use crate::grid::Grid;
use crate::photo::Photo;

/// How much a photo grows while it is shown.
const ZOOM: f64 = 0.08;

/// Arguments before a film that is wanted from a moment on.
pub(super) fn seek(film: &Film, from: Time) -> Vec<String> {
    let Some(keyframe) = entry_before(film, shown_at(film, from)) else { return Vec::new() };
    let seek = ["-seek_timestamp", "1", "-noaccurate_seek", "-ss"].map(str::to_owned);
    seek.into_iter().chain([film.clock.absolute(keyframe)]).collect()
}

/// The frames of the grid from which a clip can be shown with the least decoding of what comes before in its film, in
/// order: where groups of pictures begin. None where the container does not say when they are shown.
pub(super) fn joints(film: &Film, placed: &Placed, grid: Grid) -> Vec<i64> {
    if !film.stream.timed {
        return Vec::new();
    }
    let joint = |keyframe| {
        let frame = grid.frame(placed.film_time(film.clock.time(keyframe)));
        let early = film.clock.stamp(placed.source_time(grid.time(frame))) < keyframe;
        frame + i64::from(early)
    };
    keyframes(&film.stored).into_iter().map(joint).collect()
}

/// The stamp of the frame that is shown at a moment.
fn shown_at(film: &Film, at: Time) -> i64 {
    let stamp = film.clock.stamp(at);
    let stamps = film.stored.iter().filter(|packet| !packet.hidden).filter_map(|packet| packet.pts);
    stamps.filter(|pts| *pts <= stamp).max().unwrap_or(film.clock.start)
}

/// The filters of a chunk's layer, from its input on: exactly the chunk's frames, of the canvas's size.
///
/// # Errors
/// [`MediaError::RenderFailed`] when its source is missing.
pub(super) fn filters(
    bench: &Bench<'_>,
    grid: Grid,
    chunk: &Chunk,
    placed: &Placed,
    input: usize,
    place: usize,
) -> Result<String, MediaError> {
    let canvas = bench.size();
    let way = placed.clip.fit.unwrap_or(bench.timeline.canvas.fit);
    let anchor = placed.clip.anchor.unwrap_or(bench.timeline.canvas.anchor);
    let steps = match bench.material(placed)? {
        Material::Film(film) => {
            let focus = bench.focus.get(&placed.clip.source);
            let [from, until] =
                [chunk.first, chunk.first + chunk.frames].map(|frame| placed.source_time(grid.time(frame)));
            let centre = fit::centre(anchor, focus, placed.clip, from.seconds(), until.seconds());
            format!(
                "{},{}",
                moving(film, placed, grid, chunk, from),
                fit::filters(way, canvas, &centre, &to_bt709(film).join(","), input)
            )
        }
        Material::Photo(photo) => {
            let centre = fit::centre(anchor, None, placed.clip, 0.0, 0.0);
            let way = placed.clip.fit.unwrap_or_else(|| stay_whole(way, photo, canvas));
            let filled = fit::filters(way, canvas, &centre, "null", input);
            format!("{},{filled},{}", still(photo), zoom(placed, grid, chunk, place))
        }
    };
    let stream = match bench.material(placed)? {
        Material::Film(film) => film.probe.picture.stream,
        Material::Photo(_) => 0,
    };
    Ok(format!("[{input}:{stream}]{steps},format=yuv420p"))
}

/// A photo that would lose more than a third of itself is shown whole.
fn stay_whole(fit: Fit, photo: &Photo, canvas: Size) -> Fit {
    let shape = |size: Size| f64::from(size.width) / f64::from(size.height.max(1));
    let kept = (shape(photo.size()) / shape(canvas)).min(shape(canvas) / shape(photo.size()));
    if fit == Fit::Crop && kept < 2.0 / 3.0 { Fit::Blur } else { fit }
}

/// The frames of a film at the grid's moments.
fn moving(film: &Film, placed: &Placed, grid: Grid, chunk: &Chunk, from: Time) -> String {
    let (first, start) = (shown_at(film, from), film.clock.stamp(from));
    let speed = placed.clip.speed_pct;
    let mut filters = whole_frames(film);
    filters.extend([
        format!("trim=start_pts={first},setpts=(PTS-({start}))*100/{speed}"),
        grid.filters(chunk.frames),
    ]);
    filters.join(",")
}

/// One upright frame of a photo. Its colours are converted first: a palette would not survive another size.
fn still(photo: &Photo) -> String {
    let upright: String = photo.turn.filters().map(|filter| format!("{filter},")).collect();
    format!("{upright}scale=out_color_matrix=bt709:out_range=tv:flags=bicubic,format=yuv420p")
}

/// A slow zoom, in on one photo and out on the next.
///
/// `perspective` places its corners between pixels, so the picture does not tremble as it does with `zoompan`.
fn zoom(placed: &Placed, grid: Grid, chunk: &Chunk, place: usize) -> String {
    let (start, end) = (grid.frame(placed.span.start), grid.frame(placed.span.end));
    let (frames, into) = ((end - start).max(1), chunk.first - start);
    let done = format!("(on+{into})/{frames}");
    let share = if place.is_multiple_of(2) { done } else { format!("(1-{done})") };
    let margin = format!("0.5*(1-1/(1+{ZOOM}*{share}))");
    let (near, far) = (margin.clone(), format!("(1-{margin})"));
    format!(
        "loop=loop=-1:size=1,setpts=N/({rate}*TB),fps={rate},trim=end_frame={count},\
         perspective=x0='W*{near}':y0='H*{near}':x1='W*{far}':y1='H*{near}':x2='W*{near}':y2='H*{far}':\
         x3='W*{far}':y3='H*{far}':interpolation=cubic:sense=source:eval=frame",
        rate = grid.fraction(),
        count = chunk.frames,
    )
}

#[cfg(test)]
mod tests {
    use sound::Span;
    use timeline::{Edit, Source, Timeline};

    use super::*;
    use crate::test_film::TestFilm;

    #[test]
    fn from_a_joint_on_no_group_before_is_decoded() {
        let Some(made) = TestFilm::with_keyframe_every(25) else { return };
        let film = &made.film;
        let grid = Grid::of([&film.probe.picture].into_iter(), None);
        let start = Timeline::new(Source::film("film", film.probe.length));
        let late = start.apply(&Edit::TrimClip { clip: 1, span: Span::seconds(0.5, 4.0) }).unwrap();
        for (timeline, percent, wanted) in [
            (&start, 100, [0, 25, 50, 75]),
            (&start, 200, [0, 13, 25, 38]),
            (&start, 300, [0, 9, 17, 25]),
            (&start, 40, [0, 63, 125, 188]),
            (&late, 100, [-12, 13, 38, 63]),
        ] {
            let timeline = match percent {
                100 => timeline.clone(),
                _ => timeline.apply(&Edit::Speed { clip: None, percent }).unwrap(),
            };
            let [placed] = timeline.placed()[..] else { panic!("one clip") };
            let joints = joints(film, &placed, grid);
            assert_eq!(joints, wanted, "{percent} %");
            for (group, joint) in joints.into_iter().enumerate().skip(1) {
                let entered = |frame| seek(film, placed.source_time(grid.time(frame))).pop();
                let begins = |group: usize| Some(format!("{group}.000000"));
                assert_eq!(entered(joint), begins(group));
                assert_eq!(entered(joint - 1), begins(group - 1).filter(|_| group > 1));
            }
        }
    }
}
