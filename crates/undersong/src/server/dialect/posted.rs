//! A draft that a client posts: read strictly, and laid over the session's timeline as edits.
//!
//! What is changed is told by numbers (`id`): a segment that is gone is removed, one without a number is new. Whatever is
//! not known, not this session's or out of range is an error that names the field.

mod segment;
#[cfg(test)]
mod tests;

use serde_json::Value;
use sound::{Span, Time};
use timeline::{Edit, Music, Source, Timeline};

use super::draft::{AUDIO, TEXT, VIDEO, ms};
use super::errors::Problem;
use segment::{Segment, whole};

/// What of a session a draft may show: files by number, and what a timeline knows of them.
pub(crate) struct Stock {
    /// Films and photos.
    pub(crate) films: Vec<Source>,
    /// Numbers and names of recordings.
    pub(crate) recordings: Vec<(String, String)>,
}

/// A timeline on which edits are tried.
struct Laid<'s> {
    timeline: Timeline,
    stock: &'s Stock,
}

/// Lays a posted draft over a timeline.
///
/// # Errors
/// [`Problem::Malformed`] names the field at fault.
pub(crate) fn laid(draft: &Value, timeline: &Timeline, stock: &Stock) -> Result<Timeline, Problem> {
    let keys = draft.as_object().ok_or_else(|| wrong("draft", "must be an object"))?;
    if let Some(key) = keys.keys().find(|key| !matches!(key.as_str(), "t" | "d" | "m")) {
        return Err(wrong(&format!("draft.{key}"), "is not known"));
    }
    if let Some(length) = keys.get("d") {
        whole("draft.d", length)?;
    }
    let mut segments: Vec<(u64, Segment)> = Vec::new();
    let tracks = keys.get("t").and_then(Value::as_array).ok_or_else(|| wrong("draft.t", "must be a list"))?;
    for (index, track) in tracks.iter().enumerate() {
        let (kind, found) = read(&format!("draft.t[{index}]"), track)?;
        segments.extend(found.into_iter().map(|segment| (kind, segment)));
    }
    let of =
        |wanted: u8| segments.iter().filter(move |(kind, _)| *kind == u64::from(wanted)).map(|(_, one)| one);
    let mut laid = Laid { timeline: timeline.clone(), stock };
    laid.clips(&of(VIDEO).collect::<Vec<_>>())?;
    laid.beds(&of(AUDIO).collect::<Vec<_>>())?;
    laid.titles(&of(TEXT).collect::<Vec<_>>())?;
    Ok(laid.timeline)
}

/// A fault in a field.
fn wrong(field: &str, why: &str) -> Problem {
    Problem::Malformed(format!("{field} {why}."))
}

/// Reads a track: its type and its segments.
fn read(path: &str, track: &Value) -> Result<(u64, Vec<Segment>), Problem> {
    let keys = track.as_object().ok_or_else(|| wrong(path, "must be an object"))?;
    if let Some(key) = keys.keys().find(|key| !matches!(key.as_str(), "tt" | "sg" | "m")) {
        return Err(wrong(&format!("{path}.{key}"), "is not known"));
    }
    let kind = keys.get("tt").and_then(Value::as_u64);
    let kind = kind.filter(|kind| [VIDEO, AUDIO, TEXT].iter().any(|known| u64::from(*known) == *kind));
    let kind =
        kind.ok_or_else(|| wrong(&format!("{path}.tt"), "must be 0 (video), 1 (audio) or 7 (text)"))?;
    let segments = keys.get("sg").and_then(Value::as_array);
    let segments = segments.ok_or_else(|| wrong(&format!("{path}.sg"), "must be a list"))?;
    let read =
        |(index, segment): (usize, &Value)| Segment::read(format!("{path}.sg[{index}]"), kind, segment);
    Ok((kind, segments.iter().enumerate().map(read).collect::<Result<_, _>>()?))
}

/// That no number comes twice.
fn once(segments: &[&Segment]) -> Result<(), Problem> {
    let twice = segments.iter().enumerate().find(|(index, segment)| {
        segment.id.is_some() && segments[..*index].iter().any(|before| before.id == segment.id)
    });
    twice.map_or(Ok(()), |(_, segment)| Err(wrong(&segment.field("id"), "comes twice")))
}

