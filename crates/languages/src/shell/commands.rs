//! Statuses in the commands of a shell script: searched for, asserted, passed on as options.

use std::ops::Range;

use tree_sitter::Node;

use crate::index::Question;
use crate::names::{Says, expects, says};
use crate::shell::Finder;
use crate::shell::scripts::Holds;
use crate::{Argument, Kind, Role, Site, Value, fields, text, value};

/// Commands beside those that end with `grep` that look for an expression.
const SEARCHES: &[&str] = &["rg", "_contains"];

/// Bytes of a pipeline before a command that are looked at.
const NEAR: usize = 2_000;

impl<'t> Finder<'_, 't> {
    /// What a command does with a status.
    pub(crate) fn command(&mut self, node: Node<'t>) {
        let Some(name) = node.child_by_field_name("name") else { return };
        let name = self.text(name);
        let mut cursor = node.walk();
        let arguments: Vec<Node<'t>> =
            node.children_by_field_name("argument", &mut cursor).collect();
        if name == "test" {
            return self.comparisons(&arguments);
        }
        if SEARCHES.contains(&name) || name.ends_with("grep") {
            return self.search(node, name, &arguments);
        }
        for argument in &arguments {
            self.lines_of(*argument);
        }
        if expects(name) {
            for argument in &arguments {
                let phrases = text::phrased(self.document.text, argument.byte_range());
                let expected = phrases.into_iter().map(|site| Site { role: Role::Expect, ..site });
                self.sites.extend(expected);
            }
        }
        if name == "run" {
            self.printed = self.script.reports(self.text(node));
        }
        self.called(name, &arguments);
        for (at, argument) in arguments.iter().enumerate() {
            self.option(at, *argument, &arguments);
        }
    }

    /// What a command reads: what `<<<` gives it, or what is piped into it.
    fn input(&self, command: Node<'t>) -> Option<Range<usize>> {
        let mut cursor = command.walk();
        let redirect = command
            .named_children(&mut cursor)
            .find(|child| child.kind() == "herestring_redirect")
            .map(|node| node.byte_range());
        redirect.or_else(|| self.inputs.get(&command.id()).cloned())
    }

    /// `echo "$code" | grep -q 200`, `grep "200 OK" <<<"$headers"`
    fn search(&mut self, node: Node<'t>, name: &str, arguments: &[Node<'t>]) {
        let text = self.document.text;
        let given = match arguments {
            [held, ..] if name == "_contains" => self.text(*held),
            _ => self.input(node).map_or("", |range| last(&text[range])),
        };
        // `grep 404 access.log`
        let log = |node: &Node<'t>| {
            let file = self.text(*node);
            file.contains("access") && file.contains("log")
        };
        let sure = self.script.reports(given) || arguments.iter().skip(1).any(log);
        let holds = if sure { Holds::Status } else { self.script.holds(given) };
        let first = usize::from(name == "_contains");
        let pattern = arguments
            .iter()
            .skip(first)
            .find(|argument| !self.text(**argument).starts_with('-'))
            .copied();
        let Some(pattern) = pattern else { return };
        let range = pattern.byte_range();
        if let Some((kind, value)) = self.literal(pattern) {
            return self.add(range, kind, value, Role::Compare, holds);
        }
        if self.text(pattern).contains("HTTP") {
            self.expression(range.clone(), Role::Compare, Holds::Status);
        } else if holds == Holds::Status {
            self.expression(range.clone(), Role::Compare, holds);
        }
        for site in text::phrased(text, range) {
            self.sites.push(Site { role: Role::Compare, ..site });
        }
    }

    /// `assert_status 200 "the page"`, `assert_equal "$http_code" 404`
    fn called(&mut self, name: &str, arguments: &[Node<'t>]) {
        let own = self.script.parameters(name);
        let role = |parameter: &str| {
            if expects(name) || expects(parameter) { Role::Expect } else { Role::Emit }
        };
        let literals: Vec<(usize, Kind, Value)> = arguments
            .iter()
            .enumerate()
            .filter_map(|(at, node)| self.literal(*node).map(|(kind, value)| (at, kind, value)))
            .collect();
        let project = self.document.context.calls.iter().find_map(|call| match call.argument {
            Argument::Position(at) if call.name == name => Some(at),
            _ => None,
        });
        let mut found = Vec::new();
        for &(at, kind, value) in &literals {
            let parameter = own.iter().find(|own| own.at == at);
            let output = name == "assert_output" && self.printed;
            let elsewhere = !self.script.defines(name) && self.is_known_elsewhere(name, at, value);
            let holds = if parameter.is_some() || project == Some(at) || output || elsewhere {
                Holds::Status
            } else if literals.len() > 1 {
                continue;
            } else if expects(name) || is_assertion(name) {
                let others = arguments.iter().enumerate().filter(|(other, _)| *other != at);
                others
                    .map(|(_, node)| self.script.holds(self.text(*node)))
                    .fold(self.script.named(name), Ord::max)
                    .max(if asks_server(name) { Holds::Named } else { Holds::Nothing })
            } else {
                self.script.named(name)
            };
            let role = role(parameter.map_or("", |parameter| parameter.name));
            found.push((arguments[at].byte_range(), kind, value, role, holds));
        }
        for (range, kind, value, role, holds) in found {
            self.add(range, kind, value, role, holds);
        }
    }

    /// Whether a function of another script takes a status there; asked of those that are known.
    fn is_known_elsewhere(&self, name: &str, at: usize, value: Value) -> bool {
        let known = value::is_known(value) && name.len() < 60;
        let Some(question) = Question::new(name, at, at + 1).filter(|_| known) else {
            return false;
        };
        let answered = self.document.context.index.answers(self.document.language, &question);
        self.document.questions.borrow_mut().push(question);
        answered
    }

    /// `--status-code 404`, `--expected-status=200`
    fn option(&mut self, at: usize, argument: Node<'t>, arguments: &[Node<'t>]) {
        let written = self.text(argument);
        let Some(option) = written.strip_prefix("--") else { return };
        let (name, range) = match option.split_once('=') {
            Some((name, given)) => (name, argument.end_byte() - given.len()..argument.end_byte()),
            None => match arguments.get(at + 1) {
                Some(given) => (option, given.byte_range()),
                None => return,
            },
        };
        if name.len() > 40 || says(name) < Says::Status {
            return;
        }
        let holds = if says(name) == Says::StatusCode { Holds::Status } else { Holds::Named };
        let given = &self.document.text[range.clone()];
        let whole = given.trim_matches(['"', '\'']);
        if !whole.split(',').all(|code| value::string(code).is_some()) {
            return;
        }
        self.expression(range, fields::role_named(name), holds);
    }
}

/// Whether a command asserts something of its arguments.
fn is_assertion(name: &str) -> bool {
    statuslint_codes::words(name).iter().any(|word| {
        matches!(word.as_str(), "eq" | "equal" | "equals" | "is" | "should" | "compare")
    })
}

/// Whether a command that asserts asks a server: `assert_http_response "$url" 200`.
fn asks_server(name: &str) -> bool {
    statuslint_codes::words(name)
        .iter()
        .any(|word| matches!(word.as_str(), "http" | "https" | "response" | "responds" | "request"))
}

/// The end of a text, as far as a search is likely to read what stands there.
fn last(text: &str) -> &str {
    let start = text.len().saturating_sub(NEAR);
    (start..text.len()).find_map(|start| text.get(start..)).unwrap_or_default()
}
