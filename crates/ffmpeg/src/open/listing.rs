//! Reads ffprobe's `compact` print line by line.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::ChildStdout;

use sound::Time;

use crate::MediaError;
use crate::film::Stored;
use crate::turn::Turn;

/// Longest line that is read whole; ffprobe's are a few hundred bytes.
const LINE_BYTES: u64 = 64 << 10;

/// A stream as ffprobe prints it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream {
    pub(super) index: usize,
    pub(super) kind: String,
    pub(super) codec: String,
    pub(super) profile: String,
    pub(super) tag: String,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixel_format: String,
    pub(super) interlaced: bool,
    /// How many frames a decoder holds back.
    pub(super) reorder: u32,
    pub(super) length_prefixed: bool,
    pub(super) colour: [String; 3],
    pub(super) time_base: (i64, i64),
    /// How long the container says it is.
    pub(super) declared: Option<Time>,
    pub(super) rate: (u32, u32),
    pub(super) sample_rate: u32,
    pub(super) channels: u32,
    pub(super) default: bool,
    pub(super) cover: bool,
    pub(super) turn: Turn,
}

/// A packet as ffprobe prints it.
pub(super) struct Listed {
    pub(super) packet: Stored,
    /// The stream it belongs to.
    pub(super) stream: usize,
    pub(super) kind: Kind,
}

/// What a packet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Picture,
    Sound,
    Other,
}

/// Gives each packet that ffprobe prints until the pipe closes, then the streams, which it prints last.
///
/// # Errors
/// What `each` fails with; [`MediaError::Unreadable`] when the pipe cannot be read.
pub(super) fn read(
    pipe: Option<ChildStdout>,
    each: &mut dyn FnMut(Listed) -> Result<(), MediaError>,
) -> Result<Vec<Stream>, MediaError> {
    let mut streams: Vec<Stream> = Vec::new();
    lines(pipe, &mut |section, fields| {
        match section {
            "packet" => each(packet(fields))?,
            "stream" => streams.push(stream(fields)),
            // A second block of side data stands on a line of its own.
            "side_data" => {
                if let (Some(turn), Some(last)) = (turned(fields), streams.last_mut()) {
                    last.turn = turn;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(streams)
}

/// The fields of a line: `name=value`.
type Fields<'a> = &'a mut dyn Iterator<Item = (&'a str, &'a str)>;

/// Reads lines like `packet|pts=0|dts=0` until the pipe closes; one that begins with a bar goes on with the one before.
fn lines(
    pipe: Option<ChildStdout>,
    each: &mut dyn FnMut(&str, Fields<'_>) -> Result<(), MediaError>,
) -> Result<(), MediaError> {
    let Some(pipe) = pipe else { return Ok(()) };
    let mut reader = BufReader::with_capacity(256 << 10, pipe);
    let (mut waiting, mut bytes) = (Vec::new(), Vec::new());
    loop {
        bytes.clear();
        let count = (&mut reader).take(LINE_BYTES).read_until(b'\n', &mut bytes);
        let over = count.map_err(|error| MediaError::unreadable(error.to_string()))? == 0;
        if over || bytes[0] != b'|' {
            let line = String::from_utf8_lossy(&waiting);
            if let Some((section, rest)) = line.trim_end().split_once('|') {
                each(section, &mut rest.split('|').filter_map(|field| field.split_once('=')))?;
            }
            waiting.clear();
        }
        if over {
            return Ok(());
        }
        if waiting.len() as u64 <= LINE_BYTES {
            waiting.extend_from_slice(bytes.trim_ascii_end());
        }
    }
}

fn packet(fields: Fields<'_>) -> Listed {
    let mut listed = Listed { packet: Stored::default(), stream: 0, kind: Kind::Other };
    let packet = &mut listed.packet;
    for (name, value) in fields {
        match name {
            "codec_type" if value == "video" => listed.kind = Kind::Picture,
            "codec_type" if value == "audio" => listed.kind = Kind::Sound,
            "stream_index" => listed.stream = value.parse().unwrap_or(0),
            "pts" => packet.pts = value.parse().ok(),
            "dts" => packet.dts = value.parse().ok(),
            "duration" => packet.duration = value.parse().unwrap_or(0),
            "size" => packet.size = value.parse().unwrap_or(0),
            "pos" => packet.position = value.parse().ok(),
            "flags" => {
                packet.keyframe = value.contains('K');
                packet.hidden = value.contains('D');
            }
            "data_hash" => packet.hash = hash(value).unwrap_or(0),
            _ => {}
        }
    }
    listed
}

/// `murmur3:` and 32 hexadecimal digits.
fn hash(value: &str) -> Option<u128> {
    u128::from_str_radix(value.rsplit(':').next()?, 16).ok()
}

fn stream(fields: Fields<'_>) -> Stream {
    let mut stream = Stream { time_base: (1, 1000), ..Stream::default() };
    let mut rates = [None; 2];
    let (mut print, mut rotation) = (None, None);
    for (name, value) in fields {
        match name {
            "index" => stream.index = value.parse().unwrap_or(0),
            "codec_type" => stream.kind = value.to_owned(),
            "codec_name" => stream.codec = value.to_owned(),
            "profile" => stream.profile = value.to_owned(),
            "codec_tag_string" => stream.tag = value.to_owned(),
            "width" => stream.width = value.parse().unwrap_or(0),
            "height" => stream.height = value.parse().unwrap_or(0),
            "pix_fmt" => stream.pixel_format = value.to_owned(),
            "duration" => stream.declared = value.parse().ok().map(Time::from_seconds),
            "field_order" => stream.interlaced = matches!(value, "tt" | "bb" | "tb" | "bt"),
            "has_b_frames" => stream.reorder = value.parse().unwrap_or(0),
            "is_avc" => stream.length_prefixed = value == "true",
            "color_primaries" => stream.colour[0] = value.to_owned(),
            "color_transfer" => stream.colour[1] = value.to_owned(),
            "color_space" => stream.colour[2] = value.to_owned(),
            "time_base" => stream.time_base = fraction(value).unwrap_or(stream.time_base),
            "avg_frame_rate" => rates[0] = fraction(value),
            "r_frame_rate" => rates[1] = fraction(value),
            "sample_rate" => stream.sample_rate = value.parse().unwrap_or(0),
            "channels" => stream.channels = value.parse().unwrap_or(0),
            "disposition:default" => stream.default = value == "1",
            "disposition:attached_pic" => stream.cover = value == "1",
            "displaymatrix" => print = Some(value),
            "rotation" => rotation = Some(value),
            _ => {}
        }
    }
    if let (Some(print), Some(rotation)) = (print, rotation) {
        stream.turn = Turn::parse(print, rotation);
    }
    let rate = rates.into_iter().flatten().next();
    stream.rate = rate.and_then(|(n, d)| Some((n.try_into().ok()?, d.try_into().ok()?))).unwrap_or((0, 1));
    stream
}

fn turned(fields: Fields<'_>) -> Option<Turn> {
    let fields: BTreeMap<&str, &str> = fields.collect();
    Some(Turn::parse(fields.get("displaymatrix")?, fields.get("rotation")?))
}

/// `30000/1001`, where both parts are above zero and, as ffmpeg's own, within 31 bits.
fn fraction(value: &str) -> Option<(i64, i64)> {
    let (n, d) = value.split_once('/')?;
    let (n, d): (i32, i32) = (n.parse().ok()?, d.parse().ok()?);
    (n > 0 && d > 0).then_some((n.into(), d.into()))
}
