# Runs closures in the kernel and in Nushell on the same records, and tells where the two differ.

# What the closures have emitted since it was last called; `emit` of shadow.nu leaves it in this mailbox.
def emitted []: nothing -> list {
    mut rows = []
    loop {
        let more = try { job recv --timeout 0sec } catch { break }
        $rows ++= $more
    }
    $rows
}

# What Nushell gives for each record: the rows emitted, and whether it ended in an error.
def in-nushell [closure: closure]: list -> list {
    each {|record|
        let error = try { do $closure $record | ignore; null } catch { "error" }
        {rows: (emitted), error: $error}
    }
}

# Values with their types: 1, 1ns, 1b and "1" are four texts.
def written []: any -> string {
    let value = $in
    try { $value | to nuon } catch { $value | describe }
}

def outcome []: record -> string { $"($in.rows | written)(if $in.error == null { "" } else { ', then an error' })" }

# One line, whatever flows in.
def line []: string -> string { str replace --all "\n" '\n' | str replace --all "\t" ' ' }

# Prints NAME, verdict and what goes with it, with tabs between.
def compare [name: any, kernel: closure, plain: closure, records: list] {
    let came = try { $records | ebpf run $kernel } catch {|error|
        let code = $error.details?.code? | default "none"
        print $"($name)\terror\t($code)\t($error.details?.labels? | default [] | length)\t($error.msg | line): ($error.details?.help? | default '' | lines | get 0? | default '')"
        return
    }
    let wanted = $records | in-nushell $plain
    let differ = $came | enumerate | where {|row| ($row.item | outcome) != ($wanted | get $row.index | outcome) }
    if ($differ | is-empty) {
        print $"($name)\tagrees"
        return
    }
    let told = $differ | first 3 | each {|row|
        $"for ($records | get $row.index | to nuon) the kernel gave ($row.item | outcome), Nushell ($wanted | get $row.index | outcome)"
    }
    print $"($name)\tdiffers\t($differ | length)\t($told | each { line } | str join "\t")"
}
