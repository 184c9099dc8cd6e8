//! Configurations of servers and proxies: which server's it is, and the statuses in its directives.

mod asked;
mod servers;
mod statements;

use std::ops::Range;

use crate::directives::statements::{Statement, Statements, Word};
use crate::embedded::{Excerpt, Found};
use crate::folder::Tables;
use crate::names::{Says, says};
use crate::vocabulary::Directive;
use crate::{Evidence, Kind, Language, Role, Site, Value, logic, text, value};

/// Statuses in a row after the word that announces them.
const NEAR: usize = 64;

/// Finds the statuses in a configuration; a text that is none of a known server has none.
pub(crate) fn read<'t>(source: &'t str, language: Language, path: &str) -> Found<'t> {
    let mut found = Found::default();
    let tables = language.0.tables();
    let Some((server, statements)) = servers::recognize(source, path, tables) else {
        return found;
    };
    let configuration = Configuration { text: source, server, tables, statements: &statements };
    let lua = Language::from_id("lua");
    let mut conditions = Vec::new();
    for statement in &statements.all {
        configuration.statement(statement, &mut found.usage.sites);
        conditions.extend(configuration.asked(statement));
        if let (Some(program), Some(lua)) = (configuration.program(statement), lua) {
            found.excerpts.push(Excerpt::of(source, program, lua));
        }
    }
    let sites = std::mem::take(&mut found.usage.sites);
    let maps = configuration.maps();
    found.usage.sites = logic::back(&mut found.usage, sites, conditions, maps);
    found.usage.comments = statements.comments;
    found
}

/// The configuration of one server.
struct Configuration<'t> {
    text: &'t str,
    server: &'static str,
    tables: &'static Tables,
    statements: &'t Statements,
}

