//! An export as clients of the wire read it: one superset that all of them understand.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use shelf::{Job, JobState};
use utoipa::ToSchema;

use super::envelope::schema_twice;
use super::errors::Problem;
use crate::server::caller::Caller;
use crate::server::clock::rfc3339;
use crate::server::document::signature::Answers;
use crate::server::document::sketch::Sketch;
use crate::server::house::Shared;
use crate::server::links::{self, Kind};
use crate::server::workshop::rendering::{expired, made};

/// An export.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Export {
    /// As the client called it.
    pub(crate) id: String,
    /// The same.
    #[serde(rename = "taskId")]
    task: String,
    /// The same.
    render_id: String,
    #[serde(rename = "sessionId")]
    session: String,
    status: Status,
    /// Percent; it never goes down.
    #[schema(minimum = 0, maximum = 100)]
    progress: i64,
    /// The film, when it is completed.
    #[schema(required)]
    pub(crate) output: Option<Film>,
    /// Its address again.
    #[serde(rename = "outputUrl")]
    #[schema(required)]
    output_url: Option<String>,
    /// Why it failed.
    #[schema(required)]
    error: Option<String>,
    /// The code of what went wrong in the last attempt.
    #[serde(rename = "errorCode")]
    #[schema(required)]
    error_code: Option<i64>,
    /// RFC 3339.
    #[serde(rename = "createdAt")]
    created_at: String,
}

/// How far an export is; the last two are ends.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ExportStatus)]
enum Status {
    Pending,
    Processing,
    Completed,
    Failed,
}

/// A film that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Film {
    /// Signed and good without a token for a while; whole or in part.
    pub(crate) url: String,
    /// Seconds.
    duration: f64,
    /// Bytes.
    size: u64,
    #[schema(examples("mp4"))]
    format: &'static str,
    width: u32,
    height: u32,
    /// LUFS; null where there is no sound.
    #[schema(required)]
    loudness: Option<f64>,
    pub(crate) filename: String,
}

/// Exports, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Exports {
    pub(crate) renders: Vec<Export>,
}

/// An export with everything at the top and under `data` again.
#[derive(Debug, Serialize)]
pub(crate) struct Exported {
    code: u16,
    success: bool,
    message: &'static str,
    data: Export,
    #[serde(flatten)]
    top: Export,
}

impl Exported {
    pub(crate) fn of(house: &Shared, caller: &Caller, job: &Job) -> Exported {
        let export = Export::of(house, caller, job);
        Exported { code: 0, success: true, message: "ok", data: export.clone(), top: export }
    }
}

impl IntoResponse for Exported {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

impl Answers for Exported {
    fn answer(sketch: &mut Sketch) {
        let mut schema = schema_twice::<Export>(sketch);
        schema["properties"]["success"] = json!({ "type": "boolean", "const": true });
        if let Some(required) = schema["required"].as_array_mut() {
            required.push("success".into());
        }
        sketch.answers_json(schema);
    }
}

impl Export {
    pub(crate) fn of(house: &Shared, caller: &Caller, job: &Job) -> Export {
        let url = || links::link(house, &caller.base, Kind::Render, caller.owner(), &job.session, &job.id);
        let made = made(job).filter(|_| job.state == JobState::Done);
        let output = made.map(|made| Film {
            url: url(),
            duration: made.seconds,
            size: made.bytes,
            format: "mp4",
            width: made.width,
            height: made.height,
            loudness: made.lufs,
            filename: made.name,
        });
        let failed = expired(job) || matches!(job.state, JobState::Failed | JobState::Cancelled);
        Export {
            id: job.key.clone(),
            task: job.key.clone(),
            render_id: job.key.clone(),
            session: job.session.clone(),
            status: if failed { Status::Failed } else { status(job.state) },
            progress: progress(job),
            output_url: output.as_ref().map(|film| film.url.clone()),
            output,
            error: failed.then(|| error(job)),
            error_code: job.fault.as_ref().map(|fault| fault.code),
            created_at: rfc3339(job.created),
        }
    }
}

fn error(job: &Job) -> String {
    match (&job.fault, job.state) {
        _ if expired(job) => Problem::Expired.sentence(),
        (_, JobState::Cancelled) => "The export was cancelled.".to_owned(),
        (Some(fault), _) => fault.sentence.clone(),
        (None, _) => Problem::Failed("The export failed.".to_owned()).sentence(),
    }
}

fn status(state: JobState) -> Status {
    match state {
        JobState::Waiting => Status::Pending,
        JobState::Running => Status::Processing,
        JobState::Done => Status::Completed,
        JobState::Failed | JobState::Cancelled => Status::Failed,
    }
}

fn progress(job: &Job) -> i64 {
    match job.state {
        JobState::Done => 100,
        JobState::Waiting if job.attempt == 0 => 0,
        _ => job.progress.clamp(0, 99),
    }
}
