# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[[key, count]; [helper, 2]], 2, [1, 1, 1], true, refused]
# Several functions of one name are all probed. One of them goes by the address that nm shows, or by its offset in the file.
let folder = mktemp -d
cd $folder
"static __attribute__((noinline)) int helper(int a) { __asm__ volatile(\"\"); return a + 1; } int one(int a) { return helper(a); }" | save d1.c
"static __attribute__((noinline)) int helper(int a) { __asm__ volatile(\"\"); return a + 2; } int one(int); int main(void) { return one(10) + helper(20) == 33 ? 0 : 1; }" | save d2.c
^gcc -O1 -no-pie -o p d1.c d2.c
let id = ebpf attach 'uprobe:./p:helper' {|ctx| $ctx.func | count }
^./p
let places = ebpf list | where id == $id | get 0.places
let both = ebpf counters $id --detach
let address = ^nm ./p | lines | where $it ends-with ' helper' | first | split row ' ' | first | into int --radix 16
let hex = {|number| $number | format number | get lowerhex }
let once = [$"+(do $hex $address)" $"+(do $hex ($address - 0x400000))" (do $hex $address)] | each {|place|
    let id = ebpf attach $"uprobe:./p:($place)" {|ctx| if $ctx.arg0 in [10 20] { count } }
    ^./p
    ebpf counters $id --detach | get count.0
}
let advice = try { ebpf attach 'uprobe:./p:helper+1' {|ctx| count } } catch {|error| $error.details.help has $"uprobe:./p:(do $hex ($address + 1))" }
let outside = try { ebpf attach 'uprobe:./p:+0x7fffffff' {|ctx| count } } catch {|error| if $error.details.code == 'ebpf::target::symbol' { 'refused' } else { $error.rendered } }
cd /
rm -r $folder
[$both $places $once $advice $outside]
