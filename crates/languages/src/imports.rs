//! The libraries an import names, whatever the language.

use tree_sitter::Node;

use crate::facts::Facts;

/// The module paths in the text of an import: `axum::http`, `net/http`, `starlette.responses`.
pub(crate) fn modules(import: &str) -> Vec<String> {
    if let Some(header) = import.trim_start().strip_prefix('#') {
        return header_names(header).into_iter().map(str::to_owned).collect();
    }
    // `(ns shop.web (:require [ring.util.response :as response]))` and `(require '[hato.client])`
    if import.starts_with('(') && !import.contains('"') || import.starts_with("(ns ") {
        return import
            .split(|c: char| c.is_whitespace() || "()[]{}'\"".contains(c))
            .filter(|word| word.contains('.') && !word.ends_with('.'))
            .map(str::to_owned)
            .collect();
    }
    if let Some(quoted) = quoted(import) {
        return vec![quoted.to_owned()];
    }
    let import = import.trim().trim_end_matches(';');
    let import = import.strip_prefix("pub ").unwrap_or(import);
    // A name of PHP with its namespace: `GuzzleHttp\Psr7`.
    if import.contains('\\') && !import.contains(char::is_whitespace) {
        return path(import).into_iter().collect();
    }
    if let Some(rest) = import.strip_prefix("from ") {
        return path(rest).into_iter().collect();
    }
    // `using static System.Net.HttpStatusCode`, `using Codes = Microsoft.AspNetCore.Http.StatusCodes`
    let using = import.strip_prefix("global ").unwrap_or(import).strip_prefix("using ");
    if let Some(rest) = using {
        let rest = rest.strip_prefix("static ").unwrap_or(rest);
        return path(rest.split_once('=').map_or(rest, |(_, path)| path)).into_iter().collect();
    }
    for keyword in ["use ", "extern crate ", "require "] {
        if let Some(rest) = import.strip_prefix(keyword) {
            let rest = rest.trim_start_matches("function ").trim_start_matches("const ");
            let rest =
                if rest.contains(['{', '(']) { vec![rest] } else { rest.split(',').collect() };
            return rest.into_iter().filter_map(path).collect();
        }
    }
    if let Some(rest) = import.strip_prefix("package ") {
        return path(rest).into_iter().collect();
    }
    // `@testable import App` and `public import struct Foundation.URL` of Swift
    let import = import.split_once("import ").filter(|(before, _)| {
        before.is_empty() || before.starts_with('@') || before.ends_with(' ')
    });
    let Some((before, rest)) = import else { return Vec::new() };
    if before.split_whitespace().any(|word| word == "from") {
        return Vec::new();
    }
    // `import qualified Network.HTTP.Types as Http (ok200, notFound404)`
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("qualified ").unwrap_or(rest);
    let kind = |rest: &&str| KINDS.contains(&rest.split(' ').next().unwrap_or_default());
    let rest = rest.split_once(' ').filter(|_| kind(&rest)).map_or(rest, |(_, rest)| rest);
    rest.split(',').filter_map(path).collect()
}

/// The path of a header, and its name: C projects keep copies of libraries in folders of theirs.
fn header_names(text: &str) -> Vec<&str> {
    let Some((_, rest)) = text.split_once(['<', '"']) else { return Vec::new() };
    let path = rest.split(['>', '"', '\n']).next().unwrap_or_default().trim();
    let name = path.rsplit('/').next().unwrap_or(path);
    if name == path { vec![path] } else { vec![path, name] }
}
/// What one thing of a module may be, before its path in an import.
const KINDS: &[&str] =
    &["static", "struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"];

/// The path an import begins with, without its braces and aliases.
fn path(text: &str) -> Option<String> {
    let path = text
        .trim()
        .trim_start_matches([':', '\\'])
        .split(['{', '(', ' ', '\n'])
        .next()?
        .trim_end_matches([':', '\\', '.']);
    (!path.is_empty()).then(|| path.to_owned())
}

fn quoted(text: &str) -> Option<&str> {
    let end = text.rfind(['"', '\'', '`'])?;
    let quote = text[end..].chars().next()?;
    let start = text[..end].rfind(quote)?;
    Some(&text[start + 1..end])
}

