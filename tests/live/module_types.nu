# needs: kprobes module-types
# expect: [[true, true, true, true, true, true], [["args.fid", "struct p9_fid *"], ["args.mode", int]], [fid, qid], ["9pnet"], ["modprobe btrfs", "ebpf::target::function"], ["kprobe:9pnet:p9_client_opn", "p9_client_open"]]
# The types of modules: of 9p, through which the guest's root comes, and of what it calls in 9pnet.
let ids = {
    'fentry:9pnet:p9_client_open': {|ctx| if $ctx.args.fid.qid.path > 0 { {mode: $ctx.args.mode} | count } }
    'fexit:p9_client_open': {|ctx| if $ctx.args.fid.fid > 0 and $ctx.retval == 0 { $ctx.args.fid.clnt.msize | count } }
    'kprobe:9pnet:p9_client_open': {|ctx| if $ctx.args.fid.clnt.name != "" { $ctx.args.fid.qid.type | count } }
    'kprobe:v9fs_file_open': {|ctx| if $ctx.args.file.f_path.dentry.d_name.name == "trigger" { $ctx.args.inode.i_sb.s_type.name | count } }
    'kretprobe:9p:v9fs_file_open': {|ctx| if $ctx.retval == 0 { $ctx.entry.args.inode.i_mode | count } }
    'raw_tracepoint:9p_client_req': {|ctx| if $ctx.args.clnt.msize > 0 { $ctx.args.type | count } }
} | transpose point closure | each {|it| ebpf attach $it.point $it.closure }
open --raw $env.TRIGGER | ignore
let seen = $ids | each {|id| ebpf counters $id | is-not-empty }
let fields = ebpf fields 'kprobe:9pnet:p9_client_open' | where field =~ '^args' | each {|row| [$row.field $row.kernel] }
let members = ebpf type 'struct p9_fid' | where member in [fid qid] | get member
let events = ebpf probes 'raw_tracepoint:9p_client_re*' | get module | uniq
let absent = try { ebpf attach 'fentry:btrfs:btrfs_sync_file' {|ctx| count } } catch {|error|
    [($error.details.help | parse --regex '(?<how>modprobe btrfs)' | get how.0) $error.details.code]
}
let near = try { ebpf attach 'fentry:9pnet:p9_client_opn' {|ctx| count } } catch {|error|
    ['kprobe:9pnet:p9_client_opn' ($error.details.help | parse --regex '`(?<near>[a-z0-9_]+)`' | get near.0)]
}
[$seen $fields $members $events $absent $near]
