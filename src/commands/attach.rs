//! `ebpf attach`: a closure becomes a running probe.

use super::shell::EngineShell;
use super::{category, options, stream};
use crate::front::target;
use crate::load::Report;
use crate::pipeline;
use crate::plugin::EbpfPlugin;
use nu_plugin::{EngineInterface, EvaluatedCall, PluginCommand};
use nu_protocol::{Example, LabeledError, PipelineData, Signature, Span, SyntaxShape, Type, Value, record};
use std::path::Path;

pub struct Attach;

impl PluginCommand for Attach {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf attach"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_type(Type::Nothing, Type::Any)
            .required("target", SyntaxShape::String, "the attach point: KIND:PLACE, such as kprobe:vfs_read")
            .required(
                "closure",
                SyntaxShape::Closure(Some(vec![SyntaxShape::Any])),
                "what to do there: {|ctx| … | emit }",
            )
            .switch("stream", "return the emitted rows as they come, until the reader stops", Some('s'))
            .switch("emit-c", "return the C text instead of attaching (needs neither privileges nor clang)", None)
            .switch("dry-run", "compile and pass the kernel's verifier without attaching; return what was loaded", None)
            .named("max-entries", SyntaxShape::Int, "keys that a map holds at most (default 10240)", None)
            .named("ring-buffer", SyntaxShape::Filesize, "size of the ring buffer for rows (default 256KiB)", None)
            .named("pid", SyntaxShape::Int, "only this process", Some('p'))
            .named("comm", SyntaxShape::String, "only threads of this command name", Some('c'))
            .category(category())
    }

    fn description(&self) -> &str {
        "Run a closure in the kernel whenever an attach point is passed."
    }

    fn extra_description(&self) -> &str {
        "Returns the probe's id, or with --stream its rows. `ebpf detach` takes it off again, as does the end of the stream."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "trace", "probe", "kprobe", "uprobe", "tracepoint", "bpftrace"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![
            Example {
                example: "ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| {pid: $ctx.pid, file: ($ctx.filename | read-str)} | emit } | first 10",
                description: "The next ten files that are opened, with names",
                result: None,
            },
            Example {
                example: "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| $ctx.comm | count }; sleep 1sec; let table = ebpf counters $id; ebpf detach $id; $table | first 5",
                description: "The five processes with the most system calls in a second",
                result: None,
            },
            Example {
                example: "ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.retval | emit }",
                description: "The C that a closure becomes",
                result: None,
            },
        ]
    }

    fn run(
        &self,
        plugin: &EbpfPlugin,
        engine: &EngineInterface,
        call: &EvaluatedCall,
        _: PipelineData,
    ) -> Result<PipelineData, LabeledError> {
        let text: nu_protocol::Spanned<String> = call.req(0)?;
        let target = target::parse(&text.item, text.span)?;
        let settings = options::options(call)?;
        let ring = options::ring(call)?;
        let streaming = settings.stream;
        let closure = options::closure(engine, &call.req::<Value>(1)?)?;
        let prepared = pipeline::prepare(target, &closure, &EngineShell::new(engine), settings, ring)?;
        if options::has(call, "emit-c")? {
            return Ok(PipelineData::value(Value::string(prepared.text, call.head), None));
        }
        let binary = pipeline::binary(prepared.target(), Path::new(&engine.get_current_dir()?))?;
        let clang = options::clang(engine)?;
        let dry = options::has(call, "dry-run")?;
        let loaded = pipeline::load(&prepared, clang.as_deref(), dry)?;
        if dry {
            return Ok(PipelineData::value(report(&loaded.report(), call.head), None));
        }
        loaded.attach(prepared.target(), binary.as_deref())?;
        let probe = plugin.probes.add(engine, loaded, prepared.object, prepared.facts);
        if !streaming {
            return Ok(PipelineData::value(Value::int(probe.id as i64, call.head), None));
        }
        let (probes, shell, of) = (plugin.probes.clone(), engine.clone(), probe.clone());
        let finish = Box::new(move || {
            probes.remove(&shell, of.id);
            of.losses().iter().for_each(|line| eprintln!("{line}"));
        });
        stream(engine, &probe, call.head, finish).inspect_err(|_| {
            plugin.probes.remove(engine, probe.id);
        })
    }
}

/// What `--dry-run` returns.
fn report(report: &Report, span: Span) -> Value {
    let int = |number: usize| Value::int(number as i64, span);
    let text = |text: &str| Value::string(text, span);
    let programs = report.programs.iter().map(|program| {
        let row = record! {
            "name" => text(&program.name),
            "section" => text(&program.section),
            "instructions" => int(program.instructions),
            "verified" => int(program.verified as usize),
        };
        Value::record(row, span)
    });
    let maps = report.maps.iter().map(|map| {
        let row = record! {
            "name" => text(&map.name),
            "type" => text(&map.kind),
            "key_size" => int(map.key_size as usize),
            "value_size" => int(map.value_size as usize),
            "max_entries" => int(map.max_entries as usize),
        };
        Value::record(row, span)
    });
    let verifier = report.verifier.iter().map(|(name, number)| (name.clone(), Value::int(*number, span)));
    let record = record! {
        "programs" => Value::list(programs.collect(), span),
        "maps" => Value::list(maps.collect(), span),
        "helpers" => Value::list(report.helpers.iter().map(|name| text(name)).collect(), span),
        "verifier" => Value::record(verifier.collect(), span),
        "log" => text(&report.log),
    };
    Value::record(record, span)
}
