//! A name or phrase of a code that has a newer one.

use std::ops::Range;

use statuslint_codes::{Entry, State, StatusCode, words};
use statuslint_languages::{Constant, Kind, Phrase, Role, Site};

use crate::engine::{Check, Ctx, Draft, Findings};
use crate::quote::quoted;
use crate::{Edit, Fix, Rule, Safety, Severity};

pub(super) const RULE: Rule = Rule {
    name: "outdated-name",
    severity: Some(Severity::Info),
    fixable: true,
    summary: "A phrase RFC 9110 replaced, or a name the library in use keeps for old code",
    page: include_str!("outdated_name.md"),
    quiet_in_tests: false,
    check: Check::Site(check),
};

/// Phrases of drafts that software took up and the registry never had.
const OF_DRAFTS: &[(u16, &str)] = &[(424, "Method Failure"), (425, "Unordered Collection")];

fn check(ctx: &Ctx, site: &Site, out: &mut Findings) {
    let Some(code) = site.code() else { return };
    if site.kind == Kind::Name {
        name(ctx, site, code, out);
    }
    phrase(ctx, site, code, out);
}

/// A library's deprecated name, where the library in use has the current one.
fn name(ctx: &Ctx, site: &Site, code: StatusCode, out: &mut Findings) {
    let source = ctx.source(&site.range);
    let constants = ctx.language.constants();
    let of_library =
        |constant: &&Constant| Some(constant.library) == site.api && constant.code == code;
    let Some(old) = constants.iter().filter(of_library).find(|it| is_written(source, it)) else {
        return;
    };
    let is_current = |it: &&Constant| it.expression == old.deprecated_alias_of;
    let Some(new) = constants.iter().filter(of_library).find(is_current) else { return };
    // A name from another import is of another way to use the library.
    let proved = new.since.is_empty() || ctx.settings.versions.prove_since(new.since);
    let in_use = is_symbol(old) || old.is_imported(&ctx.usage.imports);
    if !proved || !in_use || old.import != new.import {
        return;
    }
    let message = format!(
        "{} is an outdated name of {}: {} keeps it for old code only",
        quoted(source),
        super::titled(ctx.settings, code),
        old.library,
    );
    let current = current(source, old, new);
    let fix = source.ends_with(old.expression).then(|| Fix {
        title: format!("Replace it with {}", quoted(&current)),
        safety: Safety::Unsafe,
        edits: vec![Edit { range: site.range.clone(), text: current.clone() }],
    });
    let help = format!("write {}", quoted(&current));
    out.push(Draft::new(&site.range, message).code(code).help(help).fix(fix));
}

fn is_symbol(constant: &Constant) -> bool {
    constant.expression.starts_with(':')
}

/// Whether a text writes a constant that has a newer name, with or without what it is a member of.
fn is_written(source: &str, constant: &Constant) -> bool {
    !constant.deprecated_alias_of.is_empty()
        && (source.ends_with(constant.expression)
            || last_name(source) == last_name(constant.expression))
}

/// The text with the newer name in it.
fn current(source: &str, old: &Constant, new: &Constant) -> String {
    let name = last_name(source);
    let before = source.strip_suffix(old.expression);
    if let Some(before) = before {
        return format!("{before}{}", new.expression);
    }
    let before = source.strip_suffix(name).unwrap_or_default();
    format!("{before}{}", last_name(new.expression))
}

fn last_name(expression: &str) -> &str {
    expression.rsplit(['.', ':']).next().unwrap_or(expression)
}

/// A phrase that stands with its code and had its time.
fn phrase(ctx: &Ctx, site: &Site, code: StatusCode, out: &mut Findings) {
    // What somebody else sends is not ours to rename.
    if matches!(site.role, Role::Compare | Role::Expect | Role::Branch | Role::Bound) {
        return;
    }
    let Some(entry) = code.entry().filter(|entry| entry.state != State::Unused) else { return };
    let Some(phrase) = site.reason.clone().or_else(|| of_line(ctx, site, code)) else { return };
    if !is_older(entry, &phrase.text) {
        return;
    }
    let message = format!(
        "{} is an outdated phrase of {code}, which is {} since {}",
        quoted(&phrase.text),
        quoted(entry.name),
        entry.reference,
    );
    let range = phrase.range;
    let fix = (ctx.source(&range) == phrase.text).then(|| Fix {
        title: format!("Replace it with {}", quoted(entry.name)),
        safety: Safety::Unsafe,
        edits: vec![Edit { range: range.clone(), text: entry.name.to_owned() }],
    });
    let help = format!("write {}", quoted(entry.name));
    out.push(Draft::new(&range, message).code(code).help(help).fix(fix));
}

/// Whether a text is a phrase that the code had, in whatever letter case.
fn is_older(entry: &Entry, text: &str) -> bool {
    let said = words(text);
    let drafts = OF_DRAFTS.iter().filter(|(code, _)| *code == entry.code.get());
    let older = entry.older_names.iter().copied().chain(drafts.map(|(_, phrase)| *phrase));
    said != words(entry.name) && older.into_iter().any(|older| words(older) == said)
}

/// The phrase of a status line: what stands behind the code until the line ends.
fn of_line(ctx: &Ctx, site: &Site, code: StatusCode) -> Option<Phrase> {
    if site.kind != Kind::Line {
        return None;
    }
    let source = ctx.source(&site.range);
    let number = format!("{code} ");
    let start = source.find(&number)? + number.len();
    let length = source[start..].find(['\r', '\n', '\\', '"', '\'', '`'])?;
    let length = source[start..start + length].trim_end().len();
    let range: Range<usize> = site.range.start + start..site.range.start + start + length;
    Some(Phrase { text: ctx.source(&range).to_owned(), range, given: false })
}
