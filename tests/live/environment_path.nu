# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[1, 0], 1, 1, [a, b, a, b], true, 1]
# PATH is that of the call: after a change, as a text, with a relative folder, and in calls that run at the same time.
ebpf list | ignore
let folder = mktemp -d
cd $folder
mkdir a b
cp $env.TRIGGER a/mytrigger
cp $env.TRIGGER b/mytrigger
def found [] { try { ebpf probes 'uprobe:mytrigger:trigger_add' | length } catch { 0 } }
let changed = do { $env.PATH = ($env.PATH | prepend ($folder | path join a)); found }
let after = found
let text = with-env {PATH: $'($folder)/b:/usr/bin'} { found }
let relative = with-env {PATH: [a /usr/bin]} { found }
# Each folder has one program that the other has not.
cp $env.TRIGGER a/of_a
cp $env.TRIGGER b/of_b
let calls = [a b a b] | par-each --keep-order {|name|
    with-env {PATH: [($folder | path join $name)]} {
        [a b] | where {|other| (try { ebpf probes $'uprobe:of_($other):trigger_add' | length } catch { 0 }) == 1 } | str join
    }
}
let near = try { with-env {PATH: [a]} { ebpf probes 'uprobe:of_aa:trigger_add' } | ignore; '' } catch {|error| $error.rendered }
let home = with-env {HOME: $folder} { ebpf probes 'uprobe:~/b/of_b:trigger_add' | length }
cd /
rm -r $folder
[[$changed $after] $text $relative $calls ($near has 'of_a`') $home]
