//! What changes how every document is judged: settings, configuration files, manifests, folders.

use std::sync::Arc;

use lsp_types::request::{RegisterCapability, WorkspaceConfiguration};
use lsp_types::{
    ConfigurationItem, ConfigurationParams, DidChangeWatchedFilesRegistrationOptions,
    FileSystemWatcher, GlobPattern, Registration, RegistrationParams, Url,
};
use serde_json::json;
use statuslint_workspace::Manifests;

use crate::backend::Backend;
use crate::configuration::{Problem, SECTION};
use crate::sources;

/// The files whose changes matter beside the documents. No `*` stands between braces: eglot refuses
/// such a pattern, and with it all others.
const WATCHED: &[&str] = &[
    "**/*.toml",
    "**/*.gemspec",
    "**/*.csproj",
    "**/requirements*.txt",
    "**/{Gemfile.lock,gems.locked}",
    "**/{Cargo,uv,poetry,Pipfile,composer,mix,pubspec}.lock",
    "**/{package,package-lock,composer}.json",
    "**/{setup.cfg,go.mod,pom.xml,build.sbt,build.gradle,build.gradle.kts}",
    "**/{mix.exs,pubspec.yaml,Directory.Build.props,Directory.Packages.props}",
];

impl Backend {
    /// Judges every open document again by the settings as they are now.
    pub(crate) fn settings_changed(&self, problems: Vec<Problem>) {
        self.session.forget_told();
        for problem in problems {
            self.session.tell_once(problem.kind, problem.message);
        }
        self.judge_again();
        if self.session.abilities().inlay_refresh {
            let client = self.session.client.clone();
            tokio::spawn(async move { client.inlay_hint_refresh().await });
        }
    }

    /// Analyses every open document again: what it is judged by has changed.
    pub(crate) fn judge_again(&self) {
        self.session.analyses.outdate();
        self.session.touched.notify_one();
        for url in self.session.documents.urls() {
            self.publisher.changed(url);
        }
        self.session.refresh();
    }

    /// Reads the workspace in the background, then judges every open document again.
    pub(crate) fn survey(&self) {
        let backend = self.clone();
        let session = Arc::clone(&self.session);
        tokio::spawn(async move {
            if tokio::task::spawn_blocking(move || session.survey()).await.is_ok() {
                backend.judge_again();
            }
        });
    }

    /// Asks the client for its settings, for each of its folders where there are several; the
    /// answer comes after this has returned.
    pub(crate) fn ask_for_settings(&self) {
        let backend = self.clone();
        let (question, folders) = self.session.configuration().question();
        let scopes = folders.iter().map(|folder| Url::from_file_path(folder).ok());
        let item = |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.to_owned()) };
        let items =
            ConfigurationParams { items: std::iter::once(None).chain(scopes).map(item).collect() };
        tokio::spawn(async move {
            let answer = backend.session.ask::<WorkspaceConfiguration>(items).await;
            let Some(settings) = answer else { return };
            let problems = backend.session.configuration().answer(question, &folders, &settings);
            if let Some(problems) = problems {
                backend.settings_changed(problems);
            }
        });
    }

    /// Takes in settings that the client tells of itself.
    pub(crate) fn take_settings(&self, settings: &serde_json::Value) {
        let problems = self.session.configuration().set_options(settings);
        if let Some(problems) = problems {
            self.settings_changed(problems);
        }
    }

    /// Asks the client to tell of what changes, as far as it lets us ask.
    pub(crate) fn register(&self) {
        let abilities = self.session.abilities();
        let mut registrations = Vec::new();
        if abilities.watches_files {
            registrations.push(watched_files());
        }
        if abilities.registers_settings {
            registrations.push(Registration {
                id: "settings".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: Some(json!({"section": SECTION})),
            });
        }
        if registrations.is_empty() {
            return;
        }
        let session = Arc::clone(&self.session);
        tokio::spawn(async move {
            session.ask::<RegisterCapability>(RegistrationParams { registrations }).await
        });
    }

    pub(crate) fn reload_if_configuration(&self, urls: impl IntoIterator<Item = Url>) {
        let paths: Vec<_> = urls.into_iter().filter_map(|url| url.to_file_path().ok()).collect();
        let manifests = paths.iter().any(|path| Manifests::reads(path));
        if manifests {
            self.session.manifests.forget();
        }
        let mut configuration = self.session.configuration();
        let depends = paths.iter().any(|path| configuration.depends_on(path));
        let problems = if depends { configuration.renew() } else { Vec::new() };
        drop(configuration);
        if depends || manifests {
            self.settings_changed(problems);
        }
    }
}

/// Changed configuration files, which may extend any other, manifests, and source files.
fn watched_files() -> Registration {
    let patterns = WATCHED.iter().map(|pattern| (*pattern).to_owned()).chain([sources::glob()]);
    let watchers = patterns.map(|pattern| FileSystemWatcher {
        glob_pattern: GlobPattern::String(pattern),
        kind: None,
    });
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
    Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}
