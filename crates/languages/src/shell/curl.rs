//! What commands of a shell print of a response, as they are written.

/// The variables a text mentions: `$code`, `${code…`.
pub(crate) fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('$').filter_map(move |(at, _)| {
        let rest = text[at + 1..].trim_start_matches(['{', '!', '#']);
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

/// Whether a character may stand in the name of a variable.
pub(crate) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Whether a command has `curl` print the status.
pub(crate) fn reports_code(text: &str) -> bool {
    text.contains("http_code}") || text.contains("response_code}")
}

/// Whether a command prints the head of a response.
pub(crate) fn reads_headers(text: &str) -> bool {
    let option = |short: &[char], long: &[&str]| {
        text.split_whitespace().any(|word| {
            let is_short = word.starts_with('-') && !word.starts_with("--");
            (is_short && word.contains(short)) || long.contains(&word)
        })
    };
    (text.contains("curl ") && option(&['I', 'i'], &["--head", "--include"]))
        || (text.contains("wget ") && option(&['S'], &["--server-response", "--spider"]))
}

/// Whether a command searches for the status line of a response.
pub(crate) fn finds_status_line(text: &str) -> bool {
    let line = ["^HTTP", "HTTP/", "/HTTP", "HTTP_HEADER", "'HTTP", "\"HTTP"];
    line.iter().any(|line| text.contains(line))
        && ["grep", "awk", "sed", "cut", "head", "tail", "_egrep_o"]
            .iter()
            .any(|tool| text.contains(tool))
}
