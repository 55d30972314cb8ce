# only: host (the clang of a VM is a stand-in)
# expect: ["ebpf::compile", "ebpf::machine::clang", 0]
let attach = {|clang| with-env {NU_EBPF_CLANG: $clang} { try { ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| $ctx.uid | count } } catch {|error| $error.details.code } } }
let codes = ["false" "no-such-clang"] | each {|clang| do $attach $clang }
[...$codes (ebpf list | length)]
