//! Tests of `crates/ir/src/environment.rs`, which includes this as a module of its own.

use super::*;
use std::thread;

fn shell(name: &str) -> Option<OsString> {
    let values = [
        ("PWD", "/here"),
        ("HOME", "/home/me"),
        ("RELATIVE", "a/b"),
        ("ABSOLUTE", "/a"),
        ("TILDE", "~/c"),
        ("EMPTY", ""),
        ("PATH", "/bin:tools:~/bin"),
    ];
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
}

#[test]
fn returns_the_shells_variables_while_entered() {
    let own = variable("USER");
    {
        let _entered = enter(Arc::new(shell));
        assert_eq!(variable("ABSOLUTE"), Some("/a".into()));
        assert_eq!(variable("USER"), None, "the process's own value hides behind the shell's");
        assert_eq!((variable("EMPTY"), setting("EMPTY")), (Some("".into()), None));
    }
    assert_eq!((variable("ABSOLUTE"), variable("USER")), (None, own));
}

#[test]
fn resolves_paths_as_the_shell_does() {
    let _entered = enter(Arc::new(shell));
    assert_eq!(path("RELATIVE").as_deref(), Some(Path::new("/here/a/b")));
    assert_eq!(path("ABSOLUTE").as_deref(), Some(Path::new("/a")));
    assert_eq!(path("TILDE").as_deref(), Some(Path::new("/home/me/c")));
    assert_eq!((path("EMPTY"), path("NONE")), (None, None));
    assert_eq!(search_path(), ["/bin", "/here/tools", "/home/me/bin"].map(PathBuf::from));
}

#[test]
fn separates_calls_on_different_threads() {
    let _entered = enter(Arc::new(shell));
    let other = thread::spawn(|| {
        let before = path("RELATIVE");
        let _entered = enter(Arc::new(|name| (name == FOLDER).then(|| "/there".into())));
        (before, path("RELATIVE"), folder())
    });
    assert_eq!(other.join().expect("no panic"), (None, None, PathBuf::from("/there")));
    assert_eq!(folder(), Path::new("/here"));
}

#[test]
fn restores_the_outer_environment() {
    let _outer = enter(Arc::new(shell));
    drop(enter(Arc::new(|_| None)));
    assert_eq!(variable("ABSOLUTE"), Some("/a".into()));
}

#[test]
fn allows_lookups_that_look_variables_up() {
    let _entered = enter(Arc::new(|name| if name == "OUTER" { variable("INNER") } else { Some("inner".into()) }));
    assert_eq!(variable("OUTER"), Some("inner".into()));
}
