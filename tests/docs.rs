//! The tables of README.md and docs/ are those of the code: `BLESS=1 cargo test --test docs` writes them anew.

mod support;

use nu_plugin_ebpf::check::MOST_TURNS;
use nu_plugin_ebpf::front::TURNS;
use nu_plugin_ebpf::ir::Kind;
use nu_plugin_ebpf::spec::ctype::C_TYPES;
use nu_plugin_ebpf::spec::operator::{Guard, OPERATORS, Operator};
use nu_plugin_ebpf::spec::{
    builtin::BUILTINS,
    command::{COMMANDS, LEN, Takes},
    failure::FAILURES,
    feature::{FEATURES, Feature, ITERATIONS, OLDEST},
    field::FIELDS,
    limit::{STACK, STACK_STEP},
    probe::{ITER, KINDS, RUN},
    stat::STATS,
};
use std::path::Path;
use support::{Nu, ROOT, name, read};

type Tables = Vec<(&'static str, String)>;

#[test]
fn the_readme_has_the_tables_of_the_code() {
    compare("README.md", readme());
}

#[test]
fn the_language_has_the_tables_of_the_code() {
    compare("docs/language.md", language());
}

#[test]
fn the_context_has_the_table_of_the_code() {
    compare("docs/context.md", context());
}

#[test]
fn the_gallery_has_a_row_for_each_example() {
    compare("examples/README.md", vec![("tools", gallery())]);
}

#[test]
fn the_readme_is_not_too_long() {
    let text = include_str!("../README.md");
    assert!(text.lines().count() <= 300, "{} lines", text.lines().count());
}

#[test]
fn the_help_lists_what_a_closure_may_call() {
    let help = Nu::with_fixtures().text("help ebpf").stdout;
    let names = COMMANDS.iter().map(|row| row.name).chain(BUILTINS.iter().map(|row| row.name));
    let absent: Vec<&str> = names.filter(|name| !help.contains(&format!("  {name}"))).collect();
    assert!(absent.is_empty(), "expected {absent:?} in\n{help}");
}

/// Compares a document with what its tables should be, or writes it.
fn compare(name: &str, tables: Tables) {
    let path = Path::new(ROOT).join(name);
    let text = read(&path);
    let marks = text.matches("<!-- table: ").count();
    assert_eq!(marks, tables.len(), "{name}: expected a table of the code at each mark");
    let wanted = tables.iter().fold(text.clone(), |text, (mark, table)| with(&text, mark, table));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, wanted).unwrap_or_else(|error| panic!("{name}: {error}"));
    } else {
        pretty_assertions::assert_eq!(text, wanted, "BLESS=1 cargo test --test docs writes the tables anew");
    }
}

fn readme() -> Tables {
    let kinds = KINDS.iter().map(|kind| {
        let aliases = if kind.aliases.is_empty() { String::new() } else { format!(" ({})", kind.aliases.join(", ")) };
        let written = format!("`{}:{}`{aliases}", kind.name, kind.grammar.written());
        [written, kind.doc.into(), format!("`{}`", kind.example), kind.min_kernel.into()]
    });
    let commands = COMMANDS.iter().map(|command| {
        let flags: Vec<String> = command.flags.iter().map(|flag| format!("`--{}`: {}", flag.name, flag.doc)).collect();
        let doc = command.doc.strip_prefix("Inside a probe's closure: ").unwrap_or(command.doc);
        [format!("`{}`", command.name), doc.into(), command.more.into(), flags.join("; ")]
    });
    let stats = STATS.iter().map(|stat| [format!("`{}`", stat.name), stat.doc.into()]);
    let names = |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
    vec![
        ("probe kinds", table(["kind", "what", "example", "kernel"], kinds)),
        ("closure commands", table(["command", "what", "more", "flags"], commands)),
        ("operators", names(OPERATORS.iter().map(|operator| operator.name).collect())),
        ("builtins", names(BUILTINS.iter().map(|row| row.name).collect())),
        ("counters", table(["counter", "what"], stats)),
    ]
}

fn context() -> Tables {
    // The rows of one field for several kinds of probe are one line.
    let mut fields: Vec<[String; 5]> = Vec::new();
    for field in FIELDS {
        let name = format!("`{}`", field.name);
        let kinds: Vec<&str> = KINDS
            .iter()
            .chain([&RUN, &ITER])
            .filter(|kind| field.frames.contains(&kind.frame))
            .map(|kind| kind.name)
            .collect();
        let kinds = match kinds.len().checked_sub(KINDS.len()) {
            Some(1) => "all".to_string(),
            Some(2) => format!("all, {}", ITER.name),
            _ => kinds.join(", "),
        };
        match fields.iter_mut().find(|row| row[0] == name) {
            Some(row) => row[3] = format!("{}, {kinds}", row[3]),
            None => fields.push([name, field.ty.to_string(), field.doc.into(), kinds, field.needs.first().to_string()]),
        }
    }
    let types = C_TYPES.iter().map(|row| [row.name.to_string(), row.shown.into(), row.doc.into()]);
    let types = table(["C type", "value", "note"], types);
    vec![("C types", types), ("context fields", table(["field", "type", "what", "kinds", "kernel"], fields))]
}

