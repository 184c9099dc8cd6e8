//! What the variables and functions of a shell script hold.

use std::collections::{HashMap, HashSet};

use statuslint_codes::words;
use tree_sitter::Node;

use crate::document::Document;
use crate::facts::Http;
use crate::names::{Says, says};
use crate::shell::curl::{finds_status_line, is_name, reads_headers, reports_code, variables};
use crate::{Evidence, Role, Value, value};

/// Rounds in which what one variable holds is passed on to others.
const ROUNDS: usize = 3;

/// Variables that are given a code and looked for in tests; a script with more is data.
const CONSTANTS: usize = 64;

/// Words in the names of variables that are cut out of a response and are no status.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "body", "content", "count", "counts", "total", "num", "number", "size", "time", "length",
    "len", "bytes", "lines", "port", "pid", "id", "url", "location", "token", "json", "version",
    "data", "duration", "latency", "exit", "ip", "host", "path", "file", "etag", "type", "name",
];

/// How sure it is that an expression holds a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holds {
    /// Nothing says so.
    Nothing,
    /// Its name says that it is a code of some kind.
    Coded,
    /// Its name says that it is a status, which may be that of a process.
    Named,
    /// Its name says that it is a status code, or it was given one.
    Status,
}

/// A parameter of a function that stands for a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parameter<'t> {
    /// Its position, from 0.
    pub(crate) at: usize,
    /// What the function calls it.
    pub(crate) name: &'t str,
}

/// A script: what was found out about its names.
pub(crate) struct Script<'t> {
    /// Whether it does HTTP.
    pub(crate) http: bool,
    /// Whether it speaks another protocol with such replies.
    foreign: bool,
    /// The project's own names of statuses.
    own: &'t [String],
    /// The variables that are given a status.
    given: HashSet<&'t str>,
    /// The variables that are given the exit status of a process, or another code.
    exits: HashSet<&'t str>,
    /// The functions that print a status.
    printing: HashSet<&'t str>,
    /// The parameters of functions that stand for a status.
    parameters: HashMap<&'t str, Vec<Parameter<'t>>>,
}

/// An assignment of the script: the variable and what it is given, as written.
struct Given<'t> {
    name: &'t str,
    value: &'t str,
}

/// A function: its name and body.
struct Function<'t> {
    name: &'t str,
    body: Node<'t>,
}

