//! Conforms a film to its timeline: clips, speeds, crossfades and canvas become one picture and one sound, which then
//! are a film like any other.
//!
//! The picture is cut into chunks that are encoded side by side and joined packet by packet; the sound is laid sample
//! by sample.

mod chunk;
mod clip_sound;
mod fit;
mod layer;
mod picture;
mod runs;
mod strip;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use footage::Focus;
use sound::{Portion, Progress};
use timeline::{Placed, Size, Timeline};

use crate::delivery::Delivery;
use crate::film::Film;
use crate::grid::Grid;
use crate::photo::{Photo, photo_demuxer};
use crate::sniff::Kind;
use crate::{MediaError, Tools};

const STAGE: &str = "cutting of the film";
/// The name of the finished film in the job's folder.
const CUT: &str = "cut.mov";

/// A source that was opened.
#[derive(Clone, Debug)]
pub enum Material {
    /// It moves.
    Film(Arc<Film>),
    /// It stands still.
    Photo(Photo),
}

impl Material {
    /// How large its picture is, turned the way it is looked at.
    pub fn size(&self) -> Size {
        match self {
            Material::Film(film) => {
                Size { width: film.probe.picture.width, height: film.probe.picture.height }
            }
            Material::Photo(photo) => photo.size(),
        }
    }
}

/// What a film is cut from.
#[derive(Clone, Copy, Debug)]
pub struct Bench<'a> {
    /// The timeline that is followed.
    pub timeline: &'a Timeline,
    /// Its sources, by number.
    pub material: &'a BTreeMap<u32, Material>,
    /// Where people look in a source, by its number; sources without one keep their middle.
    pub focus: &'a BTreeMap<u32, Focus>,
    /// How its picture is wanted.
    pub delivery: Delivery,
    /// Whether the clips' own sound is wanted, too.
    pub with_sound: bool,
}

impl Bench<'_> {
    pub(crate) fn material(&self, placed: &Placed) -> Result<&Material, MediaError> {
        self.material
            .get(&placed.clip.source)
            .ok_or_else(|| MediaError::failed(STAGE, "a source of it is missing"))
    }

    /// The size of the picture.
    pub(crate) fn size(&self) -> Size {
        let first = self.timeline.clips.first().and_then(|clip| self.material.get(&clip.source));
        self.timeline.canvas.size(first.map_or(Size { width: 1280, height: 720 }, Material::size))
    }

    /// The film of which all clips are.
    fn origin(&self) -> Option<Arc<Film>> {
        let (first, others) = self.timeline.clips.split_first()?;
        match self.material.get(&first.source) {
            Some(Material::Film(film)) if others.iter().all(|clip| clip.source == first.source) => {
                Some(Arc::clone(film))
            }
            _ => None,
        }
    }

    fn grid(&self) -> Grid {
        let films = self.timeline.clips.iter().filter_map(|clip| match self.material.get(&clip.source) {
            Some(Material::Film(film)) => Some(&film.probe.picture),
            _ => None,
        });
        Grid::of(films, self.delivery.rate)
    }
}

impl Tools {
    /// Opens what a clip can be cut from; its kind is read from its first bytes, never from its name.
    ///
    /// # Errors
    /// As [`Tools::open`] and [`Tools::open_photo`].
    pub fn open_material(&self, path: &Path, progress: &dyn Progress) -> Result<Material, MediaError> {
        let (head, _) = crate::open::read_head(path)?;
        match photo_demuxer(&head) {
            Some(_) => self.open_photo(path, progress).map(Material::Photo),
            None => self.open(path, progress).map(|film| Material::Film(Arc::new(film))),
        }
    }

    /// Makes the film that a timeline describes, without its music and its titles: H.264 at a constant frame rate, and
    /// the clips' own sound as 32-bit samples where there is any and it is wanted. It lies in the folder `job`, in
    /// place of the one that was made there before.
    ///
    /// # Errors
    /// [`MediaError::RenderFailed`], [`MediaError::Cancelled`], [`MediaError::TimedOut`], [`MediaError::Io`]; those of
    /// [`Tools::open`].
    pub fn conform(
        &self,
        bench: &Bench<'_>,
        job: &Path,
        progress: &dyn Progress,
    ) -> Result<Film, MediaError> {
        let job = job.canonicalize().map_err(MediaError::io("found", job))?;
        let (picture, kept) = self.conform_picture(bench, &job, &Portion::new(progress, 0.0, 0.9))?;
        let sound = match bench.with_sound {
            true => self.lay_strip(bench, &job, &Portion::new(progress, 0.9, 0.08))?,
            false => None,
        };
        let path = match sound {
            Some(sound) => self.with_strip(bench, &picture, &sound, &Portion::new(progress, 0.98, 0.01))?,
            None => {
                let path = job.join(CUT);
                std::fs::rename(&picture, &path).map_err(MediaError::io("written", &path))?;
                path
            }
        };
        let film = self.open(&path, &Portion::new(progress, 0.99, 0.01))?;
        match film.stored.len() == kept.len() {
            true => Ok(Film { kept: Some(kept), origin: bench.origin(), ..film }),
            false => Err(MediaError::failed(STAGE, "some of its frames are missing")),
        }
    }

    /// Puts a picture and its raw sound into one film beside them; they are removed.
    fn with_strip(
        &self,
        bench: &Bench<'_>,
        picture: &Path,
        sound: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, MediaError> {
        let path = picture.with_file_name(CUT);
        let mut invocation = self.ffmpeg(STAGE);
        invocation.add(self.fenced(Kind::Mp4));
        invocation.input(picture);
        invocation.add(["-protocol_whitelist", "file", "-f", "f32le", "-ar", "48000", "-ac", "2"]);
        invocation.input(sound);
        invocation.add(["-map", "1:a:0", "-c:a", "pcm_f32le", "-map", "0:v:0", "-c:v", "copy"]);
        invocation.add(["-map_metadata", "-1", "-fflags", "+bitexact", "-f", "mov"]);
        invocation.writes.extend(picture.parent().map(Path::to_owned));
        let ended = self.write_film(invocation, bench.timeline.length(), &path, progress)?;
        if !ended.well() {
            return Err(MediaError::failed(STAGE, ended.why()));
        }
        for part in [picture, sound] {
            std::fs::remove_file(part).map_err(MediaError::io("written", part))?;
        }
        Ok(path)
    }
}
