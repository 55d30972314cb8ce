//! Makes the preflight skeleton, for which it needs a clang: the one that `CLANG` names, else `clang`, else `clang-19`
//! down to `clang-14`.

use libbpf_cargo::SkeletonBuilder;
use std::env;
use std::path::{Path, PathBuf};

/// The program of `src/preflight.rs`, and the headers that it takes.
const PREFLIGHT: &str = "src/preflight.bpf.c";
const HEADERS: &str = "bpf_headers";

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    let include = PathBuf::from(env::var("DEP_BPF_INCLUDE").expect("libbpf-sys tells where its headers are"));
    SkeletonBuilder::new()
        .source(PREFLIGHT)
        .clang(clang())
        .clang_args([Path::new("-I"), &include, Path::new("-I"), Path::new(HEADERS)])
        .build_and_generate(out.join("preflight.skel.rs"))
        .expect("clang compiles the preflight program");
    for path in ["build.rs", HEADERS, PREFLIGHT] {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rerun-if-env-changed=CLANG");
}

fn clang() -> PathBuf {
    let named = env::var("CLANG").ok().into_iter().chain(["clang".to_string()]);
    let mut names = named.chain((14..=19).rev().map(|version| format!("clang-{version}")));
    names
        .find_map(|name| which::which(name).ok())
        .expect("clang 14 or newer is needed to build (Debian, Ubuntu: apt install clang)")
}
