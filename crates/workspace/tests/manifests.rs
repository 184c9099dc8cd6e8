//! What each kind of manifest proves about the library of a document beside it.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests, too")]

use std::fs;
use std::path::Path;

use statuslint_languages::Language;
use statuslint_lint::Version;
use statuslint_workspace::Manifests;

/// The version that manifests in one folder prove for a document in it.
fn proved(files: &[(&str, &str)], language: &str, package: &str) -> Option<Version> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let language = Language::from_id(language).unwrap();
    Manifests::default().versions(&folder.path().join("source"), language).minimum(package)
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table of the manifests")]
fn every_kind_of_manifest_proves_a_version() {
    for (name, text, language, package, version) in [
        ("Cargo.toml", "[dependencies]\nhttp = { version = \"1.2\" }\n", "rust", "http", "1.2"),
        (
            "Cargo.toml",
            "[workspace.dependencies]\nweb = { package = \"axum\", version = \"0.8\" }\n",
            "rust",
            "axum",
            "0.8",
        ),
        (
            "Cargo.lock",
            "[[package]]\nname = \"http\"\nversion = \"1.3.1\"\n",
            "rust",
            "http",
            "1.3.1",
        ),
        (
            "package.json",
            r#"{"devDependencies": {"express": "^4.18.0"}}"#,
            "javascript",
            "express",
            "4.18",
        ),
        (
            "package-lock.json",
            r#"{"packages": {"": {"version": "1.0.0"}, "node_modules/koa": {"version": "2.15.3"}}}"#,
            "typescript",
            "koa",
            "2.15.3",
        ),
        (
            "go.mod",
            "module example.com/a\n\ngo 1.22\n\nrequire (\n\tgithub.com/labstack/echo/v4 v4.12.0 // indirect\n)\n",
            "go",
            "github.com/labstack/echo/v4",
            "4.12",
        ),
        ("go.mod", "module example.com/a\n\ngo 1.22\n", "go", "go", "1.22"),
        (
            "pyproject.toml",
            "[project]\nrequires-python = \">=3.13\"\ndependencies = [\"starlette[full]>=0.48; python_version > '3.9'\"]\n",
            "python",
            "starlette",
            "0.48",
        ),
        ("pyproject.toml", "[project]\nrequires-python = \">=3.13\"\n", "python", "python", "3.13"),
        (
            "pyproject.toml",
            "[tool.poetry.dependencies]\nfastapi = \"^0.115\"\n",
            "python",
            "fastapi",
            "0.115",
        ),
        (
            "requirements.txt",
            "-r base.txt\n# pinned\nstarlette==0.48.0 \\\n    --hash=sha256:00\n",
            "python",
            "starlette",
            "0.48",
        ),
        ("requirements-dev.txt", "Werkzeug >= 3.1\n", "python", "werkzeug", "3.1"),
        (
            "uv.lock",
            "requires-python = \">=3.12\"\n\n[[package]]\nname = \"starlette\"\nversion = \"0.49.1\"\n",
            "python",
            "starlette",
            "0.49.1",
        ),
        (
            "poetry.lock",
            "[[package]]\nname = \"starlette\"\nversion = \"0.47.0\"\n",
            "python",
            "starlette",
            "0.47",
        ),
        (
            "Pipfile.lock",
            r#"{"default": {"starlette": {"version": "==0.48.0"}}}"#,
            "python",
            "starlette",
            "0.48",
        ),
        (
            "setup.cfg",
            "[options]\npython_requires = >=3.9\ninstall_requires =\n    starlette>=0.48\nzip_safe = no\n",
            "python",
            "starlette",
            "0.48",
        ),
        (
            "Gemfile.lock",
            "GEM\n  specs:\n    rack (3.1.8)\n    rackup (2.2.1)\n      rack (>= 3)\n",
            "ruby",
            "rack",
            "3.1.8",
        ),
        (
            "a.gemspec",
            "Gem::Specification.new do |s|\n  s.add_dependency \"rack\", \">= 3.1\", \"< 4\"\nend\n",
            "ruby",
            "rack",
            "3.1",
        ),
        (
            "pom.xml",
            "<project><properties><s.v>6.2.1</s.v></properties><dependencies><dependency><artifactId>spring-web</artifactId><version>${s.v}</version></dependency></dependencies></project>",
            "java",
            "spring",
            "6.2.1",
        ),
        (
            "pom.xml",
            "<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>4.0.0</version></parent></project>",
            "kotlin",
            "spring",
            "7.0",
        ),
        (
            "build.gradle",
            "plugins {\n    id 'org.springframework.boot' version '3.4.1'\n}\n",
            "java",
            "spring",
            "6.2",
        ),
        (
            "build.gradle.kts",
            "dependencies {\n    implementation(\"io.ktor:ktor-server-core:3.0.1\")\n}\n",
            "kotlin",
            "ktor",
            "3.0.1",
        ),
        (
            "build.sbt",
            "val akka = \"10.5.3\"\nlibraryDependencies += \"com.typesafe.akka\" %% \"akka-http\" % akka\n",
            "scala",
            "akka-http",
            "10.5.3",
        ),
        (
            "composer.json",
            r#"{"require": {"symfony/http-foundation": "^7.1"}}"#,
            "php",
            "symfony/http-foundation",
            "7.1",
        ),
        (
            "composer.lock",
            r#"{"packages": [{"name": "laravel/framework", "version": "v11.9.2"}]}"#,
            "php",
            "laravel/framework",
            "11.9.2",
        ),
        (
            "mix.exs",
            "defp deps do\n  [{:plug, \"~> 1.16\"}, {:jason, \"~> 1.4\"}]\nend\n",
            "elixir",
            "plug",
            "1.16",
        ),
        (
            "mix.lock",
            "%{\n  \"plug\": {:hex, :plug, \"1.16.1\", \"00\", [:mix], [], \"hexpm\", \"00\"},\n}\n",
            "elixir",
            "plug",
            "1.16.1",
        ),
        (
            "a.csproj",
            "<Project><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>",
            "csharp",
            ".net",
            "8.0",
        ),
        (
            "Directory.Packages.props",
            "<Project><ItemGroup><PackageVersion Include=\"Refit\" Version=\"7.2.1\" /></ItemGroup></Project>",
            "csharp",
            "refit",
            "7.2.1",
        ),
        (
            "pubspec.yaml",
            "environment:\n  sdk: ^3.5.0\ndependencies:\n  shelf: ^1.4.0\n",
            "dart",
            "shelf",
            "1.4",
        ),
        ("pubspec.yaml", "environment:\n  sdk: ^3.5.0\n", "dart", "dart", "3.5"),
        (
            "pubspec.lock",
            "packages:\n  shelf:\n    dependency: \"direct main\"\n    version: \"1.4.2\"\nsdks:\n  dart: \">=3.4.0 <4.0.0\"\n",
            "dart",
            "shelf",
            "1.4.2",
        ),
    ] {
        let found = proved(&[(name, text)], language, package);
        assert_eq!(found, Version::parse(version), "{name}: {package}");
        assert!(Manifests::reads(Path::new(name)), "{name}");
    }
}

