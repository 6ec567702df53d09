//! A segment of a posted draft, field by field.

use serde_json::{Map, Value};
use sound::Span;

use super::{time, wrong};
use crate::server::dialect::draft::{AUDIO, VIDEO};
use crate::server::dialect::errors::Problem;

/// The longest time that anything may lie at, in milliseconds: a day.
const LONGEST: i64 = 86_400_000;

/// A segment; what it does not say stays as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    /// Where it stands in the draft.
    pub(super) path: String,
    pub(super) id: Option<u32>,
    pub(super) start: Option<i64>,
    pub(super) length: Option<i64>,
    pub(super) source: Option<String>,
    pub(super) name: Option<String>,
    pub(super) volume: Option<f64>,
    pub(super) from: Option<i64>,
    pub(super) speed: Option<f64>,
    pub(super) muted: Option<bool>,
    pub(super) fade_in: Option<i64>,
    pub(super) fade_out: Option<i64>,
    pub(super) text: Option<String>,
}

/// The keys of every segment, and those of one type more.
const ALL: [&str; 4] = ["id", "start", "length", "name"];
const OF_VIDEO: [&str; 5] = ["source", "volume", "in", "speed", "muted"];
const OF_AUDIO: [&str; 8] = ["source", "volume", "genre", "mood", "tempo", "key", "fade_in", "fade_out"];
const OF_TEXT: [&str; 4] = ["text", "position", "size", "color"];

/// Whole milliseconds of a day at most.
pub(super) fn whole(field: &str, value: &Value) -> Result<i64, Problem> {
    let number =
        value.as_f64().filter(|number| number.is_finite() && (0.0..=LONGEST as f64).contains(number));
    number
        .map(|number| number.round() as i64)
        .ok_or_else(|| wrong(field, "must be milliseconds, 0 to 86400000"))
}

impl Segment {
    /// Reads a segment of a track of this type.
    pub(super) fn read(path: String, kind: u64, segment: &Value) -> Result<Segment, Problem> {
        let keys = segment.as_object().ok_or_else(|| wrong(&path, "must be an object"))?;
        let more: &[&str] = match kind {
            kind if kind == u64::from(VIDEO) => &OF_VIDEO,
            kind if kind == u64::from(AUDIO) => &OF_AUDIO,
            _ => &OF_TEXT,
        };
        if let Some(key) =
            keys.keys().find(|key| !ALL.contains(&key.as_str()) && !more.contains(&key.as_str()))
        {
            return Err(wrong(&format!("{path}.{key}"), "is not known"));
        }
        let at = |key: &str| format!("{path}.{key}");
        let ms = |key: &str| keys_of(keys, key).map(|value| whole(&at(key), value)).transpose();
        let text = |key: &str| {
            let read = |value: &Value| {
                value.as_str().map(str::to_owned).ok_or_else(|| wrong(&at(key), "must be a text"))
            };
            keys_of(keys, key).map(read).transpose()
        };
        let number = |key: &str, least: f64, most: f64| {
            let fault = || wrong(&at(key), &format!("must be a number, {least} to {most}"));
            let read = |value: &Value| {
                value.as_f64().filter(|number| (least..=most).contains(number)).ok_or_else(fault)
            };
            keys_of(keys, key).map(read).transpose()
        };
        let id = keys_of(keys, "id").map(|value| {
            let id = value.as_u64().and_then(|id| u32::try_from(id).ok());
            id.ok_or_else(|| wrong(&at("id"), "must be the number of what it stands for"))
        });
        let muted = keys_of(keys, "muted")
            .map(|value| value.as_bool().ok_or_else(|| wrong(&at("muted"), "must be true or false")));
        Ok(Segment {
            id: id.transpose()?,
            start: ms("start")?,
            length: ms("length")?,
            source: text("source")?,
            name: text("name")?,
            volume: number("volume", 0.0, 2.0)?,
            from: ms("in")?,
            speed: number("speed", 0.1, 20.0)?,
            muted: muted.transpose()?,
            fade_in: ms("fade_in")?,
            fade_out: ms("fade_out")?,
            text: text("text")?,
            path,
        })
    }

    /// The path of one of its fields.
    pub(super) fn field(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// When it is, where it says so.
    pub(super) fn span(&self) -> Option<Span> {
        let length = self.length?;
        let start = self.start.unwrap_or(0);
        Some(Span::new(time(start), time(start + length)))
    }
}

/// A field that says something.
fn keys_of<'k>(keys: &'k Map<String, Value>, key: &str) -> Option<&'k Value> {
    keys.get(key).filter(|value| !value.is_null())
}
