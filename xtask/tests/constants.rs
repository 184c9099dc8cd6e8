//! The languages' tables of named constants: in order, and their names lead to their codes.

use std::fs;
use std::path::Path;

use statuslint_codes::{StatusCode, code_of_name, digits_in_name};

const HEADER: &str =
    "code\tlibrary\texpression\timport\tdrop_in\tsince\tdeprecated_alias_of\tpreferred";

/// One line of a table.
struct Row {
    /// Which file and line, for messages.
    place: String,
    code: StatusCode,
    library: String,
    expression: String,
    import: String,
    drop_in: String,
    deprecated_alias_of: String,
    preferred: String,
}

/// The rows of `constants.tsv` of every language that has one.
fn tables() -> Vec<Vec<Row>> {
    let languages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/languages/languages");
    let mut paths: Vec<_> = fs::read_dir(&languages)
        .expect("the folder of languages is there")
        .map(|folder| folder.expect("a folder can be listed").path().join("constants.tsv"))
        .filter(|path| path.exists())
        .collect();
    paths.sort();
    paths.iter().map(|path| table(path)).collect()
}

fn table(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("the table is UTF-8");
    let mut lines = text.lines().enumerate();
    assert_eq!(lines.next(), Some((0, HEADER)), "{}", path.display());
    lines.map(|(at, line)| row(line, format!("{}:{}", path.display(), at + 1))).collect()
}

fn row(line: &str, place: String) -> Row {
    let fields: Vec<&str> = line.split('\t').collect();
    let [code, library, expression, import, drop_in, _since, deprecated_alias_of, preferred] =
        fields[..]
    else {
        panic!("{place}: has {} columns, not 8", fields.len())
    };
    Row {
        code: StatusCode::new(code.parse().unwrap_or_else(|_| panic!("{place}: code `{code}`"))),
        library: library.to_owned(),
        expression: expression.to_owned(),
        import: import.to_owned(),
        drop_in: drop_in.to_owned(),
        deprecated_alias_of: deprecated_alias_of.to_owned(),
        preferred: preferred.to_owned(),
        place,
    }
}

#[test]
fn tables_are_sorted_and_well_formed() {
    let tables = tables();
    assert!(tables.len() >= 4, "only {} languages have a table", tables.len());
    for rows in &tables {
        for pair in rows.windows(2) {
            let order = |row: &Row| (row.library.clone(), row.code);
            assert!(order(&pair[0]) <= order(&pair[1]), "{}: is out of order", pair[1].place);
        }
        for row in rows {
            let place = &row.place;
            assert!(["y", "n"].contains(&row.drop_in.as_str()), "{place}: drop_in");
            assert!(["y", "n"].contains(&row.preferred.as_str()), "{place}: preferred");
            assert!(!row.import.is_empty() && !row.import.contains("//"), "{place}: import");
            let plain =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-' | '!');
            assert!(row.expression.chars().all(plain), "{place}: `{}`", row.expression);
        }
    }
}

#[test]
fn a_library_prefers_one_name_for_a_code_and_means_one_code_by_a_name() {
    for rows in tables() {
        for (at, row) in rows.iter().enumerate() {
            for other in &rows[at + 1..] {
                if row.library != other.library {
                    break;
                }
                let both = format!("{} and {}", row.place, other.place);
                assert_ne!(row.expression, other.expression, "{both}");
                let preferred = row.preferred == "y" && other.preferred == "y";
                assert!(row.code != other.code || !preferred, "{both}: both are preferred");
            }
        }
    }
}

#[test]
fn deprecated_aliases_point_to_a_preferred_name_of_the_same_code() {
    let mut aliases = 0;
    for rows in tables() {
        for row in rows.iter().filter(|row| !row.deprecated_alias_of.is_empty()) {
            let current = rows.iter().find(|other| {
                (&other.library, other.code) == (&row.library, row.code)
                    && other.expression == row.deprecated_alias_of
            });
            let current = current.unwrap_or_else(|| {
                panic!("{}: there is no `{}`", row.place, row.deprecated_alias_of)
            });
            assert_eq!((&*current.preferred, &*row.preferred), ("y", "n"), "{}", row.place);
            aliases += 1;
        }
    }
    assert!(aliases > 0, "no table has a deprecated alias");
}

