//! A bed: one piece of music under the film.

use schemars::JsonSchema;
use score::Brief;
use serde::{Deserialize, Serialize};
use sound::{Span, Time};

/// A piece of music under the film. It holds what is wanted, not the sound of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bed {
    /// Its number; no two beds of a timeline share one.
    pub id: u32,
    /// What people call it: `Lo-fi hip-hop`.
    pub name: String,
    /// Where the music comes from.
    pub music: Music,
    /// Where it plays, on the film's clock.
    pub span: Span,
    /// Linear gain in percent of a bed that sits at the film's own loudness, 0 to 200.
    pub level_pct: f64,
    /// How it gives way to speech.
    pub duck: Duck,
    /// Fade at its start.
    pub fade_in: Time,
    /// Fade at its end.
    pub fade_out: Time,
    /// Stretches where it is louder or softer than its level, in order of time; none of them meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rides: Vec<Ride>,
    /// Whether edits must leave it alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

/// A stretch of a bed that has a level of its own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ride {
    /// Where, on the film's clock.
    pub span: Span,
    /// Its level there, in percent like [`Bed::level_pct`].
    pub level_pct: f64,
}

impl Bed {
    /// Level a new bed gets, in percent.
    const USUAL_LEVEL: f64 = 35.0;

    /// A bed of this number as it is laid, before anything is set.
    pub fn new(id: u32, name: impl Into<String>, music: Music, span: Span) -> Bed {
        Bed {
            id,
            name: name.into(),
            music,
            span,
            level_pct: Self::USUAL_LEVEL,
            duck: Duck::default(),
            fade_in: Time::ZERO,
            fade_out: Time::ZERO,
            rides: Vec::new(),
            locked: false,
        }
    }
}

/// Where the music of a bed comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Music {
    /// Composed to a brief.
    Composed(Box<Brief>),
    /// The user's own recording, by its path.
    Recording(String),
}

/// How far music goes down while somebody talks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Duck {
    /// It stays where it is.
    Off,
    /// A little.
    Gentle,
    /// As broadcasters do.
    #[default]
    Standard,
    /// Well out of the way.
    Strong,
    /// As far as those who hear badly need it (WCAG 2.1, technique G56).
    Accessible,
}

impl Duck {
    /// From the least to the most.
    pub const ALL: [Duck; 5] = [Duck::Off, Duck::Gentle, Duck::Standard, Duck::Strong, Duck::Accessible];

    /// How far speech must stand above the music, in LU; `None` where the music does not give way.
    pub fn clearance(self) -> Option<f64> {
        match self {
            Duck::Off => None,
            Duck::Gentle => Some(12.0),
            Duck::Standard => Some(14.0),
            Duck::Strong => Some(18.0),
            Duck::Accessible => Some(20.0),
        }
    }
}
