//! What a client says to the agent, read leniently: snake_case or camelCase, with or without what can be known anyway.

use std::marker::PhantomData;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde_json::Value;
use utoipa::ToSchema;

use super::errors::Problem;
use super::errors::refusal::Refusal;
use crate::server::document::signature::Asks;
use crate::server::document::sketch::Sketch;
use crate::server::house::Shared;

/// The most characters of one message.
const LONGEST: usize = 10_000;

/// What is read from a JSON body, more leniently than it is described.
pub(crate) trait Read: Sized {
    /// How it is to be written.
    type Written: ToSchema;

    /// Whether it may be left out.
    const OPTIONAL: bool = false;

    /// Reads it.
    ///
    /// # Errors
    /// [`Problem::Malformed`] names the field at fault.
    fn read(body: &Value) -> Result<Self, Problem>;
}

/// The body of a request, not read yet: what a caller may not do it hears before what it did wrong.
pub(crate) struct Body<T>(Bytes, PhantomData<T>);

impl<T: Read> Body<T> {
    /// Reads it.
    ///
    /// # Errors
    /// [`Problem::Malformed`] says what is wrong.
    pub(crate) fn read(&self) -> Result<T, Problem> {
        T::read(&lenient(&self.0)?)
    }
}

impl<T: Send> FromRequest<Shared> for Body<T> {
    type Rejection = <Bytes as FromRequest<Shared>>::Rejection;

    async fn from_request(request: Request, house: &Shared) -> Result<Body<T>, Self::Rejection> {
        Ok(Body(Bytes::from_request(request, house).await?, PhantomData))
    }
}

impl<T: Read> Asks for Body<T> {
    fn ask(sketch: &mut Sketch) {
        let schema = sketch.schema_of::<T::Written>();
        sketch.takes("application/json", !T::OPTIONAL, schema);
        sketch.refuses(&[Refusal::Malformed]);
    }
}

/// A body that need not say anything.
#[derive(Debug, ToSchema)]
pub(crate) struct Anything {}

/// A sentence to the agent. `sessionId` and `newMessage` are read, too.
#[derive(Debug, ToSchema)]
#[allow(dead_code)] // it is read key by key, leniently
pub(crate) struct Saying {
    #[schema(examples("nemo_agent"))]
    app_name: Option<String>,
    /// `me`, or your own `user_id`.
    user_id: Option<String>,
    session_id: String,
    new_message: Words,
    /// Events always come whole.
    streaming: Option<bool>,
}

/// What is said, in any number of parts.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
pub(crate) struct Words {
    #[schema(examples("user"))]
    role: Option<String>,
    #[schema(min_items = 1)]
    parts: Vec<Text>,
}

/// A part of what is said.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
pub(crate) struct Text {
    #[schema(examples("add calm piano music"), max_length = 10_000, pattern = "[^\\s\\u0000\\u0085]")]
    text: String,
}

/// A message to the agent.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    /// Whom the client thinks it is; `None` and `me` are the caller.
    pub(crate) user: Option<String>,
    pub(crate) session: String,
    /// The words; `None` where there are none.
    pub(crate) words: Option<String>,
}

/// The first of these keys that says something.
fn first<'v>(body: &'v Value, keys: &[&str]) -> Option<&'v Value> {
    keys.iter().find_map(|key| body.get(key)).filter(|value| !value.is_null())
}

/// A text, or a number that stands where a text should.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A field that may be written in two ways.
pub(crate) fn field(body: &Value, keys: &[&str]) -> Option<String> {
    first(body, keys).and_then(text)
}

/// Reads any JSON body; an empty one is an empty object.
fn lenient(bytes: &[u8]) -> Result<Value, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Object(Default::default()));
    }
    let body: Value = serde_json::from_slice(bytes)
        .map_err(|why| Problem::Malformed(format!("The body is no JSON: {why}.")))?;
    match body.is_object() {
        true => Ok(body),
        false => Err(Problem::Malformed("The body must be a JSON object.".to_owned())),
    }
}

impl Read for Anything {
    type Written = Anything;
    const OPTIONAL: bool = true;

    fn read(_: &Value) -> Result<Anything, Problem> {
        Ok(Anything {})
    }
}

impl Read for Message {
    type Written = Saying;

    fn read(body: &Value) -> Result<Message, Problem> {
        let session = field(body, &["session_id", "sessionId"]);
        let session = session.ok_or_else(|| Problem::missing("session_id"))?;
        let words = first(body, &["new_message", "newMessage", "message"]).and_then(spoken);
        let long = words.as_ref().is_some_and(|words| words.chars().count() > LONGEST);
        if long {
            return Err(Problem::Malformed(format!("new_message is longer than {LONGEST} characters.")));
        }
        Ok(Message { user: field(body, &["user_id", "userId"]), session, words })
    }
}

/// The words of a message: its text parts, or the message where it is nothing but a text.
fn spoken(message: &Value) -> Option<String> {
    let words = match message {
        Value::String(words) => words.clone(),
        _ => match message.get("parts") {
            Some(Value::Array(parts)) => {
                let texts =
                    parts.iter().filter_map(|part| part.as_str().or_else(|| part.get("text")?.as_str()));
                texts.collect::<Vec<_>>().join("\n")
            }
            _ => message.get("text")?.as_str()?.to_owned(),
        },
    };
    Some(words.replace('\0', "").trim().to_owned()).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<(String, Option<String>), u16> {
        let message = lenient(body.as_bytes()).and_then(|body| Message::read(&body));
        let message = message.map_err(|problem| problem.code())?;
        Ok((message.session, message.words))
    }

    #[test]
    fn both_ways_of_writing_are_read_and_what_is_known_may_be_missing() {
        let heard = Ok(("7".to_owned(), Some("add music".to_owned())));
        for body in [
            r#"{"session_id":"7","new_message":{"parts":[{"text":"add music"}]}}"#,
            r#"{"sessionId":7,"newMessage":{"role":"user","parts":[{"text":" add music "}]},"colour":1}"#,
            r#"{"app_name":"x","user_id":"me","session_id":"7","new_message":{"parts":["add music"]},"streaming":false}"#,
            r#"{"session_id":"7","new_message":"add music"}"#,
            r#"{"session_id":"7","message":{"text":"add music"}}"#,
        ] {
            assert_eq!(read(body), heard, "{body}");
        }
        assert_eq!(read(r#"{"session_id":"7"}"#), Ok(("7".to_owned(), None)));
        assert_eq!(
            read(r#"{"session_id":"7","new_message":{"parts":[{"text":"  "}]}}"#),
            Ok(("7".into(), None))
        );
        for body in ["{", "[]", "{}", r#"{"new_message":{"parts":[]}}"#] {
            assert_eq!(read(body), Err(400), "{body}");
        }
    }
}
