//! The lanes of the tests that load programs: each has a kernel, and a table says what that kernel offers.
//!
//! A case runs in every lane that offers what it needs (`# needs: kprobes loops`), but for the exceptions that it names
//! with their reason (`# only: host (it measures time)`). A new lane is a row of [`LANES`], and a list of what it has not
//! passed yet, which is to become empty: no case changes for it.

use super::{LIMIT, ROOT};
use std::path::Path;
use std::time::Duration;
use std::{env, fs};

/// A lane: a kernel, how long one case may take there, and which of [`FEATURES`] the kernel or its machine offers.
pub struct Lane {
    pub name: &'static str,
    /// Whether it runs only cases that need what this machine's kernel lacks, and those whose result the kernel decides:
    /// an emulated processor takes an hour for all. [`ALL`] has it run all.
    part: bool,
    pub limit: Duration,
    offers: &'static [&'static str],
}

/// An emulated processor is 20 times slower.
const EMULATED: Duration = Duration::from_secs(300);

/// Every lane. Which cases it does not run, and why, its run prints.
pub const LANES: &[Lane] = &[
    Lane { name: "host", part: false, limit: LIMIT, offers: &["no-kprobes", "speed", "disk", "watchpoints"] },
    Lane { name: "vm-5.10", part: true, limit: EMULATED, offers: &["kprobes"] },
    Lane { name: "vm-6.1", part: false, limit: EMULATED, offers: &["kprobes", "module-types", "lsm"] },
    Lane {
        name: "vm-6.12",
        part: false,
        limit: EMULATED,
        offers: &["kprobes", "module-types", "lsm", "missed-returns"],
    },
    Lane { name: "vm-7.2", part: true, limit: EMULATED, offers: &["kprobes", "module-types", "lsm", "missed-returns"] },
];

/// What a case may need, and what a lane without it lacks.
pub const FEATURES: &[(&str, &str)] = &[
    ("kprobes", "the kernel has no kprobes, BPF trampolines or modules, and lists no variables"),
    ("no-kprobes", "the case is about a kernel without kprobes"),
    ("module-types", "the kernel has no type information of modules (Linux 5.11)"),
    ("lsm", "the kernel runs no BPF program at LSM hooks"),
    ("missed-returns", "the kernel does not count the returns that it misses (Linux 6.6)"),
    ("speed", "an emulated processor is too slow for what the case measures or floods, or the case needs two"),
    ("disk", "the VM has no disk of its own"),
    ("watchpoints", "the emulated processor has no breakpoint registers"),
];

/// The folder of the cases that a lane has not passed yet: a file a lane, a name a line; `goldens` for the objects of
/// `tests/loads.rs`.
const UNTRIED: &str = "tests/untried";

/// The variable that has a lane run what it has not passed yet as well.
const TRY: &str = "NU_EBPF_UNTRIED";

/// The variable that has a lane run all cases.
const ALL: &str = "NU_EBPF_ALL";

/// The variable that names the lane.
pub const LANE: &str = "NU_EBPF_LANE";

impl Lane {
    /// The lane by its name.
    pub fn by_name(name: &str) -> Option<&'static Lane> {
        LANES.iter().find(|lane| lane.name == name)
    }

    /// The lane that [`LANE`] names.
    pub fn asked() -> &'static Lane {
        let named = env::var(LANE).unwrap_or_default();
        let known: Vec<&str> = LANES.iter().map(|lane| lane.name).collect();
        Lane::by_name(&named).unwrap_or_else(|| {
            panic!(
                "expected {LANE} to be one of {known:?}, came {named:?}: {LANE}=host cargo test --test live, as root"
            )
        })
    }

    /// Whether the lane is a VM.
    pub fn is_vm(&self) -> bool {
        self.name != LANES[0].name
    }

    /// Why what the lane has not passed yet is left out, if so.
    pub fn untried(&self, name: &str) -> Option<String> {
        let file = Path::new(ROOT).join(UNTRIED).join(self.name);
        let listed = fs::read_to_string(file).is_ok_and(|text| text.lines().any(|line| line == name));
        let reason = || format!("this lane has not passed them yet ({UNTRIED}/{}; {TRY}=1 runs them)", self.name);
        (listed && env::var_os(TRY).is_none()).then(reason)
    }

    pub fn offers(&self, feature: &str) -> bool {
        self.offers.contains(&feature)
    }
}

/// Which lanes a case runs in, as the head of its file says.
pub struct Wanted {
    needs: Vec<&'static (&'static str, &'static str)>,
    /// Lanes that it is limited to, and why.
    only: Option<(Vec<String>, String)>,
    /// Lanes that it does not run in, and why.
    not: Option<(Vec<String>, String)>,
    /// Whether the kernel decides what comes of it (`# kernels: REASON`).
    kernels: bool,
}

impl Wanted {
    /// Reads `# needs: FEATURE…`, `# only: LANE… (REASON)`, `# not: LANE… (REASON)` and `# kernels: REASON`.
    ///
    /// # Panics
    /// If a feature or lane is unknown, or an exception gives no reason.
    pub fn read(name: &str, text: &str) -> Wanted {
        let head = |key: &str| text.lines().find_map(|line| line.strip_prefix(&format!("# {key}: ")));
        let feature = |word: &str| {
            let found = FEATURES.iter().find(|feature| feature.0 == word);
            found.unwrap_or_else(|| panic!("{name}: expected a known feature (tests/support/lanes.rs), came {word}"))
        };
        let exception = |key: &str| {
            head(key).map(|line| {
                let parts = line.split_once(" (").and_then(|parts| Some((parts.0, parts.1.trim().strip_suffix(')')?)));
                let (lanes, reason) = parts.unwrap_or_else(|| panic!("{name}: expected `# {key}: LANE… (REASON)`"));
                let lanes: Vec<String> = lanes.split_whitespace().map(String::from).collect();
                for lane in &lanes {
                    assert!(Lane::by_name(lane).is_some(), "{name}: expected a known lane, came {lane}");
                }
                (lanes, reason.to_string())
            })
        };
        let needs = head("needs").unwrap_or_default().split_whitespace().map(feature).collect();
        Wanted { needs, only: exception("only"), not: exception("not"), kernels: head("kernels").is_some() }
    }

    /// Why a lane does not run the case, if so.
    pub fn absent(&self, lane: &Lane) -> Option<String> {
        let is_named = |lanes: &[String]| lanes.iter().any(|name| name == lane.name);
        let lacks = self.needs.iter().find(|feature| !lane.offers(feature.0));
        if let Some((feature, meaning)) = lacks {
            return Some(format!("{feature}: {meaning}"));
        }
        match (&self.only, &self.not) {
            (Some((lanes, reason)), _) if !is_named(lanes) => Some(reason.clone()),
            (_, Some((lanes, reason))) if is_named(lanes) => Some(reason.clone()),
            _ if lane.part && self.needs.is_empty() && !self.kernels && env::var_os(ALL).is_none() => {
                Some(format!("the kernel does not decide what comes of them ({ALL}=1 runs them)"))
            }
            _ => None,
        }
    }
}
