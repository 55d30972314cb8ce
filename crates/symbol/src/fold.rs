//! Stacks as folded lines (`a;b;c 7`: outermost first, then how often), and those as a flame graph.

use inferno::flamegraph::{Options, from_lines};

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

/// Text that goes before the frames, or a frame: nothing in it may look like a separator.
pub fn part(text: &str) -> String {
    text.replace(';', ":").replace(['\n', '\r'], " ")
}

/// Folded lines as an SVG picture.
///
/// # Errors
/// There is nothing in it; the reason, for people.
pub fn flame_graph(lines: &[String], title: &str, unit: &str) -> Result<String, String> {
    let mut options = Options::default();
    options.title = title.to_string();
    options.count_name = unit.to_string();
    let mut picture = Vec::new();
    from_lines(&mut options, lines.iter().map(String::as_str), &mut picture).map_err(|error| error.to_string())?;
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
    }

    #[test]
    fn a_picture_has_the_functions() {
        let svg = flame_graph(&["x;main;work 7".into(), "x;main 1".into()], "All of it", "events").unwrap();
        assert!(["<svg", "All of it", "<title>work (7 events", "main"].iter().all(|word| svg.contains(word)), "{svg}");
        assert!(flame_graph(&[], "", "").is_err());
    }
}
