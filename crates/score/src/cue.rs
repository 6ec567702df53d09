//! The cue sheet: where the music has its beats, its sections and its hits, before a note is written.

mod table;

use serde::Serialize;
use sound::{Span, Tempo, Time};

use crate::genre::BEATS_PER_BAR;
use crate::{Key, Mood, TempoMap};

/// A plan of the music, with everything the picture asks of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CueSheet {
    /// How long the music is.
    pub length: Time,
    /// Identifier of its genre.
    pub genre: String,
    /// The mood it aims at.
    pub mood: Mood,
    /// The key it begins and ends in.
    pub key: Key,
    /// Where beats fall; beat 0 is the first beat of bar 0 and may lie before the music begins (a pickup).
    pub tempo: TempoMap,
    /// Bars, the last one perhaps cut short by the end.
    pub bars: usize,
    /// Sections in time order, covering all bars.
    pub sections: Vec<CueSection>,
    /// Cuts that were tried and moments that were asked for, met or missed, in time order.
    pub hits: Vec<Hit>,
    /// Where somebody talks, on the clock of the music.
    pub speech: Vec<Span>,
}

/// Themes that belong together.
pub(crate) const FAMILY: usize = 3;

/// A section of the music.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CueSection {
    /// What it is for.
    pub kind: SectionKind,
    /// Which theme it works with: 0 is the first, and each movement of a long piece has [`FAMILY`] of its own.
    pub theme: usize,
    /// How often that theme was heard before.
    pub variation: usize,
    /// Its first bar.
    pub first_bar: usize,
    /// How many bars it has, at least one.
    pub bars: usize,
    /// How much is going on, 0 to 1.
    pub energy: f64,
    /// Semitones by which it stands above the key of the piece.
    pub lift: u8,
    /// Whether the film has it alone.
    pub silent: bool,
}

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// Opens the door.
    Intro,
    /// States a theme.
    Statement,
    /// Says something else.
    Contrast,
    /// Everything plays.
    Climax,
    /// Brings it home.
    Outro,
    /// The whole of a piece too short for a form.
    Sting,
}

impl SectionKind {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            SectionKind::Intro => "intro",
            SectionKind::Statement => "statement",
            SectionKind::Contrast => "contrast",
            SectionKind::Climax => "climax",
            SectionKind::Outro => "outro",
            SectionKind::Sting => "sting",
        }
    }
}

/// A moment of the picture and how the music meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// When it is, on the clock of the music.
    pub at: Time,
    /// How much it matters, 0 to 1; 1 for what the user asked for.
    pub weight: f64,
    /// Whether the user asked for it; otherwise it is a cut.
    pub wished: bool,
    /// What it falls on.
    pub landing: Landing,
    /// Distance to the nearest beat.
    pub error: Time,
}

/// What a hit falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Landing {
    /// The first beat of a bar.
    Downbeat,
    /// Another beat.
    Beat,
    /// Nothing: no grid within the limits reaches it.
    None,
}

impl CueSheet {
    /// The key of a section.
    pub fn key_of(&self, section: &CueSection) -> Key {
        Key { tonic: (self.key.tonic + section.lift) % 12, ..self.key }
    }

    /// When a bar begins.
    pub fn bar_start(&self, bar: usize) -> Time {
        self.tempo.time((bar as i64 * BEATS_PER_BAR) as f64)
    }

    /// Where a bar lies.
    pub fn bar_span(&self, bar: usize) -> Span {
        Span::new(self.bar_start(bar), self.bar_start(bar + 1))
    }

    /// The section a bar belongs to; the last one beyond the end.
    pub fn section_at(&self, bar: usize) -> &CueSection {
        let found = self.sections.partition_point(|section| section.first_bar <= bar);
        &self.sections[found.saturating_sub(1)]
    }

    /// Where a section lies, within the music.
    pub fn section_span(&self, section: &CueSection) -> Span {
        let end = section.first_bar + section.bars;
        let until = if end >= self.bars { self.length } else { self.bar_start(end) };
        Span::new(self.bar_start(section.first_bar).max(Time::ZERO), until.min(self.length))
    }

    /// Times of all beats within the music.
    pub fn beats(&self) -> Vec<Time> {
        self.grid(1)
    }

    /// Times of all first beats within the music.
    pub fn downbeats(&self) -> Vec<Time> {
        self.grid(BEATS_PER_BAR)
    }

    fn grid(&self, every: i64) -> Vec<Time> {
        (0..)
            .map(|index| self.tempo.time((index * every) as f64))
            .skip_while(|time| *time < Time::ZERO)
            .take_while(|time| *time < self.length)
            .collect()
    }

    /// The tempo a listener would name: beats a minute from the first beat to the last, to a thousandth.
    pub fn heard_tempo(&self) -> Tempo {
        let beats = self.beats();
        let [first, .., last] = beats[..] else { return self.tempo.tempo(Time::ZERO) };
        let a_minute = 60.0 * (beats.len() - 1) as f64 / (last - first).seconds();
        Tempo::new((a_minute * 1000.0).round() / 1000.0)
    }

    /// Share of a bar in which somebody talks, 0 to 1.
    pub fn talk(&self, bar: usize) -> f64 {
        let span = self.bar_span(bar);
        let talked: Time = self.speech.iter().map(|speech| speech.overlap(span).length()).sum();
        talked.seconds() / span.length().seconds().max(1e-9)
    }
}
