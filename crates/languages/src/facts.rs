//! What a whole document tells before any single number is judged.

use std::ops::Range;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tree_sitter::{Node, Tree};

use crate::folder::{Tables, last_name};
use crate::functions::Function;
use crate::imports::{modules, names_module};
use crate::lambdas::Lambda;
use crate::misnomers::is_stranger;
use crate::prefix::leads;
use crate::protocol::Spoken;
use crate::providers::providers;
use crate::scopes::{Alias, Relation, Scopes};
use crate::syntax::{Part, Shape};
use crate::titles::title;
use crate::{Context, Kind, Title, Value, value};

/// How much HTTP a document does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Http {
    /// None that can be seen.
    No,
    /// It speaks of it.
    Mentioned,
    /// It imports a library of the vocabulary.
    Imported,
}

/// A literal or name that may be a status.
pub(crate) struct Candidate<'t> {
    pub(crate) node: Node<'t>,
    pub(crate) kind: Kind,
    pub(crate) value: Value,
    /// Whether it is a name without its type, which is a code only where a status stands:
    /// `.notFound`.
    pub(crate) implicit: bool,
}

/// The facts of one document.
pub(crate) struct Facts<'t> {
    pub(crate) http: Http,
    /// Whether another protocol with three-digit replies is spoken here.
    pub(crate) foreign: bool,
    /// Whether the document itself tells so, and not only the rest of the project.
    pub(crate) speaks_other: bool,
    pub(crate) imports: BTreeSet<String>,
    /// The statements that import.
    pub(crate) import_statements: Vec<Range<usize>>,
    /// The names that constants of libraries begin with, and whether one stands by itself.
    pub(crate) roots: BTreeMap<&'static str, bool>,
    pub(crate) comments: Vec<Range<usize>>,
    /// The parts of the document that are tests.
    pub(crate) tests: Vec<Range<usize>>,
    /// The titled tests.
    pub(crate) titles: Vec<Title>,
    pub(crate) functions: Vec<Function<'t>>,
    /// The functions without a name that are given what their call is made on, by their start.
    pub(crate) lambdas: Vec<Lambda<'t>>,
    /// The types the document gives names to.
    pub(crate) types: Vec<Alias<'t>>,
    /// What may say that a name stands for a status: comparisons, assignments and calls.
    pub(crate) relations: Vec<Relation<'t>>,
    pub(crate) candidates: Vec<Candidate<'t>>,
    /// The functions that give tests their cases, each with where the test names it.
    pub(crate) providers: HashMap<&'t str, usize>,
    /// What is piped into calls, by the call.
    pub(crate) pipes: HashMap<usize, Node<'t>>,
    /// The parents of everything above a candidate: asking the tree costs a search from its root.
    pub(crate) parents: HashMap<usize, Node<'t>>,
}

impl<'t> Facts<'t> {
    /// Walks the tree once.
    pub(crate) fn gather(
        text: &'t str,
        tree: &'t Tree,
        tables: &'static Tables,
        context: &Context,
        spoken: &Spoken,
    ) -> Self {
        let mut facts = Self {
            http: Http::No,
            foreign: false,
            speaks_other: false,
            imports: BTreeSet::new(),
            import_statements: Vec::new(),
            roots: BTreeMap::new(),
            comments: Vec::new(),
            tests: Vec::new(),
            titles: Vec::new(),
            functions: Vec::new(),
            lambdas: Vec::new(),
            types: Vec::new(),
            relations: Vec::new(),
            candidates: Vec::new(),
            providers: providers(text, &tables.vocabulary),
            pipes: HashMap::new(),
            parents: HashMap::new(),
        };
        facts.walk(text, tree, tables);
        facts.http = facts.measure_http(spoken, tables);
        facts.speaks_other = spoken.is_foreign(&context.path, &facts.imports, facts.http);
        let sure = facts.http == Http::Imported || spoken.is_of_http(&context.path);
        facts.foreign = facts.speaks_other || (context.index.is_foreign() && !sure);
        facts
    }

    /// Adds what the definitions of the preprocessor tell, read as a document of their own.
    pub(crate) fn add_definitions(
        &mut self,
        text: &'t str,
        tree: &'t Tree,
        tables: &'static Tables,
    ) {
        let comments = self.comments.len();
        self.walk(text, tree, tables);
        self.comments.truncate(comments);
    }

