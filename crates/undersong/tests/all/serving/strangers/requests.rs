//! Requests to every operation, made from the document, with somebody else's ids in every place where an id goes.

use serde_json::{Map, Value, json};

use super::super::resume::metadata;
use super::belongings::Belongings;

/// A request as curl makes it.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) path: String,
    pub(super) arguments: Vec<String>,
    /// Whether something of somebody else's is named in it.
    pub(super) is_foreign: bool,
}

/// A place in a request where something is named.
#[derive(Clone, Debug)]
struct Place {
    /// `path`, `query`, `header` or `body`.
    within: String,
    name: String,
    /// Whether it must be filled.
    is_required: bool,
}

/// What stands in a place: somebody's thing, or a word that is nobody's.
enum Filling {
    Thing { own: Value, theirs: Value },
    Word(Value),
}

/// Every request to an operation: one with all that can be the other's, and one for each place alone; one where there is no
/// such place.
pub(super) fn requests(
    document: &Value,
    method: &str,
    address: &str,
    told: &Value,
    theirs: &Belongings,
    own: &Belongings,
) -> Vec<Request> {
    let mut all = Vec::new();
    for (kind, places) in ways(document, told) {
        let fillings: Vec<(Place, Filling)> = places
            .into_iter()
            .map(|place| {
                let filling = filling(address, &place, theirs, own);
                (place, filling)
            })
            .collect();
        let things = fillings.iter().enumerate().filter(|(_, (_, one))| matches!(one, Filling::Thing { .. }));
        let things: Vec<usize> = things.map(|(index, _)| index).collect();
        // What is done to one's own things here would take them away before they are tried elsewhere.
        let mut foreign: Vec<Vec<usize>> = things.iter().map(|index| vec![*index]).collect();
        foreign.push(things.clone());
        foreign.retain(|chosen| !chosen.is_empty() || things.is_empty());
        for chosen in &foreign {
            let asked = |headers| request(method, address, kind.as_deref(), &fillings, chosen, headers);
            all.extend([asked(false), asked(true)]);
        }
    }
    all
}

/// The ways to write a request, by the type of its body, with the places of each.
fn ways(document: &Value, told: &Value) -> Vec<(Option<String>, Vec<Place>)> {
    let place = |within: &str, name: &str, is_required: bool| Place {
        within: within.to_owned(),
        name: name.to_owned(),
        is_required,
    };
    let parameters = told["parameters"].as_array().cloned().unwrap_or_default();
    let parameters: Vec<Place> = parameters
        .iter()
        .map(|one| place(one["in"].as_str().unwrap(), one["name"].as_str().unwrap(), one["required"] == true))
        .collect();
    let Some(contents) = told["requestBody"]["content"].as_object() else { return vec![(None, parameters)] };
    let way = |(kind, content): (&String, &Value)| {
        let schema = &content["schema"];
        let named = schema["$ref"].as_str().map(|at| document.pointer(at.trim_start_matches('#')).unwrap());
        let properties = named.unwrap_or(schema)["properties"].as_object();
        let names = properties.into_iter().flatten().map(|(name, _)| place("body", name, true));
        (Some(kind.clone()), parameters.iter().cloned().chain(names).collect())
    };
    contents.iter().map(way).collect()
}

