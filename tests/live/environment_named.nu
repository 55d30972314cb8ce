# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, true, true, true, true, true, true]
# Files that variables name are those of the call: relative ones start at the shell's folder, `~` is its HOME.
let kernel = ebpf type list_head | length
let folder = mktemp -d
cd $folder
'no types' | save types
def told [body: closure] { try { do $body; '' } catch {|error| $error.rendered | str replace -ra '\s+[│|]?\s*' ' ' } }
let wrong = told { with-env {NU_EBPF_BTF: types} { ebpf type list_head } }
let home = told { with-env {NU_EBPF_BTF: ~/types, HOME: $folder} { ebpf type list_head } }
let right = with-env {NU_EBPF_BTF: '../../sys/kernel/btf/vmlinux'} { cd /tmp; ebpf type list_head | length }
mkdir tracefs/events/own/thing
let events = with-env {NU_EBPF_TRACEFS: tracefs} { told { ebpf fields 'tracepoint:own/nothing' } }
"#!/bin/sh\necho clang version 17.0.0\necho it ran >&2; exit 1\n" | save compiler
chmod +x compiler
let clang = with-env {NU_EBPF_CLANG: ./compiler} { told { ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.tgid + 70123 | emit } | ignore } }
mkdir maps
let pins = with-env {NU_EBPF_BPFFS: maps} { ebpf list --pins | length }
let back = ebpf type list_head | length
cd /
rm -r $folder
[($wrong has 'types: it is not BTF') ($home has 'types: it is not BTF') ($right == $kernel) ($events has 'own` has no `nothing`') ($clang has 'it ran') ($pins == 0) ($back == $kernel)]
