//! Measures completions in long documents: a fixture of each language, repeated.

use statuslint_languages::Language;
use statuslint_lint::{Known, Settings, analyze, completions};
use std::time::Instant;
const LINES: usize = 10_000;
fn main() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/completion");
    let settings = Settings::default();
    let mut paths: Vec<_> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    println!(
        "{:<12}{:>8}{:>10}{:>8}{:>8}{:>8}{:>8}  {:>8}{:>8}",
        "language", "lines", "analyze", "p50", "p99", "max", "asked", "found99", "none50"
    );
    for path in paths {
        let id = path.file_stem().unwrap().to_str().unwrap();
        let language = Language::from_id(id).unwrap();
        let fixture = std::fs::read_to_string(&path).unwrap();
        let plain: String = fixture.split_inclusive('\n').filter(|l| !l.contains('‸')).collect();
        let cases: Vec<(usize, String, usize)> = fixture
            .split_inclusive('\n')
            .enumerate()
            .filter(|(_, l)| l.contains('‸'))
            .map(|(n, l)| {
                let l = l.split('⇒').next().unwrap().trim_end_matches(' ');
                let at = fixture
                    .split_inclusive('\n')
                    .take(n)
                    .filter(|l| !l.contains('‸'))
                    .map(str::len)
                    .sum();
                (at, l.replace('‸', ""), l.find('‸').unwrap())
            })
            .collect();
        let times = LINES / plain.lines().count();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../languages/languages")
            .join(language.id())
            .join("fixtures");
        let mut filler = String::new();
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.file_name().unwrap().to_str().unwrap().starts_with("found"))
            .collect();
        files.sort();
        let embedded = !language.is_code() || language.is_markup();
        while !embedded && filler.lines().count() < LINES - plain.lines().count() {
            for f in &files {
                filler.push_str(&std::fs::read_to_string(f).unwrap());
                filler.push('\n');
            }
        }
        let _ = times;
        if embedded {
            filler = "\n".repeat(LINES);
        }
        let doc = if embedded { format!("{plain}{filler}") } else { format!("{plain}{filler}") };
        let begun = Instant::now();
        let report = analyze(&doc, language, &settings);
        let analysis = begun.elapsed();
        let known = Known { text: &doc, usage: &report.usage };
        let mut slow = std::collections::BTreeMap::new();
        let (mut all, mut found_times, mut none_times) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..20 {
            for (at, line, cursor) in &cases {
                let mut text = doc.clone();
                text.insert_str(*at, &format!("{line}\n"));
                let begun = Instant::now();
                let found = completions(&text, language, &settings, Some(known), at + cursor);
                let t = begun.elapsed().as_secs_f64() * 1e3;
                all.push(t);
                if t > 3.0 {
                    slow.entry(line.clone()).or_insert(t);
                }
                if found.is_some() { found_times.push(t) } else { none_times.push(t) }
            }
        }
        for v in [&mut all, &mut found_times, &mut none_times] {
            v.sort_by(f64::total_cmp);
        }
        let p = |v: &Vec<f64>, q: f64| {
            v.get(((v.len() as f64 - 1.0) * q) as usize).copied().unwrap_or(0.0)
        };
        println!(
            "{:<12}{:>8}{:>10.0}{:>8.2}{:>8.2}{:>8.2}{:>8}  {:>8.2}{:>8.3}",
            language.id(),
            doc.lines().count(),
            analysis.as_secs_f64() * 1e3,
            p(&all, 0.5),
            p(&all, 0.99),
            p(&all, 1.0),
            all.len(),
            p(&found_times, 0.99),
            p(&none_times, 0.5)
        );
        for (line, t) in slow {
            println!("    {t:.1} {}", line.trim());
        }
    }
}