    fn walk(&mut self, text: &'t str, tree: &'t Tree, tables: &'static Tables) {
        let mut above: Vec<Node<'t>> = Vec::new();
        let mut scopes = Scopes::default();
        let mut cursor = tree.walk();
        loop {
            let node = cursor.node();
            let known = self.candidates.len();
            let shape = tables.syntax.shape_in(node, text);
            scopes.visit(node, shape, above.len());
            self.relate(node, shape, &above, tables, &scopes);
            self.note_root(node, &above, text, tables);
            let descend = self.visit(node, &above, text, tables, &scopes);
            if self.candidates.len() > known {
                let list = above.iter().rev().find(|node| !tables.syntax.is_wrapper(**node));
                if list.is_some_and(|list| is_data(*list, tables)) {
                    self.candidates.truncate(known);
                } else {
                    self.remember(node, &above, tables);
                }
            }
            if descend && cursor.goto_first_child() {
                above.push(node);
                continue;
            }
            while !cursor.goto_next_sibling() {
                above.pop();
                if !cursor.goto_parent() {
                    return;
                }
            }
        }
    }

    /// Keeps the way from a candidate to the root.
    fn remember(&mut self, node: Node<'t>, above: &[Node<'t>], tables: &'static Tables) {
        let mut node = node;
        let shown = |parent: &&Node<'t>| {
            let syntax = &tables.syntax;
            !syntax.is_wrapper(**parent) && syntax.shape(**parent) != Some(Shape::Hidden)
        };
        for parent in above.iter().rev().filter(shown) {
            if self.parents.insert(node.id(), *parent).is_some() {
                break;
            }
            node = *parent;
        }
    }

    /// Notes what may say that a name stands for a status.
    fn relate(
        &mut self,
        node: Node<'t>,
        shape: Option<Shape>,
        above: &[Node<'t>],
        tables: &'static Tables,
        scopes: &Scopes,
    ) {
        if let Some(Shape::Call | Shape::Binary | Shape::Assign | Shape::Case) = shape {
            // A declaration, or what holds nothing else, is no block.
            let is_block = |around: &&Node<'t>| {
                tables
                    .syntax
                    .shape(**around)
                    .is_some_and(|shape| !matches!(shape, Shape::Declaration | Shape::Through))
                    || (around.named_child_count() > 1 && !around.kind().ends_with("declaration"))
            };
            let block = above.iter().rev().find(is_block).unwrap_or(&node).byte_range();
            self.relations.push(Relation { node, block, function: scopes.function() });
        }
    }

    /// Notes what a node tells; says whether its children are to be visited.
    fn visit(
        &mut self,
        node: Node<'t>,
        above: &[Node<'t>],
        text: &'t str,
        tables: &'static Tables,
        scopes: &Scopes,
    ) -> bool {
        let source = &text[node.byte_range()];
        self.titles.extend(title(node, text, &tables.syntax));
        match tables.syntax.shape_in(node, text) {
            Some(Shape::Comment) => {
                self.comments.push(node.byte_range());
                false
            }
            Some(Shape::Import) => self.note_import(node, source),
            Some(Shape::Module) => {
                let part = above.last().and_then(|up| tables.syntax.shape(*up));
                if part != Some(Shape::Module) && !self.imports.contains(source) {
                    self.imports.extend((source.len() < MODULE).then(|| source.to_owned()));
                }
                self.add_name(node, last_name(source), above, text, tables);
                true
            }
            Some(Shape::Pipe) => {
                self.pipe(node, text, tables);
                true
            }
            Some(Shape::Number) => {
                if let Some(code) = value::number(source) {
                    self.add(node, Kind::Number, Value::Code(code));
                }
                false
            }
            Some(Shape::Scalar) => {
                if let Some(value) = value::string(source) {
                    let kind =
                        if matches!(value, Value::Code(_)) { Kind::Number } else { Kind::String };
                    self.add(node, kind, value);
                }
                false
            }
            Some(Shape::String) => {
                self.add_string(node, above, text, tables);
                source.len() > 8
            }
            Some(Shape::Text) => {
                if let Some((code, _)) = value::opening_line(source) {
                    self.add(node, Kind::Line, Value::Code(code));
                }
                false
            }
            Some(Shape::Call) => {
                let called = tables.syntax.part(node, Part::Function);
                if let Some(function) = called.or_else(|| tables.syntax.part(node, Part::Name))
                    && matches!(&text[function.byte_range()], "require" | "import" | "jest.mock")
                {
                    self.imports.extend(modules(source));
                    self.import_statements.extend(above.get(1).map(Node::byte_range));
                }
                true
            }
            Some(Shape::Attribute) => {
                if matches!(source, "cfg(test)" | "test") || source.ends_with("::test") {
                    self.tests.extend(annotated(node, tables));
                }
                true
            }
            // `class Failure(int statusCode)`
            Some(Shape::Class) if tables.syntax.part(node, Part::Parameters).is_some() => {
                self.functions.extend(Function::read(node, above, text, &tables.syntax));
                true
            }
            Some(shape @ (Shape::Function | Shape::Lambda)) => {
                if shape == Shape::Lambda {
                    self.lambdas.extend(Lambda::read(node, above, text, &tables.syntax));
                }
                self.functions.extend(Function::read(node, above, text, &tables.syntax));
                true
            }
            Some(Shape::Declarator) => {
                let around = above.iter().rev().map(|node| tables.syntax.shape(*node));
                let declared = around.into_iter().find(|shape| *shape != Some(Shape::Declarator));
                if declared != Some(Some(Shape::Function)) {
                    self.functions.extend(Function::read(node, above, text, &tables.syntax));
                }
                true
            }
            Some(Shape::Alias | Shape::Class) => {
                let part = |part| tables.syntax.part(node, part);
                if let (Some(name), Some(aliased)) = (part(Part::Name), part(Part::Type)) {
                    let name = &text[name.byte_range()];
                    self.types.push(Alias { name, aliased, function: scopes.function() });
                }
                true
            }
            _ => {
                // `(found "/orders")`, while `found` by itself is anybody's name.
                let leads = !tables.syntax.is_prefixed() || leads(above, text, tables);
                // What stands in a string is no name: `__all__ = ["HTTP_306_RESERVED"]`.
                let around = above.last().and_then(|around| tables.syntax.shape(*around));
                if leads && around != Some(Shape::String) {
                    self.add_name(node, source, above, text, tables);
                }
                true
            }
        }
    }

    /// Adds a name that some library has for a code, or should have.
    fn add_name(
        &mut self,
        node: Node<'t>,
        name: &str,
        above: &[Node<'t>],
        text: &str,
        tables: &'static Tables,
    ) {
        let leaf = node.child_count() == 0 && node.is_named();
        if leaf && (tables.by_name.contains_key(name) || is_stranger(node, above, text, tables)) {
            self.candidates.push(Candidate {
                node,
                kind: Kind::Name,
                value: Value::Malformed,
                implicit: false,
            });
        }
    }

    /// Adds what a string says: a code, a class, a status line, or the name of a symbol.
    fn add_string(
        &mut self,
        node: Node<'t>,
        above: &[Node<'t>],
        text: &str,
        tables: &'static Tables,
    ) {
        let source = &text[node.byte_range()];
        let content = value::unquote(source);
        if is_symbol(node, source) {
            self.add_name(node, content, above, text, tables);
        } else if let Some(value) = value::string(content) {
            self.add(node, Kind::String, value);
        } else if let Some(code) = value::line(content)
            && !(opens(node, tables) && value::opening_line(content).is_some())
        {
            self.add(node, Kind::Line, Value::Code(code));
        }
    }

    fn add(&mut self, node: Node<'t>, kind: Kind, value: Value) {
        if value::is_candidate(kind, value) {
            self.candidates.push(Candidate { node, kind, value, implicit: false });
        }
    }

    /// Whether a library of the vocabulary is imported.
    pub(crate) fn imports(&self, imports: &[String]) -> bool {
        self.imports.iter().any(|module| imports.iter().any(|import| names_module(module, import)))
    }

    fn measure_http(&self, spoken: &Spoken, tables: &'static Tables) -> Http {
        let imports = || tables.vocabulary.apis.iter().any(|api| self.imports(&api.imports));
        if spoken.imported || imports() {
            return Http::Imported;
        }
        if spoken.mentions_http { Http::Mentioned } else { Http::No }
    }
}

/// Paths of modules longer than this are none that the vocabulary knows.
const MODULE: usize = 80;

/// Whether what a grammar quotes or marks is a symbol: `:not_found`, and `not_found` in `%i[]`.
pub(crate) fn is_symbol(node: Node<'_>, source: &str) -> bool {
    source.starts_with(':') || node.kind() == "bare_symbol"
}

/// Whether what a string begins with is a node of its own.
fn opens(string: Node<'_>, tables: &'static Tables) -> bool {
    string.named_child(0).is_some_and(|first| tables.syntax.shape(first) == Some(Shape::Text))
}

/// Items of a list beyond which its numbers are data: tables of characters, of sizes, of samples.
pub(crate) const DATA: usize = 64;

fn is_data(list: Node<'_>, tables: &'static Tables) -> bool {
    let keyed = || list.child(1).is_some_and(|arrow| arrow.kind() == "=>");
    list.named_child_count() > DATA && tables.syntax.shape(list) == Some(Shape::List) && !keyed()
}

/// The bytes of the item that an attribute stands above.
fn annotated(attribute: Node<'_>, tables: &'static Tables) -> Option<Range<usize>> {
    let mut item = attribute.parent()?.next_named_sibling()?;
    while item.kind_id() == attribute.parent()?.kind_id()
        || tables.syntax.shape(item) == Some(Shape::Comment)
    {
        item = item.next_named_sibling()?;
    }
    Some(item.byte_range())
}
