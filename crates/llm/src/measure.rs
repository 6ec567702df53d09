//! Holds a value against a schema, and measures its times: seconds for those outside, ticks inside.

use serde_json::{Map, Value};
use sound::Time;

use crate::ModelError;
use crate::schema::{TIME, definition};

/// Which way times are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Seconds come in.
    ToTicks,
    /// Ticks go out.
    ToSeconds,
}

/// A schema with the definitions it refers to.
#[derive(Clone, Copy)]
pub(crate) struct Measure<'a> {
    pub(crate) root: &'a Value,
    pub(crate) way: Way,
}

impl Measure<'_> {
    /// Measures every time in a value of this schema anew.
    ///
    /// # Errors
    /// [`ModelError::Invalid`] where the value is not of the schema: what the schema leaves out is not let in.
    pub(crate) fn take(self, value: &mut Value, schema: &Value) -> Result<(), ModelError> {
        if let Some(name) = reference(schema) {
            return match name == TIME {
                true => self.time(value),
                false => self.take(value, definition(self.root, name).ok_or(ModelError::Invalid)?),
            };
        }
        if let Some(branches) = branches(schema) {
            let branch = branches.iter().find(|branch| self.fits(value, branch));
            return self.take(value, branch.ok_or(ModelError::Invalid)?);
        }
        if !self.fits(value, schema) {
            return Err(ModelError::Invalid);
        }
        match value {
            Value::Object(fields) => self.fields(fields, schema),
            Value::Array(items) => match schema.get("items") {
                Some(schema) => items.iter_mut().try_for_each(|item| self.take(item, schema)),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn fields(self, fields: &mut Map<String, Value>, schema: &Value) -> Result<(), ModelError> {
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, value) in fields.iter_mut() {
            match schema.get("properties").and_then(|known| known.get(name)) {
                Some(schema) => self.take(value, schema)?,
                None if closed => return Err(ModelError::Invalid),
                None => {}
            }
        }
        Ok(())
    }

    fn time(self, value: &mut Value) -> Result<(), ModelError> {
        *value = match self.way {
            Way::ToTicks => Time::from_seconds(value.as_f64().ok_or(ModelError::Invalid)?).ticks().into(),
            Way::ToSeconds => {
                let ticks = value.as_i64().ok_or(ModelError::Invalid)?;
                seconds(Time::from_ticks(ticks)).into()
            }
        };
        Ok(())
    }

    /// Whether a value looks like one of this schema, as far as its outside tells.
    fn fits(self, value: &Value, schema: &Value) -> bool {
        if let Some(name) = reference(schema) {
            return match name == TIME {
                true => value.is_number(),
                false => definition(self.root, name).is_some_and(|schema| self.fits(value, schema)),
            };
        }
        if let Some(branches) = branches(schema) {
            return branches.iter().any(|branch| self.fits(value, branch));
        }
        let of_type = |wanted: &Value| wanted.as_str().is_some_and(|name| is_of_type(value, name));
        let typed = match schema.get("type") {
            Some(Value::Array(types)) => types.iter().any(of_type),
            Some(one) => of_type(one),
            None => true,
        };
        let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|known| known.contains(value));
        let constant = schema.get("const").is_none_or(|wanted| wanted == value);
        let whole = schema.get("required").and_then(Value::as_array).is_none_or(|names| {
            let named = |name: &Value| name.as_str().is_some_and(|name| value.get(name).is_some());
            names.iter().all(named)
        });
        typed && listed && constant && whole
    }
}

/// Seconds to the microsecond, never later than the time: what is sent back lies inside the film still.
pub(crate) fn seconds(time: Time) -> f64 {
    (time.seconds() * 1e6).floor() / 1e6
}

/// The name of the definition that a schema refers to.
fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

/// The schemas of which a value must be one.
fn branches(schema: &Value) -> Option<&Vec<Value>> {
    ["anyOf", "oneOf"].iter().find_map(|word| schema.get(word)?.as_array())
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
