//! The servers and proxies whose configurations are read, and how each is known.

use crate::directives::statements::{Statements, Style};
use crate::folder::Tables;

/// A server, how its statements end, and what tells that a text is its configuration.
struct Server {
    name: &'static str,
    style: Style,
    /// Parts of paths that tell by themselves.
    paths: &'static [&'static str],
    /// Directives that hardly anything else has.
    telling: &'static [&'static str],
}

#[rustfmt::skip]
const SERVERS: [Server; 4] = [
    Server {
        name: "nginx",
        style: Style::Terminated,
        paths: &["nginx", "openresty"],
        telling: &[
            "server", "upstream", "location", "http", "events", "worker_processes", "listen",
            "server_name", "root", "index", "proxy_pass", "proxy_set_header", "fastcgi_pass",
            "fastcgi_param", "uwsgi_pass", "include", "rewrite", "add_header", "access_log",
            "error_log", "gzip", "expires", "map", "geo", "ssl_certificate", "allow", "deny",
        ],
    },
    Server {
        name: "apache",
        style: Style::Lines,
        paths: &[".htaccess", "httpd", "apache"],
        telling: &[
            "RewriteEngine", "RewriteRule", "RewriteCond", "ErrorDocument", "Redirect",
            "RedirectMatch", "LoadModule", "DocumentRoot", "ServerName", "DirectoryIndex",
            "<VirtualHost", "<Directory", "<IfModule", "<Location", "<Files", "<FilesMatch",
            "ProxyPass", "SetEnvIf", "Header", "AllowOverride", "Options", "SecRule", "SecAction",
        ],
    },
    Server {
        name: "haproxy",
        style: Style::Lines,
        paths: &["haproxy"],
        telling: &[
            "frontend", "backend", "defaults", "global", "acl", "use_backend", "default_backend",
            "bind", "http-request", "http-response", "http-check", "errorfile", "option",
        ],
    },
    Server {
        name: "caddy",
        style: Style::Lines,
        paths: &["caddy"],
        telling: &[
            "reverse_proxy", "file_server", "handle_errors", "handle_path", "respond", "redir",
            "php_fastcgi", "encode", "root", "handle", "route", "tls", "import",
        ],
    },
];

/// The server whose configuration a text is, and its statements.
///
/// Its path tells, else its directives: two that hardly anything else has, or one where it is the
/// vocabulary's own.
pub(crate) fn recognize(
    text: &str,
    path: &str,
    tables: &'static Tables,
) -> Option<(&'static str, Statements)> {
    let path = path.to_ascii_lowercase();
    let by_path = SERVERS.iter().find(|server| server.paths.iter().any(|part| path.contains(part)));
    let scored = |server: &'static Server| {
        let statements = Statements::read(text, server.style);
        let own: Vec<&str> = tables
            .vocabulary
            .directives(server.name)
            .filter(|known| !known.common)
            .flat_map(|known| known.names.iter().map(String::as_str))
            .collect();
        let mut score = 0_usize;
        for statement in statements.all.iter().filter(|statement| statement.ended) {
            let name = statement.words.first().map_or("", |name| name.text(text));
            let name = name.trim_end_matches('>');
            score += usize::from(server.telling.contains(&name));
            score += 2 * usize::from(own.contains(&name));
        }
        (score, server.name, statements)
    };
    if let Some(server) = by_path {
        let (score, name, statements) = scored(server);
        if score > 0 || server.name == "nginx" && statements.all.iter().any(|one| one.ended) {
            return Some((name, statements));
        }
    }
    // Lines end statements in many formats: what has to end with `;` is asked first.
    let (best, name, statements) =
        SERVERS.iter().map(scored).rev().max_by_key(|(score, ..)| *score)?;
    (best >= 2).then_some((name, statements))
}
