//! Kernel functions: whether the kernel can patch a call into one, and where that call finds what the registers held.

use crate::Kept;
use nu_ebpf_btf::{Btf, Type, TypeId};
use nu_ebpf_ir::ir::{Object, Place};
use nu_ebpf_ir::spec::field::{Field, RETVAL, field};
use nu_ebpf_ir::spec::probe::{Attach, Kind};
use nu_ebpf_machine::perf;

/// Functions of a kernel that takes kprobes and patches calls of BPF programs into functions
/// (CONFIG_KPROBES, CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS).
const NEEDED: &[&str] = &["register_kprobe", "register_ftrace_direct"];

/// Arguments that are passed in registers, on x86-64; arm64 has two more, but the kernel patches for no more than six
/// everywhere.
const REGISTERS: usize = 6;

/// Bytes of a register.
const REGISTER: u32 = 8;

/// What never returns (`tools/objtool/noreturns.h`): what is patched in would be held for ever.
const NEVER: &[&str] = &[
    "__module_put_and_kthread_exit",
    "cpu_startup_entry",
    "do_exit",
    "do_group_exit",
    "do_task_dead",
    "kthread_complete_and_exit",
    "kthread_exit",
    "make_task_dead",
    "rewind_stack_and_make_dead",
];

/// A function as it is called.
pub struct Called {
    /// Where the call is patched in.
    kind: &'static Kind,
    /// Bytes of each argument.
    params: Vec<u32>,
    /// Bytes of what it returns, if anything.
    gives: Option<u32>,
}

impl Called {
    /// # Errors
    /// Why the kernel patches no call into the function, or one that would see something else.
    pub fn new(btf: &Btf, name: &str, kind: &'static Kind) -> Result<Called, Kept> {
        let mut needed = NEEDED.to_vec();
        btf.functions().for_each(|known| needed.retain(|name| *name != known));
        if !needed.is_empty() {
            return Err(Kept::NoTrampolines);
        }
        if kind.attach == (Attach::Trampoline { ret: true }) && NEVER.contains(&name) {
            return Err(Kept::NeverReturns);
        }
        let known = btf.function(None, name).ok_or(Kept::NotDescribed)?;
        let params: Option<Vec<u32>> = known.params.iter().map(|param| in_register(btf, param.ty)).collect();
        let params = params.filter(|params| params.len() <= REGISTERS).ok_or(Kept::NotInRegisters)?;
        let gives = known.gives.map(|gives| in_register(btf, gives).ok_or(Kept::NotInRegisters)).transpose()?;
        Ok(Called { kind, params, gives })
    }

    /// Where what a register held is found. `whole`: all of the register is wanted, of which only what the function
    /// declares is kept.
    pub fn row(&self, register: &Field, whole: bool) -> Result<&'static Field, Kept> {
        let (number, bytes) = match register.name.strip_prefix("arg").and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => (number, self.params.get(number)),
            None if register.name == RETVAL => (self.params.len(), self.gives.as_ref()),
            None => return Err(Kept::Register),
        };
        match bytes {
            None => Err(Kept::Undeclared),
            Some(bytes) if whole && *bytes != REGISTER => Err(Kept::Narrow),
            Some(_) => field(&format!("arg{number}"), self.kind.frame).ok_or(Kept::Register),
        }
    }
}

/// Bytes of what is passed in a register. Further arguments that are not declared (`...`) are no type at all.
fn in_register(btf: &Btf, ty: TypeId) -> Option<u32> {
    match btf.get(btf.bare(ty)) {
        Type::Pointer(_) => Some(REGISTER),
        Type::Int { bytes, .. } | Type::Enum { bytes, .. } => Some(bytes).filter(|bytes| *bytes <= REGISTER),
        _ => None,
    }
}

/// Whether the kernel takes a kprobe where an upgraded object is to be: where it takes none, because there are several
/// functions of the name, or none may be there, that is what who asked for one is to hear.
///
/// # Errors
/// It takes none.
pub fn probed(object: &Object) -> Result<(), Kept> {
    for target in object.targets() {
        let (Attach::Trampoline { ret }, Place::Function(name)) = (target.kind.attach, &target.place) else { continue };
        perf::kprobe(name, 0, ret).map_err(|_| Kept::NoKprobe)?;
    }
    Ok(())
}
