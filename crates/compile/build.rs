//! Puts libbpf's headers for programs (from the `libbpf-sys` crate) where the crate embeds them.

use std::path::PathBuf;
use std::{env, fs};

/// The headers of libbpf that generated programs include.
const HEADERS: &[&str] =
    &["bpf_helpers.h", "bpf_helper_defs.h", "bpf_core_read.h", "bpf_tracing.h", "bpf_endian.h", "usdt.bpf.h"];

fn main() {
    let include = PathBuf::from(env::var("DEP_BPF_INCLUDE").expect("libbpf-sys tells where its headers are"));
    let folder = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("bpf");
    fs::create_dir_all(&folder).expect("the build folder is writable");
    for header in HEADERS {
        fs::copy(include.join("bpf").join(header), folder.join(header)).expect("libbpf has the header");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
