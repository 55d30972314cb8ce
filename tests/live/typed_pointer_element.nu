# only: host (it compiles a program, and what it tests is in the plugin)
# expect: [[-5, 7, 9, 7, "two words", one, 7], true, true]
# A number behind a pointer is an element of what it leads to; a member of a struct inside is suggested by its path.
let folder = mktemp -d
cd $folder
"struct inner { short s; unsigned char c; }; struct deep { struct { int x; } plain; struct inner in; };
struct all { struct inner *arr; char **argv; struct deep deep; void *any; };
__attribute__((noinline)) int f(struct all *a, struct inner *direct, int i) { __asm__ volatile(\"\" :: \"r\"(a), \"r\"(direct) : \"memory\"); return i; }
int main(void) { struct inner arr[3] = {{-5, 1}, {7, 2}, {9, 3}}; char one[] = \"one\", two[] = \"two words\"; char *argv[] = {one, two, 0};
    struct all a = {arr, argv}; return f(&a, arr, 1) - 1; }" | save p.c
^gcc -g -O1 -w -o p p.c
let id = ebpf attach 'uprobe:./p:f' {|ctx|
    let a = $ctx.args.a
    [$a.arr.0.s $a.arr.1.s ($ctx.args.direct | get 2 | get s) ($a.arr | get $ctx.args.i | get s) $a.argv.1 $a.argv.0 $ctx.args.direct.1.s] | emit
}
^./p
let rows = ebpf trace $id | first
let path = try { ebpf attach 'uprobe:./p:f' {|ctx| $ctx.args.a.c | emit } } catch {|error| $error.rendered has 'deep.in.c' }
let unknown = try { ebpf attach 'uprobe:./p:f' {|ctx| $ctx.args.a.any.1 | emit } } catch {|error| $error.rendered has 'void' }
cd /
rm -r $folder
[$rows $path $unknown]