impl<'t> Script<'t> {
    /// Reads the names of a script.
    pub(crate) fn read<'d: 't>(document: &Document<'d>, root: Node<'d>) -> Self {
        let text: &'d str = document.text;
        let (assignments, functions) = names(document, root);
        let bats = text.contains("\n@test ") || text.contains("bats-");
        let mut script = Self {
            http: ["curl", "wget", "%{http_code}"].iter().any(|word| text.contains(word))
                || document.facts.http > Http::No,
            foreign: document.facts.foreign,
            own: &document.context.names,
            given: HashSet::new(),
            exits: HashSet::new(),
            printing: HashSet::new(),
            parameters: HashMap::new(),
        };
        // `run` of bats leaves the exit status of what it ran in `status`.
        if bats {
            script.exits.insert("status");
        }
        let exit = |given: &&Given<'_>| {
            given.value.trim_matches('"').starts_with("$?") || given.value.contains("PIPESTATUS")
        };
        script.exits.extend(assignments.iter().filter(exit).map(|given| given.name));
        // What is taken out of the JSON of an answer is a code of the application.
        let applications = |given: &&Given<'_>| {
            says(given.name) == Says::Code
                && given.value.contains("jq ")
                && !reports_code(given.value)
        };
        script.exits.extend(assignments.iter().filter(applications).map(|given| given.name));
        for _ in 0..ROUNDS {
            for function in &functions {
                let body = document.text(function.body);
                if body.len() < 20_000 && script.prints(body) {
                    script.printing.insert(function.name);
                }
            }
            for given in &assignments {
                if script.is_given(given) {
                    script.given.insert(given.name);
                }
            }
        }
        // `WANTED=200`, which is then compared with what `curl` reported.
        let codes = assignments.iter().filter(|given| {
            let bare = value::unquote(given.value);
            bare.len() == 3 && value::string(bare).is_some()
        });
        for given in codes.take(CONSTANTS) {
            if !script.given.contains(given.name) && script.is_compared(given.name, text) {
                script.given.insert(given.name);
            }
        }
        for _ in 0..2 {
            for function in &functions {
                let parameters = script.read_parameters(function, document);
                script.parameters.insert(function.name, parameters);
            }
        }
        script
    }

    /// Whether a variable is given a status.
    fn is_given(&self, given: &Given<'t>) -> bool {
        let value = given.value;
        if words(given.name).iter().any(|word| OTHERS.contains(&word.as_str()))
            && says(given.name) < Says::Status
        {
            return false;
        }
        if reports_code(value) {
            return true;
        }
        if ["jq ", "wc ", "-c ", "time_total"].iter().any(|other| value.contains(other))
            && !value.contains("tail -c")
            && !value.contains("cut -c")
            && !value.contains("head -c")
        {
            return false;
        }
        if value.contains("$(") || value.contains('`') {
            let first_line =
                ["head -n 1", "head -1", "head -n1", "NR==1", "sed -n 1", "1p", "_head_n 1"]
                    .iter()
                    .any(|first| value.contains(first));
            if reads_headers(value) && first_line || finds_status_line(value) {
                return true;
            }
            if self.prints_status(value) {
                return true;
            }
        }
        // The last three characters of something are the code that `-w` appended.
        let three = ["%???", ": -3", "tail -c 3", "tail -c3", "tail -c 4", "tail -c4"];
        if says(given.name) >= Says::Code && three.iter().any(|cut| value.contains(cut)) {
            return true;
        }
        // Cut out of what holds a status, by a variable whose name says something of it.
        let cut =
            ["tail", "head", "cut", "sed", "awk", "grep", "tr ", ": -3", "##", "%%", "%???", "#"]
                .iter()
                .any(|tool| value.contains(tool));
        let named = says(given.name) >= Says::Code;
        self.mentions_status(value) && (named || (cut && words(given.name).len() <= 2))
    }

    /// Whether a text mentions a variable that holds a status.
    fn mentions_status(&self, text: &str) -> bool {
        variables(text).any(|name| self.given.contains(name))
    }

    /// Whether a function prints what `curl` reports, or a variable that holds it.
    fn prints(&self, body: &str) -> bool {
        body.lines().any(|line| {
            let line = line.trim_start();
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            let assigns = first.contains('=') || matches!(first, "local" | "export" | "declare");
            let printed = rest.trim_start_matches("-n ").trim_start_matches("'%s' ");
            let printed = printed.trim_start_matches("\"%s\" ").trim_matches('"');
            let holds = matches!(first, "echo" | "printf")
                && variables(printed).next().is_some_and(|name| {
                    self.given.contains(name) && printed.trim_matches(['$', '{', '}']) == name
                });
            !assigns
                && (holds
                    || reports_code(line)
                    || (finds_status_line(line) && first.ends_with("grep")))
        })
    }

    /// Whether a text calls a function that prints a status.
    fn prints_status(&self, text: &str) -> bool {
        let called = text.trim_start_matches(['"', '$', '(', '`', ' ']);
        let end = called.find(|c: char| !is_name(c)).unwrap_or(called.len());
        let name = &called[..end];
        self.printing.contains(name) || (says(name) == Says::StatusCode && name.len() < 60)
    }

    /// Whether what is piped into a search shows a status.
    pub(crate) fn reports(&self, text: &str) -> bool {
        reports_code(text)
            || reads_headers(text)
            || finds_status_line(text)
            || self.mentions_status(text)
            || variables(text).any(|name| self.named(name) == Holds::Status)
    }

    /// How sure it is that an expression holds a status.
    pub(crate) fn holds(&self, expression: &str) -> Holds {
        if expression.len() > 2_000 {
            return Holds::Nothing;
        }
        let bare = expression.trim_matches(['"', '\'', ' ']);
        if bare.starts_with("$(") || bare.starts_with('`') {
            let sure = reports_code(bare)
                || self.prints_status(bare)
                || finds_status_line(bare)
                || (!bare.contains("jq ") && self.mentions_status(bare));
            return if sure { Holds::Status } else { Holds::Nothing };
        }
        let name = variables(bare).next().unwrap_or(bare);
        let rest = bare.trim_start_matches(['$', '{', '!', '#']);
        let alone = rest.starts_with(name) && name.chars().all(is_name);
        if alone && !bare.starts_with("${#") { self.named(name) } else { Holds::Nothing }
    }

    /// How sure it is that a variable or command of this name holds or takes a status.
    pub(crate) fn named(&self, name: &str) -> Holds {
        if self.given.contains(name) || self.own.iter().any(|own| own == name) {
            return Holds::Status;
        }
        if self.exits.contains(name) || name.len() > 60 {
            return Holds::Nothing;
        }
        match says(name) {
            Says::StatusCode => Holds::Status,
            Says::Status => Holds::Named,
            Says::Code => Holds::Coded,
            Says::Nothing => Holds::Nothing,
        }
    }

    /// How sure a code is beside what holds that much.
    pub(crate) fn weigh(&self, holds: Holds, value: Value, role: Role) -> Option<Evidence> {
        let known = value::is_known(value) || (role == Role::Bound && value::is_edge(value));
        let in_range = match value {
            Value::Code(code) => (100..1000).contains(&code.get()),
            _ => true,
        };
        // Processes exit with less than 256.
        let beyond = matches!(value, Value::Code(code) if code.get() > 255);
        match holds {
            Holds::Status if known => Some(Evidence::Certain),
            Holds::Status if in_range && self.http => Some(Evidence::Certain),
            _ if self.foreign || !self.http || !known => None,
            Holds::Named if beyond || !matches!(value, Value::Code(code) if code.get() < 200) => {
                Some(Evidence::Certain)
            }
            Holds::Coded if beyond => Some(Evidence::Likely),
            Holds::Nothing | Holds::Coded | Holds::Named | Holds::Status => None,
        }
    }

    /// The parameters of a function that stand for a status.
    pub(crate) fn parameters(&self, function: &str) -> &[Parameter<'t>] {
        self.parameters.get(function).map_or(&[], Vec::as_slice)
    }

    /// The functions of the script, each with the positions of its parameters that are a status.
    pub(crate) fn positions(&self) -> impl Iterator<Item = (&'t str, Vec<usize>)> {
        self.parameters.iter().map(|(name, parameters)| {
            (*name, parameters.iter().map(|parameter| parameter.at).collect())
        })
    }

    /// Whether the script has a function of that name.
    pub(crate) fn defines(&self, function: &str) -> bool {
        self.parameters.contains_key(function)
    }

    fn read_parameters<'d: 't>(
        &self,
        function: &Function<'d>,
        document: &Document<'d>,
    ) -> Vec<Parameter<'t>> {
        let body = document.text(function.body);
        if body.len() > 20_000 {
            return Vec::new();
        }
        let (assignments, _) = names(document, function.body);
        let mut named: Vec<Parameter<'t>> = assignments
            .iter()
            .filter_map(|given| Some(Parameter { at: positional(given.value)?, name: given.name }))
            .collect();
        named.extend((0..9).map(|at| Parameter { at, name: POSITIONS[at] }));
        named.retain(|parameter| {
            let own = parameter.name;
            let sure = self.named(own);
            sure == Holds::Status && says(own) == Says::StatusCode
                || (sure >= Holds::Named && self.http)
                || self.is_compared(own, body)
        });
        named
    }

    /// Whether a name stands beside a status in a test: `[ "$HTTP_STATUS" = "$expected" ]`.
    fn is_compared(&self, name: &str, body: &str) -> bool {
        let wanted = [format!("${name}"), format!("${{{name}}}")];
        body.lines().filter(|line| line.contains('[') || line.contains("((")).any(|line| {
            let words: Vec<&str> =
                line.split([' ', '\t', ';']).filter(|word| !word.is_empty()).collect();
            words.windows(3).any(|window| {
                let [left, operator, right] = *window else { return false };
                let compares = matches!(operator, "=" | "==" | "!=" | "-eq" | "-ne");
                let is = |word: &str| {
                    let word = word.trim_matches(['"', '(', ')']);
                    wanted.iter().any(|wanted| word == wanted)
                        || (word == name && line.contains("(("))
                };
                compares
                    && ((is(left) && self.holds(right) == Holds::Status)
                        || (is(right) && self.holds(left) == Holds::Status))
            })
        })
    }
}

