//! What a document imports by which name, and how it imports something more.

mod adding;
mod grouped;
mod reading;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use statuslint_languages::{Constant, ImportStyle, Root};

use crate::Edit;

/// What makes one name of a document stand for something of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Binding {
    /// The module, package, namespace or header it comes from.
    module: String,
    what: What,
    /// The name it has here; empty where it is known by its own.
    local: String,
    /// The statement that imports it.
    statement: Range<usize>,
}

/// What of a module is bound.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// The module itself.
    Module,
    /// What a script exports without a name.
    Default,
    /// One name of it.
    Named(String),
    /// Everything in it.
    All,
}

/// The imports of a document, and the names that constants begin with.
pub(crate) struct Imports<'a> {
    text: &'a str,
    style: ImportStyle,
    statements: &'a [Range<usize>],
    comments: &'a [Range<usize>],
    roots: &'a [Root],
    bindings: Vec<Binding>,
    /// The imports that constants need, each looked for among the bindings once.
    wanted: RefCell<HashMap<&'static str, Rc<Wanted>>>,
    /// Whether the code stands in markup, where there is no place for a first import.
    markup: bool,
}

/// An import that constants need.
struct Wanted {
    binding: Option<Binding>,
    /// The bindings of its module, of one around it and of one within it.
    near: Vec<usize>,
    /// Whether the document imports anything of its library.
    present: bool,
}

/// How a constant is written in a document.
pub(crate) struct Written {
    /// The expression, by the names of the document.
    pub(crate) expression: String,
    /// What must be added for it, when the document does not import it yet.
    pub(crate) import: Option<Edit>,
    /// Whether it has the name here that its library gives it.
    pub(crate) plain: bool,
}

impl<'a> Imports<'a> {
    /// Reads the statements of a document.
    pub(crate) fn read(
        text: &'a str,
        style: ImportStyle,
        usage: &'a statuslint_languages::Usage,
        markup: bool,
    ) -> Self {
        let statements = usage.import_statements.as_slice();
        let bindings = statements
            .iter()
            .filter_map(|statement| Some((statement, text.get(statement.clone())?)))
            .flat_map(|(range, statement)| reading::bindings(statement, range, style))
            .collect();
        let (comments, roots) = (usage.comments.as_slice(), usage.roots.as_slice());
        let wanted = RefCell::default();
        Self { text, style, statements, comments, roots, bindings, wanted, markup }
    }

    /// How a constant is written at a place, when it can be: with the import it takes.
    pub(crate) fn write(&self, constant: &Constant, at: usize) -> Option<Written> {
        self.written(constant, at, true)
    }

    /// How a constant is written at a place by what is imported already.
    pub(crate) fn write_bound(&self, constant: &Constant, at: usize) -> Option<Written> {
        self.written(constant, at, false)
    }

    fn written(&self, constant: &Constant, at: usize, may_add: bool) -> Option<Written> {
        let expression = constant.expression;
        let root = expression.split(['.', ':']).next().unwrap_or(expression);
        if self.style == ImportStyle::Ambient {
            return Some(Written { expression: expression.to_owned(), import: None, plain: true });
        }
        let Wanted { binding, near, .. } = &*self.wanted(constant);
        let wanted = binding.as_ref()?;
        let mut near = near.iter().map(|at| &self.bindings[*at]);
        let known = near.find_map(|known| {
            let expression = self.by(known, wanted, expression, root)?;
            self.reaches(known, at).then_some(expression)
        });
        if let Some(expression) = known {
            let plain = expression == constant.expression;
            let lower = expression.starts_with(|c: char| c.is_ascii_lowercase());
            let bare = || self.roots.iter().any(|known| known.text == root && known.bare);
            let shadowed = plain && lower && bare();
            return (!shadowed).then_some(Written { expression, import: None, plain });
        }
        if !may_add {
            return None;
        }
        let taken = self.roots.iter().any(|known| known.text == root)
            || self.bindings.iter().any(|known| known.local == root);
        if taken {
            return None;
        }
        let import = self.add(constant.import, wanted, at)?;
        Some(Written { expression: expression.to_owned(), import: Some(import), plain: true })
    }

    /// Whether a document imports anything of the library that a constant is of.
    pub(crate) fn has(&self, constant: &Constant) -> bool {
        self.wanted(constant).present
    }

    /// The import that a constant needs, and what the document has of it.
    fn wanted(&self, constant: &Constant) -> Rc<Wanted> {
        if let Some(known) = self.wanted.borrow().get(constant.import) {
            return Rc::clone(known);
        }
        let binding = reading::bindings(constant.import, &(0..0), self.style).into_iter().next();
        let mut near = Vec::new();
        if let Some(Binding { module, .. }) = &binding {
            let related = |known: &Binding| {
                known.module.starts_with(module.as_str())
                    || known.module.ends_with(module.as_str())
                    || module.starts_with(known.module.as_str())
            };
            near.extend((0..self.bindings.len()).filter(|at| related(&self.bindings[*at])));
        }
        let present = binding.as_ref().is_some_and(|it| self.is_present(&it.module));
        let wanted = Rc::new(Wanted { binding, near, present });
        self.wanted.borrow_mut().insert(constant.import, Rc::clone(&wanted));
        wanted
    }

