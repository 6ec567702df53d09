//! The timeline document: the clips of the film, the music under it, the words over it, and how loud it is to be.

use serde::{Deserialize, Serialize};
use sound::{Span, Time};

use crate::{Bed, Canvas, Clip, Fades, Marker, Size, Source, Target, Title};

/// Version of the saved document.
pub const VERSION: u32 = 2;

/// What plays when: the document that is saved, edited and undone.
///
/// It is made by [`Timeline::new`] and [`Timeline::apply`], or read from a saved document: each gives only timelines
/// that hold together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Timeline {
    /// Version of this document.
    pub version: u32,
    /// The films and photos that clips are cut from, in order of number.
    pub sources: Vec<Source>,
    /// What is shown, in the order in which it is shown; never empty.
    pub clips: Vec<Clip>,
    /// The shape of the picture.
    #[serde(default)]
    pub canvas: Canvas,
    /// How the picture comes out of black and goes back into it.
    #[serde(default)]
    pub fades: Fades,
    /// The music under the film, in order of number.
    pub beds: Vec<Bed>,
    /// The words over the picture, in order of number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<Title>,
    /// Moments somebody gave a name to, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub markers: Vec<Marker>,
    /// How loud the whole is to be.
    pub target: Target,
}

/// A clip and where it plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed<'a> {
    /// The clip.
    pub clip: &'a Clip,
    /// Where it plays, on the film's clock; it overlaps the clip before by its crossfade.
    pub span: Span,
}

impl Placed<'_> {
    /// The moment of the clip's source that is shown at a moment of the film.
    pub fn source_time(&self, at: Time) -> Time {
        self.clip.source_time(at - self.span.start)
    }

    /// The moment of the film at which a moment of the clip's source is shown; outside of its span where the clip does
    /// not show it.
    pub fn film_time(&self, at: Time) -> Time {
        self.span.start + self.clip.clip_time(at)
    }
}

impl Timeline {
    /// A film with nothing done to it yet; `source` gets number 1.
    pub fn new(source: Source) -> Timeline {
        let source = Source { id: 1, ..source };
        Timeline {
            version: VERSION,
            clips: vec![Clip::of(&source, 1)],
            sources: vec![source],
            canvas: Canvas::default(),
            fades: Fades::default(),
            beds: Vec::new(),
            titles: Vec::new(),
            markers: Vec::new(),
            target: Target::default(),
        }
    }

    /// What people call the film: the name of the first thing shown.
    pub fn name(&self) -> &str {
        let first = self.clips.first().and_then(|clip| self.source(clip.source));
        first.map_or("", |source| source.name.as_str())
    }

    /// How long the film is.
    pub fn length(&self) -> Time {
        self.placed().last().map_or(Time::ZERO, |last| last.span.end)
    }

    /// How large the picture is; as if its source had 720 lines where nobody knows.
    pub fn picture_size(&self) -> Size {
        let first =
            self.clips.first().and_then(|clip| self.source(clip.source)).and_then(|source| source.size);
        self.canvas.size(first.unwrap_or(Size { width: 1280, height: 720 }))
    }

    /// The whole film as a span.
    pub fn whole(&self) -> Span {
        Span::new(Time::ZERO, self.length())
    }

    /// The clips with their places, in order.
    pub fn placed(&self) -> Vec<Placed<'_>> {
        let mut end = Time::ZERO;
        let mut place = |clip: &'_ Clip| {
            let start = end - clip.crossfade;
            end = start + clip.length();
            Span::new(start, end)
        };
        self.clips.iter().map(|clip| Placed { clip, span: place(clip) }).collect()
    }

    /// The only source, where the film is nothing but it: shown whole, once, as it is.
    pub fn untouched(&self) -> Option<&Source> {
        let [clip] = self.clips.as_slice() else { return None };
        let source = self.source(clip.source).filter(|source| !source.is_photo())?;
        let plain = *clip == Clip { id: clip.id, locked: clip.locked, ..Clip::of(source, 1) };
        (plain && self.canvas.is_source() && self.fades.is_none()).then_some(source)
    }

    /// Whether its picture is that of another timeline, frame by frame; titles do not count.
    pub fn shows_like(&self, other: &Timeline) -> bool {
        let plain = |clip: &Clip| Clip { locked: false, id: 0, ..clip.clone() };
        let clips = |timeline: &Timeline| timeline.clips.iter().map(plain).collect::<Vec<_>>();
        clips(self) == clips(other) && self.canvas == other.canvas && self.fades == other.fades
    }

    /// Whether at each moment it shows and lets be heard the same moment of the same source as another timeline, however
    /// it is framed.
    pub fn runs_like(&self, other: &Timeline) -> bool {
        let plain = |clip: &Clip| Clip { locked: false, id: 0, fit: None, anchor: None, ..clip.clone() };
        let clips = |timeline: &Timeline| timeline.clips.iter().map(plain).collect::<Vec<_>>();
        clips(self) == clips(other)
    }

    /// The source of this number.
    pub fn source(&self, id: u32) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The clip of this number.
    pub fn clip(&self, id: u32) -> Option<&Clip> {
        self.clips.iter().find(|clip| clip.id == id)
    }

    /// The bed of this number.
    pub fn bed(&self, id: u32) -> Option<&Bed> {
        self.beds.iter().find(|bed| bed.id == id)
    }

    /// The title of this number.
    pub fn title(&self, id: u32) -> Option<&Title> {
        self.titles.iter().find(|title| title.id == id)
    }
}