impl<'t> Configuration<'t> {
    fn word(&self, word: &Word) -> &'t str {
        word.text(self.text)
    }

    /// The sites of one statement.
    fn statement(&self, statement: &Statement, sites: &mut Vec<Site>) {
        let Some((name, words)) = statement.words.split_first() else { return };
        let name = self.word(name);
        let known = sites.len();
        for directive in self.tables.vocabulary.directives(self.server) {
            let named = |known: &String| match known.strip_suffix('*') {
                Some(begin) => name.starts_with(begin),
                None => known.eq_ignore_ascii_case(name),
            };
            let fits = directive.names.iter().any(named)
                && (directive.within.is_empty() || self.is_within(statement, &directive.within));
            if fits {
                self.directive(directive, words, sites);
            }
        }
        if sites.len() > known {
            return;
        }
        match (self.server, name) {
            ("nginx", "set" | "map") => self.variable(name, words, sites),
            ("nginx", "if") => self.condition(words, sites),
            ("nginx", _) => self.mapped(statement, sites),
            _ => {}
        }
        for word in &statement.words {
            sites.extend(text::sites(self.text, word.inner(self.text), Role::Config, self.server));
        }
    }

    /// Whether a statement stands in a block of one of these names.
    fn is_within(&self, statement: &Statement, names: &[String]) -> bool {
        self.block(statement)
            .and_then(|block| block.words.first())
            .is_some_and(|block| names.iter().any(|name| name == self.word(block)))
    }

    /// The statement whose block a statement stands in.
    fn block(&self, statement: &Statement) -> Option<&'t Statement> {
        self.statements.all.get(statement.around?)
    }

    /// What the vocabulary says of the words after a directive's name.
    fn directive(&self, known: &'static Directive, words: &[Word], sites: &mut Vec<Site>) {
        let first = sites.len();
        for (at, word) in words.iter().enumerate() {
            let before = words[..at].iter().rev().take(NEAR);
            let follows = || {
                before
                    .map(|word| self.word(word))
                    .find(|word| !is_status_or_operator(word))
                    .is_some_and(|word| known.after.iter().any(|after| after == word))
            };
            if known.all || known.argument == Some(at) || follows() {
                self.codes(word, word.inner(self.text), sites);
            }
            // Nothing else can stand there: `return 4040;`
            let said = self.word(word);
            let odd = known.argument == Some(at) && matches!(said.len(), 2 | 4);
            if let Some(code) = value::number(said).filter(|_| odd) {
                let value = Value::Code(code);
                sites.push(self.site(word.range.clone(), Kind::Number, value, Role::Config));
            }
            for prefix in &known.prefix {
                for start in prefixed(self.word(word), prefix) {
                    let inner = word.inner(self.text);
                    let rest = &self.text[inner.start + start..inner.end];
                    let end = rest.find([']', ' ']).unwrap_or(rest.len());
                    let start = inner.start + start;
                    self.codes(word, start..start + end, sites);
                }
            }
        }
        let content = known.content.and_then(|at| words.get(at));
        if let (Some(site), Some(content)) = (sites.get_mut(first), content)
            && !self.word(content).is_empty()
        {
            let redirects =
                site.code().is_some_and(|code| matches!(code.get(), 301..=303 | 307 | 308));
            site.content = (!redirects).then(|| content.range.clone());
        }
    }

    /// The codes, ranges and classes that a part of a word is made of, commas between them.
    fn codes(&self, word: &Word, part: Range<usize>, sites: &mut Vec<Site>) {
        let mut start = part.start;
        for item in self.text[part.clone()].split(',') {
            let bare = item.trim_start_matches(['!', '=']);
            let mut at = start + item.len() - bare.len();
            let between: &[char] = if self.server == "haproxy" { &['-', ':'] } else { &['-'] };
            let range = bare.contains(between);
            for end in bare.split(between) {
                if let Some(value) = read_code(end) {
                    // The quotes belong to a string that is a code and nothing else.
                    let whole = word.quoted && end.len() == word.range.len() - 2;
                    let bytes = if whole { word.range.clone() } else { at..at + end.len() };
                    let class = matches!(value, Value::Class(_));
                    let kind = if word.quoted || class { Kind::String } else { Kind::Number };
                    let role = if range { Role::Bound } else { Role::Config };
                    sites.push(self.site(bytes, kind, value, role));
                }
                at += end.len() + 1;
            }
            start += item.len() + 1;
        }
    }

    fn site(&self, range: Range<usize>, kind: Kind, value: Value, role: Role) -> Site {
        let api = Some(self.server);
        Site { api, ..Site::new(range, kind, value, role, Evidence::Certain) }
    }

    /// `set $status 503;`, where the variable is named after a status.
    fn variable(&self, name: &str, words: &[Word], sites: &mut Vec<Site>) {
        if let ("set", [variable, value, ..]) = (name, words)
            && names_status(self.word(variable))
        {
            self.codes(value, value.inner(self.text), sites);
        }
    }

    /// `if ($status = 404)`, `if ($upstream_status ~ "^(502|503)$")`
    fn condition(&self, words: &[Word], sites: &mut Vec<Site>) {
        let mut asked = false;
        for word in words {
            let inner = word.inner(self.text);
            let said = &self.text[inner.clone()];
            if let Some(variable) = said.trim_start_matches('(').strip_prefix('$') {
                asked = names_status(variable.trim_end_matches(['=', '!', '~', '*']));
            } else if asked && !matches!(said, "=" | "!=" | "~" | "~*" | "!~" | "!~*") {
                self.pattern(word, sites);
            }
        }
    }

    /// `map $status $loggable { ~^[23] 0; 404 1; }`, `map $uri $status_code { /old 410; }`
    fn mapped(&self, statement: &Statement, sites: &mut Vec<Site>) {
        let Some(block) = self.block(statement) else { return };
        let words: Vec<&str> = block.words.iter().map(|word| self.word(word)).collect();
        let ["map", from, to] = words.as_slice() else { return };
        let [key, value] = statement.words.as_slice() else { return };
        if names_status(from) {
            self.pattern(key, sites);
        }
        if names_status(to) {
            self.codes(value, value.inner(self.text), sites);
        }
    }

    /// The codes in a word that is compared with a status, which may be an expression.
    fn pattern(&self, word: &Word, sites: &mut Vec<Site>) {
        let said = self.word(word);
        let bare = said.trim_end_matches(')');
        if bare.len() == 3 && read_code(bare).is_some() {
            let inner = word.inner(self.text);
            return self.codes(word, inner.start..inner.start + 3, sites);
        }
        for range in text::codes_of_expression(self.text, word.inner(self.text)) {
            if let Some(value) = read_code(&self.text[range.clone()]) {
                sites.push(self.site(range, Kind::Number, value, Role::Config));
            }
        }
    }

    /// The program in Lua of a statement: its block, or its last word in quotes.
    fn program(&self, statement: &Statement) -> Option<Range<usize>> {
        if statement.program.is_some() {
            return statement.program.clone();
        }
        let quoted = statement.words.get(1..)?.iter().rfind(|word| word.quoted)?;
        self.word(statement.words.first()?).ends_with("_by_lua").then(|| quoted.inner(self.text))
    }
}

/// Where what follows a prefix begins in a word: at its start or after `[` or `,`.
fn prefixed<'a>(word: &'a str, prefix: &'a str) -> impl Iterator<Item = usize> + 'a {
    word.match_indices(prefix)
        .filter(|(at, _)| *at == 0 || word[..*at].ends_with(['[', ',']))
        .map(|(at, found)| at + found.len())
}

/// A code, or a class as configurations write it: `5xx`.
fn read_code(word: &str) -> Option<Value> {
    value::string(word).filter(|value| value::is_candidate(Kind::String, *value))
}

/// Whether a word may stand between the word that announces statuses and one of them.
fn is_status_or_operator(word: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | ',' | '!');
    matches!(word, "eq" | "ne" | "ge" | "gt" | "le" | "lt" | "!" | "-m" | "int" | "=" | "!=")
        || word.chars().all(digits)
        || matches!(read_code(word), Some(Value::Class(_)))
}

/// Whether a variable holds a status: `$upstream_status`.
fn names_status(variable: &str) -> bool {
    let name = variable.trim_start_matches('$').trim_matches(['{', '}']);
    says(name) >= Says::Status
}
