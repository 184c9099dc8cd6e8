//! A run in several parts, and their outputs as one.

use crate::Folder;
use crate::folder::{RESERVED, WRONG};

/// Two projects, one of which has a function that takes a status, called in other files.
fn projects() -> Folder {
    let folder = Folder::sample();
    folder.write("a/package.json", b"{}");
    folder.write("b/package.json", b"{}");
    folder.write("a/deny.py", b"def deny(reason, status_code):\n    return {'error': reason}\n");
    for number in 0..10 {
        folder.write(&format!("a/call{number}.py"), b"# http\nimport deny\ndeny('no', 209)\n");
        folder.write(&format!("b/{number}.go"), WRONG.as_bytes());
    }
    folder.write("c.py", RESERVED.as_bytes());
    folder
}

fn lines(folder: &Folder, command: &str, shard: Option<String>) -> Vec<String> {
    let mut arguments = vec![command, "--output-format", "jsonl"];
    arguments.extend(shard.as_deref().map(|_| "--shard"));
    arguments.extend(shard.as_deref());
    let outcome = folder.run(&arguments);
    assert!(outcome.status < 2, "{}", outcome.stderr);
    outcome.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn shards_together_are_the_whole() {
    let folder = projects();
    for command in ["check", "sites"] {
        let whole = lines(&folder, command, None);
        assert!(whole.iter().any(|line| line.contains("\"a/call7.py\"")), "{whole:?}");
        for of in [1, 2, 3, 7, 40] {
            let mut all = Vec::new();
            for number in 1..=of {
                let part = lines(&folder, command, Some(format!("{number}/{of}")));
                assert_eq!(part, lines(&folder, command, Some(format!("{number}/{of}"))));
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
