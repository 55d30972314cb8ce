# expect: [["iter:task_file"], true, [iter], ["ebpf::target::kind", true], ["ebpf::target::binary", true], ["ebpf::target::binary", true]]
# What `ebpf iter` goes through is listed with what one may attach to; names near to what there is are offered.
let wrong = {|offered, run| try { do $run; 0 } catch {|error| [$error.details.code ($"`($offered)`" in $error.details.help)] } }
[
    (ebpf probes 'iter:task_f*' | get probe)
    ((ebpf probes --kind iter | get name) == (ebpf probes 'iter:*' | get name))
    (ebpf probes 'it*:task_vma' | get kind)
    (do $wrong task_file { ebpf probes 'iter:task_fil' })
    (do $wrong trigger { ebpf attach $"uprobe:($env.TRIGGER | path dirname)/trigge:main" {|ctx| count } })
    (do $wrong libc { ebpf probes 'uprobe:libcc:malloc' })
]
