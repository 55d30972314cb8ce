# expect: [[[id, name, kind, last, level, host, port, to, half, mode, delta, next, priority]; [0, hello, TRIGGER_PUT, false, 7, near, 8080, null, -1, 5, -3, {id: -8, kind: TRIGGER_NONE, level: -2}, -7], [1, hello, TRIGGER_PUT, false, 7, near, 8081, 443, -1, 5, -3, {id: -8, kind: TRIGGER_NONE, level: -2}, -7]], [far]]
# What a program passes, by its debug information: addresses are followed in its memory.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_handle" {|ctx|
    let request = $ctx.args.request
    {
        id: $request.id, name: $request.name, kind: $request.kind, last: $request.last, level: $request.level
        host: $request.from.host, port: $request.from.port, to: $request.to.port?, half: $request.half.1
        mode: $request.mode, delta: $request.delta
        next: {id: $request.next.id, kind: $request.next.kind, level: $request.next.level}
        priority: $ctx.args.priority
    } | emit
}
let cast = ebpf attach $"uprobe:($env.TRIGGER):trigger_handle" {|ctx|
    let request = $ctx.arg0 | cast 'struct trigger_request'
    if $request.id == 1 and $request.kind == "TRIGGER_PUT" { ($request.to | cast 'struct trigger_peer').host | emit }
}
^$env.TRIGGER handle 2 hello
[(ebpf trace $id | first 2) (ebpf trace $cast | first 1)]
