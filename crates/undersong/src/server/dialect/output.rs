//! The body of an export: its name, its session, and how the file is to be.

use ffmpeg::FrameRate;
use serde_json::Value;
use timeline::{Canvas, Target};
use utoipa::ToSchema;

use super::errors::Problem;
use super::message::{Read, field};
use crate::server::workshop::rendering::Look;

/// An export that is wanted. `id` is its name: who asks again with the same name and body gets the same export.
#[derive(Debug, ToSchema)]
#[allow(dead_code)] // it is read key by key, leniently
pub(crate) struct ExportWish {
    /// One is made up where it is missing. No slashes.
    #[schema(min_length = 1, max_length = 128, examples("render_1"))]
    id: Option<String>,
    #[serde(rename = "sessionId")]
    session_id: String,
    /// Another draft than the session's; read strictly.
    draft: Option<PostedDraft>,
    output: Option<Output>,
}

/// A draft with the keys of the session's own. What has an `id` is changed, what has none is new, what is left out goes.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
struct PostedDraft {
    #[schema(value_type = Vec<Object>)]
    t: Vec<Value>,
    d: Option<i64>,
    #[schema(value_type = Option<Object>)]
    m: Option<Value>,
}

/// How the film is to be.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
struct Output {
    /// `mp4`.
    #[schema(examples("mp4"))]
    format: Option<String>,
    /// `high`, `medium` or `low`.
    #[schema(examples("high"))]
    quality: Option<String>,
    /// Like `1080p`, `1920x1080` or `source`.
    #[schema(examples("1080p"))]
    resolution: Option<String>,
    /// Frames a second; the source's own where it is missing.
    #[schema(examples(30))]
    fps: Option<f64>,
    /// `h264`.
    #[schema(examples("h264"))]
    codec: Option<String>,
    #[schema(minimum = 0, maximum = 51)]
    crf: Option<f64>,
    /// A preset of x264, or a platform whose loudness is met.
    #[schema(examples("tiktok"))]
    preset: Option<String>,
}

/// An export as a client asks for it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) id: Option<String>,
    pub(crate) session: String,
    /// A draft that is not empty.
    pub(crate) draft: Option<Value>,
    pub(crate) look: Look,
    /// What was asked, in one form.
    pub(crate) asked: String,
}

/// The longest name that a client may give an export.
const LONGEST: usize = 128;

impl Read for Request {
    type Written = ExportWish;

    fn read(body: &Value) -> Result<Request, Problem> {
        let wrong = |text: &str| Err(Problem::Malformed(text.to_owned()));
        let Some(session) = field(body, &["sessionId", "session_id"]) else {
            return wrong("sessionId is missing.");
        };
        let id = field(body, &["id", "render_id", "renderId"]).filter(|id| !id.is_empty());
        let odd = |id: &String| id.len() > LONGEST || id.chars().any(|c| c.is_control() || c == '/');
        if id.as_ref().is_some_and(odd) {
            return wrong("id must be 1 to 128 characters, without slashes and control characters.");
        }
        let empty = |draft: &&Value| draft.is_null() || draft.as_object().is_some_and(|keys| keys.is_empty());
        let draft = body.get("draft").filter(|draft| !empty(draft)).cloned();
        let output = body.get("output").filter(|output| !output.is_null());
        let look = output.map(look).transpose()?.unwrap_or_default();
        let asked = serde_json::json!([draft, output]).to_string();
        Ok(Request { id, session, draft, look, asked })
    }
}

/// Reads `output`.
fn look(output: &Value) -> Result<Look, Problem> {
    let Some(keys) = output.as_object() else {
        return Err(Problem::Malformed("output must be an object.".to_owned()));
    };
    let mut look = Look::default();
    for (key, value) in keys.iter().filter(|(_, value)| !value.is_null()) {
        let text = match value {
            Value::String(text) => text.to_lowercase(),
            other => other.to_string(),
        };
        let wrong = |allowed: &str| Err(Problem::Malformed(format!("output.{key} must be {allowed}.")));
        match key.as_str() {
            "format" if text == "mp4" => {}
            "format" => return wrong("mp4"),
            "quality" => match quality(&text) {
                Some(quality) => look.quality = Some(quality.to_owned()),
                None => return wrong("high, medium or low"),
            },
            "resolution" => match lines(&text) {
                Some(lines) => look.lines = lines,
                None => return wrong("like 1080p, 1920x1080 or source"),
            },
            "fps" if text.parse::<FrameRate>().is_ok() => look.fps = Some(text),
            "fps" => return wrong("frames a second, like 30 or 29.97"),
            "codec" | "video_codec" | "videoCodec"
                if matches!(&*text, "h264" | "libx264" | "avc" | "x264") => {}
            "codec" | "video_codec" | "videoCodec" => return wrong("h264"),
            "crf" => match value.as_f64().or(text.parse().ok()) {
                Some(crf) if (0.0..=51.0).contains(&crf) => {
                    look.quality = look.quality.or(Some(by_crf(crf).to_owned()))
                }
                _ => return wrong("between 0 and 51"),
            },
            "preset" | "platform" => match Target::ALL.into_iter().find(|one| one.name() == text) {
                Some(target) => look.target = Some(target),
                None if PRESETS.contains(&&*text) => {}
                None => return wrong("a preset of x264 or a platform"),
            },
            "ratio" | "width" | "height" | "filename" => {}
            _ => return Err(Problem::Malformed(format!("output.{key} is not known."))),
        }
    }
    Ok(look)
}

