//! The cutting desk: films and photos that were opened, and the film that a timeline makes of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ffmpeg::{Bench, Delivery, Film, Material, Tools};
use footage::{Attention, Focus};
use sound::{Portion, Progress, Time};
use timeline::{Anchor, Canvas, Edit, Fit, Ratio, Size, Source, Timeline};

use super::Scoring;
use crate::Fault;

/// The shorter side of a show of photos, in pixels, and how long one fades into the next.
const SHOW_LINES: u32 = 1080;
const SHOW_FADE: Time = Time::from_ticks(sound::TICKS_PER_SECOND / 2);

/// Opened sources, by their numbers in the timeline they began with.
pub(super) struct Desk {
    material: BTreeMap<u32, Material>,
    start: Timeline,
    delivery: Delivery,
}

impl Desk {
    /// Opens what is to be scored: one film, or several films and photos one after the other.
    pub(super) fn lay(tools: &Tools, wanted: &Scoring, progress: &dyn Progress) -> Result<Desk, Fault> {
        let mut material = BTreeMap::new();
        let mut start: Option<Timeline> = None;
        let share = 1.0 / wanted.films.len().max(1) as f64;
        for (index, path) in wanted.films.iter().enumerate() {
            let opened = tools.open_material(path, &Portion::new(progress, index as f64 * share, share))?;
            let name = wanted.film_name.clone().unwrap_or_else(|| name(path));
            let source = source(&opened, name, path);
            let next = match start {
                None => Timeline::new(source),
                Some(timeline) => timeline.apply(&Edit::AddClip { source, span: None, at: None })?,
            };
            // The same file twice is one source.
            if let Some(number) = next.clips.last().map(|clip| clip.source) {
                material.entry(number).or_insert(opened);
            }
            start = Some(next);
        }
        let start = start.ok_or_else(|| Fault::OutOfRange("There is no film to work on".into()))?;
        Ok(Desk { start: as_a_show(start)?, material, delivery: wanted.delivery })
    }

    /// Opens the sources of a timeline.
    pub(super) fn of(
        tools: &Tools,
        timeline: &Timeline,
        delivery: Delivery,
        progress: &dyn Progress,
    ) -> Result<Desk, Fault> {
        let mut material = BTreeMap::new();
        let share = 1.0 / timeline.sources.len().max(1) as f64;
        for (index, source) in timeline.sources.iter().enumerate() {
            let missing =
                || Fault::OutOfRange(format!("The project does not say where {} lies", source.name));
            let path = PathBuf::from(source.file.as_ref().ok_or_else(missing)?);
            let opened = tools.open_material(&path, &Portion::new(progress, index as f64 * share, share))?;
            material.insert(source.id, opened);
        }
        Ok(Desk { material, start: timeline.clone(), delivery })
    }

    /// How pictures are wanted.
    pub(super) fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// The timeline that shows everything as it is.
    pub(super) fn start(&self) -> &Timeline {
        &self.start
    }

    /// The source that a timeline shows, where nothing is done to it.
    pub(super) fn whole(&self, timeline: &Timeline) -> Option<&Arc<Film>> {
        match self.material.get(&timeline.untouched()?.id)? {
            Material::Film(film) => Some(film),
            Material::Photo(_) => None,
        }
    }

    /// The film that a timeline shows: the source itself where nothing is done to it, else one that is cut for it, with
    /// or without its sound.
    pub(super) fn film(
        &self,
        tools: &Tools,
        timeline: &Timeline,
        with_sound: bool,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<Arc<Film>, Fault> {
        if let Some(film) = self.whole(timeline) {
            return Ok(Arc::clone(film));
        }
        let (material, delivery) = (&self.material, self.delivery);
        let focus = &self.followed(tools, timeline, &Portion::new(progress, 0.0, 0.1))?;
        let bench = Bench { timeline, material, focus, delivery, with_sound };
        Ok(Arc::new(tools.conform(&bench, folder, &Portion::new(progress, 0.1, 0.9))?))
    }

    /// Where people look in the films of which some is cut off and that are to be followed.
    fn followed(
        &self,
        tools: &Tools,
        timeline: &Timeline,
        progress: &dyn Progress,
    ) -> Result<BTreeMap<u32, Focus>, Fault> {
        let first = timeline.clips.first().and_then(|clip| self.material.get(&clip.source));
        let Some(canvas) = first.map(|material| timeline.canvas.size(material.size())) else {
            return Ok(BTreeMap::new());
        };
        let mut followed = BTreeMap::new();
        let share = 1.0 / timeline.clips.len().max(1) as f64;
        for (index, clip) in timeline.clips.iter().enumerate() {
            let fit = clip.fit.unwrap_or(timeline.canvas.fit);
            let anchor = clip.anchor.unwrap_or(timeline.canvas.anchor);
            let Some(Material::Film(film)) = self.material.get(&clip.source) else { continue };
            let seen =
                seen(Size { width: film.probe().picture.width, height: film.probe().picture.height }, canvas);
            let cut_off = seen.iter().any(|share| *share < 0.99);
            if fit == Fit::Crop && anchor == Anchor::Motion && cut_off && !followed.contains_key(&clip.source)
            {
                let mut attention = Attention::new(seen);
                let progress = Portion::new(progress, index as f64 * share, share);
                tools.stills(film, &Attention::LOOK, &progress, &mut |still| attention.add(&still))?;
                followed.insert(clip.source, attention.finish());
            }
        }
        Ok(followed)
    }
}

/// A film that begins with a photo is shown as people show photos: on a screen as most of them lie, one fading into the
/// next.
fn as_a_show(timeline: Timeline) -> Result<Timeline, Fault> {
    let is_photo = |id: u32| timeline.source(id).is_some_and(Source::is_photo);
    if !timeline.clips.first().is_some_and(|clip| is_photo(clip.source)) {
        return Ok(timeline);
    }
    let sizes: Vec<Size> = timeline.sources.iter().filter_map(|source| source.size).collect();
    let upright = 2 * sizes.iter().filter(|size| size.height > size.width).count() > sizes.len();
    let ratio = if upright { Ratio::Tall } else { Ratio::Wide };
    let canvas = Canvas { ratio, lines: Some(SHOW_LINES), ..timeline.canvas };
    let fades = timeline.clips.windows(2).filter(|pair| pair.iter().all(|clip| is_photo(clip.source)));
    let fades = fades.map(|pair| Edit::Crossfade { clip: pair[1].id, length: SHOW_FADE });
    let edits = std::iter::once(Edit::Reshape { canvas }).chain(fades).collect::<Vec<_>>();
    edits.iter().try_fold(timeline, |timeline, edit| Ok(timeline.apply(edit)?))
}

/// Shares of width and height of a picture that are seen on a canvas it fills.
fn seen(picture: Size, canvas: Size) -> [f64; 2] {
    let shape = |size: Size| f64::from(size.width) / f64::from(size.height.max(1));
    let narrower = shape(canvas) / shape(picture).max(f64::EPSILON);
    [narrower.min(1.0), (1.0 / narrower.max(f64::EPSILON)).min(1.0)]
}

fn source(opened: &Material, name: String, path: &Path) -> Source {
    let known = match opened {
        Material::Film(film) => Source::film(name, film.probe().length),
        Material::Photo(_) => Source::photo(name),
    };
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Source { file: Some(full.to_string_lossy().into_owned()), size: Some(opened.size()), ..known }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
