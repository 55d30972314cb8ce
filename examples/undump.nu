# What processes read from Unix sockets, byte for byte.
#     > undump | first 1
#      #   time   pid    comm    size               data
#      0   now    1240   Xorg     32 B   0x[37 00 03 00 04 00 60 01 …]
# Beside bpftrace's: exactly what is read, not the whole of what was sent; binaries, sizes; filters in the kernel.

# Watch streams of Unix sockets being read. `size` is how much, `data` what of it is shown.
@example 'As text' { undump | update data { decode utf-8 } }
export def main [
    --pid (-p): int           # only what this process reads
    --comm (-c): string       # only what commands of this name read
    --bytes (-b): int = 256   # how many bytes to show at most
]: nothing -> table {
    ebpf attach --stream --ring-buffer 1MiB --pid $pid --comm $comm 'kprobe:unix_stream_read_actor' {|ctx|
        let skb = $ctx.args.skb
        let from = ($skb.cb | cast 'struct unix_skb_parms').consumed + $ctx.args.skip
        # What lies in pages of its own is not shown.
        let there = $skb.len - $skb.data_len - $from
        let shown = [$ctx.args.chunk $there] | math min
        {
            time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, size: ($ctx.args.chunk | into filesize)
            data: (if $shown > 0 { $skb.data | read-kernel-bytes $shown --offset $from --len $bytes })
        } | emit
    }
}