/// Names that say too little: `moved` alone is no 301, and `timeout` may be 408 or 504.
const TOO_GENERAL: &[(u16, &str)] = &[
    (103, "requests.codes.checkpoint"),
    (103, "status.CHECKPOINT"),
    (205, "requests.codes.reset"),
    (206, "requests.codes.partial"),
    (301, "requests.codes.moved"),
    (303, "requests.codes.other"),
    (306, "HttpStatusCode.Unused"),
    (307, "requests.codes.temporary"),
    (308, "requests.codes.resume"),
    (300, "HttpStatus.AMBIGUOUS"),
    (400, "requests.codes.bad"),
    (402, "requests.codes.payment"),
    (405, "requests.codes.not_allowed"),
    (408, "requests.codes.timeout"),
    (415, "requests.codes.media_type"),
    (416, "requests.codes.requested_range"),
    (422, "Boom.badData"),
    (424, "requests.codes.dependency"),
    (425, "requests.codes.unordered"),
    (426, "requests.codes.upgrade"),
    (428, "requests.codes.precondition"),
    (429, "requests.codes.too_many"),
    (451, "Boom.illegal"),
    (500, "requests.codes.server_error"),
    (500, "ServerError"),
    (503, "requests.codes.unavailable"),
    (505, "requests.codes.http_version"),
    (205, "HttpURLConnection.HTTP_RESET"),
    (206, "HttpURLConnection.HTTP_PARTIAL"),
    (300, "HttpStatusCode.Ambiguous"),
    (301, "HttpStatusCode.Moved"),
    (302, "HttpStatusCode.Redirect"),
    (303, "HttpStatusCode.RedirectMethod"),
    (306, "Response::HTTP_RESERVED"),
    (306, "StatusCodeInterface::STATUS_RESERVED"),
    (306, "HttpCode::RESERVED"),
    (306, "Http::STATUS_RESERVED"),
    (500, "ServerErrorHttpException"),
    (405, "NGX_HTTP_NOT_ALLOWED"),
    (405, "ngx.HTTP_NOT_ALLOWED"),
    (451, "ngx.HTTP_ILLEGAL"),
    (500, "HttpURLConnection.HTTP_SERVER_ERROR"),
    (500, "HttpURLConnection.HTTP_INTERNAL_ERROR"),
    (503, "HttpURLConnection.HTTP_UNAVAILABLE"),
    (505, "HttpURLConnection.HTTP_VERSION"),
    (103, "HttpStatus.CHECKPOINT"),
];

/// Names that say something else than the code.
const OTHER_MEANING: &[(u16, &str)] = &[
    // Named after what went wrong in the library.
    (416, "InvalidRangeType"),
    (500, "URLBuildError"),
    // Named after what went wrong in the library.
    (403, "AccessDeniedHttpException"),
    (403, "InvalidCsrfTokenException"),
    (500, "InternalErrorException"),
    // Misspelt by the library.
    (203, "Http::STATUS_NON_AUTHORATIVE_INFORMATION"),
    // What http4k answers with when there was no response.
    (503, "Status.CONNECTION_REFUSED"),
    (503, "Status.UNKNOWN_HOST"),
    (504, "Status.CLIENT_TIMEOUT"),
    // Microsoft IIS's own use of 451.
    (451, "status.REDIRECT"),
];

#[test]
fn the_names_of_registered_codes_give_their_codes() {
    let rows: Vec<Row> =
        tables().into_iter().flatten().filter(|row| row.code.entry().is_some()).collect();
    // `err404` and `CODE_404` say their code in digits, where the library tells what they are.
    let says = |row: &Row| {
        let last = row.expression.rsplit([':', '.']).next().unwrap_or_default();
        code_of_name(&row.expression) == Some(row.code) || digits_in_name(last) == Some(row.code)
    };
    let wrong: Vec<&Row> = rows.iter().filter(|row| !says(row)).collect();

    let excepted = |row: &Row| {
        TOO_GENERAL
            .iter()
            .chain(OTHER_MEANING)
            .any(|(code, expression)| *code == row.code.get() && row.expression == *expression)
    };
    for row in &wrong {
        let found = code_of_name(&row.expression);
        assert!(excepted(row), "{}: `{}` gives {found:?}", row.place, row.expression);
    }
    for (code, expression) in TOO_GENERAL.iter().chain(OTHER_MEANING) {
        let needed = |row: &&Row| row.code.get() == *code && row.expression == *expression;
        assert!(wrong.iter().any(needed), "`{expression}` needs no exception any more");
    }
    assert!(
        wrong.len() * 100 <= rows.len() * 2,
        "{} of {} names do not give their code: more than 2 %",
        wrong.len(),
        rows.len()
    );
}

#[test]
fn no_name_gives_another_registered_code() {
    for row in tables().into_iter().flatten() {
        let found = code_of_name(&row.expression);
        // 122 has the name of 414 in requests alone; http4k calls a client's own timeout 504.
        let excepted = ["requests.codes.request_uri_too_long", "Status.CLIENT_TIMEOUT"]
            .contains(&&*row.expression);
        assert!(
            found.is_none_or(|code| code == row.code) || excepted,
            "{}: `{}` gives {found:?}",
            row.place,
            row.expression
        );
    }
}

#[test]
fn every_excepted_general_name_is_a_known_name_of_its_code() {
    for (code, expression) in TOO_GENERAL {
        let entry = StatusCode::new(*code).entry().expect("is registered");
        assert!(entry.is_known_name(expression), "{code}: `{expression}`");
    }
}
