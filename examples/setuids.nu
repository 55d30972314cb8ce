# Processes that change who they are: setuid and its like.
#
# Beside bpftrace's setuids: setreuid, names of errors, and null where an id is to stay as it is (-1 in C).

use names *

# The id that a call asks for.
def asked []: any -> any {
    let id = $in
    if $id != 0xffffffff { $id }
}

# Watch processes that change their user: `uid` is who calls, `to` what setuid and setfsuid ask for.
@example 'Who becomes root' { setuids | where error == null and 0 in [$it.to $it.euid] }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    ebpf attach --stream --pid $pid --comm $comm 'tracepoint:syscalls/sys_exit_{setuid,setfsuid,setreuid,setresuid}' {|ctx|
        let args = $ctx.entry.args
        {
            time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, uid: $ctx.entry.uid, call: ($ctx.func | str substring 9..)
            to: $args.uid?, ruid: ($args.ruid? | asked), euid: ($args.euid? | asked), suid: ($args.suid? | asked)
            error: $ctx.ret
        } | emit
    }
    | update error { errno }
}
