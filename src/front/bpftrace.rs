//! bpftrace's syntax, as people type it from habit: what to write here instead. It looks at text only; what it cannot
//! translate, it explains by example.

use crate::spec::field::{ARGS, BPFTRACE, FIELDS};

/// Functions of bpftrace, each with what to write instead: `{}` is the argument.
const FUNCTIONS: &[(&str, &str)] = &[
    ("str", "{} | read-str"),
    ("kstr", "{} | read-kernel-str"),
    ("buf", "{} | read-bytes"),
    ("ksym", "{} | ksym"),
    ("usym", "{} | usym"),
    ("kaddr", "{} | kernel-var"),
    ("ntop", "{} | into ip"),
    ("hist", "{} | histogram"),
    ("lhist", "{} | hist --linear 0..10..100"),
    ("sum", "{} | sum"),
    ("avg", "{} | avg"),
    ("min", "{} | min"),
    ("max", "{} | max"),
    ("stats", "{} | stats"),
    ("count", "count"),
    ("kstack", "$ctx.kstack"),
    ("ustack", "$ctx.ustack"),
    ("printf", "{} | emit"),
    ("print", "{} | emit"),
];

/// What to do instead of `exit()`.
pub const EXIT: &str = "a probe runs until it is detached: end a stream with `| first 10` after `ebpf attach -s`, or \
    call `ebpf detach`; `return` ends the closure for this event";

/// What stands for what, where a program is not translated.
const BY_EXAMPLE: &str =
    "`@[comm] = count()` is `$ctx.comm | count`, `printf` is `emit`, `/pid == 5/` is `if $ctx.tgid == 5 { … }`";

/// Returns whether a text is a program in bpftrace's syntax: an attach point with a block behind it.
pub fn is_program(text: &str) -> bool {
    let Some((before, block)) = text.split_once('{') else { return false };
    before.ends_with(|c: char| c.is_whitespace() || c == '/') || block.contains([';', '@', '"'])
}

/// The command to type instead of a program in bpftrace's syntax.
pub fn command(text: &str) -> String {
    let (before, block) = text.split_once('{').unwrap_or((text, ""));
    let block = block.trim_end().trim_end_matches('}');
    let (point, filter) = match before.trim().strip_suffix('/').and_then(|before| before.split_once(" /")) {
        Some((point, filter)) => (point.trim(), Some(filter)),
        None => (before.trim(), None),
    };
    if let Some(help) = outside(point) {
        return help;
    }
    let statements = block.split(';').map(str::trim).filter(|statement| !statement.is_empty());
    let body = statements.map(statement).collect::<Option<Vec<String>>>().filter(|body| !body.is_empty());
    let filtered = filter.map(condition);
    match (body, filtered) {
        (Some(body), None) => written(point, &body, None),
        (Some(body), Some(Some(filter))) => written(point, &body, Some(&filter)),
        _ => format!("write ebpf attach '{point}' {{|ctx| … }}, where {BY_EXAMPLE}"),
    }
}

fn written(point: &str, body: &[String], filter: Option<&str>) -> String {
    let stream = if body.iter().any(|step| step.ends_with("| emit")) { " -s" } else { "" };
    let body = body.join("; ");
    let body = filter.map_or_else(|| body.clone(), |filter| format!("if {filter} {{ {body} }}"));
    format!("write ebpf attach{stream} '{point}' {{|ctx| {body} }}")
}

/// What to do instead of bpftrace's probes that belong to no event.
pub fn outside(point: &str) -> Option<String> {
    match point {
        "BEGIN" => Some("BEGIN is not a probe here: write its commands before `ebpf attach`".into()),
        "END" => Some(
            "END is not a probe here: write its commands after the stream of `ebpf attach -s`, or after `ebpf detach`"
                .into(),
        ),
        _ => None,
    }
}

/// A statement: an aggregation, or a line of output.
fn statement(text: &str) -> Option<String> {
    if let Some(args) = inside(text, "printf") {
        let values = args.split(',').skip(1).map(value).collect::<Option<Vec<String>>>()?;
        return match values.as_slice() {
            [] => Some(format!("{} | emit", args.trim())),
            [one] => Some(format!("{one} | emit")),
            all => Some(format!("{} | emit", record(all))),
        };
    }
    let (map, function) = text.strip_prefix('@')?.split_once('=')?;
    let (name, keys) = match map.trim().strip_suffix(']').and_then(|map| map.split_once('[')) {
        Some((name, keys)) => (name.trim(), keys.split(',').map(value).collect::<Option<Vec<String>>>()?),
        None => (map.trim(), Vec::new()),
    };
    let key = match keys.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        all => Some(record(all)),
    };
    let (function, args) = function.trim().strip_suffix(')')?.split_once('(')?;
    let named = if name.is_empty() { String::new() } else { format!(" --as {name}") };
    let by = key.as_ref().map_or_else(String::new, |key| format!(" --by {key}"));
    Some(match function.trim() {
        "count" => format!("{}count{named}", key.map_or_else(String::new, |key| format!("{key} | "))),
        function @ ("sum" | "avg" | "min" | "max" | "stats") => format!("{} | {function}{by}{named}", value(args)?),
        "hist" if by.is_empty() && named.is_empty() => format!("{} | histogram", value(args)?),
        "hist" => format!("{} | hist{by}{named}", value(args)?),
        "lhist" => {
            let (of, bounds) = args.split_once(',')?;
            let bounds: Vec<&str> = bounds.split(',').map(str::trim).collect();
            format!("{} | hist{by}{named} --linear {}", value(of)?, linear(&bounds)?)
        }
        _ => return None,
    })
}

