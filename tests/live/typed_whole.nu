# expect: [[[all, has, names, priority]; [{request: true, priority: -7}, true, [request, priority], {priority: -7}]], [[id, name, kind, last, level, from, to, half, mode, delta, next]; [0, hello, TRIGGER_PUT, false, 7, {host: near, port: 8080}, true, [0, -1], 5, -3, true]], [[host, port]; [near, 8080], [near, 8081]], [[host, port]; [near, 8080], [near, 8081]], [[request, priority]; [true, -7], [true, -7]]]
# Arguments and structs as whole values: nothing is left out.
let place = $"uprobe:($env.TRIGGER):trigger_handle"
let id = ebpf attach $place {|ctx|
    let request = $ctx.args.request
    {
        all: ($ctx.args | update request {|args| $args.request == $request })
        has: ("priority" in $ctx.args)
        names: ($ctx.args | columns)
        priority: ($ctx.args | reject request)
    } | emit
}
let whole = ebpf attach $place {|ctx|
    let request = $ctx.arg0 | cast 'struct trigger_request'
    $request | reject ratio whole | update to {|r| $r.to == $request.to } | update next {|r| $r.next != null } | emit
}
let member = ebpf attach $place {|ctx| $ctx.args.request.from | emit }
let spread = ebpf attach $place {|ctx| {...($ctx.args.request.from)} | select host port | emit }
let entered = ebpf attach $"uretprobe:($env.TRIGGER):trigger_handle" {|ctx|
    $ctx.entry.args | update request {|args| $args.request != 0 } | emit
}
^$env.TRIGGER handle 2 hello
[(ebpf trace $id | first 1) (ebpf trace $whole | first 1) (ebpf trace $member | first 2) (ebpf trace $spread | first 2) (ebpf trace $entered | first 2)]
