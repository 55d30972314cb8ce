# Processes that change who they are: setuid and its like.
#     > setuids | first 2
#      #   time    pid     comm     uid     call      to   ruid   euid   suid   error
#      0   now    32460   python3     0   setresuid                 33
#      1   now    32460   python3     0   setuid       0
# Beside bpftrace's: setreuid, names of errors; what is to stay as it is (-1 in C) is null.

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
    let calls = 'tracepoint:syscalls/sys_exit_{setuid,setfsuid,setreuid,setresuid}'
    ebpf attach --stream --pid $pid --comm $comm $calls {|ctx|
        let args = $ctx.entry.args
        {
            time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, uid: $ctx.entry.uid, call: ($ctx.func | str substring 9..)
            to: $args.uid?, ruid: ($args.ruid? | asked), euid: ($args.euid? | asked), suid: ($args.suid? | asked)
            error: $ctx.ret
        } | emit
    }
    | update error { errno }
}
