//! The draft of a session as people read it, and what is other in it than before.

use agent::Language;
use serde_json::Value;

const VIDEO: i64 = 0;
const AUDIO: i64 = 1;

/// One track: what it holds, and by what it is known again.
#[derive(Clone, Debug, PartialEq)]
struct Track {
    kind: i64,
    number: Option<i64>,
    text: String,
}

/// The tracks in one line: `Timeline (2 tracks): 1. Video: city.mp4 (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`.
pub(crate) fn summary(draft: &Value) -> String {
    let tracks = tracks(draft);
    let plural = if tracks.len() == 1 { "" } else { "s" };
    let lines: String =
        tracks.iter().enumerate().map(|(at, track)| format!(" {}. {}", at + 1, track.text)).collect();
    format!("Timeline ({} track{plural}):{lines}", tracks.len())
}

/// Whether there is anything to export.
pub(crate) fn is_exportable(draft: &Value) -> bool {
    list(&draft["t"]).iter().any(|track| !list(&track["sg"]).is_empty())
}

/// What is other in a draft than in one before, a sentence each.
pub(crate) fn changes(before: &Value, after: &Value, language: Language) -> Vec<String> {
    let (old, new) = (tracks(before), tracks(after));
    let same = |one: &Track, other: &Track| one.kind == other.kind && one.number == other.number;
    let mut told = Vec::new();
    for track in &new {
        match old.iter().find(|other| same(track, other)) {
            Some(other) if other.text == track.text => {}
            Some(other) => told.push(changed(&other.text, &track.text, language)),
            None if language.is_chinese() => told.push(format!("新增 {}。", track.text)),
            None => told.push(format!("New: {}.", track.text)),
        }
    }
    for track in old.iter().filter(|track| !new.iter().any(|other| same(track, other))) {
        told.push(match language.is_chinese() {
            true => format!("删除 {}。", track.text),
            false => format!("Gone: {}.", track.text),
        });
    }
    if told.is_empty() && before["t"] != after["t"] {
        told.push(match language.is_chinese() {
            true => "轨道的设置有变化。".to_owned(),
            false => "The settings of the tracks are other than before.".to_owned(),
        });
    }
    told
}

fn changed(old: &str, new: &str, language: Language) -> String {
    match language.is_chinese() {
        true => format!("更改 {old}，现在是 {new}。"),
        false => format!("Changed: {old} is now {new}."),
    }
}

fn tracks(draft: &Value) -> Vec<Track> {
    let filled = list(&draft["t"]).iter().filter(|track| !list(&track["sg"]).is_empty());
    filled.map(track).collect()
}

fn track(track: &Value) -> Track {
    let kind = track["tt"].as_i64().unwrap_or(-1);
    let parts: Vec<String> = list(&track["sg"]).iter().map(|segment| part(kind, segment)).collect();
    let name = match kind {
        VIDEO => "Video",
        AUDIO => "BGM",
        7 => "Title",
        _ => "Track",
    };
    let number = (kind != VIDEO).then(|| track["sg"][0]["id"].as_i64()).flatten();
    Track { kind, number, text: format!("{name}: {}", parts.join(", ")) }
}

/// A segment: `Lo-fi (0-10s, 35%)`.
fn part(kind: i64, segment: &Value) -> String {
    let text = |keys: &[&str]| keys.iter().find_map(|key| segment[*key].as_str()).map(str::to_owned);
    let name = text(&["name", "text", "title"]).unwrap_or_else(|| "?".to_owned()).replace('\n', " ");
    let name = if matches!(kind, VIDEO | AUDIO) { name } else { format!("\"{name}\"") };
    let mut about = Vec::new();
    if let (Some(start), Some(length)) = (segment["start"].as_f64(), segment["length"].as_f64()) {
        about.push(format!("{}-{}s", figure(start / 1000.0), figure((start + length) / 1000.0)));
    }
    if let Some(speed) = segment["speed"].as_f64().filter(|speed| *speed != 1.0) {
        about.push(format!("{speed}x"));
    }
    let volume = segment["volume"].as_f64().filter(|volume| kind == AUDIO || *volume != 1.0);
    match (segment["muted"].as_bool(), volume) {
        (Some(true), _) => about.push("muted".to_owned()),
        (_, Some(volume)) => about.push(format!("{}%", (volume * 100.0).round())),
        _ => {}
    }
    if about.is_empty() { name } else { format!("{name} ({})", about.join(", ")) }
}

fn figure(seconds: f64) -> String {
    format!("{}", (seconds * 10.0).round() / 10.0)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(level: f64, title: Option<&str>) -> Value {
        let mut tracks = vec![
            json!({ "tt": 0, "sg": [{ "id": 1, "start": 0, "length": 10_000, "name": "city timelapse", "volume": 1.0 }] }),
            json!({ "tt": 1, "sg": [{ "id": 2, "start": 0, "length": 10_000, "name": "Lo-fi", "volume": level }] }),
        ];
        tracks.extend(
            title.map(
                |text| json!({ "tt": 7, "sg": [{ "id": 3, "start": 0, "length": 3000, "text": text }] }),
            ),
        );
        json!({ "t": tracks, "d": 10_000 })
    }

    #[test]
    fn tracks_are_told_as_the_skills_tell_them() {
        assert_eq!(
            summary(&draft(0.35, Some("Urban Dreams"))),
            "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: \"Urban Dreams\" (0-3s)"
        );
        assert_eq!(summary(&json!({ "t": [] })), "Timeline (0 tracks):");
    }

    #[test]
    fn only_what_changed_is_told() {
        let told = changes(&draft(0.35, None), &draft(0.2, Some("Hi")), Language::English);
        assert_eq!(
            told,
            [
                "Changed: BGM: Lo-fi (0-10s, 35%) is now BGM: Lo-fi (0-10s, 20%).",
                "New: Title: \"Hi\" (0-3s)."
            ]
        );
        assert_eq!(
            changes(&draft(0.35, Some("Hi")), &draft(0.35, None), Language::Simplified),
            ["删除 Title: \"Hi\" (0-3s)。"]
        );
        assert!(changes(&draft(0.2, None), &draft(0.2, None), Language::English).is_empty());
    }

    #[test]
    fn a_draft_without_segments_is_nothing_to_export() {
        assert!(is_exportable(&draft(0.2, None)));
        assert!(!is_exportable(&json!({ "t": [{ "tt": 0, "sg": [] }] })));
        assert!(!is_exportable(&Value::Null));
    }
}
