# only: host (takes minutes on an emulated processor, and does not depend on the kernel)
# expect: [true, true, true, true]
# Processes of another user make as much as they can for the plugin to read: names of code, mappings, and a section that is
# small when compressed. Its memory stays bounded, and what has no name because of that is counted.
let folder = mktemp --directory --tmpdir
^chmod 777 $folder
^truncate --size 256M $"($folder)/zeros"
^objcopy --add-section $".debug_ranges=($folder)/zeros" --set-section-flags .debug_ranges=readonly,debug $env.HOSTILE $"($folder)/large"
^objcopy --compress-debug-sections=zlib $"($folder)/large" $"($folder)/bomb"
rm $"($folder)/zeros" $"($folder)/large"
^chown 65534 $"($folder)/bomb"
let probe = ebpf attach 'tracepoint:syscalls/sys_enter_getppid' {|ctx| if $ctx.comm == "hostile" or $ctx.comm == "bomb" { {comm: $ctx.comm, pid: $ctx.pid, stack: $ctx.ustack} | count } }
let attackers = [
    (job spawn { ^$env.HOSTILE jit $"($folder)/jit" 600 64 })
    (job spawn { ^$env.HOSTILE mappings $"($folder)/mappings" 600 60000 })
    (job spawn { ^$"($folder)/bomb" spins $"($folder)/bomb.target" 600 })
]
mut seen = []
while ($seen | length) < 3 {
    sleep 100ms
    $seen = ebpf stacks $probe | get pid | uniq
}
let names = ebpf stacks $probe | where comm == bomb | get stack | flatten | get function
let plugin = ps --long | where ppid == $nu.pid and name == nu_plugin_ebpf | get 0.pid
let peak = open --raw $"/proc/($plugin)/status" | parse --regex 'VmHWM:\s+(?<kb>\d+) kB' | get 0.kb | into int
let unresolved = ebpf list | where id == $probe | get 0.unresolved
$attackers | each {|job| job kill $job } | ignore
ls --long /tmp/perf-*.map | where user == nobody | each {|file| rm $file.name } | ignore
rm --recursive $folder
# The functions of the last one are known by its symbols.
[($peak < 150_000), ($unresolved > 0), ("in_file" in $names), (ebpf list | where id == $probe | is-not-empty)]