    /// Whether a document imports anything of the library of a module.
    fn is_present(&self, module: &str) -> bool {
        let parts = match self.style {
            // Where a package is kept, then its own name; or one of the standard library.
            ImportStyle::Grouped if module.starts_with("github.com/") => 3,
            ImportStyle::Module if module.starts_with('@') => 2,
            ImportStyle::Module | ImportStyle::Include | ImportStyle::Library => 1,
            _ => usize::MAX,
        };
        let library: Vec<&str> = module.split('/').take(parts).collect();
        let library = library.join("/");
        let below = |longer: &str, shorter: &str| {
            let rest = longer.strip_prefix(shorter);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', '\\', ':']))
        };
        self.bindings.iter().any(|known| {
            below(&known.module, &library)
                || (self.style == ImportStyle::From && below(module, &known.module))
        })
    }

    /// Whether what a statement binds is known at a place: in its own script, and in all of it.
    fn reaches(&self, binding: &Binding, at: usize) -> bool {
        self.is_at_top(&binding.statement) && self.is_in_script(&binding.statement, at)
    }

    /// Whether a statement and a place are in the same script of a page.
    fn is_in_script(&self, statement: &Range<usize>, at: usize) -> bool {
        let between = self.text.get(statement.end..at);
        !self.markup || between.is_some_and(|text| !text.contains("</") && !text.contains("\n---"))
    }

    /// Whether a statement holds for the whole document: in some languages one may stand anywhere.
    fn is_at_top(&self, statement: &Range<usize>) -> bool {
        let anywhere = matches!(self.style, ImportStyle::From | ImportStyle::Module);
        let line = self.text[..statement.start].rfind('\n').map_or(0, |at| at + 1);
        !anywhere || self.markup || line == statement.start
    }

    /// The expression of a constant by what the document binds, when that is enough for it.
    fn by(
        &self,
        known: &Binding,
        wanted: &Binding,
        expression: &str,
        root: &str,
    ) -> Option<String> {
        let of = |local: &str| format!("{local}.{expression}");
        let rest = expression.strip_prefix(root)?;
        let same = known.module == wanted.module;
        let script = self.style == ImportStyle::Module;
        match (&known.what, &wanted.what) {
            (What::Named(name), What::Named(other)) if same && name == other => {
                Some(format!("{}{rest}", known.local))
            }
            (What::All, What::Named(_) | What::All) if same && known.local.is_empty() => {
                Some(expression.to_owned())
            }
            (What::All, What::All) if same => Some(of(&known.local)),
            (What::All, What::All) if self.style == ImportStyle::Include => {
                // A project may keep the header in a folder of its own.
                let rest = known.module.strip_suffix(wanted.module.as_str());
                rest.is_some_and(|rest| rest.ends_with('/')).then(|| expression.to_owned())
            }
            // `using Codes = Microsoft.AspNetCore.Http.StatusCodes;`
            (What::Named(name), What::All) if same && name == root => {
                Some(format!("{}{rest}", known.local))
            }
            (What::Module, What::Module) if same => match known.local.as_str() {
                "_" => None,
                "." => Some(rest.trim_start_matches('.').to_owned()),
                "" => Some(expression.to_owned()),
                local if wanted.local.is_empty() => Some(format!("{local}{rest}")),
                local => Some(format!("{local}{}", expression.strip_prefix(&*wanted.local)?)),
            },
            (What::Default, What::Module | What::Default) | (What::Module, What::Default)
                if same =>
            {
                Some(format!("{}{rest}", known.local))
            }
            (What::Module, What::Named(name)) if same && (script || is_class(name)) => {
                Some(of(&known.local))
            }
            // `from requests import codes`
            (What::Named(name), What::Module) if same && !script => {
                let rest = rest.strip_prefix('.')?.strip_prefix(name.as_str())?;
                rest.starts_with('.').then(|| format!("{}{rest}", known.local))
            }
            // `from litestar import status_codes`, `from http import client`
            (What::Named(name), What::Named(_) | What::Module)
                if self.style == ImportStyle::From
                    && wanted.module == format!("{}.{name}", known.module) =>
            {
                let rest = expression.strip_prefix(&*wanted.module);
                let whole = wanted.what == What::Module;
                if whole {
                    Some(format!("{}{}", known.local, rest?))
                } else {
                    Some(of(&known.local))
                }
            }
            // `import static java.net.HttpURLConnection.*;`
            (What::Named(_) | What::All, What::Named(_) | What::All)
                if self.members_of(known, wanted, root) =>
            {
                let member = rest.strip_prefix('.')?;
                match &known.what {
                    What::Named(name) if name == member => Some(known.local.clone()),
                    What::All => Some(member.to_owned()),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a binding is of members of the class that the wanted constant is a member of.
    fn members_of(&self, known: &Binding, wanted: &Binding, root: &str) -> bool {
        matches!(self.style, ImportStyle::Path | ImportStyle::Namespace)
            && known.module.strip_suffix(root).and_then(|rest| rest.strip_suffix('.'))
                == Some(&wanted.module)
    }
}

/// Whether a name of a Python module is one of its classes, not a module below it.
fn is_class(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}
