# needs: kprobes
# expect: [[kprobe, "the closure reads a whole register, of which the function declares a part"], [kprobe, "the closure reads an argument that the function does not declare"], [kprobe, "not all that the function takes or returns is in registers"], [kprobe, "it names a module, or an instruction inside of a function"], [kretprobe, "this function never returns"], ["kprobe, kretprobe", "the closure asks for what was at the entry"], [kprobe, "the kernel does not describe this function"], [kretprobe, "the closure takes a stack, which would look otherwise"]]
# Why a kernel's function is probed as it was written.
def why []: record -> list { $in.underneath | values }
let unknown = open --raw /proc/kallsyms | lines | parse --regex '^\S+ [tT] (?<name>\w+)\.constprop\.0$' | get 0.name
[
    (ebpf attach --dry-run 'kprobe:fget' {|ctx| $ctx.arg0 | count } | why)
    (ebpf attach --dry-run 'kprobe:fget' {|ctx| $ctx.arg1 | count } | why)
    (ebpf attach --dry-run 'kprobe:do_mmap' {|ctx| count } | why)
    (ebpf attach --dry-run 'kprobe:vfs_read+0x0' {|ctx| count } | why)
    (ebpf attach --dry-run 'kretprobe:do_exit' {|ctx| count } | why)
    (ebpf attach --dry-run 'kretprobe:vfs_read' {|ctx| $ctx.elapsed | hist } | why)
    (ebpf attach --dry-run $"kprobe:($unknown).constprop.0" {|ctx| count } | why)
    (ebpf attach --dry-run 'kretprobe:vfs_read' {|ctx| $ctx.kstack | count } | why)
]