impl Laid<'_> {
    fn edit(&mut self, field: &str, edit: &Edit) -> Result<(), Problem> {
        self.timeline =
            self.timeline.apply(edit).map_err(|why| wrong(field, &format!("cannot be: {why}")))?;
        Ok(())
    }

    fn clips(&mut self, segments: &[&Segment]) -> Result<(), Problem> {
        once(segments)?;
        let posted: i64 = segments.iter().filter_map(|segment| segment.length).sum();
        let length = ms(self.timeline.length()).max(posted);
        for (index, segment) in segments.iter().enumerate() {
            if segment.start.is_some_and(|start| start > length) {
                return Err(wrong(&segment.field("start"), "lies beyond the film"));
            }
            let id = match segment.id {
                Some(id) => id,
                None => self.new_clip(segment)?,
            };
            self.clip(id, segment)?;
            if self.timeline.clips.get(index).is_none_or(|clip| clip.id != id) {
                self.edit(&segment.path, &Edit::MoveClip { clip: id, to: index })?;
            }
        }
        let gone: Vec<u32> = self.timeline.clips.iter().skip(segments.len()).map(|clip| clip.id).collect();
        gone.into_iter().try_for_each(|clip| self.edit("draft.t", &Edit::RemoveClip { clip }))?;
        Ok(())
    }

    fn new_clip(&mut self, segment: &Segment) -> Result<u32, Problem> {
        let known = |source: &&Source| source.file.is_some() && source.file == segment.source;
        let found = self.stock.films.iter().find(known).cloned();
        let source =
            found.ok_or_else(|| wrong(&segment.field("source"), "is no film or photo of this session"))?;
        self.edit(&segment.path, &Edit::AddClip { source, span: None, at: None })?;
        Ok(self.timeline.clips.last().map_or(0, |clip| clip.id))
    }

    /// Changes a clip to what a segment says.
    fn clip(&mut self, id: u32, segment: &Segment) -> Result<(), Problem> {
        let clip = self
            .timeline
            .clip(id)
            .cloned()
            .ok_or_else(|| wrong(&segment.field("id"), "is no clip of this session"))?;
        let source = self.timeline.source(clip.source).and_then(|source| source.file.clone());
        if segment.source.is_some() && segment.source != source {
            return Err(wrong(&segment.field("source"), "is not the source of that clip"));
        }
        if let Some(speed) = segment.speed {
            let percent = (speed * 100.0).round() as u32;
            if percent != clip.speed_pct {
                self.edit(&segment.field("speed"), &Edit::Speed { clip: Some(id), percent })?;
            }
        }
        let begin = segment.from.unwrap_or(ms(clip.span.start));
        let length = segment.length.unwrap_or(ms(clip.length()));
        if (begin, length) != (ms(clip.span.start), ms(clip.length())) {
            let speed = self.timeline.clip(id).map_or(100, |clip| clip.speed_pct);
            let shown = (length as f64 * f64::from(speed) / 100.0).round() as i64;
            let span = Span::new(time(begin), time(begin + shown));
            self.edit(&segment.field("length"), &Edit::TrimClip { clip: id, span })?;
        }
        if let Some(volume) = segment.volume.filter(|volume| differ(*volume, clip.level_pct)) {
            self.edit(
                &segment.field("volume"),
                &Edit::ClipLevel { clip: Some(id), percent: volume * 100.0 },
            )?;
        }
        if let Some(muted) = segment.muted.filter(|muted| *muted != clip.muted) {
            self.edit(&segment.field("muted"), &Edit::Mute { clip: Some(id), muted })?;
        }
        Ok(())
    }

    fn beds(&mut self, segments: &[&Segment]) -> Result<(), Problem> {
        once(segments)?;
        let kept: Vec<u32> = segments.iter().filter_map(|segment| segment.id).collect();
        for gone in self.timeline.beds.clone().iter().filter(|bed| !kept.contains(&bed.id)) {
            self.edit("draft.t", &Edit::RemoveBed { bed: gone.id })?;
        }
        for segment in segments {
            let id = match segment.id {
                Some(id) => id,
                None => self.new_bed(segment)?,
            };
            self.bed(id, segment)?;
        }
        Ok(())
    }

    fn new_bed(&mut self, segment: &Segment) -> Result<u32, Problem> {
        let known = |(number, _): &&(String, String)| segment.source.as_ref() == Some(number);
        let found = self.stock.recordings.iter().find(known);
        let (file, name) =
            found.ok_or_else(|| wrong(&segment.field("source"), "is no recording of this session"))?;
        let name = segment.name.clone().unwrap_or_else(|| name.clone());
        self.edit(
            &segment.path,
            &Edit::AddBed { name, music: Music::Recording(file.clone()), span: segment.span() },
        )?;
        Ok(self.timeline.beds.iter().map(|bed| bed.id).max().unwrap_or(0))
    }

    /// Changes music to what a segment says.
    fn bed(&mut self, id: u32, segment: &Segment) -> Result<(), Problem> {
        let bed = self
            .timeline
            .bed(id)
            .cloned()
            .ok_or_else(|| wrong(&segment.field("id"), "is no music of this session"))?;
        let own = match &bed.music {
            Music::Recording(file) => file.as_str(),
            Music::Composed(_) => "composed",
        };
        if segment.source.as_deref().is_some_and(|source| source != own) {
            return Err(wrong(&segment.field("source"), "is not where that music comes from"));
        }
        let start = segment.start.unwrap_or(ms(bed.span.start));
        let length = segment.length.unwrap_or(ms(bed.span.length()));
        if (start, length) != (ms(bed.span.start), ms(bed.span.length())) {
            let span = Span::new(time(start), time(start + length));
            self.edit(&segment.field("start"), &Edit::Place { bed: id, span })?;
        }
        if let Some(volume) = segment.volume.filter(|volume| differ(*volume, bed.level_pct)) {
            self.edit(&segment.field("volume"), &Edit::Level { bed: id, percent: volume * 100.0 })?;
        }
        let (fade_in, fade_out) =
            (segment.fade_in.unwrap_or(ms(bed.fade_in)), segment.fade_out.unwrap_or(ms(bed.fade_out)));
        if (fade_in, fade_out) != (ms(bed.fade_in), ms(bed.fade_out)) {
            let edit = Edit::Fade { bed: id, fade_in: time(fade_in), fade_out: time(fade_out) };
            self.edit(&segment.field("fade_in"), &edit)?;
        }
        Ok(())
    }

    fn titles(&mut self, segments: &[&Segment]) -> Result<(), Problem> {
        once(segments)?;
        let kept: Vec<u32> = segments.iter().filter_map(|segment| segment.id).collect();
        for gone in self.timeline.titles.clone().iter().filter(|title| !kept.contains(&title.id)) {
            self.edit("draft.t", &Edit::RemoveTitle { title: gone.id })?;
        }
        for segment in segments {
            match segment.id {
                Some(id) => self.title(id, segment)?,
                None => {
                    let text =
                        segment.text.clone().ok_or_else(|| wrong(&segment.field("text"), "is missing"))?;
                    let edit = Edit::AddTitle { text, span: segment.span(), look: Default::default() };
                    self.edit(&segment.path, &edit)?;
                }
            }
        }
        Ok(())
    }

    /// Changes a title to what a segment says.
    fn title(&mut self, id: u32, segment: &Segment) -> Result<(), Problem> {
        let title = self
            .timeline
            .title(id)
            .cloned()
            .ok_or_else(|| wrong(&segment.field("id"), "is no title of this session"))?;
        if let Some(text) = segment.text.clone().filter(|text| *text != title.text) {
            self.edit(&segment.field("text"), &Edit::Retitle { title: id, text })?;
        }
        let start = segment.start.unwrap_or(ms(title.span.start));
        let length = segment.length.unwrap_or(ms(title.span.length()));
        if (start, length) != (ms(title.span.start), ms(title.span.length())) {
            let span = Span::new(time(start), time(start + length));
            self.edit(&segment.field("start"), &Edit::PlaceTitle { title: id, span })?;
        }
        Ok(())
    }
}

/// Whole milliseconds as a time.
fn time(ms: i64) -> Time {
    Time::from_ratio(ms, 1000)
}

/// Whether a volume is another than a level, beyond what writing it down may lose.
fn differ(volume: f64, level_pct: f64) -> bool {
    (volume * 100.0 - level_pct).abs() > 0.005
}
