# only: host (it gives capabilities to files of this machine)
# expect: [["by hand"], ["another place"], true, "ebpf::machine::setup", 755]
# Where the kernel heeds no capabilities of files, none are given.
let here = ^mktemp -d
^mount -t tmpfs -o nosuid tmpfs $here
let plugin = $"($here)/nu_plugin_ebpf"
^install -m 755 (plugin list | where name == ebpf | get filename.0) $plugin
let shell = [-n --no-std-lib --plugins $"[($plugin)]" -c]
let open = ^$nu.current-exe ...$shell "ebpf setup | where state not-in [done 'not asked for'] | to nuon" | from nuon
let said = ^$nu.current-exe ...$shell "try { ebpf setup --yes } catch {|error| $error.details | select code help | to nuon }" | from nuon
let mode = ^stat -c %a $plugin | into int
^umount $here
^rmdir $here
[($open.state) ($open.step) ("plugin add" in $said.help) $said.code $mode]
