# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[[key, count]; [trigger_add, 2]], ["ebpf::object::differs", true], "ebpf::target::symbol"]
# A function is found anew in the file that is there when it is attached; what goes by a place in a file, in that build only.
let folder = mktemp -d
cd $folder
cp $env.TRIGGER one
ebpf compile 'uprobe:./one:trigger_add' {|ctx| $ctx.func | count } --output function.o
ebpf compile 'uprobe:./one:trigger_add+0x4' {|ctx| count } --output place.o
mkdir other; mv one other; cd other
let id = ebpf attach --object ../function.o
^./one call 2 7 -1
let found = ebpf counters $id --detach
cp $env.TALKER one
let build = try { ebpf attach --object ../place.o } catch {|error| [$error.details.code ("another build" in $error.msg)] }
let function = try { ebpf attach --object ../function.o } catch {|error| $error.details.code }
cd /
rm -r $folder
[$found $build $function]
