//! The plugin's binary: nothing but serving the library's commands to Nushell.

fn main() {
    nu_plugin_ebpf::serve::serve();
}
