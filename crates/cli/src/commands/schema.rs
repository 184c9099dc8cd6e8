//! `statuslint schema`: the JSON schema of the configuration, and of an editor's settings.

use crate::Status;
use crate::arguments::SchemaArgs;
use crate::terminal::deliver;

/// Writes the schema.
pub(crate) fn run(arguments: &SchemaArgs) -> anyhow::Result<Status> {
    let schema = if arguments.editor {
        statuslint_server::settings_schema()
    } else {
        statuslint_config::schema()
    };
    deliver(None, |out| out.write_all(schema.as_bytes()))?;
    Ok(Status::Clean)
}
