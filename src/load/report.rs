//! What `--dry-run` tells about a loaded object: programs, maps, helpers, the verifier's own account.

use super::object::Loaded;
use crate::compile::HEADERS;
use libbpf_rs::MapCore;
use libbpf_rs::query::ProgInfoIter;
use std::collections::BTreeSet;

/// What was loaded.
#[derive(Debug, Clone)]
pub struct Report {
    pub programs: Vec<ProgramReport>,
    pub maps: Vec<MapReport>,
    /// Names of the kernel's helpers that the programs call.
    pub helpers: Vec<String>,
    /// The verifier's log, statistics included.
    pub log: String,
}

#[derive(Debug, Clone)]
pub struct ProgramReport {
    pub name: String,
    pub section: String,
    /// Instructions in the object.
    pub instructions: usize,
    /// Instructions that the verifier walked through (kernel 5.16 and later).
    pub verified: u32,
    /// Bytes of machine code.
    pub jited: usize,
}

#[derive(Debug, Clone)]
pub struct MapReport {
    pub name: String,
    pub kind: String,
    pub key_size: u32,
    pub value_size: u32,
    pub max_entries: u32,
}

/// `BPF_JMP | BPF_CALL` with source register 0 is a call of a helper (Documentation/bpf/instruction-set.rst).
const HELPER_CALL: u8 = 0x85;

impl Loaded {
    pub fn report(&self) -> Report {
        let ids = self.program_ids();
        let infos: Vec<_> = ProgInfoIter::default().filter(|info| ids.contains(&info.id)).collect();
        let mut helpers = BTreeSet::new();
        let mut programs = Vec::new();
        for (program, id) in self.object.progs().zip(&ids) {
            let calls = program.insns().iter().filter(|insn| insn.code == HELPER_CALL && insn.src_reg() == 0);
            helpers.extend(calls.map(|insn| helper(insn.imm)));
            let info = infos.iter().find(|info| info.id == *id);
            programs.push(ProgramReport {
                name: program.name().to_string_lossy().into_owned(),
                section: program.section().to_string_lossy().into_owned(),
                instructions: program.insn_cnt(),
                verified: info.map_or(0, |info| info.verified_insns),
                jited: info.map_or(0, |info| info.jited_prog_insns.len()),
            });
        }
        let maps = self.object.maps().map(|map| MapReport {
            name: map.name().to_string_lossy().into_owned(),
            kind: format!("{:?}", map.map_type()),
            key_size: map.key_size(),
            value_size: map.value_size(),
            max_entries: map.max_entries(),
        });
        Report { programs, maps: maps.collect(), helpers: helpers.into_iter().collect(), log: self.log.clone() }
    }
}

/// A helper's name by its number, from libbpf's own list.
fn helper(number: i32) -> String {
    let list = HEADERS.iter().find(|header| header.0 == "bpf/bpf_helper_defs.h").map_or("", |header| header.1);
    let end = format!("= (void *) {number};");
    let line = list.lines().find(|line| line.ends_with(&end));
    let name = line.and_then(|line| line.split("const ").nth(1)).and_then(|rest| rest.split(')').next());
    name.map_or_else(|| format!("helper {number}"), String::from)
}
