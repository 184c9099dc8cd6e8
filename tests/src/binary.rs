//! The binary under test.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The path of the `statuslint` binary, built from the sources as they are.
///
/// It is built once per test program, into the target directory and with the profile of the test
/// that asks, so `cargo test` alone is enough and never meets a stale binary.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(build)
}

fn build() -> PathBuf {
    let test = std::env::current_exe().expect("a test program knows where it is");
    // target[/triple]/profile/deps/test
    let profile = test.ancestors().nth(2).expect("cargo puts test programs into `deps`");
    let above = profile.parent().expect("a profile's folder is in the target directory");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "statuslint", "--bin", "statuslint"]);
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    if above.join("CACHEDIR.TAG").exists() {
        cargo.arg("--target-dir").arg(above);
    } else {
        let target = above.parent().expect("a triple's folder is in the target directory");
        cargo.arg("--target-dir").arg(target);
        cargo.arg("--target").arg(above.file_name().expect("a triple is a name"));
    }
    let name = profile.file_name().expect("a profile is a name");
    cargo.arg("--profile").arg(if name == "debug" { OsStr::new("dev") } else { name });
    let status = cargo.status().expect("cargo ran this test and can run again");
    assert!(status.success(), "cargo build failed");
    profile.join("statuslint").with_extension(std::env::consts::EXE_EXTENSION)
}
