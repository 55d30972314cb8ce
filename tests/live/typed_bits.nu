# needs: kprobes
# expect: [[func, purpose, old, count]; [vfs_get_tree, FS_CONTEXT_FOR_MOUNT, true, 1], [reconfigure_super, FS_CONTEXT_FOR_RECONFIGURE, true, 2]]
# Bit-fields of an enum, beside others in the same word.
let folder = $nu.temp-dir | path join typed_bits
mkdir $folder
let id = ebpf attach --comm mount ['kprobe:vfs_get_tree' 'kprobe:reconfigure_super'] {|ctx|
    {func: $ctx.func, purpose: $ctx.args.fc.purpose, old: $ctx.args.fc.oldapi} | count
}
^mount -t tmpfs none $folder
^mount -o remount,size=1M $folder
^mount -o remount,size=2M $folder
^umount $folder
rm $folder
ebpf detach $id | get count | sort-by count
