//! Tests that have a title: `it("returns 404", …)`, `def test_not_found`, `test "returns 404" do`.

use tree_sitter::Node;

use crate::folder::last_name;
use crate::syntax::{Part, Shape, Syntax};
use crate::{Title, value};

/// No title is longer.
const LONGEST: usize = 200;

/// What tests are written with that take their title as a text.
const CALLS: &[&str] = &[
    "it",
    "test",
    "specify",
    "example",
    "scenario",
    "should",
    "fit",
    "xit",
    "only",
    "skip",
    "Run",
    "subtest",
    "testing",
    "testWidgets",
    "concurrent",
    "describe",
    "context",
    "feature",
    "property",
];

/// The macros that take the suite and the title of a test.
const MACROS: &[&str] = &["TEST", "TEST_F", "TEST_P", "TYPED_TEST"];

/// The titled test that a node is.
pub(crate) fn title(node: Node<'_>, text: &str, syntax: &Syntax) -> Option<Title> {
    let range = match syntax.shape_in(node, text)? {
        Shape::Function => function(node, text, syntax)?,
        Shape::Call => call(node, text, syntax)?,
        Shape::Pair => pair(node, text, syntax)?,
        Shape::Binary => sentence(node, text).or_else(|| applied_to_rest(node, text, syntax))?,
        _ => return None,
    };
    let written = text.get(range.clone())?;
    (written.len() <= LONGEST).then(|| Title {
        text: value::unquote(written).to_owned(),
        range,
        test: node.byte_range(),
    })
}

type Place = std::ops::Range<usize>;

/// The name of a function, or the title that an annotation gives it.
fn function(node: Node<'_>, text: &str, syntax: &Syntax) -> Option<Place> {
    let name = syntax.part_in(node, Part::Name, text)?;
    let head = text.get(node.start_byte()..name.start_byte()).unwrap_or_default();
    // `@DisplayName("returns 404")`, `[Fact(DisplayName = "returns 404")]`
    let annotation = ["@DisplayName(\"", "DisplayName = \""]
        .into_iter()
        .find_map(|said| head.find(said).map(|at| at + said.len()));
    if let Some(at) = annotation {
        let start = node.start_byte() + at;
        let end = start + text[start..name.start_byte()].find('"')?;
        return Some(start..end);
    }
    if MACROS.contains(&&text[name.byte_range()]) {
        let list = syntax.part_in(node, Part::Parameters, text)?;
        return list.named_child(1).map(|second| second.byte_range());
    }
    Some(name.byte_range())
}

/// The text that a call which makes tests is given first.
fn call(node: Node<'_>, text: &str, syntax: &Syntax) -> Option<Place> {
    let part = |node, part| syntax.part_in(node, part, text);
    let mut called = part(node, Part::Function).or_else(|| part(node, Part::Name))?;
    let mut arguments = part(node, Part::Arguments)?;
    // `test("returns 404") { … }`
    if syntax.shape(called) == Some(Shape::Call)
        && let Some(inner) = part(called, Part::Arguments)
    {
        (called, arguments) = (part(called, Part::Function)?, inner);
    }
    if called.byte_range().len() > 40 || !CALLS.contains(&last_name(&text[called.byte_range()])) {
        return None;
    }
    let mut first =
        if arguments == node { node.named_child(1)? } else { arguments.named_child(0)? };
    while syntax.shape(first) == Some(Shape::Through) || syntax.is_wrapper(first) {
        first = first.named_child(0)?;
    }
    (syntax.shape(first) == Some(Shape::String)).then(|| first.byte_range())
}

/// `"status is 200": (response) => response.status === 200` among the checks of k6
fn pair(node: Node<'_>, text: &str, syntax: &Syntax) -> Option<Place> {
    let part = |part| syntax.part_in(node, part, text);
    let (name, value) = (part(Part::Name)?, part(Part::Value)?);
    let is_lambda = syntax.shape_in(value, text) == Some(Shape::Lambda);
    (is_lambda && syntax.shape_in(name, text) == Some(Shape::String)).then(|| name.byte_range())
}

/// `it "returns 404" $ do …`, where the grammar has a sign between a call and its last argument
fn applied_to_rest(node: Node<'_>, text: &str, syntax: &Syntax) -> Option<Place> {
    let (left, operator) = (node.child(0)?, node.child(1)?);
    let applies = &text[operator.byte_range()] == "$" && syntax.shape(left) == Some(Shape::Call);
    applies.then(|| call(left, text, syntax)).flatten()
}

/// `"A missing order" should "return 404" in { … }`
fn sentence(node: Node<'_>, text: &str) -> Option<Place> {
    let (left, operator) = (node.child(0)?, node.child(1)?);
    if node.child_count() != 3 || &text[operator.byte_range()] != "in" {
        return None;
    }
    let said = &text[left.byte_range()];
    let end = said.strip_suffix('"')?;
    let start = left.start_byte() + end.rfind('"')?;
    Some(start..left.end_byte())
}
