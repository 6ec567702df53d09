//! What differs between two documents: a path, what was there, and what is there now.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Difference {
    /// `music[0].level_pct`
    path: String,
    /// Null where there was nothing.
    from: Value,
    /// Null where nothing is left.
    to: Value,
}

/// Every value that differs, by its path.
pub(crate) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), before, after, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn compare(path: String, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let name = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            for (key, value) in old {
                compare(name(key), value, new.get(key).unwrap_or(&Value::Null), found);
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                compare(name(key), &Value::Null, value, found);
            }
        }
        (Value::Array(old), Value::Array(new)) if holds_items(old) || holds_items(new) => {
            for place in 0..old.len().max(new.len()) {
                let at = |list: &[Value]| list.get(place).cloned().unwrap_or(Value::Null);
                compare(format!("{path}[{place}]"), &at(old), &at(new), found);
            }
        }
        (old, new) if old == new => {}
        (old, new) => found.push(Difference { path, from: old.clone(), to: new.clone() }),
    }
}

/// Whether a list holds things of their own and not mere values.
fn holds_items(list: &[Value]) -> bool {
    list.iter().any(Value::is_object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_have_paths_that_people_can_follow() {
        let before = json!({"music": [{"level_pct": 35.0, "hits_s": [1.0]}], "text": []});
        let after = json!({"music": [{"level_pct": 20.0, "hits_s": [1.0, 2.0]}], "text": [{"text": "A"}]});
        let told: Vec<String> =
            differences(&before, &after).iter().map(|d| format!("{} {} {}", d.path, d.from, d.to)).collect();
        assert_eq!(
            told,
            [
                "music[0].hits_s [1.0] [1.0,2.0]",
                "music[0].level_pct 35.0 20.0",
                "text[0] null {\"text\":\"A\"}"
            ]
        );
        assert!(differences(&after, &after).is_empty());
    }
}
