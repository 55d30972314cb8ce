# expect: [[comm, program, args, error]; [trigger, true, ["", getpid, "a b", ""], null], [talker, /nonexistent, null, ENOENT]]
use execsnoop.nu
job spawn {
    while (ebpf list | is-empty) { sleep 100ms }
    ^$env.TRIGGER getpid 'a b' ''
    ^$env.TALKER exec /nonexistent
}
let started = execsnoop | where comm in [trigger talker] and program in [$env.TRIGGER /nonexistent] | first 2
$started | update program {|row| if $row.program == $env.TRIGGER { true } else { $row.program } } | update args {|row| if $row.args != null { $row.args | update 0 '' } } | reject time pid ppid