/// What goes into a place. A name that is not known here fails the test: is it an id? Then it belongs among them.
fn filling(address: &str, place: &Place, theirs: &Belongings, own: &Belongings) -> Filling {
    let thing = |of: &dyn Fn(&Belongings) -> String| Filling::Thing {
        own: of(own).into(),
        theirs: of(theirs).into(),
    };
    let word = |value: Value| Filling::Word(value);
    match (&*place.within, &*place.name) {
        ("path", "app") | ("body", "app_name") => word(json!("nemo_agent")),
        ("path", "user") | ("body", "user_id") | ("query", "u") => thing(&|of| of.user.clone()),
        ("path", "session") | ("body", "session_id" | "sessionId") | ("query", "w") => {
            thing(&|of| of.session.clone())
        }
        ("body", "task_id") => thing(&|of| of.task.clone()),
        ("path", "render" | "artifact") => thing(&|of| of.render.clone()),
        ("path", "webhook") => thing(&|of| of.webhook.clone()),
        ("path", "upload") => thing(&|of| of.upload.clone()),
        ("header", "Upload-Metadata") => thing(&|of| metadata("a.mp4", &of.session)),
        ("header", "Upload-Length" | "Upload-Offset") => word(json!("1")),
        ("path", "item") => thing(&|of| of.job.clone()),
        ("path", "kind") => word(json!("render")),
        // Who holds a link or a claim token may see what it was made for; here they are one's own.
        ("query", "e" | "s") => word(own.of_link(&place.name).into()),
        ("query", "ct") => word(own.claim.clone().into()),
        ("body", "email") => thing(&|of| of.email.clone()),
        ("body", "draft") => {
            let of = |of: &Belongings| json!({ "t": [{ "tt": 0, "sg": [{ "source": of.file }] }] });
            Filling::Thing { own: of(own), theirs: of(theirs) }
        }
        // A name of one's own choosing, for which another's answer must not be given.
        ("header", "Idempotency-Key") => word(theirs.key.clone().into()),
        ("body", "id") => word(json!("render_of_mine")),
        ("body", "password") => word(own.password.clone().into()),
        ("body", "bind") => thing(&|of| of.user.clone()),
        // The page shows its form to anybody, with what was in its address.
        ("query", "bind") => word(own.user.clone().into()),
        ("body", "token") => word(own.token.clone().into()),
        // None: one's own token is the proof then.
        ("body" | "query", "invite") => word(json!("")),
        ("body", "everywhere") => word(json!(false)),
        ("body", "url") => word(json!("http://10.0.0.1/")),
        ("body", "urls") => word(json!(["http://10.0.0.1/film.mp4"])),
        ("body", "source_type") => word(json!("url")),
        ("body", "files") => word(json!("film.txt")),
        ("body", "new_message") => word(json!({ "role": "user", "parts": [{ "text": "undo" }] })),
        ("body", "streaming") => word(json!(false)),
        ("body", "output") => word(json!({ "format": "mp4" })),
        ("body", "task_name" | "language") => word(json!("mine")),
        ("body", "stateDelta") => word(json!({ "task_name": "mine" })),
        ("header", "X-Client-Id") => word(json!("third")),
        ("header", "Last-Event-ID") => word(json!("0")),
        ("header", "Range") => word(json!("bytes=0-9")),
        ("header", name) if name.starts_with("X-Skill-") => word(json!("test")),
        _ => panic!("{address}: what is {place:?}? If it names something, this test must try it."),
    }
}

/// A request in which the chosen places name what is the other's, with headers that can be left out or without.
fn request(
    method: &str,
    address: &str,
    kind: Option<&str>,
    fillings: &[(Place, Filling)],
    chosen: &[usize],
    headers: bool,
) -> Request {
    let (mut path, mut query, mut body) = (address.to_owned(), Vec::new(), Map::new());
    let mut arguments = vec!["-X".to_owned(), method.to_owned()];
    for (index, (Place { within, name, is_required }, filling)) in fillings.iter().enumerate() {
        let value = match filling {
            Filling::Thing { theirs, .. } if chosen.contains(&index) => theirs,
            Filling::Thing { own, .. } | Filling::Word(own) => own,
        };
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match &**within {
            "path" => path = path.replace(&format!("{{{name}}}"), &text),
            "query" => query.push(format!("{name}={text}")),
            "header" if !is_required && !headers => {}
            "header" => arguments.extend(["-H".to_owned(), format!("{name}: {text}")]),
            _ => _ = body.insert(name.clone(), value.clone()),
        }
    }
    match kind {
        Some("application/json") => arguments.extend(["-d".to_owned(), Value::Object(body).to_string()]),
        Some("application/offset+octet-stream") => {
            let kind = "Content-Type: application/offset+octet-stream";
            arguments.extend(["-H", kind, "--data-binary", "x"].map(str::to_owned));
        }
        Some("multipart/form-data") => {
            arguments.extend(["-F".to_owned(), "files=not a film;filename=film.txt".to_owned()]);
        }
        Some("application/x-www-form-urlencoded") => {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let fields = body.iter().map(|(name, value)| format!("{name}={}", text(value)));
            arguments.extend(fields.flat_map(|field| ["--data-urlencode".to_owned(), field]));
        }
        Some(other) => panic!("{address}: how is {other} written?"),
        None => {}
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    Request { path, arguments, is_foreign: !chosen.is_empty() }
}
