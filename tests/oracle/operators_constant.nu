# Arithmetic with constants, which has ways of its own.
{
    records: [[arg0]; [0] [1] [-1] [6] [-6] [7] [-7] [4096] [-4097] [4611686018427387903] [4611686018427387904] [-4611686018427387904] [-4611686018427387905] [3074457345618258602] [3074457345618258603] [-3074457345618258602] [-3074457345618258603] [9223372036854775807] [-9223372036854775808] [-9223372036854775807] [1317624576693539401] [1317624576693539402] [-1317624576693539401] [-1317624576693539402]]
    closures: {
        "// 7": {|ctx| $ctx.arg0 // 7 | emit }
        "// 1": {|ctx| $ctx.arg0 // 1 | emit }
        "// most": {|ctx| $ctx.arg0 // 9223372036854775807 | emit }
        "mod 7": {|ctx| $ctx.arg0 mod 7 | emit }
        "mod 1": {|ctx| $ctx.arg0 mod 1 | emit }
        "mod most": {|ctx| $ctx.arg0 mod 9223372036854775807 | emit }
        "* 2": {|ctx| $ctx.arg0 * 2 | emit }
        "* 3": {|ctx| $ctx.arg0 * 3 | emit }
        "* 7": {|ctx| $ctx.arg0 * 7 | emit }
        "* 1": {|ctx| $ctx.arg0 * 1 | emit }
        "* most": {|ctx| $ctx.arg0 * 9223372036854775807 | emit }
        "* -3": {|ctx| $ctx.arg0 * -3 | emit }
        "// -7": {|ctx| $ctx.arg0 // -7 | emit }
        "mod -7": {|ctx| $ctx.arg0 mod -7 | emit }
    }
}
