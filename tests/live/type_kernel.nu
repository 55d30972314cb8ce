# expect: [[[member, offset, size]; [skc_daddr, 0, 4], [skc_rcv_saddr, 4, 4], [skc_dport, 12, 2], [skc_num, 14, 2]], [[name, value]; [SHUT_RD, 0], [SHUT_WR, 1], [SHUT_RDWR, 2]], [["args.file", "struct file *"], ["args.count", size_t]], true, "this kernel has no type `struct sokc`"]
# Types as tables: members of unnamed structs are the outer one's; what an attach point is given, by name.
let common = ebpf type 'struct sock_common' | where member in [skc_daddr skc_rcv_saddr skc_dport skc_num] | select member offset size
let deep = ebpf type 'struct path' --depth 2 | where member == dentry | get 0.members | any {|row| $row.member == d_parent and $row.type == "struct dentry *" }
let fields = ebpf fields 'fentry:vfs_read' | where field in [args.file args.count] | each {|row| [$row.field $row.kernel] }
let unknown = try { ebpf type 'struct sokc' } catch {|error| $error.msg }
[$common (ebpf type 'enum sock_shutdown_cmd') $fields $deep $unknown]