/// Whether `module` is `import` or below it.
pub(crate) fn starts_with_path(module: &str, import: &str) -> bool {
    module
        .strip_prefix(import)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', ':', '\\']))
}

/// Whether `module` is what a library of the vocabulary is imported by: `*Controller` is any module
/// of a project that ends so, or one below it.
pub(crate) fn names_module(module: &str, import: &str) -> bool {
    match import.strip_prefix('*') {
        Some(end) => module.split(['.', ':', '/']).any(|part| part.ends_with(end)),
        None => starts_with_path(module, import),
    }
}

impl Facts<'_> {
    /// Notes what a statement imports; says whether what is in it is to be visited.
    pub(crate) fn note_import(&mut self, node: Node<'_>, source: &str) -> bool {
        self.imports.extend(modules(source));
        self.import_statements.push(node.byte_range());
        // `use constant NOT_FOUND => 404;` of Perl
        source.contains("=>")
    }
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn imports_name_their_libraries() {
        let cases: &[(&str, &[&str])] = &[
            ("use axum::http::StatusCode;", &["axum::http::StatusCode"]),
            ("pub use http::{StatusCode, Uri};", &["http"]),
            ("extern crate rocket;", &["rocket"]),
            ("from starlette.responses import JSONResponse", &["starlette.responses"]),
            ("import http.client, requests as r", &["http.client", "requests"]),
            ("import express, { Router } from 'express';", &["express"]),
            ("require(\"http-errors\")", &["http-errors"]),
            ("import qualified Network.Wai as Wai", &["Network.Wai"]),
            ("log \"github.com/gin-gonic/gin\"", &["github.com/gin-gonic/gin"]),
            ("#include <boost/beast/http.hpp>", &["boost/beast/http.hpp", "http.hpp"]),
            ("#  include \"httplib.h\" // own", &["httplib.h"]),
            ("@testable import App", &["App"]),
            ("public import struct Foundation.URL", &["Foundation.URL"]),
            ("import 'package:http/http.dart' as http show Response;", &["package:http/http.dart"]),
            ("import static org.junit.Assert.*;", &["org.junit.Assert.*"]),
            ("import io.ktor.http.HttpStatusCode as Code", &["io.ktor.http.HttpStatusCode"]),
            ("package io.javalin.http", &["io.javalin.http"]),
            (
                r"use Symfony\Component\HttpFoundation\Response;",
                &[r"Symfony\Component\HttpFoundation\Response"],
            ),
            (r"use GuzzleHttp\Psr7\{Request, Response};", &[r"GuzzleHttp\Psr7"]),
            (r"use function Pest\Laravel\get;", &[r"Pest\Laravel\get"]),
            (r"use Slim\App, Slim\Psr7\Response as Answer;", &[r"Slim\App", r"Slim\Psr7\Response"]),
            (r"\GuzzleHttp\Psr7", &[r"GuzzleHttp\Psr7"]),
            ("use HTTP::Status qw(:constants);", &["HTTP::Status"]),
            (
                "use Mojo::Base 'Mojolicious::Controller', -signatures;",
                &["Mojolicious::Controller"],
            ),
            ("require HTTP::Response", &["HTTP::Response"]),
            ("using System.Net.Http;", &["System.Net.Http"]),
            ("global using static System.Net.HttpStatusCode;", &["System.Net.HttpStatusCode"]),
            (
                "using Codes = Microsoft.AspNetCore.Http.StatusCodes;",
                &["Microsoft.AspNetCore.Http.StatusCodes"],
            ),
            ("import org.http4s._, org.http4s.dsl.io._", &["org.http4s._", "org.http4s.dsl.io._"]),
            ("import zio.http.*", &["zio.http.*"]),
            ("import sttp.model.{StatusCode => Code}", &["sttp.model"]),
            (
                "(ns shop.web (:require [ring.util.response :as r] hato.client))",
                &["shop.web", "ring.util.response", "hato.client"],
            ),
            ("(require '[ring.util.http-response :refer :all])", &["ring.util.http-response"]),
            ("import", &[]),
        ];
        for (import, expected) in cases {
            assert_eq!(modules(import), *expected, "{import}");
        }
    }
}
