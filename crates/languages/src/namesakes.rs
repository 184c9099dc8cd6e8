//! Codes that stand in what is named after them: `fn payment_required() { reply(402) }`.

use statuslint_codes::{State, StatusCode, code_of_vendor_name, digits_in_name, words};

use crate::Value;
use crate::document::{Document, encloses};
use crate::facts::Candidate;
use crate::syntax::{Part, Shape};

/// A name further up is not the code's.
const HEIGHT: usize = 16;

impl Document<'_> {
    /// Whether a function, constant or class around a code is named after it. Asked only of codes
    /// that nobody should use, which libraries define nevertheless.
    pub(crate) fn is_in_namesake(&self, candidate: &Candidate<'_>) -> bool {
        let Value::Code(code) = candidate.value else { return false };
        if code.entry().is_some_and(|entry| entry.state == State::Registered) {
            return false;
        }
        for up in self.ancestors(candidate.node).take(HEIGHT) {
            let shape = self.shape(up);
            if !matches!(
                shape,
                Some(Shape::Function | Shape::Define | Shape::Assign | Shape::Class)
            ) {
                continue;
            }
            let name = self.part(up, Part::Name).filter(|name| !encloses(*name, candidate.node));
            if name.is_some_and(|name| is_named_after(self.last_name(name), code)) {
                return true;
            }
            if shape == Some(Shape::Class) {
                return false;
            }
        }
        false
    }
}

/// Whether a name holds the name of a code or its digits.
fn is_named_after(name: &str, code: StatusCode) -> bool {
    let own = code.entry().map(|entry| words(entry.name)).unwrap_or_default();
    let said = words(name);
    digits_in_name(name) == Some(code)
        || code_of_vendor_name(name) == Some(code)
        || (own.len() > 1 && said.windows(own.len()).any(|window| window == own.as_slice()))
}

#[cfg(test)]
mod tests {
    use statuslint_codes::StatusCode;

    use super::is_named_after;

    #[test]
    fn names_that_hold_the_code_are_its_own() {
        let payment = StatusCode::new(402);
        for name in ["paymentRequired", "err402", "PaymentRequiredOps", "Error402PaymentRequired"] {
            assert!(is_named_after(name, payment), "{name}");
        }
        for name in ["payment", "err404", "required_payment", "handler"] {
            assert!(!is_named_after(name, payment), "{name}");
        }
    }
}
