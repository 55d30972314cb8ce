//! `ebpf compile`: a closure becomes a file, which a machine without clang attaches.

use super::attach::{CLOSURE, KERNEL, TARGET, written};
use super::{Answer, Call, Command, words};
use crate::error::Error;
use crate::pipeline;
use nu_ebpf_privilege::{Deed, raise};
use nu_protocol::{PipelineData, Signature, SyntaxShape, Type, Value};
use std::path::Path;

pub fn compile() -> Command {
    let (target, closure) = written();
    Command {
        signature: Signature::build("ebpf compile")
            .description("Compile a closure for other machines; `ebpf attach --object` attaches the result.")
            .extra_description(
                "Returns the object, or with --output writes it to a file. It is an ELF object as clang makes it, and \
                 holds what reading its rows and tables takes; the closure's constants are in it. Where it is attached, \
                 no clang is needed, and the kernel may be another: it is looked whether that has what the closure uses. \
                 What a pattern stands for is found here, the functions of a binary there.",
            )
            .search_terms(words("bpf object elf co-re portable deploy offline"))
            .input_output_type(Type::Nothing, Type::Any)
            .required("target", target, TARGET)
            .optional("closure", closure, CLOSURE)
            .named("output", SyntaxShape::Filepath, "the file to be written", Some('o'))
            .switch("optional", "leave out attach points that this machine does not have, if it has one of them", None)
            .named("max-probes", SyntaxShape::Int, "attach points that a pattern may stand for (default 1000)", None)
            .named("max-entries", SyntaxShape::Int, "keys that a map holds at most (default 10240)", None)
            .named("kernel", SyntaxShape::String, KERNEL, None)
            .named("ring-buffer", SyntaxShape::Filesize, "size of the ring buffer for rows (default 256KiB)", None)
            .named("pid", SyntaxShape::Int, "only this process", Some('p'))
            .named("comm", SyntaxShape::String, "only threads of this command name", Some('c')),
        examples: vec![(
            "An object that counts executions, and its first bytes",
            "ebpf compile 'tracepoint:sched/sched_process_exec' {|ctx| $ctx.comm | count } | bytes at 0..3",
        )],
        run: Box::new(|call, _| on_target(call)),
    }
}

fn on_target(call: &Call) -> Answer<PipelineData> {
    let (closures, targets) = call.targets()?;
    let prepared = call.prepare(closures, None, true)?;
    targets.skipped.iter().for_each(|line| eprintln!("ebpf: left out {line}"));
    let bytes = call.compiling(|compiler| pipeline::pack(&prepared, compiler, targets))?;
    let Some(output) = call.name("output")? else {
        return Ok(PipelineData::value(Value::binary(bytes, call.head()), None));
    };
    let path = Path::new(&call.engine.get_current_dir()?).join(&output.item);
    let _raised = raise(Deed::Files);
    std::fs::write(&path, bytes)
        .map_err(|error| Error::io(Path::new(&output.item), &error).label(output.span, "this file"))?;
    Ok(PipelineData::empty())
}
