//! The envelope around every answer: a code, a word and what was asked for.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::server::document::signature::Answers;
use crate::server::document::sketch::Sketch;

/// Keys of the envelope itself, which nothing inside may replace.
const OWN: [&str; 3] = ["code", "message", "data"];

/// `{"code":0,"message":"ok","data":...}`.
pub(crate) struct Told<T>(pub(crate) T);

/// The same with the keys of `data` at the top, too, where some clients read them.
pub(crate) struct Twice<T>(pub(crate) T);

/// JSON without an envelope.
pub(crate) struct Bare<T>(pub(crate) T);

/// A list without an envelope.
pub(crate) struct Listed<T>(pub(crate) Vec<T>);

/// Nothing, where something else has an answer.
#[derive(Debug, Serialize)]
pub(crate) struct Nothing;

impl<T: Serialize> IntoResponse for Told<T> {
    fn into_response(self) -> Response {
        Json(enveloped(value(&self.0))).into_response()
    }
}

impl<T: Serialize> IntoResponse for Twice<T> {
    fn into_response(self) -> Response {
        Json(twice(value(&self.0))).into_response()
    }
}

impl<T: Serialize> IntoResponse for Bare<T> {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

impl<T: ToSchema> Answers for Told<T> {
    fn answer(sketch: &mut Sketch) {
        let schema =
            json!({ "type": "object", "required": OWN, "properties": envelope(&sketch.schema_of::<T>()) });
        sketch.answers_json(schema);
    }
}

impl<T: ToSchema> Answers for Twice<T> {
    fn answer(sketch: &mut Sketch) {
        let schema = schema_twice::<T>(sketch);
        sketch.answers_json(schema);
    }
}

impl<T: ToSchema> Answers for Bare<T> {
    fn answer(sketch: &mut Sketch) {
        let schema = sketch.schema_of::<T>();
        sketch.answers_json(schema);
    }
}

impl<T: ToSchema> Answers for Listed<T> {
    fn answer(sketch: &mut Sketch) {
        let schema = json!({ "type": "array", "items": sketch.schema_of::<T>() });
        sketch.answers_json(schema);
    }
}

impl utoipa::PartialSchema for Nothing {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::Null).into()
    }
}

impl ToSchema for Nothing {}

/// What is written of an answer; ours can all be written.
fn value(inner: &impl Serialize) -> Value {
    serde_json::to_value(inner).unwrap_or_default()
}

fn enveloped(data: Value) -> Value {
    json!({ "code": 0, "message": "ok", "data": data })
}

/// An envelope whose content stands at the top, too.
fn twice(data: Value) -> Value {
    let mut top = match &data {
        Value::Object(keys) => keys.clone(),
        _ => Map::new(),
    };
    top.retain(|key, _| !OWN.contains(&key.as_str()));
    if let Value::Object(envelope) = enveloped(data) {
        top.extend(envelope);
    }
    Value::Object(top)
}

/// The properties of an envelope around `data`.
fn envelope(data: &Value) -> Value {
    json!({ "code": { "type": "integer", "const": 0 }, "message": { "type": "string", "const": "ok" }, "data": data })
}

/// The schema of [`twice`].
pub(super) fn schema_twice<T: ToSchema>(sketch: &mut Sketch) -> Value {
    let data = sketch.schema_of::<T>();
    let mut schema = serde_json::to_value(T::schema()).unwrap_or_default();
    if let (Value::Object(all), Value::Object(own)) = (&mut schema["properties"], envelope(&data)) {
        all.extend(own);
    }
    if let Value::Array(required) = &mut schema["required"] {
        required.extend(OWN.map(Value::from));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_stands_at_the_top_but_never_hides_the_envelope() {
        let told = twice(json!({ "token": "t", "code": 7, "data": 1 }));
        assert_eq!(told["token"], "t");
        assert_eq!((&told["code"], &told["message"]), (&json!(0), &json!("ok")));
        assert_eq!(told["data"], json!({ "token": "t", "code": 7, "data": 1 }));
        assert_eq!(twice(json!([1]))["data"], json!([1]));
    }
}
