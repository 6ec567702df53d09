//! What a model is told of the form of an edit.

use serde_json::Value;

#[test]
fn the_schema_that_is_sent_can_be_read() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&llm::tool_schema()).unwrap());
}

#[test]
fn the_schema_leaves_out_what_is_none_of_a_models_business() {
    let schema = llm::tool_schema();
    let text = schema.to_string();
    for word in [
        "add-clip",
        "replace-clip",
        "recording",
        "seed",
        "\"takes\"",
        "\"like\"",
        "file",
        "tick",
        "None",
        "```",
        "Source",
    ] {
        assert!(!text.contains(word), "{word}");
    }
    let edit = schema["$defs"]["Edit"]["oneOf"].as_array().unwrap();
    let field = |variant: &Value| variant["properties"].as_object().unwrap().keys().next().unwrap().clone();
    let names: Vec<String> = edit.iter().map(field).collect();
    assert_eq!(names.len(), 31, "{names:?}");
    assert!(edit.iter().all(|variant| variant["additionalProperties"] == false));
    let lock = edit.iter().find(|variant| field(variant) == "lock").unwrap();
    assert_eq!(lock["properties"]["lock"]["properties"]["locked"]["const"], true);
}
