//! Checking one text: the one way from a text to its report.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use statuslint_config::{Configs, Overrides};
use statuslint_languages::{Index, Language};
use statuslint_lint::{Report, Settings};

use crate::document::{NoText, decode};
use crate::outcome::shown;
use crate::{Checked, Manifests, Problem, thread_time};

/// The stack in bytes a thread needs that analyses documents: deep nesting means deep recursion.
pub const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Checks a text that is, or may one day be, the file at `path`, which is not read.
///
/// The language is the given one, else told from the path and the text; `None` comes back when
/// it is none we know. The manifests tell the versions of libraries, the index is what the rest of
/// the project tells. The problem is a bad configuration, or an analysis that panicked. The
/// calling thread should have [`STACK_SIZE`].
pub fn check_text(
    path: &Path,
    text: Arc<String>,
    language: Option<Language>,
    configs: &Configs,
    overrides: &Overrides,
    manifests: &Manifests,
    index: &Arc<Index>,
) -> Result<Option<Checked>, Problem> {
    let Some(language) = language.or_else(|| Language::detect(&path.to_string_lossy(), &text))
    else {
        return Ok(None);
    };
    let settings = settle(path, language, configs, overrides, manifests)?;
    let (settings, report) = judge(path, &text, language, settings, index)?;
    Ok(Some(Checked { path: shown(path), text, language: Some(language), settings, report }))
}

/// Checks bytes like [`check_text`], on a stack large enough: standard input.
///
/// Bytes that are not a text in UTF-8, or more than [`crate::SIZE_LIMIT`], are a problem, too.
pub fn check_bytes(
    path: &Path,
    bytes: &[u8],
    language: Option<Language>,
    configs: &Configs,
    overrides: &Overrides,
) -> Result<Option<Checked>, Problem> {
    let text = decode(bytes).map_err(|no_text| match no_text {
        NoText::Binary => Problem::note(shown(path), "is binary, skipped"),
        NoText::Unfit(message) => Problem::note(shown(path), message),
        NoText::Unreadable(message) => Problem::error(shown(path), message),
    })?;
    let (manifests, index) = (Manifests::default(), Arc::default());
    with_stack(|| {
        check_text(
            path,
            Arc::new(text.to_owned()),
            language,
            configs,
            overrides,
            &manifests,
            &index,
        )
    })
}

/// Runs something on a thread of its own that has [`STACK_SIZE`].
pub fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("analysis".to_owned()).stack_size(STACK_SIZE);
        let worker = builder.spawn_scoped(scope, work).expect("the system can start a thread");
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The settings of a document, all but what the rest of its project tells.
pub(crate) fn settle(
    path: &Path,
    language: Language,
    configs: &Configs,
    overrides: &Overrides,
    manifests: &Manifests,
) -> Result<Settings, Problem> {
    let config = configs.for_path(path)?;
    let versions = manifests.versions(path, language);
    let settled = guarded(|| config.settings(path, language, overrides));
    let settings = settled.map_err(|message| Problem::error(shown(path), message))?;
    Ok(Settings { versions, ..settings })
}

/// The report of a text whose language is known, and the settings it was judged by.
pub(crate) fn judge(
    path: &Path,
    text: &str,
    language: Language,
    mut settings: Settings,
    index: &Arc<Index>,
) -> Result<(Arc<Settings>, Report), Problem> {
    settings.context.index = Arc::clone(index);
    settings.context.clock = Some(thread_time);
    let settings = Arc::new(settings);
    let judged = guarded(|| statuslint_lint::analyze(text, language, &settings));
    let report = judged.map_err(|message| Problem::error(shown(path), message))?;
    if report.usage.exhausted {
        return Err(Problem::note(shown(path), "takes too long to parse, skipped"));
    }
    Ok((settings, report))
}

/// Keeps a panic in the analysis of one document from taking the others along.
pub(crate) fn guarded<T>(analysis: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(analysis)).map_err(|panic| {
        format!(
            "was not checked: statuslint failed on it ({}); \
             please report this at https://github.com/statuslint/statuslint/issues",
            said(panic.as_ref())
        )
    })
}

/// The message of a panic, on one line.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("no message").lines().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_message() {
        let odd = 7;
        for (report, message) in [
            (guarded(|| -> Report { panic!("at {odd}\nodd") }), "at 7 odd"),
            (guarded(|| panic!("plain")), "plain"),
            (guarded(|| std::panic::panic_any(7)), "no message"),
        ] {
            let expected = format!(
                "was not checked: statuslint failed on it ({message}); \
                 please report this at https://github.com/statuslint/statuslint/issues"
            );
            assert_eq!(report, Err(expected));
        }
        assert_eq!(guarded(Report::default), Ok(Report::default()));
    }

    #[test]
    fn the_stack_is_deep() {
        fn deep(levels: usize) -> usize {
            let frame = std::hint::black_box([levels; 128]);
            if levels == 0 { frame[0] } else { deep(levels - 1) + frame[1].min(1) }
        }
        assert_eq!(with_stack(|| deep(3_000)), 3_000, "more than the usual two MiB of frames");
    }
}
