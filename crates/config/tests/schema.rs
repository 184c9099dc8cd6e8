//! The schema in the repository is the one the code makes. `UPDATE=1` writes it anew.

use std::fs;
use std::path::Path;

#[test]
fn the_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../statuslint.schema.json");
    let made = statuslint_config::schema();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).expect("the schema can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "run UPDATE=1 cargo test -p statuslint-config --test schema");
}
