//! `codes` and `rules`: the lists, their filters, their JSON.

use serde_json::Value;

use crate::Folder;

fn codes(filters: &[&str]) -> Vec<Value> {
    let folder = Folder::new(&[]);
    let outcome = folder.run(&[&["codes", "--output-format", "json"], filters].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    outcome.json()["codes"].as_array().unwrap().clone()
}

#[test]
fn the_catalogue_is_whole_and_in_order() {
    let all = codes(&[]);
    let registered = all.iter().filter(|code| code["vendor"].is_null()).count();
    assert_eq!(registered, 64, "the registry has 64 codes");
    assert!(all.is_sorted_by_key(|code| code["code"].as_u64()));
    for code in &all {
        assert_ne!(code["state"].is_null(), code["vendor"].is_null(), "{code}");
        assert!(!code["name"].as_str().unwrap().is_empty(), "{code}");
        assert!(!code["meaning"].as_str().unwrap().is_empty(), "{code}");
    }
}

#[test]
fn filters_leave_what_they_name() {
    for (filters, expected) in [
        (&["--state", "unused"][..], &[306, 418][..]),
        (&["--state", "unused,reserved"], &[306, 402, 418]),
        (&["--state", "deprecated", "--class", "3xx"], &[305]),
        (&["--vendor", "nginx"], &[444, 494, 495, 496, 497, 498, 499]),
        (&["--vendor", "nginx", "--class", "5"], &[]),
    ] {
        let numbers: Vec<u64> =
            codes(filters).iter().map(|code| code["code"].as_u64().unwrap()).collect();
        assert_eq!(numbers, expected, "{filters:?}");
    }
    for class in ["2", "2xx", "2XX", "successful"] {
        let found = codes(&["--class", class]);
        assert!(found.len() >= 10 && found.iter().all(|code| code["class"] == 2), "{class}");
    }
}

#[test]
fn a_code_in_json_has_every_fact() {
    let found = codes(&["--class", "4xx"]);
    let code = found.iter().find(|code| code["code"] == 413).unwrap();
    assert_eq!(code["name"], "Content Too Large");
    assert_eq!(code["state"], "registered");
    assert_eq!(
        (&code["reference"]["rfc"], &code["reference"]["section"]),
        (&9110.into(), &"15.5.14".into())
    );
    assert!(code["reference"]["url"].as_str().unwrap().starts_with("https://www.rfc-editor.org/"));
    assert!(code["older_names"].as_array().unwrap().contains(&"Payload Too Large".into()));
    assert_eq!((&code["cacheable"], &code["content"]), (&false.into(), &"allowed".into()));
}

#[test]
fn wrong_filters_are_said() {
    let folder = Folder::new(&[]);
    for (filters, said) in [
        (&["--vendor", "ngnix"][..], "did you mean \"nginx\"?"),
        (&["--vendor", "xyzzy"], "there are "),
        (&["--class", "6xx"], "a class is 1xx to 5xx"),
        (&["--state", "odd"], "possible values"),
        (&["--state", "unused", "--vendor", "nginx"], "cannot be used with"),
    ] {
        let outcome = folder.run(&[&["codes"], filters].concat());
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""), "{filters:?}");
        assert!(outcome.stderr.contains(said), "{filters:?}: {}", outcome.stderr);
    }
}

#[test]
fn the_tables_read_well() {
    let folder = Folder::new(&[]);
    insta::assert_snapshot!("codes_3xx", folder.run(&["codes", "--class", "3xx"]).stdout);
    let rules = folder.run(&["rules"]).stdout;
    let mut lines = rules.lines();
    assert!(lines.next().unwrap().starts_with("RULE "), "{rules}");
    assert!(lines.any(|line| line.starts_with("invalid-code ") && line.contains(" error ")));
}

#[test]
fn the_rules_in_json_are_those_of_the_table() {
    let folder = Folder::new(&[]);
    let table = folder.run(&["rules"]).stdout;
    let json = folder.run(&["rules", "--output-format", "json"]).json();
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(table.lines().count(), rules.len() + 1);
    for (line, rule) in table.lines().skip(1).zip(rules) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), rule["name"].as_str());
        assert_eq!(words.next(), rule["severity"].as_str());
        assert_eq!(words.next() == Some("fix"), rule["fixable"].as_bool().unwrap(), "{line}");
        assert!(line.ends_with(rule["summary"].as_str().unwrap()), "{line}");
        assert!(rule["url"].as_str().unwrap().starts_with("https://"), "{rule}");
    }
}
