//! JSON schemas.

use jsonschema::Validator;
use serde_json::Value;

/// A schema that documents can be held against.
pub(super) struct Schema(Validator);

impl Schema {
    /// Formats such as `uri` count as well, which is not the default of every draft.
    pub(super) fn new(schema: &Value) -> Self {
        let options = jsonschema::options().should_validate_formats(true);
        Self(options.build(schema).unwrap_or_else(|error| panic!("the schema: {error}")))
    }

    /// Fails the test with everything that is wrong.
    #[track_caller]
    pub(super) fn accepts(&self, document: &Value, name: &str) {
        let errors: Vec<String> = self
            .0
            .iter_errors(document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }

    pub(super) fn is_valid(&self, document: &Value) -> bool {
        self.0.is_valid(document)
    }
}
