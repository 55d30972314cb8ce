# needs: kprobes
# expect: [[[key, count]; [ksys_read, 3], [vfs_read, 3]], [[key, count]; [ksys_read, 3], [vfs_read, 3]]]
# Threads that wait inside of functions, one of which calls the other, cost no return of theirs: by a pattern or a list.
let pattern = ebpf attach --comm trigger 'kretprobe:{ksys_read,vfs_read}' {|ctx|
    if $ctx.retval == 1 { $ctx.func | count }
}
let list = ebpf attach --comm trigger ['kretprobe:ksys_read' 'kretprobe:vfs_read'] {|ctx|
    if $ctx.retval == 1 { $ctx.func | count }
}
^sh -c r#'
    folder=$(mktemp -d)
    mkfifo $folder/pipe
    for i in 1 2 3 4; do cat <>$folder/pipe >/dev/null & all="$all $!"; done
    for one in $all; do until grep -q pipe /proc/$one/wchan; do :; done; done
    "$TRIGGER" read 3
    kill $all
    wait
    rm -r $folder
'# | complete | ignore
[$pattern $list] | each {|id| ebpf counters $id --detach | sort-by key }
