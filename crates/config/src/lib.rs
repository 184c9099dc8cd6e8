//! What the user wants: `statuslint.toml`, from its text to the settings of each file.
//!
//! [`Configs`] finds the configuration of a file, [`Config::settings`] resolves it for that file
//! together with what the command line or the editor adds ([`Overrides`]).

mod config;
mod discover;
mod edit;
mod error;
mod globs;
mod json;
mod layer;
mod overrides;
mod own;
mod paths;
mod preferences;
mod reader;
mod schema;
mod similar;

pub use config::{Allowance, Config};
pub use discover::{Configs, FILE_NAMES};
pub use edit::{Change, replacement};
pub use error::{Error, Place, Warning};
pub use layer::vendor;
pub use overrides::Overrides;
pub use paths::absolute;
pub use preferences::{Complaint, PREFERENCES, Preferences};
pub use schema::{preferences_schema, schema};
pub use similar::suggestion;
