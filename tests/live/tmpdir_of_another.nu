# only: host (a VM does not compile with this machine's TMPDIR)
# expect: [[7, 0], [7, 0]]
# Root may have been left an ordinary user's closed TMPDIR, or one that is gone: clang works where all have theirs.
let place = ^mktemp -d
let cache = ^mktemp -d
^chown 65534:65534 $place
let script = "let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
    ^$env.TRIGGER getpid 7
    ebpf counters $id | get count.0"
let plugin = plugin list | where name == ebpf | get filename.0
let tried = [$place /nowhere] | each {|folder|
    # A cache of its own, so that there is something to compile.
    let own = $cache | path join ($folder | path basename)
    with-env {TMPDIR: $folder, XDG_CACHE_HOME: $own} {
        let came = ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | into int
        [$came (ls --all $place | length)]
    }
}
rm -r $place $cache
$tried
