# expect: [["this branch never runs", "if $ctx.pid == \"1\" { 1 | emit }", "^^^^^^^^^^^^^^^ this is always false: an int and a string are never equal"], ["this branch never runs", "match $ctx.pid { \"x\" => { 1 | emit }, _ => {} }", "^^^ this never matches an int"], ["this branch never runs", "let same = $ctx.comm == 7", "^^^^^^^^^^^^^^ this is always false: a string and an int are never equal"], [], [], []]
# Branches that types exclude are reported when the probe is attached; those that captured options exclude are not.
let plugin = plugin list | where name == ebpf | get filename.0
let closures = [
    '{|ctx| 2 | emit; if $ctx.pid == "1" { 1 | emit } }'
    '{|ctx| 2 | emit; match $ctx.pid { "x" => { 1 | emit }, _ => {} } }'
    "{|ctx|\n 2 | emit\n let same = $ctx.comm == 7\n if $same { 1 | emit }\n}"
    '{|ctx| 2 | emit; if $verbose { 1 | emit }; if $only != null and $ctx.comm == $only { 3 | emit }; if $ctx.pid in $pids { 4 | emit } }'
    '{|ctx| def shown [x] { if $x == null { "none" } else { $x } }; [$ctx.pid $ctx.comm] | each {|x| if $x == 1 { "init" } else { $x } } | emit; shown $ctx.pid | emit }'
    '{|ctx| 1 | map-put seen $ctx.pid; let seen = $ctx.tid | map-get seen; if $seen != null { $seen | emit } else { 0 | emit } }'
]
$closures | each {|closure|
    let script = $"let verbose = false; let only = null; let pids = []; ebpf attach --emit-c interval:1sec ($closure) | ignore"
    ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete | get stderr | lines
        | str trim | str replace "ebpf: " "" | each {|line| $line | str replace --regex '^\{\|ctx\| 2 \| emit; (.*) \}$' '$1' }
}
