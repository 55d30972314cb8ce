# expect: ["ebpf::pin::folder", "ebpf::pin::folder", drwx------, drwx------, ["unreadable: the maps pinned as `old` were pinned by another version of the plugin: 9 instead of 1"], "ebpf::pin::differs", []]
# A folder that others may write to is not used, nor is what another version has described.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
let ours = $"($folder)/nu_plugin_ebpf"
let attach = {|name| try { ebpf attach --pin $name 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count } } catch {|error| $error.details.code } }
mkdir $ours
^chmod 777 $ours
let open = do $attach calls
^chmod 700 $ours
^chown 65534 $ours
let other = do $attach calls
rm -r $ours
let id = do $attach calls
let modes = [$ours $"($ours)/calls"] | each {|path| ^stat -c %A $path | str trim }
ebpf unpin calls
mkdir $"($ours)/old"
^bpftool map create $"($ours)/old/about" type array key 4 value 13 entries 1 name about
^bpftool map update pinned $"($ours)/old/about" key 0 0 0 0 value hex 7b 22 76 65 72 73 69 6f 6e 22 3a 39 7d
let old = [(ebpf list --pins | get kind) (do $attach old)]
ebpf unpin old
let left = ebpf list --pins
^umount $folder; ^rmdir $folder
[$open $other] ++ $modes ++ $old ++ [$left]
