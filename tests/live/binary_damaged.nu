# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [["ebpf::target::binary", "ebpf::target::binary"], ["ebpf::target::binary", "ebpf::target::binary", "ebpf::target::binary"], 0]
# What begins as an ELF file and is none; and one behind a folder that a file is in the stead of.
let here = ^mktemp -d
0x[7f 45 4c 46] | save $"($here)/tiny"
let code = {|error| $error.details.code }
let codes = ["tiny" "tiny/inside"] | each {|file|
    try { ebpf attach $"uprobe:($here)/($file):main" {|ctx| count } } catch $code
}
let patterns = [
    {|| ebpf attach $"uprobe:($here)/tiny:ma*" {|ctx| count } }
    {|| ebpf probes $"uprobe:($here)/tiny:*" }
    {|| ebpf probes $"usdt:($here)/tiny:*" }
] | each {|attempt| try { do $attempt; 'nothing' } catch $code }
^rm -r $here
[$codes $patterns (ebpf list | length)]
