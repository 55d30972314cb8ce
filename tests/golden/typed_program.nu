ebpf attach --emit-c 'uprobe:./program.so:handle' {|ctx|
    let request = $ctx.args.request
    if $request.kind == "KIND_PUT" and $request.last {
        {
            id: $request.id, name: $request.name, level: $request.level, host: $request.from.host, port: $request.from.port
            half: $request.half.1, mode: $request.mode, delta: $request.delta, kind: $request.short_kind
            cell: $request.grid.2.1, user: $request.session.user, next: $request.next.id?, urgent: $ctx.args.urgent
        } | emit
    }
}
