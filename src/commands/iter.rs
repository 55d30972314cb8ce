//! `ebpf iter`: what the kernel has of a kind, as a table.

use super::attach::KERNEL;
use super::{Answer, Call, Command, words};
use crate::bug;
use crate::error::Error;
use crate::load::iterator;
use crate::read::{self, Shell, Stacks};
use crate::run;
use crate::spec::code::Code;
use nu_protocol::{ListStream, PipelineData, Signature, Spanned, SyntaxShape, Type, Value};

const NAME: &str = "ebpf iter";

pub fn iter() -> Command {
    let closure = SyntaxShape::Closure(Some(vec![SyntaxShape::Any]));
    Command {
        signature: Signature::build(NAME)
            .description("Run a closure in the kernel for each object of a kind: each task, socket, mapping, BPF map, …")
            .extra_description(
                "What the closure gives is a row, and null is none, as with `each`. `$ctx` has the objects that the \
                 kernel shows, with their types: `$ctx.task`, of `task_file` also `$ctx.fd` and `$ctx.file`; `ebpf type \
                 'struct task_struct'` lists what one has. Without a kind, the error lists those of this kernel. \
                 Nothing is attached: the rows are read at once.",
            )
            .search_terms(words("bpf iterator bpf_iter seq_file dump list ps lsof ss task socket"))
            .input_output_type(Type::Nothing, Type::Any)
            .optional("kind", SyntaxShape::String, "the kind: task, task_file, task_vma, tcp, udp, bpf_map, …")
            .optional("closure", closure, "computes a row: {|ctx| {pid: $ctx.task.pid} }")
            .switch("emit-c", "return the C text instead of running it (needs neither privileges nor clang)", None)
            .switch("dry-run", "compile and pass the kernel's verifier without running; return what was loaded", None)
            .named("max-entries", SyntaxShape::Int, "keys that a map of the closure's holds at most (default 10240)", None)
            .named("kernel", SyntaxShape::String, KERNEL, None),
        examples: vec![
            (
                "The threads that wait for a disk or the like, and cannot be killed",
                "ebpf iter task {|ctx| if $ctx.task.__state == 2 { {pid: $ctx.task.pid, comm: $ctx.task.comm} } }",
            ),
            (
                "Open files by how often their names are, of all processes",
                "ebpf iter task_file {|ctx| $ctx.file.f_path.dentry.d_name.name } | uniq --count | sort-by count",
            ),
            (
                "TCP sockets: state, ports, owner",
                "ebpf iter tcp {|ctx| {state: $ctx.sk_common.skc_state, port: $ctx.sk_common.skc_num, uid: $ctx.uid} }",
            ),
        ],
        run: Box::new(|call, _| on_kind(call)),
    }
}

fn on_kind(call: &Call) -> Answer<PipelineData> {
    let kind: Option<Spanned<String>> = call.args.opt(0)?;
    let at = kind.as_ref().map_or(call.head(), |kind| kind.span);
    let target = iterator::find(kind.as_ref().map(|kind| kind.item.as_str()), at)?;
    let Some(closure) = call.args.opt::<Value>(1)? else {
        let shown: Vec<String> =
            iterator::members(&target)?.into_iter().map(|member| format!("$ctx.{}", member.name)).collect();
        return Err(Error::new(Code::TargetGrammar, "expected a closure")
            .label(at, "expected a closure that computes a row of each")
            .help(format!("append one: {{|ctx| … }}, with {}", shown.join(", ")))
            .into());
    };
    let prepared = call.prepare(vec![(vec![target], closure)], None, false)?;
    if call.has("emit-c")? {
        return Ok(PipelineData::value(Value::string(prepared.text, call.head()), None));
    }
    let dry = call.has("dry-run")?;
    let loaded = call.load(&prepared, dry, &[])?;
    if dry {
        let mut report = loaded.report(call.head());
        report.push("kernel", Value::string(prepared.oldest().to_string(), call.head()));
        return Ok(PipelineData::value(Value::record(report, call.head()), None));
    }
    let from = loaded.iterate(&prepared.object, read::cgroups().as_deref())?;
    let shell = Shell { span: call.head(), config: call.engine.get_config()?, stacks: Some(Stacks::open(|_| None)?) };
    let layouts = prepared.facts.events.clone();
    let finish = move || run::left_out(&prepared, &loaded, NAME).iter().for_each(|line| bug::tell(line));
    let rows = read::iterated(from, layouts, shell, finish);
    Ok(PipelineData::list_stream(ListStream::new(rows, call.head(), call.engine.signals().clone()), None))
}