/// The names of the positions.
const POSITIONS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Which position a variable is given: `$1`, `"${2:-200}"`.
fn positional(value: &str) -> Option<usize> {
    let bare = value.trim_matches('"').strip_prefix('$')?.trim_start_matches('{');
    let digit = bare.bytes().next().filter(u8::is_ascii_digit)?;
    let rest = bare[1..].trim_end_matches('}');
    let at = usize::from(digit - b'0').checked_sub(1)?;
    (rest.is_empty() || rest.starts_with(":-")).then_some(at)
}

/// The assignments and functions below a node.
fn names<'t>(document: &Document<'t>, root: Node<'t>) -> (Vec<Given<'t>>, Vec<Function<'t>>) {
    let (mut assignments, mut functions) = (Vec::new(), Vec::new());
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        let part = |name| node.child_by_field_name(name);
        match node.kind() {
            "variable_assignment" => {
                if let (Some(name), Some(value)) = (part("name"), part("value")) {
                    let (name, value) = (document.text(name), document.text(value));
                    assignments.push(Given { name, value });
                }
            }
            "function_definition" => {
                if let (Some(name), Some(body)) = (part("name"), part("body")) {
                    functions.push(Function { name: document.text(name), body });
                }
            }
            _ => {}
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return (assignments, functions);
            }
        }
    }
}
