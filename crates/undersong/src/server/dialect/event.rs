//! Events of a run, as the Agent Development Kit knows them.

use serde_json::{Map, Value, json};
use timeline::{Edit, Music};

use crate::server::clock::seconds;
use crate::server::random::uuid;

/// Whose events these are.
pub(crate) const AGENT: &str = "nemo_agent";

/// Makes the events of one run.
pub(crate) struct Teller {
    invocation: String,
}

/// Something the agent did: a call, and the answer to it.
pub(crate) struct Deed {
    pub(crate) name: &'static str,
    pub(crate) arguments: Value,
    pub(crate) response: Value,
}

impl Teller {
    /// Events of the run of this number.
    pub(crate) fn new(invocation: &str) -> Teller {
        Teller { invocation: invocation.to_owned() }
    }

    fn event(&self, author: &str, role: &str, part: Value, more: Value) -> String {
        let mut event = Map::new();
        event.insert("id".into(), uuid().into());
        event.insert("invocationId".into(), self.invocation.clone().into());
        event.insert("author".into(), author.into());
        event.insert("timestamp".into(), seconds().into());
        event.insert("content".into(), json!({ "role": role, "parts": [part] }));
        event.insert("actions".into(), no_actions());
        if let Value::Object(more) = more {
            event.extend(more);
        }
        Value::Object(event).to_string()
    }

    /// What the user said; kept for the session, not sent in the run.
    pub(crate) fn said(&self, words: &str) -> String {
        self.event("user", "user", json!({ "text": words }), Value::Null)
    }

    /// A call and its response: two events.
    pub(crate) fn deed(&self, deed: &Deed) -> [String; 2] {
        let id = format!("call-{}", uuid());
        let call = json!({ "functionCall": { "id": id, "name": deed.name, "args": deed.arguments } });
        let answer =
            json!({ "functionResponse": { "id": id, "name": deed.name, "response": deed.response } });
        [self.event(AGENT, "model", call, Value::Null), self.event(AGENT, "user", answer, Value::Null)]
    }

    /// The last word of a run; `state` is what holds now.
    pub(crate) fn last(&self, text: &str, state: Value) -> String {
        let mut actions = no_actions();
        actions["stateDelta"] = state;
        self.event(
            AGENT,
            "model",
            json!({ "text": text }),
            json!({ "turnComplete": true, "actions": actions }),
        )
    }

    /// The last word of a run that did not do what it was asked.
    pub(crate) fn failed(&self, text: &str, code: u16) -> String {
        let more = json!({ "turnComplete": true, "errorCode": code.to_string(), "errorMessage": text });
        self.event(AGENT, "model", json!({ "text": text }), more)
    }
}

fn no_actions() -> Value {
    json!({
        "stateDelta": {}, "artifactDelta": {}, "requestedAuthConfigs": {}, "requestedToolConfirmations": {}
    })
}

/// Whether an event is to go to who waits for the run, and whether it is the last.
pub(crate) fn place(body: &str) -> (bool, bool) {
    let event: Value = serde_json::from_str(body).unwrap_or_default();
    (event["author"] == AGENT, event["turnComplete"] == true)
}

/// The name under which an edit is told, and its arguments.
pub(crate) fn deed_of(edit: &Edit) -> (&'static str, Value) {
    use Edit::*;
    match edit {
        AddBed { name, music, .. } => {
            let genre = match music {
                Music::Composed(brief) => json!({ "name": name, "genre": brief.genre, "seed": brief.seed }),
                Music::Recording(_) => json!({ "name": name, "source": "file" }),
            };
            (if matches!(music, Music::Composed(_)) { "compose_music" } else { "lay_recording" }, genre)
        }
        Rescore { bed, name, brief } => {
            ("compose_music", json!({ "bed": bed, "name": name, "genre": brief.genre, "seed": brief.seed }))
        }
        Level { bed, percent } => ("set_level", json!({ "bed": bed, "volume": percent / 100.0 })),
        AddTitle { text, .. } => ("add_title", json!({ "text": text })),
        other => (name_of(other), arguments(other)),
    }
}

fn name_of(edit: &Edit) -> &'static str {
    use Edit::*;
    match edit {
        AddClip { .. } => "add_clip",
        RemoveClip { .. } => "remove_clip",
        ReplaceClip { .. } => "replace_clip",
        MoveClip { .. } => "move_clip",
        TrimClip { .. } => "trim_clip",
        CutOut { .. } => "cut_out",
        SplitClip { .. } => "split_clip",
        JoinClips { .. } => "join_clips",
        Speed { .. } => "set_speed",
        ClipLevel { .. } => "set_clip_level",
        Mute { .. } => "mute",
        Crossfade { .. } => "crossfade",
        Frame { .. } => "frame",
        Reshape { .. } => "reshape",
        FadePicture { .. } => "fade_picture",
        RemoveBed { .. } => "remove_music",
        Retake { .. } => "retake",
        Place { .. } => "place_music",
        Duck { .. } => "duck",
        Fade { .. } => "fade_music",
        Aim { .. } => "aim_loudness",
        RemoveTitle { .. } => "remove_title",
        Retitle { .. } => "retitle",
        PlaceTitle { .. } => "place_title",
        StyleTitle { .. } => "style_title",
        Ride { .. } => "ride_music",
        Mark { .. } => "mark",
        Unmark { .. } => "unmark",
        Lock { .. } => "lock",
        AddBed { .. } | Rescore { .. } => "compose_music",
        Level { .. } => "set_level",
        AddTitle { .. } => "add_title",
    }
}

/// The fields of an edit, without its own name for itself.
fn arguments(edit: &Edit) -> Value {
    match serde_json::to_value(edit) {
        Ok(Value::Object(tagged)) => tagged.into_iter().next().map_or(json!({}), |(_, fields)| fields),
        _ => json!({}),
    }
}
