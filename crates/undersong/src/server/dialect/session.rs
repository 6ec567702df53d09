//! Sessions, their files and their state, as clients of the wire read them.

use serde::Serialize;
use serde_json::Value;
use shelf::{File, Session};
use timeline::{Size, Timeline};
use utoipa::ToSchema;

use super::draft::{Drafted, draft, ms};
use super::errors::Problem;
use super::message::{Read, field};
use crate::server::caller::Caller;
use crate::server::house::Shared;
use crate::server::links::{self, Kind};
use crate::server::workshop::document::{Choice, Composed, Document};
use crate::server::workshop::intake::About;
use crate::server::workshop::preview;

/// The most characters of a name and of a language.
const NAME: usize = 200;
const LANGUAGE: usize = 35;

/// A session that is wanted.
#[derive(Debug, ToSchema)]
pub(crate) struct SessionWish {
    /// The first 200 characters are kept; `project` where nobody says.
    pub(crate) task_name: Option<String>,
    /// BCP 47; `en` where nobody says.
    #[schema(examples("zh-CN"))]
    pub(crate) language: Option<String>,
}

/// A session that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadeSession {
    task_id: String,
    /// 19 digits.
    session_id: String,
    user_id: String,
}

/// A file of a session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileView {
    file_id: String,
    /// As it was sent; for people only.
    filename: String,
    /// `video`, `image` or `audio`, by what is in it.
    file_type: String,
    /// Signed and good without a token for a while; whole or in part.
    cdn_url: String,
    /// Seconds.
    #[schema(required)]
    duration: Option<f64>,
    #[schema(required)]
    width: Option<u32>,
    #[schema(required)]
    height: Option<u32>,
    /// Frames a second.
    #[schema(required)]
    fps: Option<f64>,
    /// SHA-256 in hexadecimal digits.
    hash: String,
    /// Bytes.
    size: u64,
}

/// Files that were taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Uploaded {
    pub(crate) files: Vec<FileView>,
    /// Films and photos are in the timeline already.
    pub(crate) session_state_applied: bool,
    pub(crate) revision: i64,
}

/// What holds in a session now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Latest {
    session_id: String,
    task_id: String,
    task_name: String,
    user_id: String,
    /// It goes up with every change.
    revision: i64,
    state: State,
}

/// The state of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionState)]
struct State {
    draft: Drafted,
    /// The films among the files.
    video_infos: Vec<FileView>,
    files: Vec<FileView>,
    canvas_config: Canvas,
    video_analyses: Vec<Analysis>,
    generated_media: Vec<Generated>,
}

/// The size of the picture; null before the first film.
#[derive(Debug, Default, Serialize, ToSchema)]
struct Canvas {
    #[schema(required)]
    width: Option<u32>,
    #[schema(required)]
    height: Option<u32>,
    #[schema(required, examples("16:9"))]
    ratio: Option<String>,
}

/// What was seen and heard in a film.
#[derive(Debug, Serialize, ToSchema)]
struct Analysis {
    file_id: String,
    /// `pending`, `completed`, or `failed`.
    status: &'static str,
    /// What `undersong watch --json` tells.
    #[schema(required, value_type = Option<Object>)]
    analysis: Option<Value>,
}

/// Music that was composed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GeneratedMedia)]
struct Generated {
    id: String,
    /// `music` that plays in the film, or an `alternative` that may be chosen.
    #[serde(rename = "type")]
    kind: &'static str,
    name: String,
    /// What to say to choose it; null for what plays.
    #[schema(required, examples("option 2"))]
    choice: Option<String>,
    /// The piece by itself as WAV, signed and good without a token for a while. It is played when it is first asked for.
    preview_url: String,
    /// Milliseconds.
    start: i64,
    /// Seconds.
    duration: f64,
    cue: Composed,
}

/// The name of a session, made fit to be shown.
pub(crate) fn name(body: &Value, keys: &[&str]) -> Option<String> {
    field(body, keys).map(|text| line(&text, NAME))
}

