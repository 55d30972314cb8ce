# needs: no-kprobes
# expect: ["ebpf::machine::lsm", ["args.file"], true]
# A kernel that asks no BPF program at its hooks: their types are known all the same.
let error = try { ebpf attach 'lsm:file_open' {|ctx| count } } catch {|error| $error.details.code }
[$error (ebpf fields 'lsm:file_open' | where field =~ '^args' | get field) ((ebpf probes --kind lsm | get name) has file_open)]