/// How x264 names its speeds; they say how long it takes, and we decide that.
const PRESETS: [&str; 10] = [
    "ultrafast",
    "superfast",
    "veryfast",
    "faster",
    "fast",
    "medium",
    "slow",
    "slower",
    "veryslow",
    "placebo",
];

fn quality(text: &str) -> Option<&'static str> {
    match text {
        "high" | "best" | "ultra" | "lossless" => Some("high"),
        "medium" | "standard" | "normal" | "auto" => Some("medium"),
        "low" | "draft" | "preview" => Some("draft"),
        _ => None,
    }
}

fn by_crf(crf: f64) -> &'static str {
    match crf {
        ..19.0 => "high",
        ..26.0 => "medium",
        _ => "draft",
    }
}

/// Pixels of the shorter side; nothing for the source's own.
fn lines(text: &str) -> Option<Option<u32>> {
    let lines = match text {
        "source" | "original" | "auto" => return Some(None),
        "4k" | "uhd" => 2160,
        "2k" => 1440,
        "hd" => 720,
        "fhd" | "full hd" | "fullhd" => 1080,
        "sd" => 480,
        _ => match text.split_once(['x', '*', '×']) {
            Some((wide, high)) => {
                let (wide, high): (u32, u32) = (wide.trim().parse().ok()?, high.trim().parse().ok()?);
                wide.min(high)
            }
            None => text.trim_end_matches('p').parse().ok()?,
        },
    };
    Canvas::LINES.contains(&lines).then_some(Some(lines))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(output: Value) -> Result<Look, String> {
        let body = json!({ "id": "render_1", "sessionId": "7", "output": output });
        Request::read(&body).map(|request| request.look).map_err(|problem| problem.sentence())
    }

    #[test]
    fn what_clients_ask_for_is_read() {
        assert_eq!(read(Value::Null), Ok(Look::default()));
        let high = Look { quality: Some("high".into()), fps: Some("30".into()), ..Look::default() };
        assert_eq!(read(json!({ "format": "mp4", "quality": "high", "codec": "h264", "fps": 30 })), Ok(high));
        for (resolution, lines) in
            [("1080p", 1080), ("720", 720), ("1920x1080", 1080), ("1080×1920", 1080), ("4K", 2160)]
        {
            assert_eq!(read(json!({ "resolution": resolution })).unwrap().lines, Some(lines), "{resolution}");
        }
        assert_eq!(read(json!({ "resolution": "source" })).unwrap().lines, None);
        assert_eq!(read(json!({ "crf": 28, "preset": "fast" })).unwrap().quality.as_deref(), Some("draft"));
        assert_eq!(read(json!({ "preset": "tiktok" })).unwrap().target, Some(Target::Tiktok));
    }

    #[test]
    fn what_cannot_be_is_named() {
        for (output, named) in [
            (json!({ "format": "gif" }), "output.format"),
            (json!({ "resolution": "9p" }), "output.resolution"),
            (json!({ "crf": 99 }), "output.crf"),
            (json!({ "fps": 0 }), "output.fps"),
            (json!({ "colour": "red" }), "output.colour"),
            (json!([]), "output"),
        ] {
            let told = read(output.clone()).unwrap_err();
            assert!(told.starts_with(named), "{output}: {told}");
        }
        assert!(Request::read(&json!({ "id": "a" })).unwrap_err().sentence().contains("sessionId"));
        assert!(Request::read(&json!({ "id": "a/b", "sessionId": "7" })).is_err());
    }
}
