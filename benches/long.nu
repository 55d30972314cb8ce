# A closure of a hundred lines, as somebody might have it who watches what programs open.
const MINE = ["nu" "cargo" "rustc"]
const WATCHED = [/etc/passwd /etc/shadow /etc/sudoers]

# What sort of file a path is.
def sort-of [file: string] {
    if ($file | str starts-with "/proc/") { return "proc" }
    if ($file | str starts-with "/sys/") { return "sys" }
    if ($file | str starts-with "/dev/") { return "device" }
    if $file =~ '\.so(\.\d+)*$' { return "library" }
    "file"
}

let long = {|ctx|
    # Neither what this shell and the compilers do, nor what nobody does.
    if $ctx.comm in $MINE { return }
    if $ctx.uid == 65534 { return }

    let file = $ctx.filename | read-str --len 48 | default ""
    if $file == "" {
        {kind: "nothing", comm: $ctx.comm} | emit
        return
    }

    # How it is opened.
    let mode = match ($ctx.flags bit-and 3) {
        0 => "read"
        1 => "write"
        2 => "both"
        _ => "wrong"
    }
    let creates = ($ctx.flags bit-and 0x40) != 0
    let truncates = ($ctx.flags bit-and 0x200) != 0
    let appends = ($ctx.flags bit-and 0x400) != 0
    let closes = ($ctx.flags bit-and 0x80000) != 0
    let writes = $mode == "write" or $mode == "both"

    # Who may do what with a file that is made.
    mut rest = $ctx.mode
    mut rights = 0
    for turn in 1..3 {
        if ($rest bit-and 2) != 0 { $rights += 1 }
        $rest = $rest bit-shr 3
    }
    let loose = $creates and $rights > 1

    # A score, and from which of its parts.
    let marks = [
        (if $writes { 10 } else { 0 })
        (if $creates { 5 } else { 0 })
        (if $truncates { 5 } else { 0 })
        (if $loose { 20 } else { 0 })
        (if $ctx.uid == 0 { 1 } else { 0 })
        (if $ctx.dfd >= 0 { 2 } else { 0 })
    ]
    let score = $marks | reduce {|mark, sum| $sum + $mark }
    let most = $marks | math max
    let many = $marks | where {|mark| $mark > 0 } | length

    # Whatever is done to these is told.
    if $file in $WATCHED {
        {
            kind: "watched"
            time: $ctx.time
            who: {pid: $ctx.tgid, thread: $ctx.pid, uid: $ctx.uid, comm: $ctx.comm}
            file: $file
            mode: $mode
            score: $score
        } | emit
        return
    }

    # One of a hundred of the dull ones.
    let sort = sort-of $file
    let dull = match $sort {
        "proc" | "sys" => true
        "library" => (not $writes)
        _ => false
    }
    if $dull {
        if (random int 0..99) == 0 {
            {kind: "dull", file: $file, sort: $sort} | emit
        }
        return
    }

    # Lengths by fours, the longest ones together.
    let length = $file | str length
    mut band = 0
    while $band < 10 {
        if $length < 4 * ($band + 1) { break }
        $band += 1
    }
    if $band == 10 {
        {kind: "long", comm: $ctx.comm, length: $length} | emit
    }

    # The share of the heaviest mark.
    let share = try { 100 * $most // $score } catch { -1 }
    if $score > 14 {
        {
            kind: "high"
            who: {pid: $ctx.tgid, comm: $ctx.comm}
            file: $file
            text: $"($mode), score ($score), ($many) marks"
            flags: {creates: $creates, truncates: $truncates, appends: $appends, closes: $closes}
            share: $share
            length: $length
            at: $ctx.ktime
        } | emit
    }
    {sort: $sort, mode: $mode, score: ($score // 10), band: $band} | count
}
