//! Stacks as folded lines (`a;b;c 7`: outermost first, then how often), and those as a flame graph.

use inferno::flamegraph::{Options, from_lines};
use nu_ebpf_ir::visible::visible;

/// What stands behind a kernel function's name: flame graphs colour it by that.
const KERNEL: &str = "_[k]";

/// A frame in a folded line. What has no function is named by its module, in brackets.
pub fn name(function: Option<&str>, module: Option<&str>, kernel: bool) -> String {
    let name = match (function, module) {
        (Some(function), _) => part(function),
        (None, Some(module)) => {
            part(&format!("[{}]", module.rsplit('/').next().unwrap_or(module).trim_matches(['[', ']'])))
        }
        (None, None) => "[unknown]".to_string(),
    };
    if kernel { name + KERNEL } else { name }
}

/// Text that goes before the frames, or a frame: nothing in it may look like a separator, or do something to a terminal.
pub fn part(text: &str) -> String {
    visible(&text.replace(';', ":").replace(['\n', '\r'], " ")).into_owned()
}

/// Folded lines as an SVG picture.
///
/// # Errors
/// There is nothing in it; the reason, for people.
pub fn flame_graph(lines: &[String], title: &str, unit: &str) -> Result<String, String> {
    let mut options = Options::default();
    options.title = visible(title).into_owned();
    options.count_name = visible(unit).into_owned();
    let mut picture = Vec::new();
    let lines: Vec<_> = lines.iter().map(|line| visible(line)).collect();
    from_lines(&mut options, lines.iter().map(AsRef::as_ref), &mut picture).map_err(|error| error.to_string())?;
    String::from_utf8(picture).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_one_piece() {
        assert_eq!(name(Some("f<a; b>"), Some("/bin/x"), false), "f<a: b>");
        assert_eq!(name(Some("vfs_read"), Some("kernel"), true), "vfs_read_[k]");
        assert_eq!(name(None, Some("/usr/lib/libc.so.6"), false), "[libc.so.6]");
        assert_eq!(name(None, Some("[vdso]"), false), "[vdso]");
        assert_eq!(name(None, None, false), "[unknown]");
        assert_eq!(name(Some("a\u{1b}[2J\u{1}"), None, false), "a\\u{1b}[2J\\u{1}");
    }

    #[test]
    fn a_picture_has_the_functions() {
        let svg = flame_graph(&["x;main;work 7".into(), "x;main 1".into()], "All of it", "events").unwrap();
        assert!(["<svg", "All of it", "<title>work (7 events", "main"].iter().all(|word| svg.contains(word)), "{svg}");
        assert!(flame_graph(&[], "", "").is_err());
        // XML has no such characters, in whatever way they are written.
        let svg = flame_graph(&["a\u{1}\u{fffe};b\u{1b} 7".into()], "t\u{2}", "u\u{3}").unwrap();
        assert!(!svg.contains(|c: char| c.is_control() && !c.is_ascii_whitespace() || c == '\u{fffe}'), "{svg}");
    }
}
