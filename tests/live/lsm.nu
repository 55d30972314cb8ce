# needs: kprobes lsm
# expect: [[trigger], true, [["args.file", "struct file *"]], ["lsm:file_open", lsm, file_open, kernel], ["ebpf::target::function", true], ["ebpf::target::function", true]]
# A hook of security modules: it sees what they are asked, and the file is opened all the same.
let id = ebpf attach 'lsm:file_open' {|ctx|
    let name = $ctx.args.file.f_path.dentry.d_name.name
    if $name == "trigger" and $ctx.task.pid == $ctx.tid { $name | count }
}
let opened = (open --raw $env.TRIGGER | bytes length) > 0
let seen = ebpf counters $id | get key
let fields = ebpf fields 'lsm:file_open' | where field =~ '^args' | each {|row| [$row.field $row.kernel] }
let listed = ebpf probes --kind lsm | where name == file_open | get 0 | values
let near = {|error| [$error.details.code ($error.details.help has "file_open" or $error.details.help has "security_HOOK")] }
let wrong = try { ebpf attach 'lsm:file_opne' {|ctx| count } } catch $near
# Some may not be hung on, of which the first kernels do not tell.
let barred = try { ebpf attach 'lsm:vm_enough_memory' {|ctx| count }; ["ebpf::target::function" true] } catch $near
[$seen $opened $fields $listed $wrong $barred]
