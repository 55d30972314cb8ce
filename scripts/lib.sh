# Shared by the scripts beside it, which source it; it does nothing by itself.
# shellcheck shell=bash disable=SC2034 # they use what it sets

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VM_DIR=$ROOT/target/vm       # kernels, their modules, virtme-ng
TOOLS=$ROOT/target/tools      # what cargo installs
VM_OUT=$ROOT/target/vm-out   # the one place of the host that a guest can write to
KERNELS=(5.10 6.1 6.12 7.2)
# The version that is tested, and the Debian suite that has it: empty for the machine's own.
declare -A PINNED=([5.10]=5.10.0-32-amd64 [6.1]=6.1.0-57-amd64 [6.12]=6.12.117+deb12-amd64 [7.2]=7.2.13+deb14-amd64)
declare -A SUITE_OF=([5.10]=bullseye [6.1]='' [6.12]='' [7.2]=sid)
# The clang of the Debian that each kernel comes from, or the nearest that this one has.
declare -A CLANG_OF=([5.10]=clang-14 [6.1]=clang-14 [6.12]=clang-19 [7.2]=clang-19)

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# npm's `nu` is a Node script that starts the real program: slow in a VM, and
# killing it leaves the real one running. So ask Nushell where it really is.
nu_dir() {
    local exe
    # shellcheck disable=SC2016 # the dollar is Nushell's
    exe=$(nu --no-config-file --commands '$nu.current-exe') || return
    dirname "$exe"
}

# Builds a test target and prints the program's path.
test_program() {
    local program
    program=$(cargo test --locked --test "$1" --no-run --message-format json |
        jq -r --arg name "$1" 'select(.reason == "compiler-artifact" and .target.name == $name)
            | .executable')
    [[ -x $program ]] || die "cargo built no program for the tests of $1"
    echo "$program"
}
