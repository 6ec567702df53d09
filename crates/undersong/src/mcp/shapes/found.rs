//! What is in a film, and which genres there are.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use timeline::Timeline;

use crate::views::genre::Listed;

/// A film that was opened.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct FilmView {
    pub(crate) name: String,
    pub(crate) duration_s: f64,
    /// Pixels, as it is shown.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// How many films and photos it is made of.
    pub(crate) clips: usize,
    /// Pieces of music that were laid under it.
    pub(crate) music: usize,
}

/// What was seen and heard in a film.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Described {
    pub(crate) duration_s: f64,
    /// Pixels, as it is shown.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Frames a second.
    pub(crate) fps: f64,
    pub(crate) has_sound: bool,
    /// Moments in seconds, moods, and why: valence is how pleasant, arousal how excited it feels, both from -1 to 1.
    #[schemars(with = "crate::views::watch::WatchView")]
    pub(crate) watched: Value,
}

/// The kinds of music there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Genres {
    pub(crate) genres: Vec<Listed>,
}

impl FilmView {
    pub(crate) fn of(timeline: &Timeline) -> FilmView {
        let size = timeline.picture_size();
        FilmView {
            name: timeline.name().to_owned(),
            duration_s: timeline.length().seconds(),
            width: size.width,
            height: size.height,
            clips: timeline.clips.len(),
            music: timeline.beds.len(),
        }
    }
}