/// `MIN, MAX, STEP` of bpftrace's linear histogram as a range.
pub fn linear(bounds: &[&str]) -> Option<String> {
    let [min, max, step] = bounds else { return None };
    let [min, max, step] = [min, max, step].map(|bound| bound.parse::<i64>().ok());
    let (min, max, step) = (min?, max?, step?);
    (step > 0 && min < max).then(|| format!("{min}..{}..{max}", min.saturating_add(step)))
}

/// What stands between the parentheses of a call.
fn inside<'t>(text: &'t str, function: &str) -> Option<&'t str> {
    text.strip_prefix(function)?.trim_start().strip_prefix('(')?.trim_end().strip_suffix(')')
}

/// Values as a record, each under the last name of its path.
fn record(values: &[String]) -> String {
    let name = |value: &String| {
        let path = value.trim_start_matches('(').split([' ', ')']).next().unwrap_or_default();
        path.rsplit('.').next().unwrap_or_default().to_string()
    };
    let fields: Vec<String> = values.iter().map(|value| format!("{}: {value}", name(value))).collect();
    format!("{{{}}}", fields.join(", "))
}

/// `/A == B && …/` as a condition.
fn condition(text: &str) -> Option<String> {
    let one = |text: &str| {
        let op = ["==", "!=", "<=", ">=", "<", ">"].into_iter().find(|op| text.contains(op))?;
        let (left, right) = text.split_once(op)?;
        Some(format!("{} {op} {}", value(left)?, value(right)?))
    };
    let all = text.split("&&").map(one).collect::<Option<Vec<String>>>()?;
    Some(all.join(" and "))
}

/// A value: a number, a string, a field of the context, or a string read at an address.
fn value(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(address) = inside(text, "str") {
        return Some(format!("({} | read-str)", value(address)?));
    }
    let literal = text.starts_with('"') && text.ends_with('"') && text.len() > 1;
    if literal || text.parse::<i64>().is_ok() {
        return Some(text.to_string());
    }
    field(text)
}

/// A field of the context by bpftrace's name for it.
pub fn field(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_.->$".contains(c)) && !text.is_empty();
    let path = text.trim_start_matches('$').replace("->", ".");
    let first = path.split('.').next().unwrap_or_default();
    match first {
        _ if !plain => None,
        "ctx" => Some(format!("${path}")),
        // Its pid is the process.
        "pid" => Some("$ctx.tgid".into()),
        ARGS => Some(format!("$ctx.{path}")),
        name => {
            let ours = BPFTRACE.iter().find(|row| row.0 == name).map_or(name, |row| row.1);
            FIELDS.iter().any(|row| row.name == ours).then(|| format!("$ctx.{ours}{}", &path[name.len()..]))
        }
    }
}

/// What to write instead of a call in parentheses, `str(args.filename)`; None of what is no such call.
pub fn call(text: &str) -> Option<String> {
    let (function, args) = text.trim().strip_suffix(')')?.split_once('(')?;
    if function == "exit" {
        return Some(EXIT.to_string());
    }
    let row = FUNCTIONS.iter().find(|row| row.0 == function)?;
    let args: Vec<&str> = args.split(',').collect();
    let first = args.first().map_or("", |first| first.trim());
    let first = field(first).unwrap_or_else(|| if first.is_empty() { "$ctx.pid".into() } else { first.to_string() });
    Some(format!("write {}", row.1.replace("{}", &first)))
}

/// Returns our form of bpftrace's `UNIT:NUMBER` after `profile:` and `interval:`, or of a number with another unit.
pub fn rate(text: &str) -> Option<String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (unit, number) = text.split_once(':').unwrap_or((&text[digits..], &text[..digits]));
    let number = number.parse::<u64>().ok()?;
    let ours = match unit {
        "hz" | "" => "hz",
        "s" | "second" | "seconds" => "sec",
        "ms" => "ms",
        "us" => "us",
        _ => return None,
    };
    Some(format!("{number}{ours}"))
}

/// bpftrace's short names of software events.
pub fn event(name: &str) -> Option<&'static str> {
    match name {
        "faults" => Some("page-faults"),
        "cpu" => Some("cpu-clock"),
        "task" => Some("task-clock"),
        "cs" => Some("context-switches"),
        "migrations" => Some("cpu-migrations"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "../../tests/unit/front_bpftrace.rs"]
mod tests;
