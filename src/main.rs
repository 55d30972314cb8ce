//! The plugin's binary: serves the library's commands to Nushell, or is a worker of the plugin.

use std::process::ExitCode;

fn main() -> ExitCode {
    if nu_plugin_ebpf::serve::became_worker() {
        return ExitCode::SUCCESS;
    }
    if nu_plugin_ebpf::serve::serve() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
