# only: vm-5.10 (only this kernel lacks what the object calls)
# expect: ["ebpf::kernel::old", "this object needs Linux 5.17"]
# An object that is built for a newer release names the release that it needs.
let made = ebpf compile --kernel 6.1 $"uprobe:($env.TRIGGER):trigger_add" {|ctx| for i in 0..3 { $i | count } }
try { ebpf attach --object $made } catch {|error| [$error.details.code $error.msg] }
