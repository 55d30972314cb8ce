# needs: kprobes
# expect: [[true, true], 0]
# What cannot be attached as it is written is an error, whatever there were underneath: several functions of one name,
# where the kernel refuses those (6.7), and none.
let read = {|error| $error.details | select code help }
let same = ['kprobe:name_show' 'kretprobe:vfs_raed'] | each {|target|
    let plain = try { ebpf detach (ebpf attach --no-upgrade $target {|ctx| count }); null } catch $read
    let upgraded = try { ebpf detach (ebpf attach $target {|ctx| count }); null } catch $read
    $plain == $upgraded
}
[$same (ebpf list | length)]
