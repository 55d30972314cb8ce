# needs: disk
# expect: [[[dev, same, number, put, count]; [true, true, true, true, 5]], true]
# A device by its two numbers: as text, compared with such text, as a number, kept in a map. In a VM what lies in /tmp is
# on an overlay, of which a process maps another file than `stat` tells of.
let file = $env.TRIGGER
let device = ^stat -c '%Hd:%Ld' $file
let number = ($device | split row ':' | into int | $in.0 * 1048576 + $in.1)
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let dev = $ctx.task.mm.exe_file.f_inode.i_sb.s_dev
    $dev | map-put dev $ctx.tid
    $dev | map-put last $dev
    {dev: $dev, same: ($dev == $device), number: ($dev + 0 == $number), put: (($ctx.tid | map-get dev) == $device and ($dev | map-contains last))} | count
}
^$env.TRIGGER getpid 5
[(ebpf counters $id | update dev { $in == $device }) (ebpf list | get 0.errors | $in == 0)]
