# expect: [[comm, call, host, found, took]; [getent, getaddrinfo, localhost, true, true], [getent, getaddrinfo, "127.0.0.1.5", false, true]]
use gethostlatency.nu
job spawn {
    while (ebpf list | is-empty) { sleep 100ms }
    ^$env.TALKER resolve localhost | ignore
    do --ignore-errors { ^$env.TALKER resolve 127.0.0.1.5 | complete | ignore }
}
gethostlatency --comm getent | first 2 | select comm call host found took | update took { $in > 0sec and $in < 1min }
