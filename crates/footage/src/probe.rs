//! What a film's container says of itself, before anything is decoded.

use serde::Serialize;
use sound::Time;

/// A film as its container describes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Probe {
    /// The container's short name: `mp4`, `matroska`, `avi`, ...
    pub container: String,
    /// How long the picture lasts; where the container lies or is silent, what its packets say.
    pub length: Time,
    /// The picture that is shown by default.
    pub picture: Picture,
    /// The sound that is played by default, if there is any.
    pub sound: Option<FilmSound>,
}

/// The picture stream.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// Index of the stream in the file.
    pub stream: usize,
    /// Codec name as ffmpeg gives it: `h264`, `hevc`, `vp9`, ...
    pub codec: String,
    /// Width in pixels as shown, after rotation.
    pub width: u32,
    /// Height in pixels as shown, after rotation.
    pub height: u32,
    /// Average frame rate as a fraction; the denominator is never zero.
    pub frame_rate: (u32, u32),
    /// Pixel format as ffmpeg names it: `yuv420p`, ...
    pub pixel_format: String,
    /// Whether frames are unevenly spaced.
    pub variable_rate: bool,
    /// Whether frames hold two fields.
    pub interlaced: bool,
}

impl Picture {
    /// Frames a second.
    pub fn frames_per_second(&self) -> f64 {
        f64::from(self.frame_rate.0) / f64::from(self.frame_rate.1.max(1))
    }

    /// Length of one frame; a thirtieth of a second where the rate is unknown.
    pub fn frame_length(&self) -> Time {
        match self.frame_rate {
            (0, _) => Time::from_ratio(1, 30),
            (num, den) => Time::from_ratio(i64::from(den), i64::from(num)),
        }
    }
}

/// The film's own sound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilmSound {
    /// Index of the stream in the file.
    pub stream: usize,
    /// Codec name as ffmpeg gives it: `aac`, `mp3`, `opus`, ...
    pub codec: String,
    /// Samples a second in the file.
    pub sample_rate: u32,
    /// Channels in the file.
    pub channels: u32,
}

/// One packet of the picture, as the demuxer sees it: nothing is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When its frame is shown, counted from the film's start.
    pub at: Time,
    /// Its size in bytes.
    pub size: u32,
    /// Whether decoding can start here.
    pub keyframe: bool,
    /// Whether one that is shown later is stored, and so decoded, before it: a B-frame as encoders make them.
    pub between: bool,
}
