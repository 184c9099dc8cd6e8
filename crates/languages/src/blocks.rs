//! Statuses in blocks of attributes, as Terraform and its like have them.

use std::ops::Range;

use statuslint_codes::words;
use tree_sitter::Node;

use crate::document::Document;
use crate::logic::LogicDialect;
use crate::names::{Says, says};
use crate::{Condition, Evidence, Kind, Role, Site, Value, logic, text, value};

/// Blocks deeper than this are no configuration's: it bounds the work on hostile input.
const DEEPEST: usize = 64;

/// Longer operations compare nothing with a code.
const LONGEST: usize = 300;

/// Attributes beside a status that hold what is sent with it: the message of a fixed response, the
/// object of a synthetic one.
const CONTENTS: &[&str] = &["message_body", "content"];

/// What stands before the digits of a code in strings: `HTTP_301`, `HttpStatus404`.
const PREFIXES: [&str; 3] = ["HTTP_", "HttpStatus", "HTTP"];

/// The sites of a document, and what it asks of them.
pub(crate) fn sites<'t>(document: &Document<'t>, root: Node<'t>) -> (Vec<Site>, Vec<Condition>) {
    let mut finder = Finder {
        document,
        around: Vec::new(),
        broken: "",
        sites: Vec::new(),
        conditions: Vec::new(),
        judged: 0,
    };
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        finder.leave(node);
        finder.visit(node);
        if finder.around.len() < DEEPEST && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return (finder.sites, finder.conditions);
            }
        }
    }
}

/// A block, attribute, entry or operation that is open where the walk is.
struct Around<'t> {
    end: usize,
    kind: Open<'t>,
}

