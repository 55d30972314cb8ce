# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[[comm, count]; [chosen, 1000]], [attached, attached, attached, attached, attached], [true, true], [true, true]]
# What programs call: the version that they are linked with, and of an indirect function the implementation.
let folder = mktemp -d
cd $folder
"
#include <string.h>
static int one(int a) { return a; }
static int other(int a) { return a + 1; }
static int (*choose(void))(int) { return sizeof(long) == 8 ? one : other; }
int either(int) __attribute__((ifunc(\"choose\")));
int main(int c, char **v) {
    static char a[4096], b[4096];
    volatile size_t n = 1000 + c;
    void *(*volatile f)(void *, const void *, size_t) = memcpy;
    for (int i = 0; i < 1000; i++) f(a, b, n);
    return either(0) + (v == 0);
}
" | save chosen.c
^gcc -O1 -o chosen chosen.c
let id = ebpf attach --comm chosen 'uprobe:libc:memcpy' {|ctx| if $ctx.arg2 == 1001 { {comm: $ctx.comm} | count } }
^./chosen
let counted = ebpf counters $id --detach
let try = {|target| try { ebpf detach (ebpf attach $target {|ctx| count }); 'attached' } catch {|error| $error.rendered } }
let libc = [strlen memcmp strcpy 'memcpy@GLIBC_2.2.5' 'realpath@@GLIBC_2.3'] | each {|name| do $try $"uprobe:libc:($name)" }
let help = {|target| try { ebpf attach $target {|ctx| count }; '' } catch {|error| $error.details.help } }
let version = do $help 'uprobe:libc:realpath@GLIBC_9'
let own = do $help 'uprobe:./chosen:either'
let time = try { ebpf attach 'uprobe:libc:time' {|ctx| count }; '' } catch {|error| $error.msg }
let listed = ebpf probes 'uprobe:libc:strle?' | get name
cd /
rm -r $folder
[$counted $libc [($version has 'uprobe:libc:realpath@GLIBC_2.3') ($own has 'uprobe:./chosen:one')] [($time has 'vDSO') ($listed == [strlen])]]
