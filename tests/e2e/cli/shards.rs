//! A run in several parts, and their outputs as one.

use crate::Folder;
use crate::folder::{RESERVED, WRONG};
use crate::formats::FORMATS;

/// Two projects, one of which has a function that takes a status, called in other files.
fn projects() -> Folder {
    let folder = Folder::sample();
    folder.write("a/package.json", b"{}");
    folder.write("b/package.json", b"{}");
    folder.write("a/deny.py", b"def deny(reason, status_code):\n    return {'error': reason}\n");
    for number in 0..10 {
        folder.write(&format!("a/call{number}.py"), b"# http\ndeny('no', 402)\n");
        folder.write(&format!("b/{number}.go"), WRONG.as_bytes());
    }
    folder.write("c.py", RESERVED.as_bytes());
    folder
}

fn lines(folder: &Folder, command: &str, shard: Option<&str>) -> Vec<String> {
    let mut arguments = vec![command, "--output-format", "jsonl"];
    arguments.extend(shard.into_iter().flat_map(|shard| ["--shard", shard]));
    let outcome = folder.run(&arguments);
    assert!(outcome.status < 2, "{}", outcome.stderr);
    outcome.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn shards_together_are_the_whole() {
    let folder = projects();
    for command in ["check", "sites"] {
        let whole = lines(&folder, command, None);
        let across = whole.iter().any(|line| line.contains("\"a/call7.py\""));
        assert!(across, "what one file tells of another is found");
        for of in [1, 3, 8] {
            let mut all = Vec::new();
            for number in 1..=of {
                let part = lines(&folder, command, Some(&format!("{number}/{of}")));
                folder.write(&format!("{number}.jsonl"), (part.join("\n") + "\n").as_bytes());
                all.extend(part);
            }
            let parts: Vec<String> =
                (1..=of).rev().map(|number| format!("{number}.jsonl")).collect();
            let mut merge = vec!["merge"];
            merge.extend(parts.iter().map(String::as_str));
            let merged = folder.run(&merge);
            assert_eq!(merged.stdout.lines().collect::<Vec<_>>(), whole, "{command} {of}");
            assert_eq!(merged.status, i32::from(command == "check"), "{}", merged.stderr);
            assert_eq!(all.len(), whole.len(), "each is in one shard: {command} {of}");
        }
    }
}

#[test]
fn shards_have_as_many_files_each() {
    let folder = projects();
    let files = |shard: &str| {
        let log = folder.run(&["check", "--output-format", "json", "--shard", shard]).json();
        log["summary"]["files"].as_u64().unwrap()
    };
    assert_eq!(files("1/1"), 27);
    let four: Vec<u64> = (1..=4).map(|number| files(&format!("{number}/4"))).collect();
    assert_eq!((four.iter().sum::<u64>(), four.iter().max()), (27, Some(&7)), "{four:?}");
}

#[test]
fn merged_findings_can_be_written_in_every_format() {
    let folder = projects();
    for number in ["1", "2"] {
        let shard = format!("{number}/2");
        folder.run(&["check", "--shard", &shard, "--output-format", "jsonl", "-o", number]);
    }
    for format in FORMATS {
        let whole = folder.run(&["check", "--output-format", format]).stdout;
        let merged = folder.run(&["merge", "2", "1", "1", "--output-format", format]);
        assert_eq!((merged.status, merged.stderr.as_str()), (1, ""), "{format}");
        // How many files there were is in no line.
        let without_counts = |text: &str| -> Vec<String> {
            let counts = |line: &&str| !line.contains("\"files\":") && !line.contains(" files");
            text.lines().filter(counts).map(str::to_owned).collect()
        };
        assert_eq!(without_counts(&merged.stdout), without_counts(&whole), "{format}");
    }
    assert_eq!(folder.run(&["merge", "1", "--fail-on", "error", "--exit-zero"]).status, 0);
}

#[test]
fn what_cannot_be_merged_is_named_and_the_rest_is_merged() {
    let folder = Folder::sample();
    folder.run(&["check", "--output-format", "jsonl", "-o", "good"]);
    folder.run(&["sites", "--output-format", "jsonl", "-o", "sites"]);
    folder.write("bad", b"\n{}\n[1,\n");
    let outcome = folder.run(&["merge", "bad", "good"]);
    assert_eq!((outcome.status, outcome.stdout.lines().count()), (2, 3));
    for line in ["error: bad:2: is no line of --output-format jsonl: ", "error: bad:3: "] {
        assert!(outcome.stderr.contains(line), "{}", outcome.stderr);
    }
    for (arguments, said) in [
        (&["merge", "missing"][..], "cannot read missing"),
        (&["merge", "sites", "--output-format", "text"], "holds a site"),
        (&["merge"], "required"),
    ] {
        let outcome = folder.run(arguments);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    }
    folder.write("src/pay.py", b"");
    let changed = folder.run(&["merge", "good", "--output-format", "text"]);
    assert_eq!(changed.status, 2);
    assert!(changed.stderr.contains("src/pay.py: is not as it was"), "{}", changed.stderr);
}
