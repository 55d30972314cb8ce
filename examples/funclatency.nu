# How long a function takes, of the kernel, a library or a program, as a histogram.
#     > funclatency libc:malloc | first 2
#      #    low      high     count           bar
#      0   256ns      512ns   92603   --------------------
#      1   512ns   1µs 24ns    1730   -
# What bcc's does: any function, or several by a pattern; bpftrace has no such tool.

# Collect how long calls of a function take: `vfs_read` of the kernel, `libc:malloc` of a library or program, or an
# attach point such as `kprobe:vfs_read`, `ksyscall:read`, `uprobe:libc:malloc`.
@example 'Reads of files, for ten seconds' { funclatency vfs_read --duration 10sec }
@example 'Several functions, each by itself' { funclatency 'vfs_{read,write}' --by-function }
@example 'A function of a library, in one program' { funclatency libc:getaddrinfo --comm curl }
export def main [
    function: string                 # NAME, BINARY:NAME, or an attach point of its entry or return
    --duration (-d): duration = 5sec # how long to collect
    --pid (-p): int                  # only this process
    --comm (-c): string              # only commands of this name
    --by-function (-f)               # a histogram for each function
]: nothing -> table {
    let target = match ($function | split row ':') {
        [$name] => $'kretprobe:($name)'
        [kprobe, $name] | [kretprobe, $name] => $'kretprobe:($name)'
        [ksyscall, $name] | [kretsyscall, $name] => $'kretsyscall:($name)'
        [uprobe, $binary, $name] | [uretprobe, $binary, $name] | [$binary, $name] => $'uretprobe:($binary):($name)'
        _ => (error make {
            msg: 'not a function'
            label: {text: 'how is it called?', span: (metadata $function).span}
            help: 'write vfs_read, libc:malloc, or an attach point such as uprobe:libc:malloc'
        })
    }
    let id = ebpf attach --pid $pid --comm $comm $target {|ctx|
        if $by_function { $ctx.elapsed | hist --by {function: $ctx.func} } else { $ctx.elapsed | hist }
    }
    ebpf histogram $id --every $duration --detach | first
}
