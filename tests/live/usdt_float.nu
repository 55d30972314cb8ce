# only: host (it compiles a program, and what it tests is in libbpf and the plugin)
# expect: [true, true, [-9, -9, -9], 3]
# libbpf does not attach to a USDT probe one of whose arguments is a float: the error names the address to probe instead.
let folder = mktemp -d
cd $folder
'#define PROBE(name, arguments, ...) __asm__ volatile("990: nop\n" \
 ".pushsection .note.stapsdt,\"\",\"note\"\n.balign 4\n.4byte 992f-991f, 994f-993f, 3\n991: .asciz \"stapsdt\"\n992: .balign 4\n" \
 "993: .8byte 990b, _.stapsdt.base, 0\n.asciz \"tst\", \"" name "\", \"" arguments "\"\n994: .balign 4\n.popsection\n" : : __VA_ARGS__)
__asm__(".pushsection .stapsdt.base,\"a\",%progbits\n_.stapsdt.base: .space 1\n.popsection");
__attribute__((noinline)) void dbl(double d, int i) { PROBE("dbl", "8f@%0 -4@%1", "x"(d), "r"(i)); PROBE("reg", "-8@%0", "x"(d)); PROBE("plain", "-4@%0", "r"(i)); }
int main(void) { for (int i = 0; i < 3; i++) dbl(1.5, -9); return 0; }' | save f.c
^gcc -O1 -o f f.c
let refused = ['dbl' 'reg'] | each {|name| try { ebpf attach $"usdt:./f:tst:($name)" {|ctx| count } } catch {|error| $error.rendered } }
let id = ebpf attach 'usdt:./f:tst:plain' {|ctx| $ctx.arg0 | emit }
^./f
let plain = ebpf trace $id | first 3
let place = $refused.0 | parse --regex '(?<place>:0x[0-9a-f]+)' | get 0.place
let id = ebpf attach $"uprobe:./f($place)" {|ctx| count }
^./f
let count = ebpf counters $id | get 0.count
cd /
rm -r $folder
let named = $refused | each {|text| $text has 'libbpf cannot attach' }
[...$named $plain $count]
