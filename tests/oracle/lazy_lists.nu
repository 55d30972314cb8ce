# A command that takes a few items of a stream: `each` and `where` before it run their closure for no others.
{
    records: [[arg0 arg1]; [0 1] [1 0] [2 3] [5 2]]
    closures: {
        first: {|ctx| [1 2 3] | each {|x| $x | emit; $x * 2 } | first | emit; [$ctx.arg0 $ctx.arg1] | each {|x| $x | emit; $x > 1 } | first | emit }
        "first of several": {|ctx| [$ctx.arg0 $ctx.arg1 7] | each {|x| $x | emit; $x } | first 2 | emit; [1 2 3] | each {|x| $x | emit } | first 0 | emit }
        take: {|ctx| [1 2 3] | each {|x| $x | emit; $x * 2 } | take 1 | emit; [$ctx.arg0 2 3] | each {|x| $x | emit } | take 9 | emit }
        "is-empty": {|ctx| [1 2 3] | each {|x| $x | emit; $x * 2 } | is-empty | emit; [$ctx.arg0 2] | each {|x| $x | emit; if $x > 1 { $x } } | is-not-empty | emit }
        select: {|ctx| [1 2 3] | each {|x| $x | emit } | select 0 | emit; [$ctx.arg0 $ctx.arg1 3] | each {|x| $x | emit } | select 1 0 | emit }
        "items that are null": {|ctx| [$ctx.arg0 $ctx.arg1 3 4] | each {|x| $x | emit; if $x > 1 { $x } } | take 2 | emit; [$ctx.arg0 $ctx.arg1 3] | each -k {|x| $x | emit; if $x > 1 { $x } } | take 2 | emit }
        where: {|ctx| [$ctx.arg0 $ctx.arg1 3 4] | where {|x| $x | emit; $x > 1 } | first | emit; [$ctx.arg0 $ctx.arg1 3 4] | where {|x| $x | emit; $x > 1 } | first 2 | emit }
        "what where left": {|ctx| [$ctx.arg0 $ctx.arg1 3] | where $it > 0 | each {|x| $x | emit; $x + 1 } | first 2 | emit }
        "all are taken": {|ctx| [1 $ctx.arg0] | each {|x| $x | emit } | last | emit; [1 $ctx.arg0] | each {|x| $x | emit } | length | emit; let l = [1 $ctx.arg0] | each {|x| $x | emit }; $l | first | emit }
        "an error behind": {|ctx| [1 $ctx.arg0] | each {|x| $x | emit; 10 // $x } | first | emit }
    }
}
