//! The README's tables are those of the code: `BLESS=1 cargo test --test docs` writes them anew.

use nu_plugin_ebpf::spec::{
    command::COMMANDS, field::FIELDS, operator::OPERATORS, probe::KINDS, probe::RUN, stat::STATS,
};
use std::path::Path;

#[test]
fn the_readme_has_the_tables_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).expect("README.md");
    let mut wanted = text.clone();
    for (name, table) in tables() {
        wanted = with(&wanted, name, &table);
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, wanted).expect("README.md is written");
    } else {
        pretty_assertions::assert_eq!(text, wanted, "BLESS=1 cargo test --test docs writes the tables anew");
    }
}

#[test]
fn the_readme_is_not_too_long() {
    let text = include_str!("../README.md");
    assert!(text.lines().count() <= 300, "{} lines", text.lines().count());
}

fn tables() -> Vec<(&'static str, String)> {
    let kinds = KINDS.iter().map(|kind| {
        let aliases = if kind.aliases.is_empty() { String::new() } else { format!(" ({})", kind.aliases.join(", ")) };
        let written = format!("`{}:{}`{aliases}", kind.name, kind.grammar.written());
        [written, kind.doc.into(), format!("`{}`", kind.example), kind.min_kernel.into()]
    });
    // The rows of one field for several kinds of probe are one line.
    let mut fields: Vec<[String; 4]> = Vec::new();
    for field in FIELDS {
        let name = format!("`{}`", field.name);
        let kinds: Vec<&str> = KINDS
            .iter()
            .chain([&RUN])
            .filter(|kind| field.frames.contains(&kind.frame))
            .map(|kind| kind.name)
            .collect();
        let kinds = if kinds.len() > KINDS.len() { "all".to_string() } else { kinds.join(", ") };
        match fields.iter_mut().find(|row| row[0] == name) {
            Some(row) => row[3] = format!("{}, {kinds}", row[3]),
            None => fields.push([name, field.ty.to_string(), field.doc.into(), kinds]),
        }
    }
    let commands = COMMANDS.iter().map(|command| {
        let flags: Vec<String> = command.flags.iter().map(|flag| format!("`--{}`: {}", flag.name, flag.doc)).collect();
        let doc = command.doc.strip_prefix("Inside a probe's closure: ").unwrap_or(command.doc);
        [format!("`{}`", command.name), doc.into(), command.more.into(), flags.join("; ")]
    });
    let stats = STATS.iter().map(|stat| [format!("`{}`", stat.name), stat.doc.into()]);
    let operators: Vec<String> = OPERATORS.iter().map(|operator| format!("`{}`", operator.name)).collect();
    vec![
        ("probe kinds", table(["kind", "what", "example", "kernel"], kinds)),
        ("context fields", table(["field", "type", "what", "kinds"], fields)),
        ("closure commands", table(["command", "what", "more", "flags"], commands)),
        ("operators", operators.join(" ")),
        ("counters", table(["counter", "what"], stats)),
    ]
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut lines = vec![format!("| {} |", head.join(" | ")), format!("|{}", " --- |".repeat(N))];
    lines.extend(rows.into_iter().map(|row| format!("| {} |", row.join(" | ").replace("  ", " "))));
    lines.join("\n")
}

/// The text with what stands between a table's marks replaced.
fn with(text: &str, name: &str, table: &str) -> String {
    let start = format!("<!-- table: {name} -->\n");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("README.md has no mark for {name}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("the table {name} has no end"));
    format!("{before}{start}{table}\n<!-- end -->{after}")
}
