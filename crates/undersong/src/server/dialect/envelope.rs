//! The envelope around every answer: a code, a word and what was asked for.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Keys of the envelope itself, which nothing inside may replace.
const OWN: [&str; 3] = ["code", "message", "data"];

/// `{"code":0,"message":"ok","data":...}`.
pub(crate) fn ok(data: Value) -> Response {
    Json(enveloped(data)).into_response()
}

/// The same with the keys of `data` at the top, too, where some clients read them.
pub(crate) fn ok_twice(data: Value) -> Response {
    Json(twice(data)).into_response()
}

fn enveloped(data: Value) -> Value {
    json!({ "code": 0, "message": "ok", "data": data })
}

/// An envelope whose content stands at the top, too.
pub(crate) fn twice(data: Value) -> Value {
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
