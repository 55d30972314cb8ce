# needs: kprobes missed-returns
# expect: [true, true, 1, 1]
# More threads are inside of a function than a kretprobe keeps apart: each return is seen or counted as missed, and the
# table says so; of a probe that nobody has read, its end does.
let script = r#'let id = ebpf attach --no-upgrade --comm sleep 'kretprobe:hrtimer_nanosleep' {|ctx| count }
^sh -c '
    i=0
    while [ $i -lt 60 ]; do sleep 1000 & all="$all $!"; i=$((i + 1)); done
    for one in $all; do until grep -q nanosleep /proc/$one/wchan; do :; done; done
    kill $all
    wait
' | complete | ignore
let seen = ebpf counters $id | get 0.count
let missed = ebpf list | get 0.missed
# Others that sleep meanwhile are missed as well.
[($seen < 60) ($seen + $missed >= 60)] | to nuon'#
let plugin = plugin list | where name == ebpf | get filename.0
let unread = $script | str replace --regex --no-expand '(?s)\nlet seen.*' "\nebpf detach $id | to nuon"
let came = ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete
let ended = ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $unread | complete
let told = [$came $ended] | each { get stderr | lines | where $it =~ 'left out by the kernel: a program was at work' | length }
($came.stdout | from nuon) ++ $told
