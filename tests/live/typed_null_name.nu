# expect: [true, true, 0]
# A string behind an address that is null is null, and no fault: kernel threads run no file.
let id = ebpf attach --ring-buffer 4MiB 'tracepoint:sched/sched_switch' {|ctx|
    let exe = $ctx.task.mm?.exe_file?.f_path.dentry.d_name.name
    {exe: $exe, path: $ctx.task.mm?.exe_file?.f_path} | emit
    $exe | count
}
sleep 1sec
let rows = ebpf trace $id
[($rows | any {|row| $row.exe == null and $row.path == null }) (ebpf counters $id | any {|row| $row.key == null }) (ebpf list | get 0.faults)]
