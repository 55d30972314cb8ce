let number = 42
let yes = true
let text = "a \"quoted\" \\ text with %d, ünï and a
newline"
let wait = 10ms
let size = 2KiB
let half = 0.5
let bytes = 0x[00 ff]
let nested = {list: [1 2 3], none: null}
ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    if $yes and $ctx.ret == $number {
        {ret: $ctx.ret, number: $number, text: $text, wait: $wait, size: $size, half: $half, bytes: $bytes, nested: $nested} | emit
    }
    if $ctx.ret > 5 { let t = if $ctx.uid == 0 { $text } else { "other" }; {t: $t, w: (if $ctx.gid == 0 { $wait } else { 1sec })} | emit }
}
