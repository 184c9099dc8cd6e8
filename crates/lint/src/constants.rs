//! The names that libraries have for a number, and the number that a name stands for.

use std::ops::Range;

use statuslint_codes::StatusCode;
use statuslint_languages::{Constant, ImportStyle, Kind, Language, Numbers, Role, Site, Usage};

use crate::imports::{Imports, Written};
use crate::{Edit, Fix, Report, Safety};

/// The statuses of a document as what their names could stand for.
pub(crate) struct Constants<'a> {
    text: &'a str,
    language: Language,
    usage: &'a Usage,
    numbers: &'static Numbers,
    imports: Imports<'a>,
}

/// A name for a number of the document.
pub(crate) struct Named {
    /// The expression, by the names of the document.
    pub(crate) expression: String,
    /// Whether the document uses the library already.
    pub(crate) in_use: bool,
    /// The change that writes it.
    pub(crate) fix: Fix,
}

/// The changes that may be made to the statuses in a range, whether or not a rule asks for them:
/// the constant of a library for a number, and the number for a constant.
pub fn rewrites(text: &str, language: Language, report: &Report, range: &Range<usize>) -> Vec<Fix> {
    let touches = |site: &&Site| site.range.start <= range.end && range.start <= site.range.end;
    let mut sites = report.usage.sites.iter().filter(touches).peekable();
    if sites.peek().is_none() {
        return Vec::new();
    }
    let Some(constants) = Constants::of(text, language, &report.usage) else { return Vec::new() };
    sites
        .filter_map(|site| match site.kind {
            Kind::Name => constants.number(site),
            Kind::Number | Kind::String | Kind::Line => {
                constants.named(site).map(|named| named.fix)
            }
        })
        .collect()
}

impl<'a> Constants<'a> {
    /// The constants of a document, where its language has any.
    pub(crate) fn of(text: &'a str, language: Language, usage: &'a Usage) -> Option<Self> {
        let numbers = language.numbers()?;
        let imports = Imports::read(text, numbers.imports, usage, language.is_markup());
        Some(Self { text, language, usage, numbers, imports })
    }

    /// The name for the number of a site: of the library whose call takes it, else of one in use,
    /// else of the standard library.
    pub(crate) fn named(&self, site: &Site) -> Option<Named> {
        let code = site.code().filter(|_| self.is_plain(site))?;
        self.name_for(site, code, true)
    }

    /// The name for a code at a site, whatever is written there; `may_import` says whether it may
    /// need an import that is not there.
    pub(crate) fn name_for(
        &self,
        site: &Site,
        code: StatusCode,
        may_import: bool,
    ) -> Option<Named> {
        let takes = matches!(
            site.role,
            Role::Emit | Role::Compare | Role::Branch | Role::Expect | Role::Declare
        );
        if site.literal || site.kind != Kind::Number || !takes {
            return None;
        }
        let rows = || {
            let of_code = move |constant: &&Constant| constant.code == code;
            self.language.constants().iter().filter(of_code)
        };
        if let Some(symbol) = rows().find(|constant| self.takes_symbol(site, constant)) {
            return Some(self.written(site, code, symbol, self.imports.write(symbol, 0)?, true));
        }
        let mut found: Vec<(Rank, &Constant, Written)> = rows()
            .filter(|constant| constant.drop_in && self.is_current(constant, code))
            .filter(|constant| self.may_stand(site, constant))
            .filter_map(|constant| {
                let used = self.is_in_use(constant);
                let standard = self.numbers.standard.iter().any(|it| it == constant.library);
                let at = site.range.start;
                let written = if may_import && (used || standard) {
                    self.imports.write(constant, at)?
                } else {
                    self.imports.write_bound(constant, at)?
                };
                let ambient = self.numbers.imports == ImportStyle::Ambient;
                let here = written.import.is_none() && !ambient;
                let in_use = here || used;
                let of_call = in_use && site.api == Some(constant.library);
                let bound = in_use && written.import.is_none();
                let links = std::cmp::Reverse(written.expression.matches('.').count());
                let rank = Rank { of_call, bound, in_use, links };
                let older = self.numbers.older.iter().any(|it| it == constant.library);
                let offered = if older { here } else { in_use || standard };
                offered.then_some((rank, constant, written))
            })
            .collect();
        let expression = found
            .iter()
            .rev()
            .max_by_key(|(rank, ..)| *rank)
            .map(|(.., written)| written.expression.clone())?;
        // Libraries that share a name share its import, or each number would bring one of its own.
        found.retain(|(.., written)| written.expression == expression);
        found.sort_by_key(|(rank, .., written)| (!rank.in_use, written.import.is_some()));
        let (rank, constant, written) = found.into_iter().next()?;
        Some(self.written(site, code, constant, written, rank.in_use))
    }

