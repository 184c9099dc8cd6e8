//! `report`: the numbers in the page are those of `sites`, and nothing in it can act or fetch.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Folder;
use crate::folder::RESERVED;

const OPENAPI: &str = "\
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        \"200\": {description: here it is}
        \"404\": {description: there is none}
    delete:
      responses:
        4XX: {description: no}
        default: {description: whatever}
";

const TEST: &str = "\
import requests

def test_missing():
    response = requests.get('/orders/0')
    assert response.status_code == 404
    if response.status_code in (502, 503):
        raise SystemExit
";

/// The sample of the other tests, with a description, a test and a place that is only likely.
fn tree() -> Folder {
    let folder = Folder::sample();
    folder.write("api/openapi.yaml", OPENAPI.as_bytes());
    folder.write("tests/test_orders.py", TEST.as_bytes());
    folder.write("likely.py", b"# an HTTP code\ndef check(code):\n    return code == 404\n");
    folder
}

/// The page about the whole folder.
fn page(folder: &Folder, arguments: &[&str]) -> String {
    let outcome = folder.run(&[&["report"], arguments].concat());
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    outcome.stdout
}

/// What stands before the JSON of a page, the JSON, and what stands behind it.
fn parts(page: &str) -> (&str, Value, &str) {
    let (before, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    let (data, behind) = rest.split_once("</script>").unwrap();
    (before, serde_json::from_str(data).unwrap(), behind)
}

fn data(page: &str) -> Value {
    parts(page).1
}

/// How many sites have each value of a key.
fn counted<'s>(
    sites: impl IntoIterator<Item = &'s Value>,
    key: impl Fn(&Value) -> String,
) -> Value {
    let mut counts = BTreeMap::new();
    for site in sites {
        *counts.entry(key(site)).or_insert(0) += 1;
    }
    json!(counts)
}

/// What a site says, as the counts of the page call it.
fn code(site: &Value) -> String {
    match (&site["code"], &site["class"]) {
        (Value::Null, Value::Null) => "invalid".to_owned(),
        (Value::Null, class) => format!("{class}XX"),
        (code, _) => code.to_string(),
    }
}

fn text(key: &'static str) -> impl Fn(&Value) -> String {
    move |site| site[key].as_str().unwrap().to_owned()
}

/// Compares everything that the page says about sites with what `sites` says.
#[track_caller]
fn agrees(folder: &Folder, arguments: &[&str]) {
    let page = data(&page(folder, arguments));
    let sites = [&["sites", "--output-format", "json"], arguments].concat();
    let sites = folder.run(&sites).json()["sites"].as_array().unwrap().clone();
    assert!(sites.len() > 5, "{sites:?}");
    let counts = &page["counts"];
    assert_eq!(counts["sites"], sites.len());
    assert_eq!(counts["role"], counted(&sites, text("role")));
    assert_eq!(counts["language"], counted(&sites, text("language")));
    assert_eq!(counts["file"], counted(&sites, text("path")));
    let mut codes = Map::new();
    for key in sites.iter().map(code) {
        let of_code = sites.iter().filter(|site| code(site) == key);
        codes.insert(key.clone(), counted(of_code, text("role")));
    }
    assert_eq!(counts["code"], Value::Object(codes));
    let rows = page["sites"].as_array().unwrap();
    assert_eq!(rows.len(), sites.len());
    for (row, site) in rows.iter().zip(&sites) {
        let file = &page["files"][usize::try_from(row[0].as_u64().unwrap()).unwrap()];
        let api = row[7].as_i64().unwrap();
        let api = usize::try_from(api).map_or(&Value::Null, |at| &page["apis"][at]);
        let said = match &row[3] {
            Value::Null => "invalid".to_owned(),
            Value::String(class) => class.clone(),
            code => code.to_string(),
        };
        assert_eq!(said, code(site));
        assert_eq!(
            json!([file["path"], row[1], row[2], row[4], row[5], file["language"], api]),
            json!([
                site["path"],
                site["start"]["line"],
                site["start"]["column"],
                site["role"],
                site["kind"],
                site["language"],
                site["api"],
            ])
        );
        assert_eq!(row[6].as_u64().unwrap() & 1 == 1, site["evidence"] == "likely");
        assert_eq!(row[8][1], site["text"]);
    }
}

