//! Tests of `crates/back/src/name.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn names_fit_c_and_are_unique() {
    let mut namer = Namer::default();
    assert_eq!(namer.fresh("pid"), "pid");
    assert_eq!(namer.fresh("pid"), "pid_2");
    assert_eq!(namer.fresh("int"), "vint");
    assert_eq!(namer.fresh("my-größe"), "my_gr__e");
    assert_eq!(namer.fresh("7up"), "v7up");
    assert_eq!(namer.fresh("nu_event"), "vnu_event");
    assert_eq!(namer.fresh("NULL"), "vNULL");
}
