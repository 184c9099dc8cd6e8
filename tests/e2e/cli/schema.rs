//! `schema`: the JSON schema of the configuration.

use crate::Folder;

#[test]
fn the_schema_is_the_one_in_the_repository() {
    let folder = Folder::new(&[]);
    let outcome = folder.run(&["schema"]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    let kept = include_str!("../../../statuslint.schema.json");
    assert_eq!(outcome.stdout, kept.replace("\r\n", "\n"));
    let rules = folder.run(&["rules", "--output-format", "json"]).json();
    let schema = outcome.json();
    for rule in rules["rules"].as_array().unwrap() {
        let known = &schema["properties"]["rules"]["properties"][rule["name"].as_str().unwrap()];
        assert_eq!(known["default"], rule["severity"], "{rule}");
    }
}