/// A row for each file of the gallery: its name, its first line, and the kinds of probe that it names.
fn gallery() -> String {
    let folder = std::fs::read_dir(Path::new(ROOT).join("examples"));
    let entries = folder.unwrap_or_else(|error| panic!("examples: {error}")).flatten();
    let mut paths: Vec<_> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "nu")).collect();
    paths.sort();
    let rows = paths.iter().map(|path| {
        let (name, text) = (name(path).replace(".nu", ""), read(path));
        let what = text.lines().next().and_then(|line| line.strip_prefix("# "));
        let what = what.unwrap_or_else(|| panic!("{name}: expected its first line to be what it shows"));
        let needs: Vec<&str> =
            KINDS.iter().map(|kind| kind.name).filter(|kind| text.contains(&format!("'{kind}:"))).collect();
        [format!("[`{name}`]({name}.nu)"), what.to_string(), needs.join(", ")]
    });
    table(["tool", "what it shows", "kinds of probe"], rows)
}

fn language() -> Tables {
    // Operators that take the same and are computed in the same way are one line.
    let mut operators: Vec<(Vec<&str>, &Operator)> = Vec::new();
    for operator in OPERATORS {
        let alike =
            |row: &&mut (Vec<&str>, &Operator)| row.1.rules == operator.rules && by_whom(row.1) == by_whom(operator);
        match operators.iter_mut().find(alike) {
            Some(row) => row.0.push(operator.name),
            None => operators.push((vec![operator.name], operator)),
        }
    }
    let operators = operators.into_iter().map(|(names, row)| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        [names.join(" "), rules(row), by_whom(row)]
    });
    let builtins = BUILTINS.iter().map(|row| {
        let flags: Vec<String> = row.flags.iter().map(|flag| format!("`--{flag}`")).collect();
        let limits = if row.limits.is_empty() { "as in the shell" } else { row.limits };
        [format!("`{}`", row.name), flags.join(" "), limits.to_string()]
    });
    let failures =
        FAILURES.iter().map(|row| [format!("`{}`", row.name), row.message.to_string(), row.help.replace('|', "\\|")]);
    vec![
        ("operators", table(["operator", "takes and gives", "where"], operators)),
        ("builtins", table(["command", "flags", "in a probe it works"], builtins)),
        ("run-time errors", table(["error", "what Nushell says", "what to write instead"], failures)),
        ("limits", table(["what", "at most", "beyond that"], limits())),
        ("kernel features", table(["used for", "feature", "kernel", "before that"], features().into_iter())),
    ]
}

/// What an operator gives for which types: first those of one type with itself.
fn rules(row: &Operator) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut others = Vec::new();
    for (left, right, result) in row.rules.iter().filter(|rule| rule.0 == rule.1) {
        let same = result == left && *result != Kind::Bool;
        let gives = if same { "the same".to_string() } else { fraction(row, *result) };
        match groups.iter_mut().find(|group| group.0 == gives) {
            Some(group) => group.1.push(right.name()),
            None => groups.push((gives, vec![right.name()])),
        }
    }
    for (left, right, result) in row.rules.iter().filter(|rule| rule.0 != rule.1) {
        others.push(format!("{}, {} → {}", left.name(), right.name(), fraction(row, *result)));
    }
    let twice = groups.into_iter().map(|(gives, kinds)| match kinds.as_slice() {
        [kind] if gives == "the same" => format!("two {kind}s → {}", fraction_name(row, kind)),
        [kind] => format!("two {kind}s → {gives}"),
        kinds => format!("two of {} → {gives}", kinds.join(", ")),
    });
    twice.chain(others).collect::<Vec<_>>().join("; ")
}

/// A division may be a fraction.
fn fraction(row: &Operator, result: Kind) -> String {
    fraction_name(row, result.name())
}

fn fraction_name(row: &Operator, name: &str) -> String {
    if row.guard == Guard::Later && name == "int" { "int or float".into() } else { name.into() }
}

