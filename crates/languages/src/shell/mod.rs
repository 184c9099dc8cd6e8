//! Statuses in shell scripts: what `curl` reports is compared, matched, searched for and passed on.

mod commands;
mod conditions;
mod constants;
mod curl;
mod scripts;
mod unparsed;
mod words;

use std::collections::HashMap;
use std::ops::Range;

use tree_sitter::Node;

pub(crate) use self::words::class;
use self::words::flatten;
use crate::document::Document;
use crate::embedded::{Excerpt, Found};
use crate::index::Survey;
use crate::names::{Says, says};
use crate::shell::scripts::{Holds, Script};
use crate::{
    Branches, Condition, Evidence, Kind, Language, Role, Site, Usage, Value, fields, logic, text,
    value,
};

/// Operators of `[ … ]`, `[[ … ]]` and `(( … ))` that ask for equality, then those for order.
pub(crate) const EQUALITIES: &[&str] = &["=", "==", "!=", "-eq", "-ne"];
pub(crate) const ORDERS: &[&str] = &["-lt", "-le", "-gt", "-ge", "<", "<=", ">", ">="];

/// The sites of a script, what it holds of other languages, and what it tells other scripts of its
/// functions.
pub(crate) fn sites<'t>(document: &Document<'t>, root: Node<'t>) -> Found<'t> {
    let script = Script::read(document, root);
    let mut finder = Finder {
        document,
        script,
        inputs: HashMap::new(),
        printed: false,
        sites: Vec::new(),
        excerpts: Vec::new(),
        conditions: Vec::new(),
        branches: Vec::new(),
        judged: 0,
    };
    if root.has_error() {
        finder.broken();
    }
    let mut cursor = root.walk();
    loop {
        finder.visit(cursor.node());
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                // A status line says more than the code it begins with.
                let mut sites = finder.sites;
                let first =
                    |site: &Site| (site.kind != Kind::Line, site.evidence < Evidence::Certain);
                sites.sort_by_key(|site| (site.range.start, first(site)));
                sites.dedup_by_key(|site| site.range.start);
                let survey = Survey::of_positions(finder.script.positions());
                let mut usage = Usage { survey, ..Usage::default() };
                usage.sites = logic::back(&mut usage, sites, finder.conditions, finder.branches);
                return Found { usage, excerpts: finder.excerpts };
            }
        }
    }
}

/// What is found in a script.
pub(crate) struct Finder<'d, 't> {
    pub(crate) document: &'d Document<'t>,
    pub(crate) script: Script<'t>,
    /// What is piped or redirected into a command.
    pub(crate) inputs: HashMap<usize, Range<usize>>,
    /// Whether what `run` of bats ran last prints a status.
    pub(crate) printed: bool,
    pub(crate) sites: Vec<Site>,
    /// Configurations of servers in here-documents.
    pub(crate) excerpts: Vec<Excerpt<'t>>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) branches: Vec<Branches>,
    /// Where the last condition that was noted ends.
    pub(crate) judged: usize,
}