#[test]
fn what_says_no_version_proves_none() {
    for (name, text, language, package) in [
        ("Cargo.toml", "[dependencies]\nhttp = \"*\"\n", "rust", "http"),
        ("Cargo.toml", "[dependencies\n", "rust", "http"),
        ("package.json", r#"{"dependencies": {"koa": "github:koajs/koa"}}"#, "javascript", "koa"),
        ("package.json", "{", "javascript", "koa"),
        ("requirements.txt", "starlette @ https://example.com/0.48.zip\n", "python", "starlette"),
        ("requirements.txt", "starlette<0.48\n", "python", "starlette"),
        ("a.csproj", "<TargetFramework>netstandard2.0</TargetFramework>", "csharp", ".net"),
        (
            "pom.xml",
            "<dependency><artifactId>spring-web</artifactId></dependency>",
            "java",
            "spring",
        ),
        ("go.mod", "go 1.22\n", "python", "go"),
    ] {
        assert_eq!(proved(&[(name, text)], language, package), None, "{name}: {text}");
    }
    assert!(!Manifests::reads(Path::new("Cargo.toml.bak")));
}

#[test]
fn a_lock_file_says_what_a_requirement_leaves_open_unless_others_choose() {
    let lock = ("Gemfile.lock", "GEM\n  specs:\n    rack (3.1.8)\n");
    let gemspec = ("a.gemspec", "s.add_dependency 'rack', '>= 2.0'\n");
    assert_eq!(proved(&[lock], "ruby", "rack"), Version::parse("3.1.8"));
    assert_eq!(proved(&[lock, gemspec], "ruby", "rack"), Version::parse("2.0"));
    let asked = ("pyproject.toml", "[project]\ndependencies = [\"starlette>=0.40\"]\n");
    let locked = ("uv.lock", "[[package]]\nname = \"starlette\"\nversion = \"0.49.1\"\n");
    assert_eq!(proved(&[asked, locked], "python", "starlette"), Version::parse("0.49.1"));
}

#[test]
fn the_nearest_manifest_counts_up_to_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let go = |version| format!("module a\n\ngo {version}\n");
    for (name, text) in [
        ("go.mod", go("1.19")),
        ("a/.git/config", String::new()),
        ("a/go.mod", go("1.22")),
        ("a/b/go.mod", go("1.24")),
        ("a/c/none", String::new()),
        ("d/.git/config", String::new()),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let manifests = Manifests::default();
    let language = Language::from_id("go").unwrap();
    for (file, version) in [
        ("x.go", Some("1.19")),
        ("a/x.go", Some("1.22")),
        ("a/b/x.go", Some("1.24")),
        ("a/c/x.go", Some("1.22")),
        ("d/x.go", None),
    ] {
        let found = manifests.versions(&folder.path().join(file), language).minimum("go");
        assert_eq!(found, version.and_then(Version::parse), "{file}");
    }
    fs::write(folder.path().join("d/go.mod"), go("1.25")).unwrap();
    manifests.forget();
    let found = manifests.versions(&folder.path().join("d/x.go"), language).minimum("go");
    assert_eq!(found, Version::parse("1.25"));
}