fn by_whom(row: &Operator) -> String {
    match row.guard {
        Guard::None => "kernel".into(),
        Guard::Checked(checked) => {
            let errors = [Some(checked.failure), checked.zero].into_iter().flatten();
            format!("kernel; may be {}", errors.map(|error| format!("`{}`", error.name)).collect::<Vec<_>>().join(", "))
        }
        Guard::Later => "reader; by zero it is `division_by_zero` in the kernel".into(),
        Guard::Lowered => "kernel".into(),
    }
}

/// The features that the oldest supported kernel lacks.
fn features() -> Vec<[String; 4]> {
    let newer = FEATURES.iter().filter(|row| row.since > OLDEST);
    let row = |row: &&Feature| {
        let before = row.fallback.unwrap_or("refused");
        [row.purpose.into(), format!("`{}`", row.name), row.since.to_string(), before.into()]
    };
    newer.map(row).collect()
}

/// The limits, each out of the constant that enforces it.
fn limits() -> Vec<[String; 3]> {
    let len = match LEN.takes {
        Takes::Int { max, .. } => max,
        _ => 0,
    };
    let room = u64::from(STACK) - constant("crates/check/src/stack.rs", "RESERVE");
    let failing = room - u64::from(STACK_STEP);
    let room = format!("{room} bytes; {failing} where a run-time error is possible");
    let rows: Vec<(&str, String, &str)> = vec![
        ("strings kept in variables, put together or counted by, keys, all at one time", room, "refused"),
        ("bytes of one string that is read", format!("{len} (`--len`)"), "refused; a longer string is cut"),
        ("turns of `while`, `loop` and `for` over a range whose end is not known", TURNS.to_string(), "`loop_limit`"),
        (
            "the same before Linux 5.17, with those of nested loops",
            ITERATIONS.to_string(),
            "`loop_limit`; of a range whose end is known, refused",
        ),
        ("turns of all loops together, at most", MOST_TURNS.to_string(), "refused"),
        (
            "items of a range that is used as a list",
            constant("src/front/command/mod.rs", "RANGE").to_string(),
            "refused",
        ),
        (
            "branches inside each other; an `else if` is one inside the other",
            constant("src/front/merge.rs", "DEPTH").to_string(),
            "refused",
        ),
        (
            "keys of an aggregation; of histograms as many as take 4 MiB on each processor",
            format!("{} (`--max-entries`)", constant("src/front/aggregate.rs", "MAX_ENTRIES")),
            "counted as `full`",
        ),
        ("numbers in the range of `--linear`", constant("src/front/aggregate.rs", "BUCKETS").to_string(), "refused"),
        ("calls inside each other", constant("src/front/frame.rs", "DEPTH").to_string(), "refused"),
        (
            "statements, with list loops and calls written out",
            constant("src/front/walk.rs", "MOST").to_string(),
            "refused",
        ),
        ("exponent of `**`", constant("src/front/operate.rs", "EXPONENT").to_string(), "refused"),
        ("entries of a pattern's table", constant("crates/pattern/src/lib.rs", "MOST").to_string(), "refused"),
        ("run-time errors remembered by each processor", remembered().to_string(), "the oldest is forgotten"),
    ];
    rows.into_iter().map(|(what, most, beyond)| [what.into(), most, beyond.into()]).collect()
}

/// A private constant's number, out of its file.
fn constant(file: &str, name: &str) -> u64 {
    let text = read(&Path::new(ROOT).join(file));
    let start = format!("const {name}: ");
    let line = text.lines().find(|line| line.trim_start_matches("pub ").starts_with(&start));
    let line = line.unwrap_or_else(|| panic!("{file} has no constant {name}"));
    let value = line.split_once("= ").map_or("", |(_, value)| value).trim_end_matches(';').replace('_', "");
    value.parse().unwrap_or_else(|error| panic!("{file}: {line}: {error}"))
}

fn remembered() -> u64 {
    let text = read(&Path::new(ROOT).join("bpf_headers/nu/errors.h"));
    let line = text.lines().find_map(|line| line.strip_prefix("#define NU_REMEMBERED "));
    line.and_then(|number| number.trim().parse().ok()).unwrap_or_else(|| panic!("errors.h has no NU_REMEMBERED"))
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut lines = vec![format!("| {} |", head.join(" | ")), format!("|{}", " --- |".repeat(N))];
    lines.extend(rows.into_iter().map(|row| format!("| {} |", row.join(" | ").replace("  ", " "))));
    lines.join("\n")
}

/// The text with what stands between a table's marks replaced.
fn with(text: &str, name: &str, table: &str) -> String {
    let start = format!("<!-- table: {name} -->\n");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("there is no mark for {name}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("the table {name} has no end"));
    format!("{before}{start}{table}\n<!-- end -->{after}")
}
