//! An export as clients of the wire read it: one superset that all of them understand.

use serde_json::{Map, Value, json};
use shelf::{Job, JobState};

use super::errors::Problem;
use crate::server::caller::Caller;
use crate::server::house::Shared;
use crate::server::links::{self, Kind};
use crate::server::workshop::rendering::made;

/// An export, with everything at the top and under `data` again.
pub(crate) fn told(house: &Shared, caller: &Caller, job: &Job) -> Value {
    let inner = view(house, caller, job);
    let mut top = inner.clone();
    top.insert("code".into(), 0.into());
    top.insert("success".into(), true.into());
    top.insert("message".into(), "ok".into());
    top.insert("data".into(), Value::Object(inner));
    Value::Object(top)
}

/// An export in a list.
pub(crate) fn view(house: &Shared, caller: &Caller, job: &Job) -> Map<String, Value> {
    let url = || links::link(house, &caller.base, Kind::Render, caller.owner(), &job.session, &job.id);
    let made = made(job).filter(|_| job.state == JobState::Done);
    let output = made.as_ref().map(|made| {
        json!({
            "url": url(), "duration": made.seconds, "size": made.bytes, "format": "mp4", "width": made.width,
            "height": made.height, "loudness": made.lufs, "filename": made.name,
        })
    });
    let link = output.as_ref().map(|output| output["url"].clone());
    let failed = matches!(job.state, JobState::Failed | JobState::Cancelled);
    let told = json!({
        "id": job.key, "taskId": job.key, "render_id": job.key, "sessionId": job.session,
        "status": status(job.state), "progress": progress(job), "output": output, "outputUrl": link,
        "error": failed.then(|| error(job)), "errorCode": job.fault.as_ref().map(|fault| fault.code),
        "createdAt": crate::server::clock::rfc3339(job.created),
    });
    match told {
        Value::Object(told) => told,
        _ => Map::new(),
    }
}

fn error(job: &Job) -> String {
    match (&job.fault, job.state) {
        (_, JobState::Cancelled) => "The export was cancelled.".to_owned(),
        (Some(fault), _) => fault.sentence.clone(),
        (None, _) => Problem::Failed("The export failed.".to_owned()).sentence(),
    }
}

fn status(state: JobState) -> &'static str {
    match state {
        JobState::Waiting => "pending",
        JobState::Running => "processing",
        JobState::Done => "completed",
        JobState::Failed | JobState::Cancelled => "failed",
    }
}

fn progress(job: &Job) -> i64 {
    match job.state {
        JobState::Done => 100,
        JobState::Waiting if job.attempt == 0 => 0,
        _ => job.progress.clamp(0, 99),
    }
}
