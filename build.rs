//! Embeds libbpf's headers for programs (from the `libbpf-sys` crate) and makes the preflight skeleton.

use std::{env, fs, path::Path};

/// The headers of libbpf that generated programs include.
const LIBBPF_HEADERS: &[&str] =
    &["bpf_helpers.h", "bpf_helper_defs.h", "bpf_core_read.h", "bpf_tracing.h", "bpf_endian.h"];

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let include = env::var("DEP_BPF_INCLUDE").expect("libbpf-sys tells where its headers are");
    let folder = Path::new(&out).join("bpf");
    fs::create_dir_all(&folder).expect("the build folder is writable");
    for header in LIBBPF_HEADERS {
        fs::copy(Path::new(&include).join("bpf").join(header), folder.join(header)).expect("libbpf has the header");
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=bpf_headers");
    println!("cargo:rerun-if-changed=templates");
}