enum Open<'t> {
    /// A block's words: its type and labels, and the types its attributes give it.
    Block(Vec<&'t str>),
    /// What is given a value: the name.
    Given(&'t str),
    /// The key of an entry.
    Key,
    /// What a choice depends on, or the sides of a comparison: the names it ends with.
    Compared(Vec<&'t str>, Role),
}

struct Finder<'d, 't> {
    document: &'d Document<'t>,
    around: Vec<Around<'t>>,
    /// What the grammar could not read last.
    broken: &'t str,
    sites: Vec<Site>,
    conditions: Vec<Condition>,
    /// Where the last condition ends.
    judged: usize,
}

impl<'t> Finder<'_, 't> {
    fn text(&self, node: Node<'t>) -> &'t str {
        self.document.text(node)
    }

    /// Closes what ends before a node.
    fn leave(&mut self, node: Node<'t>) {
        while self.around.last().is_some_and(|around| around.end <= node.start_byte()) {
            self.around.pop();
        }
    }

    fn open(&mut self, node: Node<'t>, kind: Open<'t>) {
        self.around.push(Around { end: node.end_byte(), kind });
    }

    fn visit(&mut self, node: Node<'t>) {
        let asks = matches!(node.kind(), "binary_operation" | "unary_operation" | "function_call");
        if asks && node.start_byte() >= self.judged {
            self.judged = node.end_byte();
            let range = node.byte_range();
            let text = self.document.text;
            self.conditions.extend(logic::condition(text, range, LogicDialect::Template));
        }
        match node.kind() {
            "block" => {
                let words = self.words_of_block(node);
                self.open(node, Open::Block(words));
            }
            "ERROR" => {
                self.broken = self.text(node);
                self.lines(node);
            }
            "attribute" => {
                let name = node.named_child(0).map_or("", |name| self.text(name));
                self.open(node, Open::Given(name));
            }
            "object_elem" => {
                let key = node.child_by_field_name("key");
                let name = key.map_or("", |key| value::unquote(self.text(key)));
                self.open(node, Open::Given(name));
                if let Some(key) = key {
                    self.key(key);
                }
            }
            "binary_operation" => {
                let sides = self.sides(node);
                let source = self.text(node);
                let order = source.len() <= LONGEST && source.contains(['<', '>']);
                let role = if order { Role::Bound } else { Role::Compare };
                self.open(node, Open::Compared(sides, role));
            }
            "function_call" if self.text(node).starts_with("contains(") => {
                let last =
                    self.text(node).trim_end_matches([')', ' ']).rsplit([',', ' ', '.']).next();
                self.open(node, Open::Compared(last.into_iter().collect(), Role::Compare));
            }
            "expression" if is_key(node) => self.open(node, Open::Key),
            "numeric_lit" | "string_lit" => self.literal(node),
            "template_literal" => self.lines(node),
            _ => {}
        }
    }

    /// What a longer text says of statuses, unless it is a site itself.
    fn lines(&mut self, node: Node<'t>) {
        let inside = self.sites.last().is_some_and(|site| site.range.end > node.start_byte());
        if !inside {
            let text = self.document.text;
            self.sites.extend(text::sites(text, node.byte_range(), Role::Config, ""));
        }
    }

    /// The type and labels of a block, and the words that its `name` and `type` hold.
    fn words_of_block(&self, block: Node<'t>) -> Vec<&'t str> {
        let mut cursor = block.walk();
        let mut words = Vec::new();
        for child in block.named_children(&mut cursor) {
            match child.kind() {
                "identifier" | "string_lit" => words.push(value::unquote(self.text(child))),
                "body" => {
                    let mut cursor = child.walk();
                    for attribute in child.named_children(&mut cursor).take(12) {
                        let source = self.text(attribute);
                        if let Some((name, given)) = source.split_once('=')
                            && matches!(name.trim(), "name" | "type")
                            && given.len() < 60
                        {
                            words.push(value::unquote(given.trim()));
                        }
                    }
                }
                _ => {}
            }
        }
        words
    }

    /// The names that the sides of an operation end with.
    fn sides(&self, operation: Node<'t>) -> Vec<&'t str> {
        let source = self.text(operation);
        if source.len() > LONGEST {
            return Vec::new();
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        source
            .split(['=', '!', '<', '>', '&', '|', '?', ':'])
            .filter_map(|side| side.trim().rsplit(|c| !is_name(c)).next())
            .collect()
    }

    /// `"200" = { … }` in a map of responses.
    fn key(&mut self, key: Node<'t>) {
        let Some(value) = value::string(value::unquote(self.text(key))) else { return };
        let mut owners = self.around.iter().rev().skip(1);
        let holds = owners.find_map(|around| match around.kind {
            Open::Given(name) => Some(name),
            _ => None,
        });
        let responses = holds.is_some_and(|name| {
            words(name).last().is_some_and(|word| matches!(word.as_str(), "responses" | "statuses"))
                || says(name) == Says::StatusCode
        });
        if responses && value::is_known(value) {
            let quoted = self.text(key).starts_with('"');
            let kind = if quoted { Kind::String } else { Kind::Number };
            let site = Site::new(key.byte_range(), kind, value, Role::Config, Evidence::Certain);
            self.sites.push(Site { key: true, ..site });
        }
    }

    /// A literal, by the name of what it is given to.
    fn literal(&mut self, node: Node<'t>) {
        let source = self.text(node);
        if source.len() > 80 || !source.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let Some((evidence, api, role)) = self.told() else { return };
        for (range, kind, value) in codes(source) {
            let range = node.start_byte() + range.start..node.start_byte() + range.end;
            let bound = kind == Kind::String && value::is_edge(value) && source.contains('-');
            let role = if bound { Role::Bound } else { role };
            let compared =
                matches!(self.around.last().map(|it| &it.kind), Some(Open::Compared(..)));
            let edge = compared && value::is_edge(value);
            let known = value::is_known(value) || role == Role::Bound || edge;
            if known || says(self.given().unwrap_or_default()) == Says::StatusCode {
                let content = self.content(node);
                let site = Site::new(range, kind, value, role, evidence);
                self.sites.push(Site { api, content, ..site });
            }
        }
    }

    /// What is sent with a status: `message_body = "done"` beside `status_code = "204"`.
    fn content(&self, literal: Node<'t>) -> Option<Range<usize>> {
        let [.., Around { kind: Open::Block(_), .. }, Around { kind: Open::Given(_), .. }] =
            self.around.as_slice()
        else {
            return None;
        };
        let ancestors = self.document.ancestors(literal).take(4);
        let attribute = ancestors.into_iter().find(|up| up.kind() == "attribute")?;
        let body = self.document.parent(attribute)?;
        let mut cursor = body.walk();
        body.named_children(&mut cursor).take(24).find_map(|beside| {
            let name = beside.named_child(0).map(|name| self.text(name))?;
            let given = beside.named_child(1).filter(|_| CONTENTS.contains(&name))?;
            let nothing = matches!(self.text(given), "" | "\"\"" | "null");
            (beside.kind() == "attribute" && !nothing).then(|| given.byte_range())
        })
    }

    /// The name that is given what the walk is at.
    fn given(&self) -> Option<&'t str> {
        self.around.iter().rev().find_map(|around| match around.kind {
            Open::Given(name) => Some(name),
            _ => None,
        })
    }

    /// Whether a literal where the walk is would be a status, and what tells it.
    fn told(&self) -> Option<(Evidence, Option<&'static str>, Role)> {
        match self.around.last().map(|around| &around.kind) {
            Some(Open::Compared(names, role)) => {
                let sure = names.iter().any(|name| says(name) == Says::StatusCode);
                return sure.then_some((Evidence::Certain, None, *role));
            }
            Some(Open::Key) | None => return None,
            Some(Open::Given(_) | Open::Block(_)) => {}
        }
        let name = self.given()?;
        let blocks = || {
            self.around.iter().flat_map(|around| match &around.kind {
                Open::Block(words) => words.clone(),
                Open::Given(name) => vec![*name],
                _ => Vec::new(),
            })
        };
        for known in self.document.tables.vocabulary.fields(name) {
            let fits =
                known.of.is_empty() || blocks().any(|word| known.of.iter().any(|of| of == word));
            if fits {
                return Some((Evidence::Certain, Some(&known.api), known.role.into()));
            }
        }
        // `variable "status_code" { default = 404 }`
        let name = match self.around.iter().rev().nth(1).map(|around| &around.kind) {
            Some(Open::Block(words)) if matches!(name, "default" | "value") => {
                match words.as_slice() {
                    ["variable" | "output", label, ..] => label,
                    _ => name,
                }
            }
            _ => name,
        };
        match says(name) {
            Says::StatusCode => Some((Evidence::Certain, None, Role::Config)),
            Says::Status => Some((Evidence::Likely, None, Role::Config)),
            Says::Code | Says::Nothing => None,
        }
    }
}

/// Whether an expression is the key of an entry.
fn is_key(node: Node<'_>) -> bool {
    node.parent()
        .filter(|parent| parent.kind() == "object_elem")
        .and_then(|parent| parent.child_by_field_name("key"))
        .is_some_and(|key| key.id() == node.id())
}

/// The codes that a literal is made of: `404`, `"HTTP_301"`, `"200-299,301"`, `"2xx"`.
fn codes(source: &str) -> Vec<(Range<usize>, Kind, Value)> {
    let content = value::unquote(source);
    let quoted = content.len() < source.len();
    let kind = if quoted { Kind::String } else { Kind::Number };
    let bare = PREFIXES.iter().find_map(|prefix| content.strip_prefix(prefix)).unwrap_or(content);
    if let Some(value) = value::string(bare) {
        return vec![(0..source.len(), kind, value)];
    }
    // Nothing else is given to a name that says so: `status_code = 4040`
    if let Some(code) = value::number(bare).filter(|_| matches!(bare.len(), 2 | 4)) {
        return vec![(0..source.len(), kind, Value::Code(code))];
    }
    let mut found = Vec::new();
    let mut at = usize::from(quoted);
    for part in content.split([',', '-', '|', ' ']) {
        match value::string(part) {
            Some(value) => found.push((at..at + part.len(), Kind::String, value)),
            None if part.is_empty() => {}
            None => return Vec::new(),
        }
        at += part.len() + 1;
    }
    found
}
