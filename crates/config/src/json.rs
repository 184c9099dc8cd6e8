//! JSON written as TOML, so that one reader serves both.

use serde_json::{Map, Value};

/// The entries of an object. What is `null` says nothing, wherever it stands.
pub(crate) fn as_toml(entries: &Map<String, Value>) -> String {
    let mut text = String::new();
    for (key, value) in said(entries) {
        write_text(key, &mut text);
        text.push('=');
        write(value, &mut text);
        text.push('\n');
    }
    text
}

fn said(entries: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    entries.iter().filter(|(_, value)| !value.is_null())
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => write_text(string, text),
        Value::Array(values) => {
            text.push('[');
            for value in values.iter().filter(|value| !value.is_null()) {
                write(value, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(entries) => {
            text.push('{');
            for (number, (key, value)) in said(entries).enumerate() {
                text.push_str(if number == 0 { "" } else { "," });
                write_text(key, text);
                text.push('=');
                write(value, text);
            }
            text.push('}');
        }
        // Both write them alike.
        Value::Null | Value::Bool(_) | Value::Number(_) => text.push_str(&value.to_string()),
    }
}

/// A basic string of TOML has the escapes of JSON, but must not hold a DEL as it is.
fn write_text(string: &str, text: &mut String) {
    let quoted = Value::from(string).to_string();
    text.push_str(&quoted.replace('\u{7f}', "\\u007f"));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use toml::de::DeTable;

    use super::as_toml;

    #[test]
    fn whatever_json_says_is_said_in_toml() {
        let value = json!({
            "": "a\"b\\c\u{0}\u{7f}\u{85}\n\t🦀", "a.b": [1, -2, [], [0.5, 1e300], null, -0.0],
            "t\u{7f}": {"x": {"y": true, "n": null, "z": "'''"}, "e": {}}, "n": null,
        });
        let text = as_toml(value.as_object().unwrap());
        let read: Value = toml::from_str(&text).unwrap();
        let expected = json!({
            "": "a\"b\\c\u{0}\u{7f}\u{85}\n\t🦀", "a.b": [1, -2, [], [0.5, 1e300], -0.0],
            "t\u{7f}": {"x": {"y": true, "z": "'''"}, "e": {}},
        });
        assert_eq!(read, expected, "{text}");
        // No more than a TOML reader must take, but one that judges ranges itself wants to see it.
        let large = json!({"allow": [u64::MAX]});
        assert!(DeTable::parse(&as_toml(large.as_object().unwrap())).is_ok());
    }
}
