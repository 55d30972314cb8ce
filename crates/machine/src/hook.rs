//! Hooks of security modules: whether the kernel asks BPF programs there. A hook in, an error with what to do out.

use crate::error::Error;
use crate::ir::AttachPoint;
use crate::kernel;
use crate::spec::code::Code;
use crate::spec::probe::{Attach, Kind};
use nu_ebpf_btf::Btf;
use std::path::Path;

/// The security modules that the kernel asks, in their order (securityfs).
const ACTIVE: &str = "/sys/kernel/security/lsm";

/// Why a program on a hook would never run, if so. The kernel attaches it all the same.
pub fn inactive(hook: &str, target: &AttachPoint) -> Option<Error> {
    let function = format!("security_{hook}");
    let instead = match Path::new(kernel::KPROBES).exists() && kernel::no_function(&function, false, target).is_none() {
        true => format!("; kprobe:{function} and fentry:{function} are the function that asks, and need nothing"),
        false => String::new(),
    };
    let (what, label, help) = reason()?;
    Some(Error::new(Code::NoHooks, what).label(target.span, label).help(help + &instead))
}

/// Why no probe of a kind can be had from this kernel, as far as can be told without trying.
pub fn unable(kind: &Kind) -> Option<Error> {
    match kind.attach {
        Attach::Lsm => reason().map(|(what, _, help)| Error::new(Code::NoHooks, what).help(help)),
        Attach::Kprobe { .. } | Attach::Ksyscall { .. } => kernel::no_kprobes(kind.name),
        _ => None,
    }
}

/// Returns the reason as a message, its label and its help.
fn reason() -> Option<(&'static str, &'static str, String)> {
    if Btf::kernel().is_ok_and(|btf| btf.hooks().is_empty()) {
        let help = "use a kernel built with CONFIG_BPF_LSM=y".to_string();
        return Some(("this kernel was built without BPF in its security hooks", "there are no hooks", help));
    }
    match std::fs::read_to_string(ACTIVE) {
        Ok(active) if active.trim().split(',').any(|module| module == "bpf") => None,
        Ok(active) => {
            let help = format!("boot it with lsm={},bpf on its command line", list(active.trim()));
            Some(("this kernel does not ask BPF programs at its security hooks", "it would never run", help))
        }
        Err(_) => {
            let help = format!("mount -t securityfs securityfs /sys/kernel/security, where {ACTIVE} tells it");
            let what = "whether this kernel asks BPF programs at its security hooks is not to be seen";
            Some((what, "it may not run", help))
        }
    }
}

/// Returns the list for the kernel's command line: the kernel adds `capability` by itself.
fn list(active: &str) -> String {
    active.split(',').filter(|module| *module != "capability").collect::<Vec<_>>().join(",")
}
