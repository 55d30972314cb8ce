def c0 [n] { $n }
def c1 [n] { c0 $n }
def c2 [n] { c1 $n }
def c3 [n] { c2 $n }
def c4 [n] { c3 $n }
def c5 [n] { c4 $n }
def c6 [n] { c5 $n }
def c7 [n] { c6 $n }
def c8 [n] { c7 $n }
def c9 [n] { c8 $n }
def c10 [n] { c9 $n }
def c11 [n] { c10 $n }
def c12 [n] { c11 $n }
def c13 [n] { c12 $n }
def c14 [n] { c13 $n }
def c15 [n] { c14 $n }
def c16 [n] { c15 $n }
def c17 [n] { c16 $n }
def c18 [n] { c17 $n }
def c19 [n] { c18 $n }
def c20 [n] { c19 $n }
def c21 [n] { c20 $n }
def c22 [n] { c21 $n }
def c23 [n] { c22 $n }
def c24 [n] { c23 $n }
def c25 [n] { c24 $n }
def c26 [n] { c25 $n }
def c27 [n] { c26 $n }
def c28 [n] { c27 $n }
def c29 [n] { c28 $n }
def c30 [n] { c29 $n }
def c31 [n] { c30 $n }
def c32 [n] { c31 $n }
def c33 [n] { c32 $n }
def c34 [n] { c33 $n }
def c35 [n] { c34 $n }
def c36 [n] { c35 $n }
def c37 [n] { c36 $n }
def c38 [n] { c37 $n }
def c39 [n] { c38 $n }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    c39 $ctx.pid | emit
}
