# expect: ["ebpf::kernel::memory", true, 0]
# More than any machine has is refused before the kernel ends other processes for it.
let error = try {
    ebpf attach --max-entries 67108864 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ktime | hist --by $ctx.pid }
} catch {|error| $error.details }
[$error.code ($error.help has "--max-entries") (ebpf list | length)]
