//! Reads the statements that import.

use std::ops::Range;

use statuslint_languages::ImportStyle;

use super::{Binding, What};

/// What a statement binds; nothing when it is one that binds no names, or none that is known.
pub(super) fn bindings(statement: &str, range: &Range<usize>, style: ImportStyle) -> Vec<Binding> {
    let text = statement.trim().trim_end_matches(';').trim_end();
    let bound = match style {
        ImportStyle::Ambient => Some(Vec::new()),
        ImportStyle::Include => header(text),
        ImportStyle::From => from(text),
        ImportStyle::Grouped => grouped(text),
        ImportStyle::Module => script(text),
        ImportStyle::Path => path(text),
        ImportStyle::Namespace => namespace(text),
        ImportStyle::Use => used(text),
        ImportStyle::Library => library(text),
        ImportStyle::Exporter => exported(text),
    };
    let place = |(module, what, local)| Binding { module, what, local, statement: range.clone() };
    bound.unwrap_or_default().into_iter().map(place).collect()
}

/// A module, what of it, and the name that it has here.
type Bound = (String, What, String);

#[expect(clippy::unnecessary_wraps, reason = "each way to read an import may find none")]
fn one(module: &str, what: What, local: &str) -> Option<Vec<Bound>> {
    Some(vec![(module.to_owned(), what, local.to_owned())])
}

/// `a as b` as the name and the name it gets; without the word, both are the same.
fn renamed<'t>(text: &'t str, word: &str) -> (&'t str, &'t str) {
    let text = text.trim();
    text.split_once(word).map_or((text, text), |(name, local)| (name.trim(), local.trim()))
}

/// What the names of a list bind, of one module.
fn names(module: &str, list: &str, word: &str) -> Vec<Bound> {
    let name = |item: &str| {
        let (name, local) = renamed(item, word);
        let what = if matches!(name, "*" | "_") { What::All } else { What::Named(name.to_owned()) };
        let local = if what == What::All { "" } else { local };
        (module.to_owned(), what, local.to_owned())
    };
    list.split(',').filter(|item| !item.trim().is_empty()).map(name).collect()
}

fn header(text: &str) -> Option<Vec<Bound>> {
    let name = text.strip_prefix('#')?.trim_start().strip_prefix("include")?;
    let name = name.lines().next()?.trim();
    let (open, rest) = (name.chars().next()?, name.get(1..)?);
    let end = rest.find(match open {
        '<' => '>',
        '"' => '"',
        _ => return None,
    })?;
    one(&rest[..end], What::All, "")
}

fn from(text: &str) -> Option<Vec<Bound>> {
    if let Some(rest) = text.strip_prefix("from ") {
        let (module, list) = rest.split_once(" import")?;
        let list: Vec<&str> = list
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default())
            .map(|line| line.trim().trim_matches(['(', ')', '\\']))
            .collect();
        return Some(names(module.trim(), &list.join(" "), " as "));
    }
    let modules = text.strip_prefix("import ")?.split(',').map(|item| {
        let (module, local) = renamed(item, " as ");
        (module.to_owned(), What::Module, local.to_owned())
    });
    Some(modules.collect())
}

fn grouped(text: &str) -> Option<Vec<Bound>> {
    let text = text.strip_prefix("import ").unwrap_or(text);
    let (local, rest) = text.split_once(['"', '`'])?;
    one(unversioned(rest.split(['"', '`']).next()?), What::Module, local.trim())
}

/// The path of a package without the version at its end: `fiber` of `fiber/v3`.
fn unversioned(path: &str) -> &str {
    let version = |end: &str| {
        end.strip_prefix('v').is_some_and(|digits| digits.bytes().all(|it| it.is_ascii_digit()))
    };
    path.rsplit_once('/').filter(|(_, end)| version(end)).map_or(path, |(path, _)| path)
}

fn script(text: &str) -> Option<Vec<Bound>> {
    let quoted = |text: &str| {
        let open = text.find(['"', '\'', '`'])?;
        let quote = text[open..].chars().next()?;
        let inside = &text[open + 1..];
        let name = &inside[..inside.find(quote)?];
        Some(name.strip_prefix("node:").unwrap_or(name).to_owned())
    };
    if let Some(rest) = text.strip_prefix("import ") {
        let (clause, module) = rest.rsplit_once("from")?;
        if clause.trim_start().starts_with("type ") {
            return None;
        }
        return Some(clause_of(&quoted(module)?, clause.trim(), " as "));
    }
    let declared = ["const ", "let ", "var "].iter().find_map(|word| text.strip_prefix(word))?;
    let (clause, call) = declared.split_once('=')?;
    let module = quoted(call.trim().strip_prefix("require(")?)?;
    let (_, after) = call.split_once(')')?;
    let clause = clause.trim();
    match after.trim() {
        "" if clause.starts_with('{') => Some(clause_of(&module, clause, ":")),
        "" => one(&module, What::Module, clause),
        ".default" => one(&module, What::Default, clause),
        member => {
            let member = member.strip_prefix('.')?;
            one(&module, What::Named(member.to_owned()), clause)
        }
    }
}

