//! The size of files, and the promise that the core touches nothing but its arguments.

use crate::{assert_none, read, root, rust_files};

/// The most lines a file may have.
const LINES: usize = 400;

/// The crates that do no IO.
const CORE: [&str; 3] = ["crates/codes/src", "crates/languages/src", "crates/lint/src"];

/// The modules of the standard library that reach outside.
const OUTSIDE: [&str; 4] = ["fs", "net", "process", "env"];

#[test]
fn files_are_short() {
    let mut defects = Vec::new();
    for folder in ["crates", "tests", "xtask"] {
        for path in rust_files(folder) {
            let lines = read(&path).lines().count();
            if lines > LINES && !path.ends_with("generated.rs") {
                let path = path.strip_prefix(root()).unwrap_or(&path).display();
                defects.push(format!("{path} has {lines} lines"));
            }
        }
    }
    assert_none("files of more than 400 lines; split them by meaning", &defects);
}

#[test]
fn the_core_does_no_io() {
    let mut defects = Vec::new();
    for folder in CORE {
        for path in rust_files(folder) {
            if path.ends_with("tests.rs") || path.iter().any(|part| part == "tests") {
                continue;
            }
            for module in reaches(&read(&path)) {
                let path = path.strip_prefix(root()).unwrap_or(&path).display();
                defects.push(format!("{path} uses std::{module}"));
            }
        }
    }
    assert_none("the core does no IO", &defects);
}

/// The modules of [`OUTSIDE`] a source uses before its tests begin.
fn reaches(source: &str) -> Vec<&'static str> {
    let shipped = source.split("#[cfg(test)]").next().unwrap_or(source);
    let code: String = shipped
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.chars().chain(['\n']))
        .filter(|c| !c.is_whitespace())
        .collect();
    let uses = |module: &str| {
        code.match_indices("std::").any(|(at, _)| {
            let rest = &code[at + "std::".len()..];
            match rest.strip_prefix('{') {
                Some(group) => members(group).any(|member| member == module),
                None => first_word(rest) == module,
            }
        })
    };
    OUTSIDE.into_iter().filter(|module| uses(module)).collect()
}

/// The first words of the members of a use group, given what follows its opening brace.
fn members(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 1usize;
    let end = group.find(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    // Members of nested groups are split too: `io::{self, env}` would be a false alarm the
    // standard library gives no reason for.
    group[..end.unwrap_or(group.len())].split([',', '{']).map(first_word)
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn io_is_seen_however_it_is_imported() {
    assert_eq!(reaches("use std::fs;"), ["fs"]);
    assert_eq!(reaches("let x = std::env::var(\"A\");"), ["env"]);
    assert_eq!(reaches("use std::{\n    fmt,\n    net::{IpAddr, TcpStream},\n};"), ["net"]);
    assert_eq!(reaches("use std::{process::Command, fs::File};"), ["fs", "process"]);
    assert!(reaches("// std::fs is not for us\nuse std::fmt;").is_empty());
    assert!(reaches("use std::ops::Range;\n#[cfg(test)]\nmod tests { use std::fs; }").is_empty());
    assert!(reaches("use std::{fmt};\nfn f() { fs::read() }").is_empty());
}