#[test]
fn the_numbers_are_those_of_sites() {
    let folder = tree();
    agrees(&folder, &[]);
    agrees(&folder, &["--evidence", "certain"]);
    agrees(&folder, &["src", "api", "tests", "."]);
    folder.write("more.json", br#"{"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {"2xX0": {}, "404": {}}}}}}"#);
    agrees(&folder, &[]);
}

#[test]
fn the_numbers_are_those_of_sites_in_the_examples() {
    let folder = Folder::new(&[]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    agrees(&folder, &[examples.to_str().unwrap()]);
}

#[test]
fn findings_stand_beside_their_places() {
    let folder = tree();
    let page = data(&page(&folder, &[]));
    let found = folder.run(&["check", "--output-format", "json"]).json();
    let found = found["findings"].as_array().unwrap();
    let rows = page["findings"].as_array().unwrap();
    assert_eq!(rows.len(), found.len());
    for (row, finding) in rows.iter().zip(found) {
        let said = json!([row[1], row[2], row[3], row[4], row[5], row[6]]);
        let start = &finding["start"];
        assert_eq!(
            said,
            json!([
                start["line"],
                start["column"],
                finding["rule"],
                finding["severity"],
                finding["message"],
                finding["help"],
            ])
        );
        let about = usize::try_from(row[7][0].as_u64().unwrap()).unwrap();
        let site = &page["sites"][about];
        assert_eq!((&site[0], &site[1], &site[3]), (&row[0], &row[1], &finding["code"]));
        assert!(page["rules"][row[3].as_str().unwrap()].is_string());
    }
}

#[test]
fn operations_have_the_codes_they_document() {
    let page = data(&page(&tree(), &[]));
    let operations = page["operations"].as_array().unwrap();
    let said: Vec<Value> = operations
        .iter()
        .map(|row| {
            let sites = row[5].as_array().unwrap().iter();
            let codes: Vec<&Value> = sites
                .map(|at| &page["sites"][usize::try_from(at.as_u64().unwrap()).unwrap()][3])
                .collect();
            json!([row[1], row[2], row[3], row[4], codes])
        })
        .collect();
    assert_eq!(
        said,
        [
            json!([6, "GET", "/orders/{id}", false, [200, 404]]),
            json!([10, "DELETE", "/orders/{id}", true, ["4XX"]]),
        ]
    );
}

#[test]
fn nothing_is_fetched() {
    let whole = page(&tree(), &[]);
    let (before, data, behind) = parts(&whole);
    for (_, code) in data["codes"].as_object().unwrap() {
        let url = code["url"].as_str();
        assert!(url.is_none_or(|url| url.starts_with("https://www.rfc-editor.org/rfc/")), "{code}");
    }
    for part in [before, behind] {
        // The name of the vocabulary of drawings is no address.
        let part = part.replace("\"http://www.w3.org/2000/svg\"", "").to_lowercase();
        for reference in
            ["http:", "//www", " src=", "url(", "@import", "import(", "fetch(", "xmlhttp"]
        {
            assert!(!part.contains(reference), "{reference}");
        }
        // That a link from the data is one of a standard is asked before it is made.
        assert_eq!(part.matches("https:").count(), part.matches("startswith(\"https:").count());
    }
    assert!(before.contains("default-src 'none'; script-src 'sha256-"));
    assert!(!whole.contains("unsafe-inline"));
}

#[test]
fn the_same_files_give_the_same_page() {
    let folder = tree();
    let first = page(&folder, &["-j", "1"]);
    assert_eq!(page(&folder, &["-j", "4"]), first);
    assert_eq!(page(&folder, &["-o", "-"]), first);
    for _ in 0..2 {
        // The page of an earlier run is none of the files.
        assert_eq!(page(&folder, &["-o", "page.html"]), "");
        assert_eq!(folder.read("page.html"), first);
    }
    // Nor has the page any statuses, wherever it is put.
    let sites = folder.run(&["sites", "--output-format", "concise", "page.html"]);
    assert_eq!(sites.stdout, "");
}

#[test]
fn what_a_run_writes_is_not_read_by_the_next() {
    let folder = tree();
    let results = [(); 3].map(|()| {
        folder.run(&["check", "--output-format", "json", "-o", "found.json"]);
        folder.read("found.json")
    });
    assert!(results.iter().all(|it| *it == results[0]));
}

#[test]
fn what_could_not_be_read_is_said_and_the_page_is_written() {
    let folder = tree();
    folder.write("latin1.py", b"# caf\xe9\nimport requests\nr.status_code == 306\n");
    let outcome = folder.run(&["report", ".", "gone.py", "-o", "page.html"]);
    assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
    assert!(outcome.stderr.contains("error: gone.py: "), "{}", outcome.stderr);
    let page = data(&folder.read("page.html"));
    let said: Vec<_> = page["problems"].as_array().unwrap().iter().collect();
    assert_eq!((&said[0]["path"], &said[0]["failed"]), (&json!("gone.py"), &json!(true)));
    assert_eq!((&said[1]["path"], &said[1]["failed"]), (&json!("latin1.py"), &json!(false)));
    let outcome = folder.run(&["report", "-o", "missing/page.html"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("cannot write missing/page.html"), "{}", outcome.stderr);
}

#[test]
fn findings_are_no_failure() {
    let folder = Folder::new(&[("a.py", RESERVED)]);
    assert_eq!(data(&page(&folder, &[]))["findings"].as_array().map(Vec::len), Some(1));
    let empty = data(&page(&Folder::new(&[("a.py", "x = 1\n")]), &[]));
    assert_eq!((&empty["counts"]["sites"], &empty["checked"]), (&json!(0), &json!(1)));
}

#[test]
fn it_is_named_after_what_was_asked_for() {
    let folder = tree();
    let name = |arguments: &[&str]| data(&page(&folder, arguments))["name"].clone();
    let own = folder.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(name(&[]), own);
    assert_eq!(name(&["src", "./wrong.go"]), "src, wrong.go");
    let outcome =
        folder.run_with_input(&["report", "--stdin-filename", "x/a.py", "-"], RESERVED.as_bytes());
    assert_eq!(data(&outcome.stdout)["name"], "x/a.py");
}

#[test]
#[cfg(unix)]
fn hostile_names_and_codes_stay_in_their_json() {
    let folder = tree();
    let clean = page(&folder, &[]);
    let hostile = [
        "</script><script>alert(1)</script>.py",
        "<img src=x onerror=alert(1)>/\"onload='alert(1)'.py",
        "<!--<script>\u{2028}{{data}}{{script}}.py",
        "evil\u{1b}]0;owned\u{7}\n\u{202e}.py",
    ];
    for name in hostile {
        let name = name.replacen("</", "<\\", 1);
        let source = format!(
            "{RESERVED}# </script><b>\u{2028}]]>\nResponse(status_code=404) # </script>&lt;\n"
        );
        folder.write(&name, source.as_bytes());
    }
    let whole = page(&folder, &[]);
    let (before, data, behind) = parts(&whole);
    let (clean_before, _, clean_behind) = parts(&clean);
    // Only the numbers of the summary may differ.
    let plain = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    assert_eq!((plain(before), behind), (plain(clean_before), clean_behind));
    let raw = &whole[before.len()..whole.len() - behind.len()];
    assert_eq!(raw.matches('<').count(), 2, "only the element itself");
    assert!(!raw.contains('\u{2028}'));
    let paths: Vec<&str> =
        data["files"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    for name in hostile {
        assert!(paths.contains(&&*name.replacen("</", "<\\", 1)), "{name:?} is not in {paths:?}");
    }
    let snippets = data["sites"].as_array().unwrap().iter().map(|row| row[8][2].as_str().unwrap());
    assert!(snippets.into_iter().any(|it| it.ends_with("# </script>&lt;")));
    assert!(fs::metadata(folder.path().join("page.html")).is_err());
}
