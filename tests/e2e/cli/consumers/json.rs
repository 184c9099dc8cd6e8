//! JSON and JSON lines, by the schema in `docs/`.

use serde_json::{Value, json};

use super::schema::Schema;
use super::subjects;

/// The schema, or one of its definitions, with no other fields than those it tells of.
fn schema(definition: Option<&str>) -> Schema {
    let text = include_str!("../../../../docs/output.schema.json");
    let mut schema: Value = serde_json::from_str(text).unwrap();
    for object in schema["$defs"].as_object_mut().unwrap().values_mut() {
        if object.get("properties").is_some() {
            object["additionalProperties"] = json!(false);
        }
    }
    if let Some(name) = definition {
        schema.as_object_mut().unwrap().remove("oneOf");
        schema["$ref"] = json!(format!("#/$defs/{name}"));
    }
    Schema::new(&schema)
}

#[test]
fn every_field_is_in_the_schema() {
    let whole = schema(None);
    for (command, list, item) in [("check", "findings", "finding"), ("sites", "sites", "site")] {
        let item = schema(Some(item));
        for subject in subjects() {
            let log: Value = serde_json::from_str(&subject.written_by(command, "json")).unwrap();
            whole.accepts(&log, subject.name);
            let lines = subject.written_by(command, "jsonl");
            let lines: Vec<Value> =
                lines.split_terminator('\n').map(|it| serde_json::from_str(it).unwrap()).collect();
            for line in &lines {
                item.accepts(line, subject.name);
            }
            assert_eq!(log[list], Value::Array(lines), "{}", subject.name);
        }
    }
}

#[test]
fn the_schema_refuses_what_is_not_written() {
    let (whole, subject) = (schema(None), subjects().remove(0));
    let log: Value = serde_json::from_str(&subject.written("json")).unwrap();
    for (pointer, wrong) in [
        ("/version", json!(2)),
        ("/summary", json!({})),
        ("/findings/0/severity", json!("fatal")),
        ("/findings/0/start/line", json!(0)),
        ("/findings/0/url", json!("not a uri")),
        ("/findings/0/fixes", json!([{}])),
        ("/notes", json!([{"path": "a", "message": "b", "more": 1}])),
    ] {
        let mut log = log.clone();
        *log.pointer_mut(pointer).unwrap() = wrong;
        assert!(!whole.is_valid(&log), "{pointer}");
    }
}
