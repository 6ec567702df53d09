//! A chunk of the finished picture: what one child encodes.

use std::ops::Range;

use timeline::{Fades, Placed};

use super::{Bench, layer};
use crate::MediaError;
use crate::grid::Grid;

/// Seconds in a chunk where a clip is long: enough to be worth a start, short enough to share the work.
const SECONDS: f64 = 8.0;
/// The least seconds worth a child of their own.
const LEAST: f64 = 2.0;

/// Frames that follow on each other and show the same one or two clips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The first frame.
    pub(super) first: i64,
    /// How many there are; above zero.
    pub(super) frames: i64,
    /// Which clips are seen, by their place in the order: one, or two where the first fades into the second.
    pub(super) layers: Vec<usize>,
}

/// The chunks of a film, in order; together they hold every frame once. `joints` gives the frames at which a clip's source
/// is best entered, in order: a long clip is divided there where they lie well.
pub(super) fn chunks(
    placed: &[Placed],
    grid: Grid,
    team: usize,
    joints: impl Fn(&Placed) -> Vec<i64>,
) -> Vec<Chunk> {
    let whole = placed.last().map_or(0, |last| grid.frame(last.span.end));
    let seconds = (grid.time(whole).seconds() / team.max(1) as f64).clamp(LEAST, SECONDS);
    let most = grid.frame(sound::Time::from_seconds(seconds)).max(1);
    let mut chunks = Vec::new();
    for (place, at) in placed.iter().enumerate() {
        let fade_end = grid.frame(at.span.start + at.clip.crossfade);
        let start = grid.frame(at.span.start);
        if place > 0 && fade_end > start {
            chunks.push(Chunk { first: start, frames: fade_end - start, layers: vec![place - 1, place] });
        }
        let end = placed.get(place + 1).map_or(whole, |next| grid.frame(next.span.start));
        for part in divided(fade_end..end, most, || joints(at)) {
            chunks.push(Chunk { first: part.start, frames: part.end - part.start, layers: vec![place] });
        }
    }
    chunks
}

