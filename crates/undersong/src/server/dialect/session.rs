//! Sessions, their files and their state, as clients of the wire read them.

use serde_json::{Value, json};
use shelf::{File, Session};
use timeline::Size;

use super::draft::draft;
use crate::server::caller::Caller;
use crate::server::house::Shared;
use crate::server::links::{self, Kind};
use crate::server::workshop::document::{Composed, Document};
use crate::server::workshop::intake::About;

/// A session that was made.
pub(crate) fn made(session: &Session, caller: &Caller) -> Value {
    json!({ "task_id": session.task, "session_id": session.id, "user_id": caller.owner().as_str() })
}

/// A file of a session.
pub(crate) fn file(house: &Shared, caller: &Caller, file: &File) -> Value {
    let about = About::of(file);
    json!({
        "file_id": file.id, "filename": file.name, "file_type": file.kind,
        "cdn_url": links::link(house, &caller.base, Kind::Media, caller.owner(), &file.session, &file.id),
        "duration": about.seconds, "width": about.width, "height": about.height, "fps": about.fps,
        "hash": file.sha256, "size": file.bytes,
    })
}

/// What holds in a session now.
pub(crate) fn latest(
    house: &Shared,
    caller: &Caller,
    session: &Session,
    document: &Document,
    files: &[File],
) -> Value {
    let timeline = document.now();
    let of_kind = |kind: &'static str| files.iter().filter(move |one| one.kind == kind);
    let videos: Vec<Value> = of_kind("video").map(|one| file(house, caller, one)).collect();
    let analyses: Vec<Value> = of_kind("video").map(analysis).collect();
    let size = timeline.map(|timeline| timeline.picture_size());
    json!({
        "session_id": session.id, "task_id": session.task, "task_name": session.name,
        "user_id": caller.owner().as_str(), "revision": session.revision,
        "state": {
            "draft": draft(timeline, &document.music, session.revision),
            "video_infos": videos,
            "files": files.iter().map(|one| file(house, caller, one)).collect::<Vec<_>>(),
            "canvas_config": canvas(size, timeline.map(|timeline| timeline.canvas.ratio.name())),
            "video_analyses": analyses,
            "generated_media": timeline.map(|timeline| generated(timeline, &document.music)).unwrap_or_default(),
        },
    })
}

fn analysis(file: &File) -> Value {
    let about = About::of(file);
    let status = if about.analysis.is_some() { "completed" } else { "pending" };
    json!({ "file_id": file.id, "status": status, "analysis": about.analysis })
}

fn canvas(size: Option<Size>, ratio: Option<&str>) -> Value {
    match size {
        Some(Size { width, height }) => {
            let shown = ratio
                .filter(|ratio| ratio.contains(':'))
                .map_or_else(|| smallest(width, height), str::to_owned);
            json!({ "width": width, "height": height, "ratio": shown })
        }
        None => json!({ "width": null, "height": null, "ratio": null }),
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

/// The music that was composed.
fn generated(timeline: &timeline::Timeline, music: &[Composed]) -> Vec<Value> {
    let told = |composed: &Composed| {
        let bed = timeline.bed(composed.bed)?;
        Some(json!({
            "id": format!("music_{}", composed.bed), "type": "music", "name": bed.name,
            "start": super::draft::ms(bed.span.start), "duration": bed.span.length().seconds(),
            "cue": composed,
        }))
    };
    music.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canvas_is_told_in_smallest_numbers() {
        let told = canvas(Some(Size { width: 640, height: 272 }), Some("source"));
        assert_eq!(told["ratio"], "40:17");
        assert_eq!(canvas(Some(Size { width: 1080, height: 1920 }), Some("9:16"))["ratio"], "9:16");
        assert!(canvas(None, None)["width"].is_null());
    }
}
