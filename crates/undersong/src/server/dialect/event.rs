//! Events of a run, as the Agent Development Kit knows them.

use serde::Serialize;
use serde_json::{Value, json};
use timeline::{Edit, Music};
use utoipa::ToSchema;

use crate::server::clock::seconds;
use crate::server::random::uuid;

/// Whose events these are.
pub(crate) const AGENT: &str = "nemo_agent";

/// An event of a run. Every call is followed by its response, and the last event has `turnComplete`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    id: String,
    /// The run, `e-` and a UUID.
    invocation_id: String,
    /// `nemo_agent` or `user`.
    author: &'static str,
    /// Seconds since 1970.
    timestamp: f64,
    /// Without parts where an event only tells how far the work is.
    content: Content,
    actions: Actions,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    turn_complete: Option<bool>,
    /// The code of what went wrong, where a run did not do what it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    error_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    error_message: Option<String>,
}

/// What an event says.
#[derive(Debug, Serialize, ToSchema)]
struct Content {
    /// `model`, or `user` for what was said and for responses of functions.
    role: &'static str,
    parts: Vec<Part>,
}

/// One of the three.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Part {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    function_call: Option<Call>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    function_response: Option<Returned>,
}

/// Something that the agent does.
#[derive(Debug, Serialize, ToSchema)]
struct Call {
    id: String,
    name: &'static str,
    #[schema(value_type = Object)]
    args: Value,
}

/// What came of it; `id` is that of the call.
#[derive(Debug, Serialize, ToSchema)]
struct Returned {
    id: String,
    name: &'static str,
    #[schema(value_type = Object)]
    response: Value,
}

/// What an event changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Actions {
    /// `revision`, where it is another than before; `temp:progress`, `stage` and `percent`, while work goes on.
    #[schema(value_type = Object)]
    state_delta: Value,
    #[schema(value_type = Object)]
    artifact_delta: Value,
    #[schema(value_type = Object)]
    requested_auth_configs: Value,
    #[schema(value_type = Object)]
    requested_tool_confirmations: Value,
}

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

impl Part {
    fn text(text: &str) -> Part {
        Part { text: Some(text.to_owned()), ..Part::default() }
    }
}

impl Default for Actions {
    fn default() -> Actions {
        let nothing = || json!({});
        Actions {
            state_delta: nothing(),
            artifact_delta: nothing(),
            requested_auth_configs: nothing(),
            requested_tool_confirmations: nothing(),
        }
    }
}

impl Event {
    /// The line that is kept and sent.
    fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Teller {
    /// Events of the run of this number.
    pub(crate) fn new(invocation: &str) -> Teller {
        Teller { invocation: invocation.to_owned() }
    }

    fn event(&self, author: &'static str, role: &'static str, part: Part) -> Event {
        Event {
            id: uuid(),
            invocation_id: self.invocation.clone(),
            author,
            timestamp: seconds(),
            content: Content { role, parts: vec![part] },
            actions: Actions::default(),
            turn_complete: None,
            error_code: None,
            error_message: None,
        }
    }

    /// What the user said; kept for the session, not sent in the run.
    pub(crate) fn said(&self, words: &str) -> String {
        self.event("user", "user", Part::text(words)).written()
    }

    /// A call and its response: two events.
    pub(crate) fn deed(&self, deed: &Deed) -> [String; 2] {
        let (id, call) = self.call(deed.name, &deed.arguments);
        [call, self.answer(&id, deed.name, &deed.response)]
    }

    /// A call, and the number by which it is answered.
    pub(crate) fn call(&self, name: &'static str, arguments: &Value) -> (String, String) {
        let id = format!("call-{}", uuid());
        let call = Call { id: id.clone(), name, args: arguments.clone() };
        let part = Part { function_call: Some(call), ..Part::default() };
        (id, self.event(AGENT, "model", part).written())
    }

    /// The answer to a call.
    pub(crate) fn answer(&self, call: &str, name: &'static str, response: &Value) -> String {
        let returned = Returned { id: call.to_owned(), name, response: response.clone() };
        let part = Part { function_response: Some(returned), ..Part::default() };
        self.event(AGENT, "user", part).written()
    }

    /// How far the work is: there is nothing to show of it but that, and clients that do not know it find nothing to say.
    pub(crate) fn progress(&self, stage: &str, percent: i64) -> String {
        let told = json!({ "temp:progress": { "stage": stage, "percent": percent } });
        let content = Content { role: "model", parts: Vec::new() };
        let actions = Actions { state_delta: told, ..Actions::default() };
        Event { content, actions, ..self.event(AGENT, "model", Part::default()) }.written()
    }

    /// The last word of a run; `state` is what holds now.
    pub(crate) fn last(&self, text: &str, state: Value) -> String {
        let actions = Actions { state_delta: state, ..Actions::default() };
        let event = self.event(AGENT, "model", Part::text(text));
        Event { turn_complete: Some(true), actions, ..event }.written()
    }

    /// The last word of a run that did not do what it was asked.
    pub(crate) fn failed(&self, text: &str, code: u16) -> String {
        let event = Event {
            turn_complete: Some(true),
            error_code: Some(code.to_string()),
            error_message: Some(text.to_owned()),
            ..self.event(AGENT, "model", Part::text(text))
        };
        event.written()
    }
}

/// Whether an event is to go to who waits for the run, and whether it is the last.
pub(crate) fn place(body: &str) -> (bool, bool) {
    let event: Value = serde_json::from_str(body).unwrap_or_default();
    (event["author"] == AGENT, event["turnComplete"] == true)
}

/// The call of this name in these events that has no answer.
pub(crate) fn unanswered<'e>(bodies: impl IntoIterator<Item = &'e str>, name: &str) -> Option<String> {
    let mut open = None;
    for body in bodies {
        let event: Value = serde_json::from_str(body).unwrap_or_default();
        let part = &event["content"]["parts"][0];
        if part["functionCall"]["name"] == name {
            open = part["functionCall"]["id"].as_str().map(str::to_owned);
        } else if part["functionResponse"]["name"] == name {
            open = None;
        }
    }
    open
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
