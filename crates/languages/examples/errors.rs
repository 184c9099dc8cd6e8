//! Counts syntax errors: `cargo run -p statuslint-languages --example errors`, with paths on standard input.

use std::error::Error;
use std::io::{Write as _, stdin, stdout};

use statuslint_languages::{Language, syntax_errors};

fn main() -> Result<(), Box<dyn Error>> {
    for path in stdin().lines() {
        let path = path?;
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        let language = Language::detect(&path, &text);
        let count = language.map_or(0, |language| syntax_errors(&text, language));
        writeln!(stdout(), "{count}\t{path}")?;
    }
    Ok(())
}
