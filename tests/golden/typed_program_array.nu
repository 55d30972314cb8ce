ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx|
    let from = $ctx.args.request.from
    if $from.host == 'twelve bytes' { {host: $from.host, next: $ctx.args.request.next?.from.host} | emit }
}
