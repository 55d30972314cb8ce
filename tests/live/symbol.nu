# expect: [[vfs_read, function, kernel], true, true, true, ["ebpf::symbol::unknown", true], "ebpf::symbol::unknown", "ebpf::option"]
# A symbol by its name, and by any address in it; as ints, and as text in the way that rows show addresses.
let details = {|error| $error.details }
let found = ebpf symbol vfs_read | where module == kernel | first
let near = ebpf symbol ($found.address + 4) | where name == vfs_read | first
let proc = open --raw /proc/kallsyms | lines | where $it ends-with ' T vfs_read' | first | split row ' ' | first
let misspelt = try { ebpf symbol vfs_raed } catch $details
[
    ($found | select name type module | values)
    ($near == {name: vfs_read, offset: 4, address: $found.address, type: function, module: kernel})
    ((ebpf symbol $"0x($proc)" | where name == vfs_read | get 0.address) == $found.address)
    ($found.address == ($"0x($proc)" | from nuon))
    [$misspelt.code ('`vfs_read`' in $misspelt.help)]
    (try { ebpf symbol 5 } catch $details | get code)
    (try { ebpf symbol '0xvfs' } catch $details | get code)
]
