//! Tests of `crates/machine/src/probes.rs`, which includes this as a module of its own.