/// The first `most` characters that are no control characters.
fn line(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

impl Read for SessionWish {
    type Written = SessionWish;
    const OPTIONAL: bool = true;

    fn read(body: &Value) -> Result<SessionWish, Problem> {
        Ok(SessionWish {
            task_name: name(body, &["task_name", "taskName", "name"]),
            language: field(body, &["language", "lang"]).map(|text| line(&text, LANGUAGE)),
        })
    }
}

impl MadeSession {
    pub(crate) fn of(session: &Session, caller: &Caller) -> MadeSession {
        MadeSession {
            task_id: session.task.clone(),
            session_id: session.id.clone(),
            user_id: caller.owner().as_str().to_owned(),
        }
    }
}

impl FileView {
    pub(crate) fn of(house: &Shared, caller: &Caller, file: &File) -> FileView {
        let about = About::of(file);
        FileView {
            file_id: file.id.clone(),
            filename: file.name.clone(),
            file_type: file.kind.clone(),
            cdn_url: links::link(house, &caller.base, Kind::Media, caller.owner(), &file.session, &file.id),
            duration: about.seconds,
            width: about.width,
            height: about.height,
            fps: about.fps,
            hash: file.sha256.clone(),
            size: file.bytes,
        }
    }
}

impl Latest {
    pub(crate) fn of(
        house: &Shared,
        caller: &Caller,
        session: &Session,
        document: &Document,
        files: &[File],
    ) -> Latest {
        let timeline = document.now();
        let view = |one: &File| FileView::of(house, caller, one);
        let films = || files.iter().filter(|one| one.kind == "video");
        Latest {
            session_id: session.id.clone(),
            task_id: session.task.clone(),
            task_name: session.name.clone(),
            user_id: caller.owner().as_str().to_owned(),
            revision: session.revision,
            state: State {
                draft: draft(timeline, &document.music, session.revision),
                video_infos: films().map(view).collect(),
                files: files.iter().map(view).collect(),
                canvas_config: timeline
                    .map(|timeline| Canvas::of(timeline.picture_size(), timeline.canvas.ratio.name()))
                    .unwrap_or_default(),
                video_analyses: films().map(|film| Analysis::of(house, film)).collect(),
                generated_media: generated(document, |id: &str| {
                    links::link(house, &caller.base, Kind::Preview, caller.owner(), &session.id, id)
                }),
            },
        }
    }
}

impl Analysis {
    fn of(house: &Shared, file: &File) -> Analysis {
        let analysis = About::of(file).analysis;
        let status = match analysis {
            Some(_) => "completed",
            None if house.watched.has_failed(&file.id) => "failed",
            None => "pending",
        };
        Analysis { file_id: file.id.clone(), status, analysis }
    }
}

impl Canvas {
    fn of(Size { width, height }: Size, ratio: &str) -> Canvas {
        let shown = if ratio.contains(':') { ratio.to_owned() } else { smallest(width, height) };
        Canvas { width: Some(width), height: Some(height), ratio: Some(shown) }
    }
}

/// Width to height in smallest numbers.
fn smallest(width: u32, height: u32) -> String {
    let (mut a, mut b) = (width.max(1), height.max(1));
    while b > 0 {
        (a, b) = (b, a % b);
    }
    format!("{}:{}", width / a, height / a)
}

/// The music that was composed: what plays, then what may be chosen.
fn generated(document: &Document, link: impl Fn(&str) -> String) -> Vec<Generated> {
    let told = |timeline: &Timeline, composed: &Composed, choice: Option<(usize, &Choice)>| {
        let bed = timeline.bed(composed.bed)?;
        let id = preview::id(composed.bed, choice.map(|(place, _)| place));
        Some(Generated {
            preview_url: link(&id),
            id,
            kind: if choice.is_some() { "alternative" } else { "music" },
            name: bed.name.clone(),
            choice: choice.map(|(_, choice)| choice.name.clone()),
            start: ms(bed.span.start),
            duration: bed.span.length().seconds(),
            cue: composed.clone(),
        })
    };
    let mut all = Vec::new();
    if let Some(now) = document.now() {
        all.extend(document.music.iter().filter_map(|composed| told(now, composed, None)));
    }
    for (place, choice) in document.choices.iter().enumerate() {
        let Some(timeline) = document.chosen(place) else { continue };
        all.extend(
            choice.music.iter().filter_map(|composed| told(timeline, composed, Some((place, choice)))),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_is_told_in_smallest_numbers() {
        let told = |width, height, ratio| Canvas::of(Size { width, height }, ratio).ratio;
        assert_eq!(told(640, 272, "source").as_deref(), Some("40:17"));
        assert_eq!(told(1080, 1920, "9:16").as_deref(), Some("9:16"));
    }
}
