# needs: no-kprobes
# expect: [0, 0, ["ebpf::machine::kprobes", "ebpf::machine::kprobes", "ebpf::machine::kprobes", "ebpf::target::event"]]
# What this machine's kernel was built without is not there; asked for by its kind, that is an error.
let kinds = [kprobe kretprobe ksyscall hardware]
let codes = $kinds | each {|kind| try { ebpf probes --kind $kind } catch {|error| $error.details.code } }
[(ebpf probes | where kind in $kinds | length) (ebpf probes '*:vfs_read' | length) $codes]
