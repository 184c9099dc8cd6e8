//! `statuslint schema`: the JSON schema of the configuration.

use crate::Status;
use crate::terminal::deliver;

/// Writes the schema.
pub(crate) fn run() -> anyhow::Result<Status> {
    deliver(None, |out| out.write_all(statuslint_config::schema().as_bytes()))?;
    Ok(Status::Clean)
}
