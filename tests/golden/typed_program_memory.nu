ebpf attach --emit-c 'uprobe:./program.so:both' {|ctx|
    let session = $ctx.arg1 | cast 'struct session' --offset 16
    let request = $session | container-of 'struct request' from.port
    {token: $session.token, text: $ctx.args.text, name: $request.name, hash: ($ctx.args.text | cast 'struct qstr' --user).hash} | emit
}
