# only: host (it gives capabilities to files and users of this machine)
# expect: [true, [refused, refused, refused, refused, refused], [true, "ebpf::machine::clang", true]]
# A plugin that lends CAP_DAC_READ_SEARCH for tracefs reads no file with it that its user names, and neither runs a clang
# nor reads a tracefs of its user's choice.
let here = ^mktemp -d
^chmod 755 $here
let plugin = $"($here)/nu_plugin_ebpf"
^cp (plugin list | where name == ebpf | get filename.0) $plugin
^cp $env.TRIGGER $"($here)/secret"
^cp /sys/kernel/btf/vmlinux $"($here)/types"
^chmod 600 $"($here)/secret" $"($here)/types"
^install -d -o 65534 $"($here)/user"
mkdir $"($here)/tracefs/events/own/thing"
"#!/bin/sh\ntouch \"${0%/*}/ran\"\n" | save $"($here)/user/clang"
^chmod 755 $"($here)/user/clang"
^chown 65534 $"($here)/user/clang"
let shell = [$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c]
let places = [$"HOME=($here)/user" $"XDG_CACHE_HOME=($here)/user" $"HERE=($here)"]
^env ...$shell 'ebpf setup --yes --everyone --with [cap_dac_read_search] | ignore'
let tried = ^setpriv --reuid 65534 --regid 65534 --clear-groups env ...$places ...$shell "
def refused [body: closure] { try { do $body; 'read' } catch {|error| if $error.rendered =~ 'Permission denied' { 'refused' } else { $error.rendered } } }
let tracefs = ebpf probes 'tracepoint:syscalls/sys_enter_getpid' | is-not-empty
let files = [
    (refused { ebpf type --binary $'($env.HERE)/secret' timespec })
    (refused { ebpf fields $'uprobe:($env.HERE)/secret:trigger_add' })
    (refused { ebpf attach $'uprobe:($env.HERE)/secret:trigger_add' {|ctx| count } })
    (refused { ebpf attach --object $'($env.HERE)/secret' })
    (refused { with-env {NU_EBPF_BTF: $'($env.HERE)/types'} { ebpf type list_head } })
]
let own = with-env {NU_EBPF_TRACEFS: $'($env.HERE)/tracefs'} { try { ebpf probes 'tracepoint:own/thing' | is-empty } catch { true } }
let named = try { with-env {NU_EBPF_CLANG: $'($env.HERE)/user/clang'} { ebpf attach raw_tracepoint:sys_enter {|ctx| count } }; 'ran' } catch {|error| $error.details.code }
with-env {PATH: [$'($env.HERE)/user' ...$env.PATH]} { ebpf attach raw_tracepoint:sys_enter {|ctx| $ctx.pid | count } | ignore }
[$tracefs $files [$own $named (glob $'($env.HERE)/user/ran' | is-empty)]] | to nuon" | from nuon
^rm -r $here
$tried
