ebpf run --emit-c {|ctx| {sum: ($ctx.arg0 + $ctx.arg11), who: $ctx.tgid, text: ($ctx.arg2 | read-str --len 16)} | emit }
