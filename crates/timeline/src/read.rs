//! Reads a saved timeline, of this version or an older one.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use thiserror::Error;

use crate::{EditError, Timeline, VERSION};

/// Why a document is no timeline.
#[derive(Debug, Error)]
enum Fault {
    #[error("it has no shape of a timeline: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("it has version {0}; this program reads versions 1 to {VERSION}")]
    Later(u64),
    #[error("it does not hold together: {0}")]
    Broken(#[from] EditError),
}

impl<'de> Deserialize<'de> for Timeline {
    /// Reads a document of any version, and only one that holds together.
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Timeline, D::Error> {
        timeline(Value::deserialize(source)?).map_err(D::Error::custom)
    }
}

impl Serialize for Timeline {
    fn serialize<S: Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        Timeline::serialize(self, target)
    }
}

fn timeline(document: Value) -> Result<Timeline, Fault> {
    let current = match document.get("version").and_then(Value::as_u64) {
        Some(version) if version > u64::from(VERSION) => return Err(Fault::Later(version)),
        Some(1) => from_version_1(document),
        _ => document,
    };
    let timeline = Timeline::deserialize(current)?;
    timeline.check()?;
    Ok(timeline)
}

/// Version 1 knew one film, shown whole.
fn from_version_1(mut document: Value) -> Value {
    let Some(fields) = document.as_object_mut() else { return document };
    let film = fields.remove("film").unwrap_or(Value::Null);
    let (name, length) = (film["name"].clone(), film["length"].clone());
    let source = json!({ "id": 1, "name": name, "kind": { "film": { "length": length } } });
    let clip = json!({ "id": 1, "source": 1, "span": { "start": 0, "end": length } });
    fields.insert("version".into(), json!(VERSION));
    fields.insert("sources".into(), json!([source]));
    fields.insert("clips".into(), json!([clip]));
    document
}
