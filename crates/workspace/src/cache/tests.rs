//! What a cache knows, and when it must not.

use std::fs;
use std::time::Duration;

use statuslint_config::{Configs, Overrides};

use super::*;

fn silence(code: u16) -> Silence {
    Silence { codes: vec![code], sites: true, ..Silence::default() }
}

struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A cache that takes it to be a minute later, when what was just written is old.
    fn later(&self) -> Cache {
        Cache { now: SystemTime::now() + Duration::from_mins(1), ..self.now() }
    }

    fn now(&self) -> Cache {
        Cache::open(&self.folder.path().join("cache"), self.folder.path())
    }

    fn write(&self, text: &str) -> (Slot, Option<Stamp>) {
        let path = self.folder.path().join("a.py");
        fs::write(&path, text).unwrap();
        (Cache::slot(&path, &Index::default()).unwrap(), Stamp::of(&path))
    }
}

#[test]
fn a_text_is_known_by_its_bytes_and_its_key() {
    let world = World::new();
    let (slot, stamp) = world.write("404");
    let cache = world.now();
    cache.note(&slot, [1; 32], stamp, "404", silence(404));
    assert_eq!(cache.by_text(&slot, &[1; 32], stamp, "404"), None, "it is for later runs");
    cache.save(&[]).unwrap();
    let cache = world.now();
    assert_eq!(cache.by_text(&slot, &[1; 32], stamp, "404"), Some(silence(404)));
    assert_eq!(cache.by_text(&slot, &[1; 32], stamp, "405"), None);
    assert_eq!(cache.by_text(&slot, &[2; 32], stamp, "404"), None);
    assert_eq!(cache.by_stamp(&slot, &[1; 32], stamp), None, "it was too young");
    assert_eq!(world.now().with_sites().by_text(&slot, &[1; 32], stamp, "404"), None);
    assert_eq!(cache.recalled(), 1);
}

#[test]
#[cfg(unix)]
fn an_old_file_is_known_by_its_stamp_until_it_changes() {
    let world = World::new();
    let (slot, stamp) = world.write("404");
    let cache = world.later();
    cache.note(&slot, [1; 32], stamp, "404", silence(404));
    cache.save(&[]).unwrap();
    let cache = world.later();
    assert_eq!(cache.by_stamp(&slot, &[1; 32], stamp), Some(silence(404)));
    assert_eq!(cache.by_stamp(&slot, &[2; 32], stamp), None);
    // The same size, and the time of the content put back.
    let path = world.folder.path().join("a.py");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(20));
    let (_, changed) = world.write("405");
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(modified).unwrap();
    assert_ne!(changed, stamp);
    assert_eq!(cache.by_stamp(&slot, &[1; 32], Stamp::of(&path)), None);
}

#[test]
fn what_is_gone_is_forgotten_and_what_was_not_looked_at_stays() {
    let world = World::new();
    let (slot, stamp) = world.write("404");
    let other = Slot { path: "/elsewhere/b.py".to_owned(), joined: false };
    let cache = world.now();
    cache.note(&slot, [1; 32], stamp, "404", silence(404));
    cache.note(&other, [1; 32], None, "404", silence(404));
    cache.save(&[]).unwrap();
    let cache = world.now();
    let third = Slot { path: "/elsewhere/c.py".to_owned(), joined: true };
    cache.note(&third, [1; 32], None, "404", silence(404));
    cache.save(&[world.folder.path().to_path_buf()]).unwrap();
    let cache = world.now();
    assert_eq!(cache.by_text(&slot, &[1; 32], stamp, "404"), None);
    for slot in [other, third] {
        assert_eq!(cache.by_text(&slot, &[1; 32], None, "404"), Some(silence(404)));
    }
}

#[test]
fn a_file_that_is_not_as_it_was_written_is_none() {
    let world = World::new();
    let (slot, stamp) = world.write("404");
    let cache = world.now();
    let file = cache.file.clone();
    cache.note(&slot, [1; 32], stamp, "404", silence(404));
    cache.save(&[]).unwrap();
    let whole = fs::read(&file).unwrap();
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 1;
        fs::write(&file, &broken).unwrap();
        assert_eq!(world.now().by_text(&slot, &[1; 32], stamp, "404"), None, "byte {at}");
        fs::write(&file, &whole[..at]).unwrap();
        assert_eq!(world.now().by_text(&slot, &[1; 32], stamp, "404"), None, "{at} bytes");
    }
    fs::write(&file, whole).unwrap();
    assert!(world.now().by_text(&slot, &[1; 32], stamp, "404").is_some());
}

#[test]
fn every_setting_is_in_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("statuslint.toml");
    let python = Language::from_id("python").unwrap();
    let key_of = |text: &str, path: &str| {
        fs::write(&file, text).unwrap();
        let configs = Configs::fixed(&file).unwrap();
        let path = folder.path().join(path);
        let config = configs.for_path(&path).unwrap();
        key(&config.settings(&path, python, &Overrides::default()), python, &Index::default())
    };
    let texts = [
        "",
        "vendors = ['nginx']",
        "allow = [402]",
        "allow = [209]",
        "evidence = 'likely'",
        "[rules]\nmagic-code = 'hint'",
        "[[call]]\nname = 'respond_with'\nargument = 1",
        "[[call]]\nname = 'respond_with'\nargument = 2",
        "[[name]]\npattern = 'rc'",
        "[[code]]\ncode = 470\nname = 'Tenant Suspended'",
        "[[code]]\ncode = 470\nname = 'Suspended'",
        "[[override]]\npaths = ['a*']\nrules = { unknown-code = 'off' }",
    ];
    let keys: Vec<Key> = texts.iter().map(|text| key_of(text, "a.py")).collect();
    for (at, one) in keys.iter().enumerate() {
        let same = keys.iter().filter(|other| *other == one).count();
        assert_eq!(same, 1, "{}", texts[at]);
    }
    assert_eq!(key_of("allow = [402]", "a.py"), keys[2], "the same in every run");
    assert_ne!(key_of("", "tests/a.py"), keys[0], "where it stands counts");
    let settings = Settings::default();
    let ruby = Language::from_id("ruby").unwrap();
    let of = |language| key(&settings, language, &Index::default());
    assert_ne!(of(python), of(ruby));
}