/// Parts of some frames, even ones of `most` at most; but each after the first begins at a joint where one lies within two
/// fifths of a part from its place.
fn divided(frames: Range<i64>, most: i64, joints: impl Fn() -> Vec<i64>) -> Vec<Range<i64>> {
    let length = frames.end - frames.start;
    let parts = (length + most - 1) / most;
    let joints = if parts > 1 { joints() } else { Vec::new() };
    let start = |part: i64| {
        let even = frames.start + length * part / parts;
        let after = joints.partition_point(|joint| *joint < even);
        let near = [after.checked_sub(1), Some(after)].into_iter().flatten();
        let near = near.filter_map(|place| joints.get(place)).min_by_key(|joint| (*joint - even).abs());
        // Two neighbours that move towards each other stay apart.
        near.copied().filter(|joint| 5 * (joint - even).abs() <= 2 * (length / parts)).unwrap_or(even)
    };
    let starts: Vec<i64> =
        (0..parts).map(|part| if part == 0 { frames.start } else { start(part) }).collect();
    let ends = starts.iter().skip(1).copied().chain([frames.end]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// The filter graph of a chunk whose clips are the inputs.
///
/// # Errors
/// [`MediaError::RenderFailed`] when a source is missing.
pub(super) fn graph(
    bench: &Bench<'_>,
    grid: Grid,
    chunk: &Chunk,
    layers: &[Placed],
) -> Result<String, MediaError> {
    let mut graph = String::new();
    for (input, (placed, place)) in layers.iter().zip(&chunk.layers).enumerate() {
        graph += &format!("{}[l{input}];", layer::filters(bench, grid, chunk, placed, input, *place)?);
    }
    let fades = faded(bench.timeline.fades, bench.timeline.length().seconds(), grid, chunk);
    // Frames are numbered anew: what the filters before made of their times does not matter.
    let numbered =
        format!("setpts=(N+{})/({}*TB){fades},format=yuv420p,setsar=1[out]", chunk.first, grid.fraction());
    match layers {
        [_, _] => {
            let seconds = grid.time(chunk.frames).seconds();
            graph += &format!("[l0][l1]xfade=transition=fade:duration={seconds:.6}:offset=0,");
        }
        _ => graph += "[l0]",
    }
    Ok(graph + &numbered)
}

/// The fades of the picture, where they meet the chunk.
fn faded(fades: Fades, length: f64, grid: Grid, chunk: &Chunk) -> String {
    let (start, end) = (grid.time(chunk.first).seconds(), grid.time(chunk.first + chunk.frames).seconds());
    let (rising, falling) = (fades.fade_in.seconds(), fades.fade_out.seconds());
    let mut filters = String::new();
    if rising > 0.0 && start < rising {
        filters += &format!(",fade=t=in:st=0:d={rising:.6}");
    }
    if falling > 0.0 && end > length - falling {
        filters += &format!(",fade=t=out:st={:.6}:d={falling:.6}", length - falling);
    }
    filters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sound::{Span, Time};
    use timeline::{Edit, Source, Timeline};

    use super::*;

    fn told(timeline: &Timeline, team: usize) -> Vec<String> {
        let grid = Grid::of(std::iter::empty(), None);
        let line = |chunk: Chunk| format!("{}+{} {:?}", chunk.first, chunk.frames, chunk.layers);
        chunks(&timeline.placed(), grid, team, |_| Vec::new()).into_iter().map(line).collect()
    }

    #[test]
    fn chunks_hold_every_frame_once_and_crossfades_alone() {
        let seconds = Time::from_seconds;
        let start = Timeline::new(Source::film("a", seconds(10.0)));
        assert_eq!(told(&start, 1), ["0+150 [0]", "150+150 [0]"]);
        assert_eq!(told(&start, 4), ["0+75 [0]", "75+75 [0]", "150+75 [0]", "225+75 [0]"]);
        let edits = [
            Edit::AddClip { source: Source::photo("b"), span: None, at: None },
            Edit::Crossfade { clip: 2, length: seconds(1.0) },
            Edit::AddClip {
                source: Source::film("c", seconds(9.0)),
                span: Some(Span::seconds(1.0, 1.3333)),
                at: None,
            },
        ];
        let cut = edits.iter().fold(start, |timeline, edit| timeline.apply(edit).unwrap());
        assert_eq!(told(&cut, 1), ["0+135 [0]", "135+135 [0]", "270+30 [0, 1]", "300+90 [1]", "390+10 [2]"]);
    }

    #[test]
    fn a_long_clip_is_divided_where_its_source_can_be_entered() {
        let parts = |joints: &[i64]| divided(100..1000, 240, || joints.to_vec());
        assert_eq!(parts(&[]), [100..325, 325..550, 550..775, 775..1000]);
        assert_eq!(parts(&[100, 274, 454, 570, 700, 950]), [100..274, 274..570, 570..700, 700..1000]);
        // Out of reach.
        assert_eq!(parts(&[100, 420, 990]), [100..325, 325..550, 550..775, 775..1000]);
    }

    proptest! {
        #[test]
        fn parts_are_whole_whatever_the_joints(
            (start, length, most) in (-50..50_i64, 0..3000_i64, 1..400_i64),
            joints in proptest::collection::btree_set(-100..3100_i64, 0..60),
        ) {
            let joints: Vec<i64> = joints.into_iter().collect();
            let parts = divided(start..start + length, most, || joints.clone());
            prop_assert!(parts.iter().all(|part| part.start < part.end));
            prop_assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
            prop_assert_eq!(parts.first().map_or(start, |first| first.start), start);
            prop_assert_eq!(parts.last().map_or(start, |last| last.end), start + length);
        }
    }
}
