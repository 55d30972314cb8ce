# expect: [[[field, type, kernel]; ["entry.args.request", address, "struct trigger_request *"], ["entry.args.priority", int, "short int"], [retval, address, "struct trigger_request *"]], [[member, offset, bits]; [mode, 56, 3], [delta, 56, 5]], [[name, value]; [TRIGGER_NONE, -1]], 2]
# A program's types as tables.
let fields = ebpf fields $"uretprobe:($env.TRIGGER):trigger_handle" | where field =~ 'args|retval' | select field type kernel
let members = ebpf type 'struct trigger_request' --binary $env.TRIGGER | where bits != null | select member offset bits
let names = ebpf type 'enum trigger_kind' --binary $env.TRIGGER | where value < 0
let peer = ebpf type 'struct trigger_request' --binary $env.TRIGGER --depth 2 | where member == to | get 0.members | length
[$fields $members $names $peer]
