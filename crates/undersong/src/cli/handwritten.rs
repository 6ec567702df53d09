//! A project that somebody wrote by hand: a film or what is in it, and the neutral state of what is done to it.

mod film;
mod state;

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use studio::Project;
use timeline::History;

use film::Video;
use state::State;

/// What such a document holds; what it does not say is as in a film to which nothing was done.
#[derive(Debug, Deserialize)]
struct Document {
    #[serde(default)]
    video: Video,
    #[serde(default)]
    state: State,
}

/// Whether a document is of this kind and no saved project.
pub(crate) fn is_one(document: &Value) -> bool {
    let has = |key: &str| document.get(key).is_some();
    !has("steps") && !has("version") && (has("video") || has("state"))
}

/// Reads it; films that are named lie beside it.
///
/// # Errors
/// What is wrong with it, in words for the user.
pub(crate) fn read(document: &Value, folder: &Path) -> Result<Project, String> {
    let Document { video, state } =
        serde_json::from_value(document.clone()).map_err(|fault| fault.to_string())?;
    let (start, profile) = video.shown(&state, folder)?;
    let timeline = state.applied(start)?;
    Ok(Project { history: History::new(timeline), profile })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_by_hand_becomes_a_project() {
        let document = json!({
            "video": {"profile": {"duration_s": 30.0, "width": 1920, "height": 1080, "fps": 25.0, "valence": 0.2,
                "arousal": -0.3, "speech_s": [[5.0, 9.0]], "cuts_s": [4.0, 12.5], "has_music": false}},
            "state": {
                "video": {"speed": 1.0, "muted": false},
                "music": [{"id": "m1", "genre": "lofi", "start_s": 5.0, "end_s": 25.0, "level_pct": 40.0,
                    "duck": "strong", "fade_out_s": 2.0, "locked": true}],
                "text": [{"text": "Urban", "start_s": 0.0, "end_s": 3.0, "position": "bottom", "color": "#FFCC00"}],
                "canvas": {"ratio": "9:16"}
            }
        });
        assert!(is_one(&document));
        let project = read(&document, Path::new(".")).unwrap();
        let told = project.history.now().to_string();
        assert!(told.contains("(5-25s, 40%)") && told.contains("\"Urban\" (0-3s)"), "{told}");
        let bed = &project.history.now().beds[0];
        assert!(bed.locked && bed.duck == timeline::Duck::Strong, "{bed:?}");
        assert_eq!(project.history.now().canvas.ratio.name(), "9:16");
        let profile = project.profile.unwrap();
        assert_eq!((profile.cuts.len(), profile.speech.len(), profile.sections.len()), (2, 1, 1));
        assert!(profile.is_sound());
        let saved = serde_json::to_value(project.history).unwrap();
        assert!(!is_one(&saved));
    }

    #[test]
    fn what_cannot_be_is_told() {
        let of = |document| read(&document, Path::new(".")).unwrap_err();
        let lost = of(json!({"video": {"path": "nowhere.mp4"}, "state": {}}));
        assert!(lost.contains("nowhere.mp4"), "{lost}");
        let endless = of(json!({"state": {"music": []}}));
        assert!(endless.contains("duration_s"), "{endless}");
        let late = of(
            json!({"state": {"video": {"duration_s": 10.0}, "music": [{"start_s": 12.0, "end_s": 15.0}]}}),
        );
        assert!(late.contains("music[0]"), "{late}");
        let loud = of(json!({"state": {"video": {"duration_s": 10.0}, "music": [{"level_pct": 900.0}]}}));
        assert!(loud.contains("music[0]"), "{loud}");
    }
}
