//! Prints the syntax tree of a file: `cargo run -p statuslint-languages --example tree -- FILE`.

use std::error::Error;
use std::io::Write as _;

use statuslint_languages::{Language, tree};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: tree FILE")?;
    let text = std::fs::read_to_string(&path)?;
    let language = Language::detect(&path, &text).ok_or("the file is in no supported language")?;
    std::io::stdout().write_all(tree(&text, language).as_bytes())?;
    Ok(())
}
