# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[[key, count]; ["ns::over(char const*)", 1], ["ns::over(int)", 1], ["ns::over(long)", 1]], [[P, 2], [number, 1], [text, 1], [const, 1], [parameters, 2], [operator, 1], [symbol, 1]], [true, true], ["ns::over(int)", "_ZN2ns4overEi"], 5]
# Functions of C++ go by the names that people write, with their parameters or without; their symbols go as well.
let folder = mktemp -d
cd $folder
"
struct P { int v; int get(int a) { asm volatile(\"\"); return v + a; } int get(long a) const { asm volatile(\"\"); return v + a; } int operator+(int a) { asm volatile(\"\"); return v + a; } };
namespace ns {
    template <typename T> T twice(T a) { asm volatile(\"\"); return a + a; }
    int over(int a) { asm volatile(\"\"); return a; }
    int over(long a) { asm volatile(\"\"); return a; }
    int over(const char *a) { asm volatile(\"\"); return *a; }
}
int main() { P p{1}; p.get(1); p.get(2L); p + 3; ns::twice(4); ns::twice(5L); ns::over(1); ns::over(2L); ns::over(\"c\"); return 0; }
" | save p.cc
mkdir 'a:b'
^g++ -w -g -O0 -o 'a:b/p' p.cc
let count = {|target|
    let id = ebpf attach $target {|ctx| count }
    run-external $"($folder)/a:b/p"
    ebpf counters $id --detach | get 0?.count? | default 0
}
let id = ebpf attach 'uprobe:./a:b/p:ns::over' {|ctx| $ctx.func | count }
run-external $"($folder)/a:b/p"
let all = ebpf counters $id --detach | sort-by key
let forms = {P: 'P::get', number: 'ns::over(int)', text: 'ns::over(char const*)', const: 'ns::over(const char *)', parameters: 'ns::twice*', operator: 'P::operator+(int)', symbol: '_ZN2ns4overEi'}
let counts = $forms | items {|name, form| [$name (do $count $"uprobe:./a:b/p:($form)")] }
let refused = try { ebpf attach 'uprobe:./a:b/p:ns::ovre' {|ctx| count } } catch {|error| $error.details.help has 'ns::over' }
let typed = try { ebpf attach --emit-c 'uprobe:./a:b/p:ns::over(long)' {|ctx| $ctx.args.a | emit } | str contains 'nu_arg(ctx, 1)' } catch {|error| $error.rendered }
let listed = ebpf probes 'uprobe:./a:b/p:ns::over(i*' | get 0 | [$in.name $in.symbol]
let globbed = do $count $"uprobe:($folder)/*/p:ns::{over,twice*}"
cd /
rm -r $folder
[$all $counts [$refused $typed] $listed $globbed]