/// `X, { A, B as C }`, `* as X`
fn clause_of(module: &str, clause: &str, word: &str) -> Vec<Bound> {
    let (before, braces) = clause.split_once('{').unwrap_or((clause, ""));
    let mut bound = Vec::new();
    let before = before.trim().trim_end_matches(',').trim_end();
    for item in before.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let all = item.strip_prefix('*').and_then(|rest| rest.trim().strip_prefix("as "));
        let what = if all.is_some() { What::Module } else { What::Default };
        bound.push((module.to_owned(), what, all.unwrap_or(item).trim().to_owned()));
    }
    let braces = braces.split('}').next().unwrap_or_default();
    let list: Vec<&str> = braces
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .flat_map(|line| line.split(','))
        .filter(|item| !item.trim_start().starts_with("type "))
        .collect();
    bound.extend(names(module, &list.join(","), word));
    bound
}

fn path(text: &str) -> Option<Vec<Bound>> {
    let text = text.strip_prefix("import ")?.trim();
    let text = text.strip_prefix("static ").unwrap_or(text);
    if let Some((module, list)) = text.split_once(['{']) {
        let word = if list.contains("=>") { "=>" } else { " as " };
        return Some(names(module.trim_end_matches('.'), list.trim_end_matches('}'), word));
    }
    let (path, local) = renamed(text, " as ");
    let (module, name) = path.rsplit_once('.')?;
    let local = if local == path { name } else { local };
    Some(match name {
        "*" | "_" => one(module, What::All, "")?,
        name => one(module, What::Named(name.to_owned()), local)?,
    })
}

fn namespace(text: &str) -> Option<Vec<Bound>> {
    let text = text.strip_prefix("global ").unwrap_or(text).strip_prefix("using ")?;
    if let Some((local, path)) = text.split_once('=') {
        let (module, name) = path.trim().rsplit_once('.')?;
        return one(module, What::Named(name.to_owned()), local.trim());
    }
    let path = text.trim().strip_prefix("static ").unwrap_or(text.trim());
    one(path.trim(), What::All, "")
}

fn used(text: &str) -> Option<Vec<Bound>> {
    let text = text.strip_prefix("use ")?.trim();
    if text.starts_with("function ") || text.starts_with("const ") {
        return None;
    }
    if let Some((module, list)) = text.split_once('{') {
        let module = module.trim_matches('\\');
        return Some(names(module, list.trim_end_matches('}'), " as "));
    }
    let classes = text.split(',').filter_map(|item| {
        let (path, local) = renamed(item, " as ");
        let (module, name) = path.trim_start_matches('\\').rsplit_once('\\')?;
        let local = if local == path { name } else { local };
        Some((module.to_owned(), What::Named(name.to_owned()), local.to_owned()))
    });
    Some(classes.collect())
}

fn library(text: &str) -> Option<Vec<Bound>> {
    let rest = text.strip_prefix("import ")?.trim_start();
    let quote = rest.chars().next()?;
    let (module, rest) = rest.get(1..)?.split_once(quote)?;
    let words = |word: &str| {
        let after = rest.split_once(word)?.1;
        let end = after.find(" hide ").or_else(|| after.find(" show ")).unwrap_or(after.len());
        Some(after[..end].trim())
    };
    let prefix = words(" as ").map_or("", |after| after.split(' ').next().unwrap_or_default());
    if rest.contains(" deferred ") || words(" hide ").is_some() {
        return None;
    }
    match words(" show ") {
        Some(shown) => {
            let mut bound = names(module, shown, " as ");
            for (_, _, local) in &mut bound {
                *local =
                    if prefix.is_empty() { local.clone() } else { format!("{prefix}.{local}") };
            }
            Some(bound)
        }
        None => one(module, What::All, prefix),
    }
}

fn exported(text: &str) -> Option<Vec<Bound>> {
    let (module, list) = text.strip_prefix("use ")?.trim().split_once(' ')?;
    if list.contains(":constants") || list.contains(":all") {
        return one(module, What::All, "");
    }
    let inside = list.split_once(['(', '/', '{', '['])?.1;
    let words = inside.trim_end_matches([')', '/', '}', ']']).split_whitespace();
    let bound = |name: &str| {
        let name = name.trim_matches(['\'', '"', ',']).to_owned();
        (module.to_owned(), What::Named(name.clone()), name)
    };
    Some(words.map(bound).collect())
}
