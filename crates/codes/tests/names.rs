//! Names, phrases and digits: what they stand for, and what they must not stand for.

use statuslint_codes::{
    StatusCode, code_of_name, code_of_phrase, code_of_vendor_name, digits_in_name, registry, words,
};

fn number(code: Option<StatusCode>) -> Option<u16> {
    code.map(StatusCode::get)
}

/// Asserts what a lookup says of each text.
fn all(look_up: fn(&str) -> Option<StatusCode>, expected: Option<u16>, texts: &[&str]) {
    for text in texts {
        assert_eq!(number(look_up(text)), expected, "{text}");
    }
}

#[test]
fn words_ignore_how_spaces_are_spelled() {
    for text in ["NotFound", "NOT_FOUND", "not found", "not-found", "notFound", ":not_found"] {
        assert_eq!(words(text), ["not", "found"], "{text}");
    }
    assert_eq!(words("Status505HttpVersion"), ["status", "505", "http", "version"]);
    assert_eq!(words("RequestURITooLong"), ["request", "uri", "too", "long"]);
    assert_eq!(words(""), [] as [&str; 0]);
}

#[test]
fn every_name_of_the_registry_is_found() {
    for entry in registry() {
        let unused = entry.name == "(Unused)";
        let current = (!unused).then_some(&entry.name);
        for name in current.into_iter().chain(entry.older_names).chain(entry.aliases) {
            let shouted = name.replace([' ', '-'], "_").replace('\'', "").to_uppercase();
            let joined: String = name.split([' ', '-', '\'']).collect();
            for spelling in [(*name).to_owned(), shouted, joined, name.to_lowercase()] {
                assert_eq!(code_of_name(&spelling), Some(entry.code), "{spelling}");
                assert!(entry.is_known_name(&spelling), "{spelling}");
            }
        }
        for name in entry.loose_aliases {
            assert!(entry.is_known_name(name), "{name}");
            assert_ne!(code_of_name(name), Some(entry.code), "`{name}` is not loose");
        }
    }
}

#[test]
fn any_spelling_of_a_name_gives_its_code() {
    let spellings = [
        "not found",
        "404 Not Found",
        "Not Found.",
        "NOT_FOUND",
        "NotFound",
        "notfound",
        "http.StatusNotFound",
        "StatusCode::NOT_FOUND",
        "HTTP_404_NOT_FOUND",
        "NOT_FOUND_404",
        "SC_NOT_FOUND",
        "kNotFound",
        "k404NotFound",
        "HttpStatus.NOT_FOUND",
        ":not_found",
        "NotFoundException",
        "NotFoundError",
        "HTTPNotFound",
        "ErrNotFound",
        "E_NOT_FOUND",
        "Status404NotFound",
        "S404_NotFound",
        "NGX_HTTP_NOT_FOUND",
        "MHD_HTTP_NOT_FOUND",
        "HttpResponseNotFound",
        "NOT_FOUND_STATUS_CODE",
        "Boom.notFound()",
        "this->notFound",
        "HTTP_404",
        "Http404",
        "status404",
    ];
    all(code_of_name, Some(404), &spellings);
    all(code_of_name, Some(200), &["ok", "OK", "StatusOK", "HTTPOk", "HTTPOK", "kOK", "S200_OK"]);
    all(code_of_name, Some(226), &["IMUsed", "IM_USED", "HTTPIMUsed", "StatusIMUsed"]);
    all(code_of_name, Some(414), &["HTTPURITooLong", "REQUEST_URI_TOO_LONG", "URITooLong"]);
    let teapots = ["IM_A_TEAPOT", "I'm a teapot", "I_AM_A_TEAPOT", "StatusTeapot", "ImATeapot_418"];
    all(code_of_name, Some(418), &teapots);
    let versions =
        ["HttpVersionNotSupported", "HTTPVERSION_NOT_SUPPORTED", "VERSION_NOT_SUPPORTED"];
    all(code_of_name, Some(505), &versions);
    all(code_of_name, Some(505), &["HTTP_STATUS_HTTP_VERSION_NOT_SUPPORTED"]);
}

