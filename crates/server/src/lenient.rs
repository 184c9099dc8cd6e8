//! Parameters without what the protocol's types cannot read: one odd capability must not cost the
//! user the whole server, nor a missing version the document. And with the names that those types
//! have for what the protocol calls otherwise.

use lsp_types::InitializeParams;
use serde::Deserialize as _;
use serde_json::{Value, json};

/// The same parameters, with each entry dropped that cannot be read.
pub(crate) fn initialize(mut params: Value) -> Value {
    let fits = |params: &Value| InitializeParams::deserialize(params).is_ok();
    rename(&mut params);
    if fits(&params) {
        return params;
    }
    let mut params = if params.is_object() { params } else { json!({}) };
    if !params["capabilities"].is_object() {
        params["capabilities"] = json!({});
    }
    prune(&mut params, &|mut part| {
        if part.get("capabilities").is_none() {
            part["capabilities"] = json!({});
        }
        fits(&part)
    });
    params
}

/// The parameters of `textDocument/didOpen`, with a version and a language in any case.
pub(crate) fn open(mut params: Value) -> Value {
    numbered(&mut params);
    if let Some(document) = params.get_mut("textDocument").and_then(Value::as_object_mut) {
        let language = document.entry("languageId").or_insert_with(|| json!(""));
        if !language.is_string() {
            *language = json!("");
        }
    }
    params
}

/// The parameters of `textDocument/didChange`, with a version in any case, and without the lengths
/// of ranges, which nobody needs and some count in another way.
pub(crate) fn change(mut params: Value) -> Value {
    numbered(&mut params);
    let changes = params.get_mut("contentChanges").and_then(Value::as_array_mut);
    for change in changes.into_iter().flatten().filter_map(Value::as_object_mut) {
        change.remove("rangeLength");
    }
    params
}

/// Gives a document that has no version the version 0.
fn numbered(params: &mut Value) {
    if let Some(document) = params.get_mut("textDocument").and_then(Value::as_object_mut) {
        let version = document.entry("version").or_insert_with(|| json!(0));
        if version.as_i64().is_none_or(|version| i32::try_from(version).is_err()) {
            *version = json!(0);
        }
    }
}

/// The protocol has `workspace.diagnostics`, the types `workspace.diagnostic`.
fn rename(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
    if let Some(workspace) = workspace
        && let Some(diagnostics) = workspace.remove("diagnostics")
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
}

/// Drops the entries of an object that do not fit, each looked into first.
fn prune(value: &mut Value, fits: &dyn Fn(Value) -> bool) {
    let Value::Object(entries) = value else { return };
    entries.retain(|key, entry| {
        let alone = |entry: Value| fits(json!({ key: entry }));
        if alone(entry.clone()) {
            return true;
        }
        if let Value::Array(items) = entry {
            items.retain(|item| alone(json!([item])));
        } else {
            prune(entry, &alone);
        }
        alone(entry.clone())
    });
}

#[cfg(test)]
mod tests {
    use lsp_types::InitializeParams;
    use serde::Deserialize as _;
    use serde_json::{Value, json};

    use super::{change, initialize, open};

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        let params = json!({
            "processId": 7,
            "rootUri": "file:///a",
            "trace": "verbose",
            "capabilities": {"general": {"positionEncodings": ["utf-8"]}, "new": {"x": 1}},
            "initializationOptions": {"evidence": "likely"},
            "other": 1,
        });
        assert_eq!(initialize(params.clone()), params);
    }

    #[test]
    fn what_cannot_be_read_goes_alone() {
        for (odd, left) in [
            (json!({"trace": "compact"}), json!({})),
            (json!({"processId": -1}), json!({})),
            (json!({"rootUri": ""}), json!({})),
            (json!({"rootUri": "/plain/path"}), json!({})),
            (
                json!({"workspaceFolders": [{"uri": "", "name": ""}, {"uri": "file:///a", "name": ""}]}),
                json!({"workspaceFolders": [{"uri": "file:///a", "name": ""}]}),
            ),
        ] {
            let with = |part: &Value| {
                let mut params = json!({
                    "capabilities": {"workspace": {"configuration": true}},
                    "initializationOptions": {"evidence": "likely"},
                });
                for (key, entry) in part.as_object().unwrap() {
                    params[key] = entry.clone();
                }
                params
            };
            assert_eq!(initialize(with(&odd)), with(&left));
        }
    }

    #[test]
    fn a_capability_goes_without_its_neighbours() {
        let formats = |formats: Value| {
            json!({"capabilities": {
                "textDocument": {"hover": {"contentFormat": formats, "dynamicRegistration": true}},
                "general": {"positionEncodings": ["utf-8"]},
            }})
        };
        assert_eq!(
            initialize(formats(json!(["asciidoc", "markdown"]))),
            formats(json!(["markdown"]))
        );
        let odd = json!({"capabilities": {"window": {"workDoneProgress": "yes"}}});
        assert_eq!(initialize(odd), json!({"capabilities": {"window": {}}}));
    }

    #[test]
    fn the_names_of_the_protocol_are_understood() {
        let workspace = |name: &str| {
            let refresh = json!({"refreshSupport": true});
            json!({"capabilities": {"workspace": {name: refresh}}})
        };
        assert_eq!(initialize(workspace("diagnostics")), workspace("diagnostic"));
        let params = InitializeParams::deserialize(initialize(workspace("diagnostics"))).unwrap();
        let workspace = params.capabilities.workspace.unwrap();
        assert_eq!(workspace.diagnostic.unwrap().refresh_support, Some(true));
    }

    #[test]
    fn there_are_capabilities_in_any_case() {
        for params in [json!(null), json!([]), json!({}), json!({"capabilities": null})] {
            assert_eq!(initialize(params), json!({"capabilities": {}}));
        }
    }

    #[test]
    fn a_document_has_a_version_in_any_case() {
        for odd in [json!({}), json!({"version": null}), json!({"version": 1u64 << 40})] {
            let odd = json!({"textDocument": odd});
            assert_eq!(change(odd.clone()), json!({"textDocument": {"version": 0}}));
            let opened = json!({"textDocument": {"version": 0, "languageId": ""}});
            assert_eq!(open(odd), opened);
        }
        let well = json!({"textDocument": {"version": -3, "languageId": "go"}});
        assert_eq!((change(well.clone()), open(well.clone())), (well.clone(), well));
        let lengths = json!({"contentChanges": [{"rangeLength": -1, "text": "x"}, 3]});
        assert_eq!(change(lengths), json!({"contentChanges": [{"text": "x"}, 3]}));
        for odd in [json!([]), json!({"textDocument": 1, "contentChanges": {}})] {
            assert_eq!((change(odd.clone()), open(odd.clone())), (odd.clone(), odd));
        }
    }
}
