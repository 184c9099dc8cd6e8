//! Runs statuslint in Zed: the one the settings name, the one on `PATH`, or the latest release.

use std::fs;

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{
    self as zed, Architecture, Command, DownloadedFileType, GithubReleaseOptions, LanguageServerId,
    LanguageServerInstallationStatus as Installing, Os, Result, Worktree, serde_json::Value,
};

const NAME: &str = "statuslint";
const REPOSITORY: &str = "statuslint/statuslint";

/// The extension, with the release it has downloaded.
struct Statuslint {
    downloaded: Option<String>,
}

impl zed::Extension for Statuslint {
    fn new() -> Self {
        Self { downloaded: None }
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let settings = LspSettings::for_worktree(NAME, worktree)?.binary;
        let (path, args) = settings.map_or((None, None), |binary| (binary.path, binary.arguments));
        let command = match path.or_else(|| worktree.which(NAME)) {
            Some(command) => command,
            None => self.download(server)?,
        };
        let args = args.unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_initialization_options(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(LspSettings::for_worktree(NAME, worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let settings = LspSettings::for_worktree(NAME, worktree)?.settings;
        Ok(settings.map(|settings| zed::serde_json::json!({ NAME: settings })))
    }
}

impl Statuslint {
    /// The binary of the latest release, downloaded once.
    fn download(&mut self, server: &LanguageServerId) -> Result<String> {
        let there = |path: &String| fs::metadata(path).is_ok_and(|file| file.is_file());
        if let Some(known) = self.downloaded.clone().filter(there) {
            return Ok(known);
        }
        let (os, architecture) = zed::current_platform();
        let target = target(os, architecture)?;
        zed::set_language_server_installation_status(server, &Installing::CheckingForUpdate);
        let options = GithubReleaseOptions { require_assets: true, pre_release: false };
        let release = zed::latest_github_release(REPOSITORY, options)?;
        // What the release workflow packs: a folder of the same name with the binary in it.
        let name = format!("{NAME}-{}-{target}", release.version);
        let binary = if os == Os::Windows { "statuslint.exe" } else { NAME };
        let path = format!("{name}/{name}/{binary}");
        if !there(&path) {
            let file = format!("{name}.tar.gz");
            let asset = release.assets.iter().find(|asset| asset.name == file);
            let asset =
                asset.ok_or_else(|| format!("release {} has no {file}", release.version))?;
            zed::set_language_server_installation_status(server, &Installing::Downloading);
            zed::download_file(&asset.download_url, &name, DownloadedFileType::GzipTar)?;
            zed::make_file_executable(&path)?;
            remove_others(&name);
        }
        self.downloaded = Some(path.clone());
        Ok(path)
    }
}

/// The target a release is built for.
fn target(os: Os, architecture: Architecture) -> Result<&'static str> {
    match (os, architecture) {
        (Os::Linux, Architecture::X8664) => Ok("x86_64-unknown-linux-gnu"),
        (Os::Linux, Architecture::Aarch64) => Ok("aarch64-unknown-linux-gnu"),
        (Os::Mac, Architecture::X8664) => Ok("x86_64-apple-darwin"),
        (Os::Mac, Architecture::Aarch64) => Ok("aarch64-apple-darwin"),
        (Os::Windows, Architecture::X8664) => Ok("x86_64-pc-windows-msvc"),
        _ => {
            Err("there is no release of statuslint for this platform; put it on the PATH"
                .to_owned())
        }
    }
}

/// Removes the releases that were downloaded before.
fn remove_others(name: &str) {
    for entry in fs::read_dir(".").into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(NAME) && entry.file_name() != *name {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

zed::register_extension!(Statuslint);
