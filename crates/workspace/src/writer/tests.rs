//! Files after they were written, or not.

use super::*;

struct Place {
    folder: tempfile::TempDir,
    file: PathBuf,
}

fn place(content: &[u8]) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.py");
    fs::write(&file, content).unwrap();
    Place { folder, file }
}

impl Place {
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

#[test]
fn a_file_is_replaced_and_nothing_is_left_behind() {
    let place = place(b"\xef\xbb\xbfold\r\n");
    write(&place.file, b"\xef\xbb\xbfold\r\n", b"\xef\xbb\xbfnew\r\n").unwrap();
    assert_eq!(fs::read(&place.file).unwrap(), b"\xef\xbb\xbfnew\r\n");
    assert_eq!(place.names(), ["a.py"]);
}

#[test]
fn a_file_that_changed_stays() {
    let place = place(b"other");
    let error = write(&place.file, b"old", b"new").unwrap_err();
    assert!(matches!(error, WriteError::Changed), "{error}");
    assert_eq!(fs::read(&place.file).unwrap(), b"other");
    fs::remove_file(&place.file).unwrap();
    let error = write(&place.file, b"old", b"new").unwrap_err();
    assert_eq!(error.to_string(), "was left as it is: no such file or directory");
    assert!(place.names().is_empty());
}

#[test]
fn a_read_only_file_stays() {
    let place = place(b"old");
    let mut permissions = fs::metadata(&place.file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&place.file, permissions).unwrap();
    let error = write(&place.file, b"old", b"new").unwrap_err();
    assert_eq!(error.to_string(), "was left as it is: it is read-only");
    assert_eq!(fs::read(&place.file).unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn the_mode_and_links_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let place = place(b"old");
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o750)).unwrap();
    let link = place.folder.path().join("link.py");
    symlink("a.py", &link).unwrap();
    write(&link, b"old", b"new").unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("a.py"));
    assert_eq!(fs::read(&place.file).unwrap(), b"new");
    assert_eq!(fs::metadata(&place.file).unwrap().mode() & 0o777, 0o750);
    let twin = place.folder.path().join("twin.py");
    fs::hard_link(&place.file, &twin).unwrap();
    for (before, after) in [("new", "longer"), ("longer", "s")] {
        write(&twin, before.as_bytes(), after.as_bytes()).unwrap();
        write(&place.file, before.as_bytes(), after.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&place.file).unwrap(), after);
    }
    assert_eq!(fs::metadata(&twin).unwrap().ino(), fs::metadata(&place.file).unwrap().ino());
    assert_eq!(place.names(), ["a.py", "link.py", "twin.py"]);
}

#[test]
fn what_a_killed_process_left_is_swept() {
    let place = place(b"old");
    // No process has this number.
    let left = place.folder.path().join(name(&place.file, "4294967295"));
    let other = place.folder.path().join(".b.py.4294967295.statuslint-tmp");
    for path in [&left, &other] {
        fs::write(path, "half").unwrap();
        let old = std::time::SystemTime::now() - 2 * STALE;
        File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    }
    write(&place.file, b"old", b"new").unwrap();
    assert!(!left.exists());
    assert!(other.exists(), "it is none of this file");
}

#[test]
fn a_long_name_is_no_obstacle() {
    let place = place(b"");
    let long = place.folder.path().join(format!("{}.py", "x".repeat(250)));
    fs::write(&long, "old").unwrap();
    write(&long, b"old", b"new").unwrap();
    assert_eq!(fs::read(&long).unwrap(), b"new");
}
