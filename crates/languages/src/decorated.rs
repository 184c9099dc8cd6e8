//! What the function returns that a call decorates: `@app.delete("/", status_code=204)` above
//! `return {"ok": True}`.

use std::ops::Range;

use tree_sitter::Node;

use crate::document::Document;
use crate::syntax::Shape;

/// The function stands no further above or beside its decorator than this.
const STEPS: usize = 3;

/// No function has more decorators than this.
const DECORATORS: usize = 16;

/// Nodes of a function that are looked at.
const NODES: usize = 4096;

impl<'t> Document<'t> {
    /// The content that the function under a decorator returns, where what it returns is written
    /// there: names and calls may hold nothing, or a response of their own.
    pub(crate) fn returned_content(&self, call: Node<'t>) -> Option<Range<usize>> {
        let function = self.decorated_by(call)?;
        // A function that speaks of a status itself may return what belongs to that one.
        let own = self.text.get(call.end_byte()..function.end_byte())?;
        if ["status", "Status", "STATUS"].iter().any(|word| own.contains(word)) {
            return None;
        }
        let mut waiting = vec![function];
        for _ in 0..NODES {
            let node = waiting.pop()?;
            if self.shape(node) == Some(Shape::Return) {
                let content =
                    self.children(node).first().copied().filter(|it| self.is_written(*it));
                if let Some(content) = content.and_then(|it| self.content_of(it, false)) {
                    return Some(content);
                }
                continue;
            }
            let mut cursor = node.walk();
            let inner = node.named_children(&mut cursor).filter(|child| !self.is_own(*child));
            waiting.extend(inner);
        }
        None
    }

    /// The function that a decorator or an annotation belongs to.
    fn decorated_by(&self, call: Node<'t>) -> Option<Node<'t>> {
        let decorates = self.text(call).starts_with('@')
            || self.text.get(..call.start_byte()).is_some_and(|before| before.ends_with('@'));
        if !decorates {
            return None;
        }
        for up in self.ancestors(call).take(STEPS) {
            if self.shape(up) == Some(Shape::Function) {
                return Some(up);
            }
            let mut next = up.next_named_sibling();
            for _ in 0..DECORATORS {
                match next {
                    Some(beside) if self.shape(beside) == Some(Shape::Function) => return next,
                    Some(beside)
                        if beside.kind_id() == up.kind_id()
                            || self.shape(beside) == Some(Shape::Comment) =>
                    {
                        next = beside.next_named_sibling();
                    }
                    _ => break,
                }
            }
        }
        None
    }

    /// Whether a node is a function of its own, whose returns are not those around it.
    fn is_own(&self, node: Node<'t>) -> bool {
        matches!(self.shape(node), Some(Shape::Function | Shape::Lambda | Shape::Class))
    }

    fn is_written(&self, node: Node<'t>) -> bool {
        matches!(
            self.shape(node),
            Some(Shape::String | Shape::Number | Shape::Map | Shape::Record | Shape::List)
        )
    }
}
