# expect: [1, 2, [[id, name]; [0, a], [1, a]]]
# Functions whose arguments are alike share a program; those of others do not.
let point = $"uprobe:($env.TRIGGER):trigger_"
let alike = ebpf attach --emit-c [$"($point)left" $"($point)right"] {|ctx| $ctx.args.depth | count }
let apart = ebpf attach --emit-c [$"($point)add" $"($point)handle"] {|ctx| {a: $ctx.args.a?, id: $ctx.args.request?.id?} | emit }
let id = ebpf attach $"($point){copy,nap}" {|ctx| {id: $ctx.args.id?, name: $ctx.args.name?} | emit }
^$env.TRIGGER handle 2 a
[$alike $apart] | each {|text| $text | lines | where $it =~ '^SEC.*uprobe' | length } | append [(ebpf trace $id | first 2)]
