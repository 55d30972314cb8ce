# How long a function takes, of the kernel or of a program, as a histogram.
#
# What bcc's funclatency does: for any function, several by a pattern, with durations.

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
        _ => (error make {msg: 'no function that returns', label: {text: 'not one', span: (metadata $function).span}, help: 'write vfs_read, libc:malloc or an attach point of a function'})
    }
    let id = ebpf attach --pid $pid --comm $comm $target {|ctx|
        if $by_function { $ctx.elapsed | hist --by {function: $ctx.func} } else { $ctx.elapsed | hist }
    }
    ebpf histogram $id --every $duration --detach | first
}
