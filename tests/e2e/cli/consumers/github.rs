//! Workflow commands, read as the runner of GitHub Actions reads a line of the log.

use std::collections::BTreeMap;

use super::{Said, is_hidden, subjects, visible};

/// A command with its properties and its data.
#[derive(Debug)]
struct Action {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

/// What the runner makes of a line: `::name key=value,key=value::data`, where the end of the
/// properties is the next `::`.
fn action(line: &str) -> Option<Action> {
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.trim().split(',').filter_map(|it| it.split_once('='));
    let properties = properties.map(|(key, value)| {
        let value = value.replace("%0D", "\r").replace("%0A", "\n");
        let value = value.replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
        (key.to_owned(), value)
    });
    let data = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    Some(Action { name: name.to_owned(), properties: properties.collect(), data })
}

#[test]
fn the_runner_reads_what_json_says() {
    // Ends of lines are escaped, and come back.
    let shown = |text: &str| {
        visible(text, |c| is_hidden(c) && !matches!(c, '\r' | '\n' | '\u{fffe}' | '\u{ffff}'))
    };
    for subject in subjects() {
        let text = subject.written("github");
        let actions: Vec<Action> =
            text.split_terminator('\n').map(|it| action(it).unwrap()).collect();
        let names =
            [("error", "error"), ("warning", "warning"), ("info", "notice"), ("hint", "notice")];
        let expected = Said::of(&subject).mapped(names, |it, name| {
            let ((line, column), (end_line, end_column)) = (it.start, it.end);
            let mut properties = vec![
                ("title", format!("statuslint ({})", it.rule)),
                ("file", shown(&it.path)),
                ("line", line.to_string()),
                ("endLine", end_line.to_string()),
            ];
            if line == end_line {
                properties.push(("col", column.to_string()));
                properties.push(("endColumn", end_column.to_string()));
            }
            let data = {
                let message = it.joined("\nhelp: ");
                format!("{}:{line}:{column}: {}: {message}", it.path, it.rule)
            };
            let properties = properties.into_iter().map(|(key, value)| (key.to_owned(), value));
            (name.to_owned(), properties.collect::<BTreeMap<_, _>>(), shown(&data))
        });
        let read: Vec<_> =
            actions.into_iter().map(|it| (it.name, it.properties, it.data)).collect();
        assert_eq!(read, expected, "{}", subject.name);
    }
}
