//! How loud the finished film is to be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sound::Decibels;

/// Loudness of the finished film, by the name of where it goes.
///
/// Only YouTube publishes its figure; those of the other social platforms are convention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names speak")]
pub enum Target {
    #[default]
    Youtube,
    Tiktok,
    Reels,
    Shorts,
    Twitch,
    Bilibili,
    Podcast,
    Spotify,
    Apple,
    BroadcastEu,
    BroadcastUs,
    /// The film's own sound stays as loud as it was; the music lies beside it.
    Keep,
}

impl Target {
    /// Every target.
    pub const ALL: [Target; 12] = [
        Target::Youtube,
        Target::Tiktok,
        Target::Reels,
        Target::Shorts,
        Target::Twitch,
        Target::Bilibili,
        Target::Podcast,
        Target::Spotify,
        Target::Apple,
        Target::BroadcastEu,
        Target::BroadcastUs,
        Target::Keep,
    ];

    /// True peak of the finished film at most, in dBTP, measured on the decoded output.
    pub const TRUE_PEAK: Decibels = Decibels(-1.0);

    /// Its name on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Target::Youtube => "youtube",
            Target::Tiktok => "tiktok",
            Target::Reels => "reels",
            Target::Shorts => "shorts",
            Target::Twitch => "twitch",
            Target::Bilibili => "bilibili",
            Target::Podcast => "podcast",
            Target::Spotify => "spotify",
            Target::Apple => "apple",
            Target::BroadcastEu => "broadcast-eu",
            Target::BroadcastUs => "broadcast-us",
            Target::Keep => "keep",
        }
    }

    /// Integrated loudness in LUFS; `None` for as loud as the film was.
    pub fn lufs(self) -> Option<f64> {
        match self {
            Target::Podcast | Target::Apple => Some(-16.0),
            Target::BroadcastEu => Some(-23.0),
            Target::BroadcastUs => Some(-24.0),
            Target::Keep => None,
            _ => Some(-14.0),
        }
    }
}
