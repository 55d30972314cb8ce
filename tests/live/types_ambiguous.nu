# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[[cast, arg, other]; [-3, -3, 99]], [[11, 11, 12]], [selected, [-3, 99]], [true, true, true, true], [true, true, true, true], [[n, s]; [77, null]], [5, 6], true, [true, true], [pad, a], true]
# A name that two source files define differently means what the probed function's file defines, or what is selected.
let folder = mktemp -d
cd $folder
"struct foo { int a; long b; }; union un { int x; char c[8]; }; typedef struct { int q; } anon; enum en { A1 = 1, A2 = 2 };
struct inner { int z; }; struct outer { struct inner in; int k; }; struct bar { int same; }; struct opaque;
union un u1; anon a1; enum en e1; struct outer o1; struct bar b1;
__attribute__((noinline)) int fa(struct foo *p, void *v, struct opaque *o) { __asm__ volatile(\"\" :: \"r\"(p), \"r\"(v), \"r\"(o) : \"memory\"); return p->a; }
static __attribute__((noinline)) int st(int k, struct foo *p) { __asm__ volatile(\"\" :: \"r\"(p)); return k; }
static __attribute__((noinline)) int same(int k) { __asm__ volatile(\"\"); return k; }
int one(void) { struct foo x = {11, 12}; return fa(&x, &x, (void *)&x) + st(-1, &x) + same(5); }" | save a.c
"struct foo { long pad; int a; }; union un { long pad; int x; }; typedef struct { int pad; int q; } anon; enum en { A1 = 5, A2 = 6 };
struct inner { int pad; int z; }; struct outer { struct inner in; int k; }; struct bar { int same; }; struct opaque { int first; int o; };
union un u2; anon a2; enum en e2; struct outer o2; struct bar b2; struct opaque p2; int one(void); int fc(void *);
__attribute__((noinline)) int fb(struct foo *p, void *v) { __asm__ volatile(\"\" :: \"r\"(p), \"r\"(v) : \"memory\"); return p->a; }
static __attribute__((noinline)) long st(long n, struct bar *s) { __asm__ volatile(\"\" :: \"r\"(s)); return n; }
static __attribute__((noinline)) int same(int k) { __asm__ volatile(\"\"); return k + 1; }
int main(void) { struct foo x = {99, -3}; fb(&x, &x); one(); st(77, 0); same(6); fc(&x); return 0; }" | save b.c
"struct opaque { int c1; int c2; int c3; }; struct opaque p3;
__attribute__((noinline)) int fc(void *v) { __asm__ volatile(\"\" :: \"r\"(v) : \"memory\"); return 0; }" | save c.c
^gcc -g -O1 -w -no-pie -o p a.c b.c c.c
let seen = {|target closure count|
    let id = ebpf attach $target $closure
    ^./p
    let rows = ebpf trace $id | first $count
    ebpf detach $id
    $rows
}
let refused = {|target closure text| try { ebpf attach $target $closure; false } catch {|error| $error.rendered has $text } }
let second = do $seen 'uprobe:./p:fb' {|ctx| {cast: ($ctx.arg1 | cast 'struct foo').a, arg: $ctx.args.p.a, other: ($ctx.arg1 | cast 'struct foo in a.c').a} | emit } 1
let first = do $seen 'uprobe:./p:fa' {|ctx| [($ctx.arg1 | cast 'struct foo').a $ctx.args.p.a ($ctx.args.v | cast 'struct foo').b] | emit } 1
let selected = do $seen 'uprobe:./p:fc' {|ctx| [($ctx.arg0 | cast 'struct foo in b.c').a ($ctx.arg0 | cast 'struct foo #1').a] | emit } 1 | first
let ambiguous = [
    (do $refused 'uprobe:./p:fc' {|ctx| ($ctx.arg0 | cast 'struct foo').a | emit } "'struct foo in a.c' (16 bytes: a, b)")
    (do $refused 'uprobe:./p:fc' {|ctx| ($ctx.arg0 | cast 'union un').x | emit } "'union un in b.c'")
    (do $refused 'uprobe:./p:fc' {|ctx| ($ctx.arg0 | cast 'anon').q | emit } "'anon in a.c'")
    (do $refused 'uprobe:./p:fc' {|ctx| $ctx.arg0 | cast 'enum en' | emit } "'enum en in a.c'")
]
let more = [
    (do $refused 'uprobe:./p:fc' {|ctx| ($ctx.arg0 | cast 'struct outer').in.z | emit } "'struct outer in a.c'")
    (do $refused 'uprobe:./p:fa' {|ctx| $ctx.args.o.first | emit } "'struct opaque in b.c'")
    (do $refused 'uprobe:./p:fc' {|ctx| ($ctx.arg0 | cast 'struct foo in x.c').a | emit } "'struct foo in a.c'")
    ((do $seen 'uprobe:./p:fc' {|ctx| ($ctx.arg0 | cast 'struct bar').same | emit } 1) == [99])
]
# Functions of one name: what is the same for all of them is read.
let addresses = ^nm ./p | lines | where $it ends-with ' st' | each {|line| $line | split row ' ' | first | into int --radix 16 | format number | get lowerhex }
let each = $addresses | each {|at| do $refused $"uprobe:./p:st" {|ctx| $ctx.args.k | emit } $"uprobe:./p:($at)" }
let one = $addresses | each {|at| try { do $seen $"uprobe:./p:($at)" {|ctx| $ctx.args | emit } 1 | first } } | where n? == 77 | update s null
let same = do $seen 'uprobe:./p:same' {|ctx| $ctx.args.k | emit } 2 | sort
let returned = do $seen 'uretprobe:./p:same' {|ctx| $ctx.entry.args.k | emit } 2 | length | $in == 2
let whole = do $refused 'uretprobe:./p:st' {|ctx| $ctx.retval | emit } 'which differ in this'
let members = ebpf type 'struct foo in b.c' --binary ./p | get member
cd /
rm -r $folder
[$second $first [selected $selected] $ambiguous $more $one $same $whole $each $members $returned]