#[test]
fn older_names_and_library_aliases_are_known() {
    for (name, code) in [
        ("MOVED_TEMPORARILY", 302),
        ("GATEWAY_TIME_OUT", 504),
        ("REQUEST_TIME_OUT", 408),
        ("Request Entity Too Large", 413),
        ("PAYLOAD_TOO_LARGE", 413),
        ("REQUEST_TOO_LONG", 413),
        ("Requested Range Not Satisfiable", 416),
        ("UnprocessableEntity", 422),
        ("NON_AUTHORITATIVE", 203),
        ("StatusNonAuthoritativeInfo", 203),
        ("SWITCH_PROXY", 306),
        ("unused_306", 306),
        ("HTTP_306_RESERVED", 306),
        ("HttpResponseRedirect", 302),
        ("HttpResponsePermanentRedirect", 301),
        ("PERMANENT_REDIRECT", 308),
    ] {
        assert_eq!(number(code_of_name(name)), Some(code), "{name}");
    }
}

#[test]
fn plain_words_that_are_names_count_as_names() {
    for (name, code) in [
        ("continue", 100),
        ("created", 201),
        ("accepted", 202),
        ("found", 302),
        ("forbidden", 403),
        ("conflict", 409),
        ("gone", 410),
        ("locked", 423),
    ] {
        assert_eq!(number(code_of_name(name)), Some(code), "{name}");
    }
}

#[test]
fn a_name_with_other_words_beside_it_is_none() {
    let names = [
        "NotFoundHandler",
        "okButton",
        "createdAt",
        "isOk",
        "notFoundCount",
        "FoundItem",
        "ENOTFOUND",
        "errorFound",
        "err_ok",
        "foundException",
        "Sorry. Not found",
        "notFound.handler",
        "status",
        "http",
        "http2",
        "404",
        "HTTP_701",
        "ERR_404",
        "HTTP_404_FORBIDDEN",
        "NotFound2",
        "NOT_FOUND_404_405",
        "unused",
        "timeout",
        "",
        "…",
    ];
    all(code_of_name, None, &names);
    assert_eq!(code_of_name(&"not found ".repeat(1000)), None);
}

#[test]
fn too_general_names_are_known_to_their_code_only() {
    let entry = |code| StatusCode::new(code).entry().expect("is registered");
    assert!(entry(408).is_known_name("TIMEOUT") && entry(504).is_known_name("TIMEOUT"));
    assert!(entry(504).is_known_name("CLIENT_TIMEOUT"));
    assert!(entry(404).is_known_name("StatusNotFound"));
    assert!(!entry(404).is_known_name("TIMEOUT"));
    assert!(!entry(404).is_known_name("NOT_FOUND_403"));
    assert!(!entry(403).is_known_name("NOT_FOUND"));
}

#[test]
fn phrases_are_whole_reason_phrases() {
    all(code_of_phrase, Some(404), &["Not Found", "not found", "NOT FOUND!", " Not  Found. "]);
    all(code_of_phrase, Some(418), &["I'm a teapot", "I’m a Teapot", "Im a teapot"]);
    all(code_of_phrase, Some(203), &["Non-Authoritative Information"]);
    all(code_of_phrase, Some(414), &["Request-URI Too Long", "URI too long"]);
    all(code_of_phrase, Some(302), &["Moved Temporarily"]);
    let free = ["User not found", "StatusNotFound", "NotFound", "404 Not Found", "Unused", "", "."];
    all(code_of_phrase, None, &free);
}

#[test]
fn digits_are_one_code_of_three() {
    all(digits_in_name, Some(404), &["HTTP_404_NOT_FOUND", "status404", "404", "e404_404"]);
    let none = ["ERR_1404", "HTTP_12", "HTTP_701", "099", "HTTP_404_405", "NOT_FOUND", ""];
    all(digits_in_name, None, &none);
}

#[test]
fn vendor_names_that_tell_their_code_give_it() {
    all(code_of_vendor_name, Some(499), &["CLIENT_CLOSED_REQUEST", "Status499ClientClosedRequest"]);
    all(code_of_vendor_name, Some(419), &["PageExpired", "AUTHENTICATION_TIMEOUT"]);
    all(code_of_vendor_name, Some(509), &["http.BANDWIDTH_LIMIT_EXCEEDED"]);
    all(code_of_vendor_name, None, &["INVALID_TOKEN", "Redirect", "not found", "Unauthorized"]);
}
