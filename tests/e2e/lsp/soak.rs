//! Hours of editing: the process keeps its size and its pace.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use statuslint_tests::{Dice, full};

use crate::client::{Client, uri};
use crate::place::range_of;
use crate::sync::{AFTER, BEFORE, edit};

/// Changes of a round; with them go ten documents opened and closed, and one configuration.
const CHANGES: i32 = 500;
/// Documents that are opened and closed, by name.
const NAMES: usize = 200;
/// In pages of 4 KiB.
const TEN_MEGABYTES: u64 = 10 * 256;

/// What a process holds.
#[derive(Debug)]
struct Holdings {
    /// Resident memory in pages.
    pages: u64,
    files: usize,
    threads: usize,
    /// The processor time it has used, in hundredths of a second.
    used: u64,
}

impl Holdings {
    fn of(process: u32) -> Self {
        let here = Path::new("/proc").join(process.to_string());
        let count = |folder: &str| fs::read_dir(here.join(folder)).unwrap().count();
        let sizes = fs::read_to_string(here.join("statm")).unwrap();
        let pages = sizes.split(' ').nth(1).unwrap().parse().unwrap();
        let counted = fs::read_to_string(here.join("stat")).unwrap();
        // The name of the program is in brackets, and two of the numbers after it are the times.
        let numbers = counted.rsplit(')').next().unwrap().split(' ');
        let used = numbers.skip(12).take(2).map(|it| it.parse::<u64>().unwrap()).sum();
        Self { pages, files: count("fd"), threads: count("task"), used }
    }
}

/// A session, its document, and how long what is shown took to come.
struct Soak<'a> {
    folder: &'a Path,
    client: Client,
    dice: Dice,
    uri: String,
    text: String,
    version: i32,
    waits: Vec<Duration>,
}

impl Soak<'_> {
    fn change(&mut self) {
        self.version += 1;
        let change = if self.text.len() > 2_000 {
            self.text = [BEFORE, AFTER].concat();
            json!({"text": self.text})
        } else {
            edit(&mut self.text, &mut self.dice, "utf-16")
        };
        self.client.change(&self.uri, self.version, &json!([change]));
    }

    /// Waits for the diagnostics of the last change.
    fn shown(&mut self) {
        let found = self.client.diagnostics(&self.uri, self.version);
        assert_eq!(found.len(), 1, "version {}: {:?}", self.version, self.text);
        assert_eq!(found[0]["range"], range_of(&self.text, "306", "utf-16"));
    }

    /// Opens a document, looks at it and closes it.
    fn visit(&mut self) {
        let (language, extension, text) = self.dice.pick(&[
            ("python", "py", "from fastapi import HTTPException\nraise HTTPException(306)\n"),
            ("go", "go", "package a\n\nimport \"net/http\"\n\nvar _ = http.Error(w, \"\", 306)\n"),
            ("yaml", "yaml", "openapi: 3.1.0\npaths: {/: {get: {responses: {'306': {}}}}}\n"),
            ("markdown", "md", "# Nothing\n\nto see.\n"),
        ]);
        let name = format!("{}.{extension}", self.dice.below(NAMES));
        let uri = uri(&self.folder.join(name));
        self.client.open(&uri, language, text);
        self.client.diagnostics(&uri, 1);
        self.client.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        self.client.diagnostics(&uri, None::<i32>);
    }

    /// Changes the configuration.
    fn configure(&mut self) {
        let path = self.folder.join("statuslint.toml");
        fs::write(&path, format!("allow = [{}]\n", 400 + self.dice.below(18))).unwrap();
        let changes = json!({"changes": [{"uri": uri(&path), "type": 2}]});
        self.client.notify("workspace/didChangeWatchedFiles", &changes);
    }

    /// Changes one by one and in bursts, opens and closes, and changes the configuration.
    fn round(&mut self, burst: i32) {
        let mut left = CHANGES;
        while left > CHANGES - 100 {
            let begun = Instant::now();
            self.change();
            self.shown();
            self.waits.push(begun.elapsed());
            left -= 1;
        }
        while left > 0 {
            (0..burst).for_each(|_| self.change());
            self.shown();
            left -= burst;
        }
        (0..10).for_each(|_| self.visit());
        self.configure();
        self.change();
        self.shown();
        self.client.take_unread();
    }
}

/// The time that all but one in a hundred stay below.
fn p99(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() * 99 / 100]
}

#[test]
fn the_process_keeps_its_size_and_its_pace() {
    let (rounds, burst) = if full() { (2_000, 10) } else { (40, 100) };
    let here = tempfile::tempdir().unwrap();
    let uri = uri(&here.path().join("api.py"));
    let mut client = Client::with_encoding(here.path(), "utf-16");
    let text = [BEFORE, AFTER].concat();
    client.open(&uri, "python", &text);
    let (dice, waits) = (Dice::new(1), Vec::new());
    let mut soak = Soak { folder: here.path(), client, dice, uri, text, version: 1, waits };
    let mut all = vec![Holdings::of(soak.client.process())];
    for round in 1..=rounds {
        soak.round(burst);
        if round % (rounds / 10) == 0 {
            if full() {
                // Workers that have nothing to do leave after a while.
                std::thread::sleep(Duration::from_secs(3));
            }
            let holdings = Holdings::of(soak.client.process());
            println!("{} changes: {holdings:?}", soak.version);
            all.push(holdings);
        }
    }
    let (early, late) = (&all[1], all.last().unwrap());
    assert!(
        late.pages <= early.pages + (early.pages / 20).max(TEN_MEGABYTES),
        "{early:?}, {late:?}"
    );
    assert_eq!(late.files, early.files, "{early:?}, {late:?}");
    let more = if full() { 0 } else { 4 };
    assert!(late.threads <= early.threads + more, "{early:?}, {late:?}");
    let tenth = soak.waits.len() / 10;
    let (first, last) = (&soak.waits[..tenth], &soak.waits[soak.waits.len() - tenth..]);
    println!("{} single changes shown, p99 {:?}, then {:?}", tenth * 10, p99(first), p99(last));
    // What else the machine does shows on the clock, and not in the processor time.
    let first = early.used - all[0].used;
    let last = late.used - all[all.len() - 2].used;
    println!("processor time of a tenth {first}0 ms, then {last}0 ms");
    assert!(!full() || last * 10 <= first * 12, "{first}0 ms, then {last}0 ms");
}
