//! What tools take.

use schemars::JsonSchema;
use serde::Deserialize;
use timeline::Target;

/// Opens a film.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenFilm {
    /// The film; or several films and photos, which are shown one after the other. On this machine paths in the folders that
    /// are allowed; on a server public http or https addresses.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(crate) files: Vec<String>,
    /// A film that is open already: on a server the number of a session, so that a file which was uploaded there can be used.
    #[serde(default)]
    pub(crate) film: Option<String>,
}

/// Names a film.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThisFilm {
    /// The film, as open_film called it.
    pub(crate) film: String,
}

/// Asks for music, and for the film with it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddMusic {
    /// The film, as open_film called it.
    pub(crate) film: String,
    /// What is wanted, in English or Chinese, in the words of the user: genre, mood, level, where it starts and ends.
    /// Without it, music that fits the film.
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub(crate) request: Option<String>,
    /// Repeats a result exactly; another number gives other music. Not on a server.
    #[serde(default)]
    pub(crate) seed: Option<u64>,
    /// Where the film is written, ending in .mp4; never over a file that is there. Without it, beside the first file of the
    /// film under a name of its own. Not on a server, which gives a link.
    #[serde(default)]
    pub(crate) output: Option<String>,
    /// How much care the picture gets where it must be encoded.
    #[serde(default)]
    pub(crate) quality: Option<Quality>,
    /// How loud, by where the film goes; as the film's timeline says where nobody does, at first youtube.
    #[serde(default)]
    pub(crate) loudness: Option<Target>,
}

/// A sentence about a film.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditFilm {
    /// The film, as open_film called it.
    pub(crate) film: String,
    /// What is wanted, in English or Chinese, in the words of the user: "a bit quieter", "fade it out over 2 seconds", "cut the
    /// first 3 seconds", "a title \"Home\" at the start", "take the second one", "how loud is the music?".
    #[schemars(length(min = 1, max = 20_000))]
    pub(crate) request: String,
    /// Repeats a result exactly. Not on a server.
    #[serde(default)]
    pub(crate) seed: Option<u64>,
}

/// Narrows the list of genres.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListGenres {
    /// Only genres that a word in this text stands for, in English or Chinese.
    #[serde(default)]
    pub(crate) about: Option<String>,
}

/// Asks to hear a piece.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewMusic {
    /// The film, as open_film called it.
    pub(crate) film: String,
    /// The piece, as list_alternatives and show_timeline call it: "music_1". Without it, the first there is.
    #[serde(default)]
    pub(crate) piece: Option<String>,
}

/// Asks for pieces to choose from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListAlternatives {
    /// The film, as open_film called it.
    pub(crate) film: String,
    /// How many pieces are laid out.
    #[serde(default = "three")]
    #[schemars(range(min = 2, max = 5))]
    pub(crate) count: u8,
    /// Lay out new ones even where there are some to choose from.
    #[serde(default)]
    pub(crate) anew: bool,
}

fn three() -> u8 {
    3
}

/// Asks for the film as it stands.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportFilm {
    /// The film, as open_film called it.
    pub(crate) film: String,
    /// Where the film is written, ending in .mp4; never over a file that is there. Without it, beside the first file of the
    /// film under a name of its own. Not on a server, which gives a link.
    #[serde(default)]
    pub(crate) output: Option<String>,
    /// How much care the picture gets where it must be encoded.
    #[serde(default)]
    pub(crate) quality: Option<Quality>,
    /// How loud, by where the film goes; as the film's timeline says where nobody does, at first youtube.
    #[serde(default)]
    pub(crate) loudness: Option<Target>,
}

/// How much care a picture gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Quality {
    High,
    Medium,
    Draft,
}

/// How a finished file is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Delivered {
    pub(crate) output: Option<String>,
    pub(crate) quality: Option<ffmpeg::Quality>,
    pub(crate) target: Option<Target>,
}

impl AddMusic {
    /// How the film is wanted.
    pub(crate) fn delivered(&self) -> Delivered {
        delivered(self.output.as_ref(), self.quality, self.loudness)
    }
}

impl ExportFilm {
    /// How the film is wanted.
    pub(crate) fn delivered(&self) -> Delivered {
        delivered(self.output.as_ref(), self.quality, self.loudness)
    }
}

fn delivered(output: Option<&String>, quality: Option<Quality>, loudness: Option<Target>) -> Delivered {
    let quality = quality.map(|quality| match quality {
        Quality::High => ffmpeg::Quality::High,
        Quality::Medium => ffmpeg::Quality::Medium,
        Quality::Draft => ffmpeg::Quality::Draft,
    });
    Delivered { output: output.cloned(), quality, target: loudness }
}

/// Asks how a job is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JobStatus {
    /// The job, as the tool called it that began it.
    pub(crate) job: String,
    /// How many seconds to wait for its end before answering; a job that has ended is told at once.
    #[serde(default)]
    #[schemars(range(min = 0, max = 30))]
    pub(crate) wait_s: f64,
}

/// Names a job.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelJob {
    /// The job, as the tool called it that began it.
    pub(crate) job: String,
}

/// Goes back.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoEdit {
    /// The film, as open_film called it.
    pub(crate) film: String,
    /// Takes back what was undone instead.
    #[serde(default)]
    pub(crate) redo: bool,
}
