# expect: "ebpf::target::event"
# No machine of the lanes has hardware counters.
try { ebpf attach 'hardware:cycles' {|ctx| count } | ignore; 'attached' } catch {|error| $error.details.code }
