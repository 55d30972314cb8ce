# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[[a, b, c, d, e]; [-9, null, word, -77, 250], [-9, null, word, -77, 250]], [["arg0", "arg1"]; [null, null], [null, null]], 2, 2, [[type, kernel, description]; [int, "s32", "s32 arg0"], [nothing, "f64", "f64 arg1, which is read as null"]], [[at, n]; [few, 2], [floats, 2], [mixed, 2], [plain, 2], [twice, 4], [wanted, 2]], [-9, -300, -9, -300], [[first, second]; [-9, null], [-9, null]], 0]
# libbpf refuses a USDT probe with an argument that is a float or at a location that it does not support.
# The argument is null, the others are as they should be, and a pattern attaches to all probes.
let folder = mktemp -d
cd $folder
'#define PROBE(name, semaphore, arguments, ...) __asm__ volatile("990: nop\n" \
 ".pushsection .note.stapsdt,\"\",\"note\"\n.balign 4\n.4byte 992f-991f, 994f-993f, 3\n991: .asciz \"stapsdt\"\n992: .balign 4\n" \
 "993: .8byte 990b, _.stapsdt.base, " semaphore "\n.asciz \"tst\", \"" name "\", \"" arguments "\"\n994: .balign 4\n.popsection\n" : : __VA_ARGS__)
__asm__(".pushsection .stapsdt.base,\"a\",%progbits\n_.stapsdt.base: .space 1\n.popsection");
__attribute__((used, section(".probes"))) unsigned short tst_wanted;
long before[4] = {1, -77, 3, 4}; unsigned char small[4] = {0, 250, 0, 0};
__attribute__((noinline)) void pass(double d, float f, int i, const char *text, long n) {
  PROBE("mixed", "0", "-4@%0 8f@%1 8@%2 -8@(%3,%4,8) 1@1(%5)", "r"(i), "x"(d), "r"(text), "r"(before), "r"(n), "r"(small));
  PROBE("floats", "0", "8f@%0 -4@%1", "x"(d), "x"(f));
  PROBE("few", "0", "-4@%0 8@before+8(%%rip)", "r"(i));
  if (*(volatile unsigned short *)&tst_wanted) PROBE("wanted", "tst_wanted", "-4@%0 8f@%1", "r"(i), "r"(d));
  PROBE("twice", "0", "-4@%0 8f@%1", "r"(i), "x"(d));
  PROBE("twice", "0", "-4@$-300 8f@%0", "x"(d));
  PROBE("plain", "0", "-4@%0", "r"(i));
}
int main(void) { for (int i = 0; i < 2; i++) pass(1.5, 2.5f, -9, "word", 1); return 0; }' | save f.c
^gcc -O1 -o f f.c
let mixed = ebpf attach 'usdt:./f:tst:mixed' {|ctx|
    {a: $ctx.arg0, b: $ctx.arg1, c: ($ctx.arg2 | read-str), d: $ctx.arg3, e: $ctx.arg4} | emit
}
let floats = ebpf attach 'usdt:./f:tst:floats' {|ctx| $ctx.args | emit }
let few = ebpf attach 'usdt:./f:tst:few' {|ctx| count }
let wanted = ebpf attach 'usdt:./f:tst:wanted' {|ctx| if $ctx.arg0 == -9 and $ctx.arg1 == null { count } }
let all = ebpf attach 'usdt:./f:tst:*' {|ctx| $ctx.func | count }
let twice = ebpf attach 'usdt:./f:tst:twice' {|ctx| $ctx.arg0 | emit }
let some = ebpf attach 'usdt:./f:tst:few' {|ctx| {first: $ctx.arg0, second: $ctx.arg1} | emit }
^./f
let at = ebpf counters $all | sort-by key | each {|row| {at: $row.key, n: $row.count} }
let fields = ebpf fields 'usdt:./f:tst:wanted' | where field =~ '^arg' | select type kernel description
let values = [(ebpf trace $mixed) (ebpf trace $floats) (ebpf counters $few | get 0.count) (ebpf counters $wanted | get 0.count)]
let faults = ebpf list | where id == $mixed | get 0.faults? | default 0
cd /
rm -r $folder
[...$values $fields $at (ebpf trace $twice) (ebpf trace $some) $faults]
