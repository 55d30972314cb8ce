# only: host (it compiles a program, and what it tests is in the decoder and in C)
# expect: [[0, null, null], [1, null, null], [2, unix, null], [3, unix, Z], [8, unix, ZZZZZZ], [0, null, null], [2, unix, null], [3, unix, @], [8, unix, @Z@ZZZ], [7, inet, null], [8, inet, "127.0.0.1"], [16, inet, "127.0.0.1"], [Z, @]]
# No more of a socket's address is read than its length says: by the argument beside it, or as it is given.
let folder = mktemp -d
cd $folder
"#include <sys/socket.h>\n#include <string.h>\n#include <netinet/in.h>\nint main(void) {
    static char b[256]; int s = socket(AF_UNIX, SOCK_DGRAM, 0), i, l[] = {0, 1, 2, 3, 8}, n[] = {0, 2, 3, 8}, p[] = {7, 8, 16};
    for (i = 0; i < 5; i++) { memset(b, 'Z', 256); *(short *)b = AF_UNIX; connect(s, (void *)b, l[i]); }
    for (i = 0; i < 4; i++) { memset(b, 'Z', 256); *(short *)b = AF_UNIX; b[2] = b[4] = 0; connect(s, (void *)b, n[i]); }
    for (i = 0; i < 3; i++) { struct sockaddr_in a = {AF_INET, htons(80), {htonl(0x7f000001)}}; connect(s, (void *)&a, p[i]); } return 0; }" | save p.c
^gcc -w -o sockets p.c
let id = ebpf attach --comm sockets 'tracepoint:syscalls/sys_enter_connect' {|ctx|
    let to = $ctx.uservaddr | cast 'struct sockaddr'
    {length: $ctx.addrlen, to: $to, three: ($ctx.uservaddr | cast 'struct sockaddr_un' --length 3)} | emit
}
^./sockets
let rows = ebpf trace $id | first 12
cd /
rm -r $folder
($rows | each {|row| [$row.length $row.to.family $row.to.address] }) ++ [($rows | get three.address | first 9 | uniq)]
