//! Paths without the disk: absolute, without `.` and `..`, with `/`.

use std::path::{Component, Path, PathBuf};

/// The path made absolute, its `.` and `..` resolved by name alone, without asking the disk.
pub fn absolute(path: &Path) -> PathBuf {
    let absolute = if path.is_absolute() {
        path.to_path_buf()
    } else {
        std::env::current_dir().unwrap_or_default().join(path)
    };
    let mut resolved = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
    }
    resolved
}

/// The path below `base` with `/` between its parts, or `None` when it is not below it.
pub(crate) fn below(path: &Path, base: &Path) -> Option<String> {
    Some(slashes(path.strip_prefix(base).ok()?))
}

/// The parts of the path with `/` between them, a leading root left out.
pub(crate) fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy()),
            _ => None,
        })
        .collect();
    parts.join("/")
}

/// The path for people: from the current folder when it is below that.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(below) if below.as_os_str().is_empty() => ".".to_owned(),
        Ok(below) => below.display().to_string(),
        Err(_) => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_by_name_alone() {
        let here = std::env::current_dir().unwrap();
        for (path, resolved) in [
            ("/a/./b/../c", PathBuf::from("/a/c")),
            ("/../a", PathBuf::from("/a")),
            ("a/b", here.join("a/b")),
            ("./a", here.join("a")),
            ("", here.clone()),
        ] {
            assert_eq!(absolute(Path::new(path)), resolved, "{path}");
        }
    }

    #[test]
    fn is_shown_from_here() {
        let here = std::env::current_dir().unwrap();
        for (path, expected) in [
            (here.join("a/b"), "a/b".to_owned()),
            (here.clone(), ".".to_owned()),
            (PathBuf::from("/"), "/".to_owned()),
        ] {
            assert_eq!(shown(&path), expected);
        }
    }

    #[test]
    fn joins_with_slashes() {
        assert_eq!(below(Path::new("/a/b/c"), Path::new("/a")).as_deref(), Some("b/c"));
        assert_eq!(below(Path::new("/a"), Path::new("/a")).as_deref(), Some(""));
        assert_eq!(below(Path::new("/ab/c"), Path::new("/a")), None);
    }
}
