# only: host (it compiles a program, and what it tests is in the plugin)
# expect: ["Pc=Pc", "St=St", "d=d", "f=f", "i=i", "v=v", "w=w", "x=x"]
# The program stays for a while, that what it has mapped can be read.
# A function of C whose name is a type to the demangler of C++ keeps it.
let folder = mktemp -d
cd $folder
"
#define F(n) __attribute__((noinline)) void n(void) { __asm__ volatile(\"\" ::: \"memory\"); }
#include <unistd.h>
F(w) F(f) F(d) F(i) F(v) F(x) F(St) F(Pc)
int main(void) { w(); f(); d(); i(); v(); x(); St(); Pc(); usleep(500000); return 0; }
" | save p.c
^gcc -g -O1 -fno-omit-frame-pointer -o p p.c
let id = ebpf attach 'uprobe:./p:{w,f,d,i,v,x,St,Pc}' {|ctx| {func: $ctx.func, top: $ctx.ustack} | emit }
^./p
let rows = ebpf trace $id | each {|row| $"($row.func)=($row.top.0?.function?)" } | sort
cd /
rm -r $folder
$rows
