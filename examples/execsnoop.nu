# Programs that are started: by whom, and with which arguments.
#     > execsnoop | first 2 | reject time
#      #    pid    ppid   comm      program       args                error
#      0   32305    811   ls      /usr/bin/ls   [ls, --color=auto]
#      1   32307    811   bash    /usr/bin/lz   null                ENOENT
# Beside bpftrace's: arguments as a list, each whole, or marked with `…` where 4096 bytes end; what could not be started, and why.

use names *

# Watch programs being started. `comm` is theirs; of what could not be started, it is whose who has tried.
@example 'What a service starts' { execsnoop | where ppid == 811 }
@example 'What is looked for and not there' { execsnoop --failed | get program }
export def main [
    --comm (-c): string # only programs of this name
    --failed (-x)       # only what could not be started
]: nothing -> table {
    ebpf attach --stream --ring-buffer 4MiB --comm $comm {
        'raw_tracepoint:sched_process_exec': {|ctx|
            if not $failed {
                let task = $ctx.args.p
                let begin = $task.mm.arg_start
                let size = $task.mm.arg_end - $begin
                {
                    time: $ctx.time, pid: $ctx.tgid, ppid: $ctx.ppid, comm: $ctx.comm
                    program: $ctx.args.bprm.filename
                    size: $size, args: ($begin | read-bytes $size --len 4096), error: 0
                } | emit
            }
        }
        'tracepoint:syscalls/sys_exit_{execve,execveat}': {|ctx|
            if $ctx.ret < 0 {
                {
                    time: $ctx.time, pid: $ctx.tgid, ppid: $ctx.ppid, comm: $ctx.comm
                    program: ($ctx.entry.filename | read-str --len 256), size: 0, args: null, error: $ctx.ret
                } | emit
            }
        }
    }
    | update args {|row| if $row.args != null { $row.args | list $row.size } }
    | reject size
    | update error { errno }
}

# Arguments as a list. Each ends with a NUL, unless it is cut.
def list [size: int]: binary -> list<string> {
    let all = $in | bytes split 0x[00] | each { decode utf-8 }
    if $size <= 4096 { $all | drop } else { ($all | drop) ++ [$"($all | last)…"] }
}
