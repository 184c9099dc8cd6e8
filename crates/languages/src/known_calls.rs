//! Calls that the vocabulary or the configuration knows, and how sure each makes its argument.

use crate::document::{Callee, Document};
use crate::facts::{Candidate, Http};
use crate::syntax::Shape;
use crate::verdict::Verdict;
use crate::vocabulary::{Call, WordRole};
use crate::{Argument, Evidence, Helper, Kind, Role, Value, value};
use tree_sitter::Node;

/// A chain of calls longer than this says nothing: it bounds the work on hostile input.
pub(crate) const LINKS: usize = 8;

impl<'t> Document<'t> {
    /// A call of the vocabulary or of the configuration.
    pub(crate) fn known_call(
        &self,
        call: Node<'t>,
        callee: Callee<'t>,
        argument: &Argument,
        candidate: &Candidate<'t>,
    ) -> Option<Verdict> {
        if self.context.calls.iter().any(|own| own.name == callee.name && own.argument == *argument)
        {
            return Some(Verdict::new(Role::Emit, Evidence::Certain).with_api(Some("project")));
        }
        let mut best: Option<((Evidence, bool, bool), Verdict)> = None;
        for known in self.tables.vocabulary.calls(callee.name) {
            let by = match argument {
                Argument::Position(at) => known.argument == Some(*at),
                Argument::Keyword(name) => known.keyword.as_deref() == Some(name),
            };
            let on = self.is_called_so(known, callee);
            if !by || !on {
                continue;
            }
            let Some(evidence) = self.weigh_call(known, candidate) else { continue };
            // The surest entry, then one of an imported library, then one that says on what.
            let rank = (evidence, self.is_imported(&known.api), !known.on.is_empty());
            if best.as_ref().is_none_or(|(best, _)| *best < rank) {
                let mut verdict =
                    Verdict::new(known.role.into(), evidence).with_api(Some(&known.api));
                verdict.content = self.content_of_call(known, call);
                verdict.headers = self.headers_of_call(known, call);
                let redirected = || self.is_redirected(known, call).then_some(Helper::Redirect);
                verdict.helper = known.helper_for(candidate.value).or_else(redirected);
                verdict.lenient |= known.lenient;
                verdict.lenient =
                    verdict.lenient || !matches!(verdict.role, Role::Emit | Role::Declare);
                best = Some((rank, verdict));
            }
        }
        best.map(|(_, verdict)| verdict)
    }

    /// Whether a call, or one before it in its chain, is called on one of these names:
    /// `reply.header("a", "b").code(404)`.
    pub(crate) fn hangs_on(&self, callee: Callee<'t>, names: &[impl AsRef<str>]) -> bool {
        self.hangs_within(LINKS, callee, names)
    }

    fn hangs_within(&self, links: usize, callee: Callee<'t>, names: &[impl AsRef<str>]) -> bool {
        let mut link = callee.receiver;
        for _ in 0..links {
            let Some(node) = link else { break };
            let from = self.last_name(node);
            if names.iter().any(|name| name.as_ref().eq_ignore_ascii_case(from)) {
                return true;
            }
            link = match self.shape(node) {
                Some(Shape::Call) => self.callee(node).and_then(|callee| callee.receiver),
                _ => None,
            };
        }
        false
    }

    /// Whether a call of the vocabulary is called on what this one is.
    pub(crate) fn is_called_so(&self, known: &Call, callee: Callee<'t>) -> bool {
        let links = if known.direct { 1 } else { LINKS };
        (known.on.is_empty() || self.hangs_within(links, callee, &known.on))
            && (!known.method || callee.receiver.is_some())
    }

    fn weigh_call(&self, known: &Call, candidate: &Candidate<'t>) -> Option<Evidence> {
        let imported = self.is_imported(&known.api);
        if known.only_imported && !imported {
            return None;
        }
        if candidate.kind == Kind::Name {
            return Some(Evidence::Certain);
        }
        if self.facts.foreign && !imported {
            return None;
        }
        let known_value = value::is_known(candidate.value);
        // A string in its place is another parameter: the body in supertest's `.expect("204")`.
        let as_string = self.is_symbol(candidate.node)
            || known.keyword.is_some()
            || known.string
            || matches!(known.role, WordRole::Declare);
        if candidate.kind != Kind::Number && !(as_string && known_value) {
            return None;
        }
        if known.sure || imported {
            return Some(Evidence::Certain);
        }
        // What it is called on was checked, and the file does HTTP: `c.Status(591)`.
        let status = matches!(candidate.value, Value::Code(code) if code.is_valid());
        match self.facts.http {
            Http::Imported if status && !known.on.is_empty() => Some(Evidence::Certain),
            Http::Imported | Http::Mentioned if known_value => Some(Evidence::Certain),
            Http::No if known_value => Some(Evidence::Likely),
            _ => None,
        }
    }
}