    /// The number that the constant of a site stands for, where it stands for nothing more.
    pub(crate) fn number(&self, site: &Site) -> Option<Fix> {
        let code = site.code().filter(|_| site.kind == Kind::Name)?;
        let source = self.text.get(site.range.clone())?;
        let rest = self.text.get(site.range.end..)?;
        let alone = !rest.starts_with(['.', '(', '[', '{']) && !rest.starts_with("::");
        let typed =
            |constant: &Constant| self.numbers.typed.iter().any(|it| it == constant.library);
        let is_it = |constant: &&Constant| {
            let last = |text: &str| text.rsplit(['.', ':']).next().map(str::to_owned);
            let symbol = constant.expression.starts_with(':') && source == constant.expression;
            let counts = constant.drop_in
                && (!typed(constant) || self.numbers.imports != ImportStyle::Include);
            constant.code == code
                && Some(constant.library) == site.api
                && (symbol || (counts && last(constant.expression) == last(source)))
        };
        let known = self.language.constants().iter().find(is_it)?;
        let takes = !matches!(site.role, Role::Define | Role::Table) || known.drop_in;
        (alone && takes).then(|| Fix {
            title: format!("Replace {source} with {code}"),
            safety: Safety::Unsafe,
            edits: vec![Edit { range: site.range.clone(), text: code.to_string() }],
        })
    }

    /// Whether the number of a site is written with nothing but its digits.
    fn is_plain(&self, site: &Site) -> bool {
        let source = self.text.get(site.range.clone()).unwrap_or_default();
        source.len() == 3 && source.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// How a constant is written at a place by the names the document has already.
    pub(crate) fn bound(&self, constant: &Constant, at: usize) -> Option<String> {
        self.imports.write_bound(constant, at).map(|written| written.expression)
    }

    /// Whether a library still calls a code so, and rather so than otherwise.
    fn is_current(&self, constant: &Constant, code: StatusCode) -> bool {
        let preferred = || {
            self.language.constants().iter().any(|other| {
                other.code == code && other.library == constant.library && other.preferred
            })
        };
        constant.deprecated_alias_of.is_empty() && (constant.preferred || !preferred())
    }

    /// Whether the call around a number takes the symbol as well.
    fn takes_symbol(&self, site: &Site, constant: &Constant) -> bool {
        let taken = self.numbers.symbols.iter().any(|api| Some(api.as_str()) == site.api);
        let is_symbol = constant.expression.starts_with(':') && constant.preferred;
        taken
            && is_symbol
            && matches!(site.role, Role::Emit | Role::Expect)
            && constant.deprecated_alias_of.is_empty()
            && !self.compares(site)
    }

    /// Whether a number is an operand, and so no argument: `response.status == 404`.
    fn compares(&self, site: &Site) -> bool {
        let before = self.text.get(..site.range.start).unwrap_or_default().trim_end();
        before.ends_with('=') || before.ends_with(['<', '>', '['])
    }

    /// Whether a constant may stand where a pattern stands: a name without a path would be new.
    fn may_stand(&self, site: &Site, constant: &Constant) -> bool {
        let pattern = site.role == Role::Branch && self.numbers.binding_patterns;
        !pattern || constant.expression.contains('.')
    }

    /// Whether the document imports the library, or has its names without an import.
    fn is_in_use(&self, constant: &Constant) -> bool {
        let named = || self.usage.roots.iter().any(|root| root.text == constant.import);
        self.imports.has(constant) || named()
    }

    fn written(
        &self,
        site: &Site,
        code: StatusCode,
        constant: &Constant,
        written: Written,
        in_use: bool,
    ) -> Named {
        let typed = self.numbers.typed.iter().any(|library| library == constant.library);
        let symbol = constant.expression.starts_with(':');
        let same = written.import.is_none() && written.plain && !typed && !symbol;
        let safety = if same && constant.since.is_empty() { Safety::Safe } else { Safety::Unsafe };
        let Written { expression, import, .. } = written;
        let title = match &import {
            Some(_) => format!("Replace {code} with {expression} and import it"),
            None => format!("Replace {code} with {expression}"),
        };
        let mut edits = vec![Edit { range: site.range.clone(), text: expression.clone() }];
        edits.extend(import);
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        Named { expression, in_use, fix: Fix { title, safety, edits } }
    }
}

/// How well a constant fits a site, the best the greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// The library is the one whose call takes the number.
    of_call: bool,
    /// Nothing has to be imported.
    bound: bool,
    /// The document imports something of the library.
    in_use: bool,
    /// What is taken of what, the less the better.
    links: std::cmp::Reverse<usize>,
}
