# only: host (bash has no terminal in a VM)
# expect: ["echo one two", exit]
# A real bash at a terminal of its own reads two lines.
use bashreadline.nu
job spawn {
    while (ebpf list | is-empty) { sleep 100ms }
    "echo one two\nexit\n" | ^script -qec 'bash --norc --noprofile -i' /dev/null | ignore
}
bashreadline | first 2 | get command
