# Commands that are typed into bash.
#     > bashreadline | first 2
#      #   time    pid    command
#      0   now    32305   ls -l
#      1   now    32305   exit
# Beside bpftrace's: commands of any length up to 4096 bytes; also where bash has readline as a library.

# Watch what bash reads at its prompt.
@example 'Who becomes root' { bashreadline | where command =~ '^(sudo|su) ' }
export def main [
    --pid (-p): int # only this shell
]: nothing -> table {
    let readline = ['uretprobe:/bin/bash:readline' 'uretprobe:libreadline:readline']
    ebpf attach --stream --optional --pid $pid --comm bash $readline {|ctx|
        # At the end of its input there is no line.
        if $ctx.retval != 0 { {time: $ctx.time, pid: $ctx.tgid, command: ($ctx.retval | read-str --len 4096)} | emit }
    }
}
