ebpf attach --emit-c 'fentry:vfs_read' {|ctx|
    args->file->f_path.dentry | emit
}
