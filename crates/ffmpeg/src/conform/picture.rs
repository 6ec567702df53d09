//! The picture of a conformed film: its chunks, encoded side by side and joined packet by packet.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use sound::Progress;
use timeline::Placed;

use super::chunk::{self, Chunk, chunks};
use super::{Bench, Material, STAGE, layer, runs};
use crate::grid::Grid;
use crate::join::{About, Join};
use crate::media_box::Invocation;
use crate::samples::{Samples, in_their_order};
use crate::splice::parts;
use crate::team::Team;
use crate::{MediaError, Tools};

/// The name of the picture in the job's folder.
const PICTURE: &str = "cut-picture.mp4";
/// Threads for each of the last chunks, which end one by one: the core of the first is then used by the others.
const LATE_THREADS: u64 = 2;

impl Tools {
    /// Cuts the picture where that is all that is done to it; else encodes it. Says of each packet whether it is the
    /// source's own.
    pub(super) fn conform_picture(
        &self,
        bench: &Bench<'_>,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<(PathBuf, Vec<bool>), MediaError> {
        let (grid, team) = (bench.grid(), Team::new(self.limits.threads));
        if let Some((film, runs)) = runs::runs(bench, grid)
            && let Ok(parts) = parts(film, &runs)
        {
            match self.cut(film, &parts, grid, (job, job.join(PICTURE)), progress) {
                // Where its parts do not fit together, all of it is encoded.
                Err(MediaError::RenderFailed { .. }) => {}
                cut => return cut,
            }
        }
        let joints = |placed: &Placed| match bench.material(placed) {
            Ok(Material::Film(film)) => layer::joints(film, placed, grid),
            _ => Vec::new(),
        };
        let mut chunks = chunks(&bench.timeline.placed(), grid, team.size(), joints);
        // The longest first, so that nobody waits long for the last.
        chunks.sort_by_key(|chunk| Reverse(chunk.frames));
        let frames: i64 = chunks.iter().map(|chunk| chunk.frames).sum();
        let done = AtomicUsize::new(0);
        let last = chunks.len().saturating_sub(team.size());
        let tasks: Vec<(usize, &Chunk)> = chunks.iter().enumerate().collect();
        let mut encoded = team.each(&tasks, progress, |(place, chunk), watch| {
            let path = self.encode_chunk(bench, grid, (chunk, *place >= last), job, watch)?;
            let done = done.fetch_add(chunk.frames as usize, Ordering::AcqRel) + chunk.frames as usize;
            progress.report(done as f64 / frames.max(1) as f64);
            Ok((*chunk, path))
        })?;
        encoded.sort_by_key(|(chunk, _)| chunk.first);
        Ok((joined(encoded, grid, job)?, vec![false; frames as usize]))
    }

    fn encode_chunk(
        &self,
        bench: &Bench<'_>,
        grid: Grid,
        (chunk, is_late): (&Chunk, bool),
        job: &Path,
        watch: &dyn Progress,
    ) -> Result<PathBuf, MediaError> {
        let path = job.join(format!("cut-{}.mp4", chunk.first));
        let placed = bench.timeline.placed();
        let canvas = bench.size();
        let layers: Vec<Placed> = chunk.layers.iter().map(|place| placed[*place]).collect();
        let sizes =
            layers.iter().map(|at| bench.material(at).map(Material::size)).collect::<Result<Vec<_>, _>>()?;
        let pixels = sizes.iter().chain([&canvas]).map(|size| u64::from(size.width) * u64::from(size.height));
        let mut invocation = self.ffmpeg(STAGE);
        let (most, memory) = self.limits.encoding(pixels.max().unwrap_or(0));
        invocation.memory_bytes = memory;
        let threads = (if is_late { most.min(LATE_THREADS) } else { 1 }).to_string();
        invocation.add(["-copyts", "-filter_complex_threads", "1"]);
        for placed in &layers {
            invocation.add(["-threads", &threads]);
            self.read_layer(&mut invocation, bench, placed, grid, chunk)?;
        }
        invocation.add(["-filter_complex".to_owned(), chunk::graph(bench, grid, chunk, &layers)?]);
        invocation.add(["-map", "[out]", "-fps_mode", "passthrough", "-enc_time_base"]);
        invocation.add([format!("{}:{}", grid.base().0, grid.base().1)]);
        invocation.add(["-frames:v".to_owned(), chunk.frames.to_string()]);
        invocation.add(["-c:v", "libx264"]);
        invocation.add(bench.delivery.quality.encoder());
        invocation.add(["-profile:v", "high"]);
        invocation.add(["-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709"]);
        invocation.add([
            "-x264-params",
            "chromaloc=0:open-gop=0",
            "-color_trc",
            "bt709",
            "-color_range",
            "tv",
            "-flags:v",
            "+bitexact",
            "-threads",
            &threads,
        ]);
        invocation.add(["-map_metadata", "-1", "-fflags", "+bitexact", "-f", "mp4"]);
        invocation.writes.push(job.to_owned());
        let ended = self.write_film(invocation, grid.time(chunk.frames), &path, watch)?;
        if ended.well() { Ok(path) } else { Err(MediaError::failed(STAGE, ended.why())) }
    }

    fn read_layer(
        &self,
        invocation: &mut Invocation,
        bench: &Bench<'_>,
        placed: &Placed,
        grid: Grid,
        chunk: &Chunk,
    ) -> Result<(), MediaError> {
        match bench.material(placed)? {
            Material::Photo(photo) => {
                invocation.add(self.fenced_as(photo.demuxer));
                invocation.input(&photo.path);
            }
            Material::Film(film) => {
                invocation.add(layer::seek(film, placed.source_time(grid.time(chunk.first))));
                invocation.add(self.fenced(film.kind));
                invocation.input(&film.path);
            }
        }
        Ok(())
    }
}

/// The chunks as one picture; what they were read from is removed.
fn joined(encoded: Vec<(&Chunk, PathBuf)>, grid: Grid, job: &Path) -> Result<PathBuf, MediaError> {
    let mut join = Join::create(job.join(PICTURE))?;
    let (mut entry, mut end) = (None, 0);
    let mut bytes = Vec::new();
    for (chunk, path) in encoded {
        end = chunk.first + chunk.frames;
        let mut samples = Samples::read(path)?;
        let shown = in_their_order(&samples, (chunk.first..end).collect())?;
        for (place, shown) in shown.into_iter().enumerate() {
            samples.packet(place, &mut bytes)?;
            join.push(&bytes, shown, samples.samples[place].sync)?;
        }
        let first = entry.get_or_insert_with(|| samples.entry.clone());
        if first.avcc != samples.entry.avcc {
            return Err(MediaError::failed(STAGE, "its chunks were encoded differently"));
        }
        samples.remove()?;
    }
    let entry = entry.ok_or_else(|| MediaError::failed(STAGE, "nothing of it would be shown"))?;
    join.finish(About { entry, base: grid.base(), end })
}
