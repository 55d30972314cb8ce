# needs: kprobes
# expect: [["9p", "9p", "9p", "9p"], true, ["ebpf::target::function", true], ["ebpf::target::function", true]]
# Functions of a module, with and without its name: here of the file system that the guest's root is.
let near = {|error| [$error.details.code ($error.details.help has "v9fs_file_open" or $error.details.help has "`9p`")] }
let ids = ['kprobe:9p:v9fs_file_open' 'kprobe:v9fs_file_open' 'kprobe:9p:v9fs_file_op?n' 'kretprobe:9p:v9fs_file_open'] | each {|it|
    ebpf attach $it {|ctx| count }
}
open --raw $env.TRIGGER | ignore
let seen = $ids | each {|id| if (ebpf counters $id | get count.0) > 0 { '9p' } else { 'none' } }
let list = ebpf probes 'kprobe:9p:v9fs_file_op*'
let function = try { ebpf attach 'kprobe:9p:v9fs_file_opne' {|ctx| count } } catch $near
let module = try { ebpf attach 'kprobe:9q:v9fs_file_open' {|ctx| count } } catch $near
[$seen ($list.name has 'v9fs_file_open' and ($list.module | uniq) == ['9p']) $function $module]
