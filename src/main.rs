//! The plugin's binary: nothing but serving the library's commands to Nushell.

use std::process::ExitCode;

fn main() -> ExitCode {
    if nu_plugin_ebpf::serve::serve() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
