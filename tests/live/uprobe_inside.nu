# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[refused, refused, attached, attached, refused, attached, refused], [refused, refused, refused, refused, refused], [refused, attached, refused, attached], refused, [0, 0]]
# A probe inside an instruction ends the program that is traced: only where one begins is one put, however it is named.
let folder = mktemp -d
cd $folder
"
#include <stdio.h>
extern int around(int);
__asm__(\".text\\n.type around, @function\\naround: jmp 1f\\n.long 0x90909090\\n1: lea 1(%rdi), %eax\\nret\\n.size around, . - around\\n\");
__asm__(\".text\\n.type table, @object\\ntable: .long 0x90909090, 0x90909090\\n.size table, . - table\\n\");
const char word[] = \"a word of the program, which is no code\";
__attribute__((noinline)) int leaf(int a) { __asm__ volatile(\"\"); return a * 3 + word[a & 7]; }
int main(void) { for (int i = 0; i < 3; i++) printf(\"%d \", leaf(i) + around(i)); return 0; }
" | save p.c
^gcc -O0 -o p p.c
^strip -o stripped p
let ends = { ^./p | complete | get exit_code }
# An instruction's address, or where a symbol is.
let at = {|name| ^nm p | lines | parse -r '^(?<at>[0-9a-f]+) \w (?<name>\w+)$' | where name == $name | get 0.at | into int --radix 16 }
let hex = {|number| $number | format number | get lowerhex }
let try = {|target| try { ebpf detach (ebpf attach $target {|ctx| count }); 'attached' } catch {|error|
    if $error.details.code == 'ebpf::target::symbol' and ($error.details.help | is-not-empty) { 'refused' } else { $error.rendered }
} }
let leaf = do $at leaf
# push %rbp; mov %rsp,%rbp
let by_name = ['leaf+2' 'leaf+3' 'leaf+1' 'leaf+4' 'leaf+4096' 'around+6' 'around+3'] | each {|place| do $try $"uprobe:./p:($place)" }
let whole = ebpf attach 'uprobe:./p:leaf+1' {|ctx| count }
let first = do $ends
let places = [($leaf + 2) (do $at table) (do $at word) ($leaf + 0x1000000)] | each {|at| do $try $"uprobe:./p:+(do $hex $at)" }
let returns = do $try $"uretprobe:./p:+(do $hex ($leaf + 1))"
let stripped = [($leaf + 2) ($leaf + 1) ((do $at main) + 2) (do $at main)] | each {|at| do $try $"uprobe:./stripped:+(do $hex $at)" }
ebpf compile 'uprobe:./p:leaf+2' {|ctx| count } --output inside.o
let compiled = try { ebpf attach --object inside.o; 'attached' } catch {|error| if $error.details.code == 'ebpf::target::symbol' { 'refused' } else { $error.rendered } }
ebpf detach $whole
let second = do $ends
cd /
rm -r $folder
[$by_name [...$places $returns] $stripped $compiled [$first $second]]
