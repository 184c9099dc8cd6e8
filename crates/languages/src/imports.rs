//! The libraries an import names, whatever the language.

/// The module paths in the text of an import: `axum::http`, `net/http`, `starlette.responses`.
pub(crate) fn modules(import: &str) -> Vec<String> {
    if let Some(quoted) = quoted(import) {
        return vec![quoted.to_owned()];
    }
    let import = import.trim().trim_end_matches(';');
    for (keyword, separator) in
        [("from ", " import"), ("import ", " as "), ("use ", " as "), ("extern crate ", " as ")]
    {
        let Some(rest) = import.strip_prefix("pub ").unwrap_or(import).strip_prefix(keyword) else {
            continue;
        };
        let rest = rest.split(separator).next().unwrap_or(rest);
        return rest
            .split(',')
            .map(|path| path.split(['{', '(', ' ']).next().unwrap_or(path))
            .map(|path| path.trim().trim_end_matches(':').to_owned())
            .filter(|path| !path.is_empty())
            .take(if keyword == "use " { 1 } else { usize::MAX })
            .collect();
    }
    Vec::new()
}

fn quoted(text: &str) -> Option<&str> {
    let end = text.rfind(['"', '\'', '`'])?;
    let quote = text[end..].chars().next()?;
    let start = text[..end].rfind(quote)?;
    Some(&text[start + 1..end])
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
            ("log \"github.com/gin-gonic/gin\"", &["github.com/gin-gonic/gin"]),
            ("import", &[]),
        ];
        for (import, expected) in cases {
            assert_eq!(modules(import), *expected, "{import}");
        }
    }
}