impl<'t> Finder<'_, 't> {
    pub(crate) fn text(&self, node: Node<'t>) -> &'t str {
        self.document.text(node)
    }

    fn visit(&mut self, node: Node<'t>) {
        match node.kind() {
            "if_statement" => self.chain(node),
            "list" | "negated_command" | "test_command" | "arithmetic_expansion" | "command" => {
                self.note_condition(node);
            }
            "compound_statement" if self.text(node).starts_with("((") => self.note_condition(node),
            _ => {}
        }
        match node.kind() {
            "compound_statement" if !self.text(node).starts_with("((") => {}
            "test_command" | "compound_statement" | "arithmetic_expansion" => self.test(node),
            "case_statement" => self.case(node),
            "variable_assignment" => self.assignment(node),
            "for_statement" => self.each(node),
            "expansion" => self.fallback(node),
            "command" => self.command(node),
            "pipeline" | "redirected_statement" => self.note_inputs(node),
            "heredoc_body" => self.document_within(node.byte_range()),
            _ => {}
        }
    }

    /// A here-document: the configuration of a server, or text.
    fn document_within(&mut self, range: Range<usize>) {
        let text = &self.document.text[range.clone()];
        let configures = ["server {", "location ", "proxy_pass", "error_page"];
        if configures.iter().any(|part| text.contains(part))
            && let Some(language) = Language::from_id("nginx")
        {
            self.excerpts.push(Excerpt::of(self.document.text, range.clone(), language));
        }
        self.lines(range);
    }

    /// Notes what the commands of a pipeline, or a command with `<<<`, read.
    fn note_inputs(&mut self, node: Node<'t>) {
        let mut cursor = node.walk();
        let children: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
        if node.kind() == "pipeline" {
            for child in children.iter().skip(1) {
                let input = node.start_byte()..child.start_byte();
                self.inputs.insert(child.id(), input.clone());
                if let Some(body) = child.child_by_field_name("body") {
                    self.inputs.insert(body.id(), input);
                }
            }
        } else if let Some(body) = node.child_by_field_name("body") {
            let given = children.iter().find(|child| child.kind() == "herestring_redirect");
            if let Some(given) = given {
                self.inputs.insert(body.id(), given.byte_range());
            }
        }
    }

    /// `[ "$code" -eq 200 ]`, `[[ $status == 2* ]]`, `(( status >= 400 ))`
    fn test(&mut self, node: Node<'t>) {
        let mut parts = Vec::new();
        flatten(node, &mut parts);
        self.comparisons(&parts);
    }

    /// Every operand, operator and operand among the parts of a test.
    pub(crate) fn comparisons(&mut self, parts: &[Node<'t>]) {
        for (at, window) in parts.windows(3).enumerate() {
            let [left, operator, right] = *window else { continue };
            let operator = self.text(operator);
            if right.kind() == "extglob_pattern" && EQUALITIES.contains(&operator) {
                self.globbed(left, &parts[at + 2..]);
                continue;
            }
            let role = match operator {
                "=~" => {
                    self.matched(left, right);
                    continue;
                }
                _ if EQUALITIES.contains(&operator) => Role::Compare,
                _ if ORDERS.contains(&operator) => Role::Bound,
                _ => continue,
            };
            self.compared(left, right, role);
            self.compared(right, left, role);
        }
    }

    /// A code beside an operand that may hold a status.
    fn compared(&mut self, subject: Node<'t>, candidate: Node<'t>, role: Role) {
        let Some((kind, value)) = self.literal(candidate) else {
            if matches!(candidate.kind(), "string" | "raw_string") {
                self.answered(candidate.byte_range());
            }
            return;
        };
        let subject = self.text(subject);
        let output = matches!(subject, "$output" | "\"$output\"" | "${output}" | "\"${output}\"");
        let holds = if output && self.printed { Holds::Status } else { self.script.holds(subject) };
        self.add(candidate.byte_range(), kind, value, role, holds);
    }

    /// `[[ $head == *"200 OK"* ]]`, `[[ $code == *404* ]]`: the parts of a pattern side by side.
    fn globbed(&mut self, subject: Node<'t>, parts: &[Node<'t>]) {
        let [first, ..] = parts else { return };
        let mut range = first.byte_range();
        for part in &parts[1..] {
            if part.start_byte() == range.end {
                range.end = part.end_byte();
            }
        }
        if let Some(value) = class(&self.document.text[range.clone()]) {
            let holds = self.script.holds(self.text(subject));
            return self.add(range, Kind::String, value, Role::Compare, holds);
        }
        let holds = self.script.holds(self.text(subject));
        for range in text::numbers(self.document.text, range.clone()) {
            if let Some(value) = value::string(&self.document.text[range.clone()]) {
                self.add(range, Kind::Number, value, Role::Compare, holds);
            }
        }
        self.answered(range);
    }

    /// The status lines in what an answer is compared with.
    fn answered(&mut self, range: Range<usize>) {
        let text = self.document.text;
        self.sites.extend(text::sites(text, range.clone(), Role::Compare, ""));
        let phrases = text::phrased(text, range).into_iter();
        self.sites.extend(phrases.map(|site| Site { role: Role::Compare, ..site }));
    }

    /// `[[ $code =~ ^(200|204)$ ]]`
    fn matched(&mut self, subject: Node<'t>, pattern: Node<'t>) {
        let holds = self.script.holds(self.text(subject));
        self.expression(pattern.byte_range(), Role::Compare, holds);
        if self.text(pattern).contains("HTTP") {
            let found = text::sites(self.document.text, pattern.byte_range(), Role::Compare, "");
            self.sites.extend(found);
        }
    }

    /// The codes in an expression.
    pub(crate) fn expression(&mut self, range: Range<usize>, role: Role, holds: Holds) {
        for range in text::codes_of_expression(self.document.text, range) {
            if let Some(value) = value::string(&self.document.text[range.clone()]) {
                self.add(range, Kind::Number, value, role, holds);
            }
        }
    }

    /// `case "$code" in 200|201) …;; 4[0-9][0-9]) …;; esac`
    fn case(&mut self, node: Node<'t>) {
        let Some(subject) = node.child_by_field_name("value") else { return };
        let holds = self.script.holds(self.text(subject));
        let mut cursor = node.walk();
        let items: Vec<Node<'t>> =
            node.named_children(&mut cursor).filter(|item| item.kind() == "case_item").collect();
        self.arms(node, &items);
        for item in items {
            let mut cursor = item.walk();
            let patterns: Vec<Node<'t>> =
                item.children_by_field_name("value", &mut cursor).collect();
            for pattern in patterns {
                match self.literal(pattern) {
                    Some((kind, value)) => {
                        self.add(pattern.byte_range(), kind, value, Role::Branch, holds);
                    }
                    None => self.expression(pattern.byte_range(), Role::Branch, holds),
                }
            }
        }
    }

    /// `status=404`, `expected_codes="200 204"`, `codes=([404]="Not Found")`
    fn assignment(&mut self, node: Node<'t>) {
        let part = |name| node.child_by_field_name(name);
        let (Some(name), Some(given)) = (part("name"), part("value")) else { return };
        let name = self.text(name);
        self.lines_of(given);
        let holds = self.script.named(name);
        let role = fields::role_named(name);
        if let Some((kind, value)) = self.literal(given) {
            if let Some(site) = self.constant(part("name"), given.byte_range(), kind, value) {
                self.sites.push(site);
                return;
            }
            return self.add(given.byte_range(), kind, value, role, holds);
        }
        // `local status_code="${2:-200}"`: what it is where nothing is given.
        let written = self.text(given);
        if let Some((before, rest)) = written.split_once(":-")
            && before.trim_start_matches(['"', '$', '{']).bytes().all(|byte| byte.is_ascii_digit())
            && let Some(code) = rest.get(..3).filter(|_| rest[3..].starts_with('}'))
            && let Some(value) = value::string(code)
        {
            let start = given.start_byte() + before.len() + 2;
            return self.add(start..start + 3, Kind::Number, value, role, holds);
        }
        let list = written.trim_matches(['"', '\'', '(', ')']);
        let codes = list.split([' ', ',', '|', '\n']).filter(|word| !word.is_empty());
        let all = codes.clone().count() > 1
            && codes.clone().all(|word| value::string(word.trim_matches(['"', '\''])).is_some());
        if all {
            self.expression(given.byte_range(), Role::Compare, holds);
        } else if given.kind() == "array" {
            self.table(given);
        }
    }

    /// `for code in 301 302; do`
    fn each(&mut self, node: Node<'t>) {
        let Some(variable) = node.child_by_field_name("variable") else { return };
        let name = self.text(variable);
        let mut cursor = node.walk();
        let values: Vec<Node<'t>> = node.children_by_field_name("value", &mut cursor).collect();
        let codes: Vec<(Kind, Value)> =
            values.iter().filter_map(|value| self.literal(*value)).collect();
        let known = codes.iter().filter(|(_, value)| value::is_known(*value)).count();
        let telling = codes.iter().any(|(_, value)| value::is_telling(*value));
        let mut holds = self.script.named(name);
        if holds < Holds::Status && says(name) >= Says::Code && telling && self.script.http {
            holds = Holds::Status;
        }
        if known == values.len() && known > 0 {
            for (node, (kind, value)) in values.into_iter().zip(codes) {
                self.add(node.byte_range(), kind, value, Role::Compare, holds);
            }
        }
    }

    /// `${code:-500}`
    fn fallback(&mut self, node: Node<'t>) {
        let source = self.text(node);
        if !source.contains(":-") && !source.contains(":=") {
            return;
        }
        let mut cursor = node.walk();
        let parts: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
        if let [name, given] = parts.as_slice()
            && let Some((kind, value)) = self.literal(*given)
        {
            let name = self.text(*name);
            let holds = self.script.named(name);
            self.add(given.byte_range(), kind, value, fields::role_named(name), holds);
        }
    }

    /// Status lines and comparisons in what a string of a command says.
    pub(crate) fn lines_of(&mut self, node: Node<'t>) {
        match node.kind() {
            "string" | "raw_string" | "ansi_c_string" => self.lines(node.byte_range()),
            "concatenation" | "array" => {
                let mut cursor = node.walk();
                let parts: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
                for part in parts {
                    self.lines_of(part);
                }
            }
            _ => {}
        }
    }

    fn lines(&mut self, range: Range<usize>) {
        for range in text::searched(self.document.text, range.clone()) {
            self.expression(range, Role::Compare, Holds::Status);
        }
        self.sites.extend(text::sites(self.document.text, range, Role::Emit, ""));
    }

    /// What a word or string says, when it is nothing but a code or a pattern of a class.
    pub(crate) fn literal(&self, node: Node<'t>) -> Option<(Kind, Value)> {
        if !matches!(node.kind(), "number" | "word" | "string" | "raw_string" | "concatenation") {
            return None;
        }
        let written = self.text(node);
        let bare = value::unquote(written);
        let value = value::string(bare).or_else(|| class(bare))?;
        let number = bare.len() == written.len() && matches!(value, Value::Code(_));
        Some((if number { Kind::Number } else { Kind::String }, value))
    }

    /// Adds a site, as sure as what it stands beside makes it.
    pub(crate) fn add(
        &mut self,
        range: Range<usize>,
        kind: Kind,
        value: Value,
        role: Role,
        holds: Holds,
    ) {
        let Some(evidence) = self.script.weigh(holds, value, role) else { return };
        self.sites.push(Site::new(range, kind, value, role, evidence));
    }
}
