//! What is known of an operation while the signature of who answers it is read.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::server::dialect::errors::Refused;
use crate::server::dialect::errors::refusal::Refusal;

/// An operation on its way into the document.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    pub(super) needs_token: bool,
    parameters: Vec<Value>,
    pub(super) body: Option<Value>,
    pub(super) refusals: BTreeSet<Refusal>,
    answers: BTreeMap<u16, Value>,
    /// Schemas that others refer to, by name.
    pub(super) schemas: BTreeMap<String, Value>,
}

/// The schema of a body that is nothing but bytes, as generators of clients know it.
pub(crate) fn bytes() -> Value {
    json!({ "type": "string", "format": "binary" })
}

impl Sketch {
    /// A reference to the schema of a type, which is kept with all that it refers to; of a plain value the schema itself.
    pub(crate) fn schema_of<T: ToSchema>(&mut self) -> Value {
        let own = serde_json::to_value(T::schema()).unwrap_or_default();
        if matches!(own["type"].as_str(), Some("string" | "null")) && own["enum"].is_null() {
            return own;
        }
        self.schemas.insert(T::name().into_owned(), own);
        let mut all = Vec::new();
        T::schemas(&mut all);
        for (name, schema) in all {
            self.schemas.insert(name, serde_json::to_value(schema).unwrap_or_default());
        }
        json!({ "$ref": format!("#/components/schemas/{}", T::name()) })
    }

    /// That it needs a token.
    pub(crate) fn needs_token(&mut self) {
        self.needs_token = true;
    }

    /// A parameter: `place` is `path`, `query` or `header`.
    pub(crate) fn asks(&mut self, place: &str, name: &str, required: bool, about: &str, schema: Value) {
        self.parameters.push(json!({
            "name": name, "in": place, "required": required, "description": about, "schema": schema,
        }));
    }

    /// Parameters as utoipa knows them.
    pub(crate) fn asks_all(&mut self, parameters: Vec<utoipa::openapi::path::Parameter>) {
        let written = parameters.into_iter().filter_map(|one| serde_json::to_value(one).ok());
        self.parameters.extend(written);
    }

    /// One way to write the body.
    pub(crate) fn takes(&mut self, kind: &str, required: bool, schema: Value) {
        let body = self.body.get_or_insert_with(|| json!({ "required": required, "content": {} }));
        body["content"][kind] = json!({ "schema": schema });
    }

    /// That it may be refused like this.
    pub(crate) fn refuses(&mut self, refusals: &[Refusal]) {
        self.refusals.extend(refusals);
    }

    /// An answer by its types; without one it has no body.
    pub(crate) fn answers(&mut self, status: u16, about: &str, kinds: &[(&str, Value)]) {
        let mut answer = json!({ "description": about });
        for (kind, schema) in kinds {
            answer["content"][kind] = json!({ "schema": schema });
        }
        self.answers.insert(status, answer);
    }

    /// An answer that is text, or bytes.
    pub(crate) fn answers_plain(&mut self, status: u16, about: &str, kinds: &[&str]) {
        let kinds: Vec<(&str, Value)> =
            kinds.iter().map(|kind| (*kind, json!({ "type": "string" }))).collect();
        self.answers(status, about, &kinds);
    }

    /// The JSON that it answers with when all is well.
    pub(crate) fn answers_json(&mut self, schema: Value) {
        self.answers(200, "All is well.", &[("application/json", schema)]);
    }

    /// Parameters as they are met: in the address, behind its question mark, in headers.
    pub(super) fn all_parameters(&self) -> Vec<Value> {
        let mut all = self.parameters.clone();
        all.sort_by_key(|one| ["path", "query", "header"].iter().position(|place| one["in"] == *place));
        all
    }

    /// Every answer by its status; refusals are kept by name, as many operations share them.
    pub(super) fn all_answers(&mut self, shared: &mut BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let schema = self.schema_of::<Refused>();
        let mut by_status: BTreeMap<u16, Vec<Refusal>> = BTreeMap::new();
        for refusal in &self.refusals {
            by_status.entry(refusal.status()).or_default().push(*refusal);
        }
        let mut all: BTreeMap<String, Value> =
            self.answers.iter().map(|(status, answer)| (status.to_string(), answer.clone())).collect();
        for (status, refusals) in by_status {
            let name = refusals.iter().map(|one| format!("{one:?}")).collect::<Vec<_>>().join("Or");
            all.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
            shared.entry(name).or_insert_with(|| refused(&refusals, &schema));
        }
        all
    }
}

/// The answer of one status to all that is refused with it.
fn refused(refusals: &[Refusal], schema: &Value) -> Value {
    let lines: Vec<String> = refusals.iter().map(|one| format!("`{}` {}", one.code(), one.about())).collect();
    let mut answer = json!({
        "description": lines.join("\n\n"), "content": { "application/json": { "schema": schema } },
    });
    if refusals.iter().any(|one| one.tells_when()) {
        answer["headers"]["Retry-After"] = json!({
            "description": "Seconds to wait.", "required": true, "schema": { "type": "integer", "minimum": 1 },
        });
    }
    answer
}
