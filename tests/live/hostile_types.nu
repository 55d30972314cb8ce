# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[true, "32 MiB", true], [true, "32 MiB", true], [true, "32 MiB", true], true, true, true, true]
# Types of a binary that other users can change, with a section that is small when compressed: it is refused by name,
# whichever command reads it, and a copy that only the user can change is read.
let folder = mktemp --directory --tmpdir
let bomb = $folder | path join bomb
^truncate --size 200M $"($folder)/zeros"
^objcopy --add-section $".debug_types=($folder)/zeros" --set-section-flags .debug_types=readonly,debug $env.HOSTILE $"($folder)/large"
^objcopy --compress-debug-sections=zlib $"($folder)/large" $bomb
^chown 65534 $bomb
def refusal [body: closure] {
    let error = try { do $body; '' } catch {|error| $error.rendered | str replace --all --regex '[\s│|]+' ' ' }
    [($error has '.debug_types (200 MiB decompressed)') ($error | parse --regex 'limit of (\d+ MiB)' | get -o 0.capture0) ($error has "name a copy of your own")]
}
let refused = [
    (refusal { ebpf type --binary $bomb timespec })
    (refusal { ebpf fields $"uprobe:($bomb):in_file" })
    (refusal { ebpf attach --dry-run $"uprobe:($bomb):called_until" {|ctx| $ctx.args.end | count } })
]
let small = (ls $bomb | get size.0) < 1MB
let plugin = ps --long | where ppid == $nu.pid and name == nu_plugin_ebpf | get 0.pid
let peak = open --raw $"/proc/($plugin)/status" | parse --regex 'VmHWM:\s+(?<kb>\d+) kB' | get 0.kb | into int
cp $bomb $"($folder)/own"
^chown 0 $"($folder)/own"
let own = ebpf type --binary $"($folder)/own" timespec | length
# The refusal was of the file as it was.
^chown 0 $bomb
let taken = ebpf type --binary $bomb timespec | length
rm --recursive $folder
[...$refused $small ($peak < 150_000) ($own > 0) ($taken == $own)]
