//! The steps that let an ordinary user trace, or that take this back: what is to be done and why in, commands out, and
//! whether each is done already. The commands that are shown are those that are run.

use crate::error::{Error, Result};
use crate::file::{capabilities, group, primary, written};
use crate::spec::code::Code;
use crate::table::{Grant, ROWS};
use caps::{Capability, CapsHashSet};
use nu_protocol::{IntoValue, Span};
use rustix::fs::StatVfsMountFlags;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the two file systems are mounted, and what tells each of them (include/uapi/linux/magic.h).
pub const TRACEFS: (&str, u64) = ("/sys/kernel/tracing", 0x7472_6163);
pub const BPFFS: (&str, u64) = ("/sys/fs/bpf", 0xcafe_4a11);

/// The group that is made where none is named.
pub const GROUP: &str = "ebpf";

/// Where root's programs are. `su` keeps the PATH of the user whom root was, which has none of them, and maybe others.
const SYSTEM: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What is wanted of a setup.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The plugin's binary.
    pub plugin: PathBuf,
    /// Capabilities besides those that nothing goes without.
    pub with: CapsHashSet,
    /// Who may run it; None: everybody.
    pub group: Option<String>,
    /// Take it back.
    pub undo: bool,
}

/// One step.
#[derive(Debug, Clone)]
struct Step {
    step: &'static str,
    why: String,
    words: Vec<String>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Done,
    ToDo,
    /// Nothing goes without it, and it is not for a program to decide.
    ByHand,
    /// It is not among what is wanted.
    NotAsked,
}

/// A step as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, IntoValue)]
pub struct Shown {
    pub step: &'static str,
    pub why: String,
    pub command: String,
    /// `done`, `to do`, `by hand`, or `not asked for`.
    pub state: &'static str,
}

/// What is to be done, and what is done already.
pub fn plan(wanted: &Wanted) -> Vec<Shown> {
    steps(wanted).into_iter().map(Step::shown).collect()
}

/// Does what is to be done; what is shown is how it is then.
///
/// # Errors
/// [`Code::NoPrivileges`] for an ordinary user; [`Code::Setup`] where a command fails. What went before it is done.
pub fn run(wanted: &Wanted, span: Span) -> Result<Vec<Shown>> {
    if !rustix::process::geteuid().is_root() {
        return Err(Error::new(Code::NoPrivileges, "`ebpf setup --yes` needs root")
            .label(span, "nothing was changed")
            .help("without --yes it shows the commands: run them as root (sudo)"));
    }
    let steps = steps(wanted);
    if let Some(step) = steps.iter().find(|step| step.state == State::ByHand) {
        let help = format!("{}; then plugin add the new file", quoted(&step.words));
        return Err(Error::new(Code::Setup, step.why.clone()).label(span, "nothing was changed").help(help));
    }
    for step in steps.iter().filter(|step| step.state == State::ToDo) {
        step.run().map_err(|why| {
            Error::new(Code::Setup, format!("`{}` failed: {why}", quoted(&step.words)))
                .label(span, format!("the step `{}`", step.step))
                .help("the earlier steps are done; run it without --yes to see the rest (Debian: apt install libcap2-bin passwd)")
        })?;
    }
    Ok(plan(wanted))
}

/// Returns whether it is a group, or groupadd(8) and chown(1) take it for one's name or number, and for nothing else.
pub fn is_group(name: &str) -> bool {
    let is_known = || !name.starts_with('-') && group(name).is_some();
    let letter = |c: char| c.is_ascii_lowercase() || c == '_';
    let inside = |c: char| letter(c) || c.is_ascii_digit() || c == '-';
    match name.parse::<u64>() {
        // The last one stands for none.
        Ok(number) => number < u64::from(u32::MAX),
        Err(_) => name.len() <= 32 && name.starts_with(letter) && name.chars().all(inside) || is_known(),
    }
}

/// The capabilities that names stand for, in addition to those that are always given.
///
/// # Errors
/// [`Code::Option`] for one that is unknown or never lent.
pub fn asked(names: &[String], span: Span) -> Result<CapsHashSet> {
    let asked = |name: &String| {
        let row = ROWS.iter().filter(|row| row.grant != Grant::Never).find(|row| name_of(row.capability) == *name);
        row.map(|row| row.capability).ok_or_else(|| {
            let rows = ROWS.iter().filter(|row| row.grant == Grant::Asked);
            let all: Vec<String> = rows.map(|row| name_of(row.capability)).collect();
            Error::new(Code::Option, format!("`{name}` is not a capability that the plugin lends"))
                .label(span, "--with")
                .help(format!("these are: {}", all.join(", ")))
        })
    };
    names.iter().map(asked).collect()
}

fn name_of(capability: Capability) -> String {
    capability.to_string().to_lowercase()
}

fn steps(wanted: &Wanted) -> Vec<Step> {
    if wanted.undo { undoing(wanted) } else { doing(wanted) }
}

/// A change of owner takes a file's capabilities away: they come last.
fn doing(wanted: &Wanted) -> Vec<Step> {
    let (plugin, about) = (wanted.plugin.display().to_string(), About::of(&wanted.plugin));
    let mut all = vec![
        Step::new("tracefs", "tracepoints are described there", ["mount", "-t", "tracefs", "tracefs", TRACEFS.0])
            .done(is_mounted(TRACEFS)),
        Step::new("bpffs", "`--pin` shares maps between shells there", ["mount", "-t", "bpf", "bpf", BPFFS.0])
            .done(is_mounted(BPFFS)),
    ];
    if is_nosuid(&wanted.plugin) {
        let why = "the file system of the plugin is mounted nosuid, where capabilities of files have no effect";
        let step = Step::new("another place", why, ["install", "-m", "755", &plugin, "/usr/local/bin/"]);
        all.push(Step { state: State::ByHand, ..step });
        return all;
    }
    let (owners, owned) = owners(wanted, &about);
    all.extend(owners);
    let always = ROWS.iter().filter(|row| row.grant == Grant::Always).map(|row| row.capability);
    let given: CapsHashSet = always.chain(wanted.with.iter().copied()).collect();
    // Permitted, not effective: the plugin raises them by itself.
    let why = ROWS.iter().filter(|row| given.contains(&row.capability)).map(|row| row.why).collect::<Vec<_>>();
    let set = format!("{}=p", written(&given));
    all.push(
        Step::new("capabilities", why.join("; "), ["setcap", &set, &plugin])
            .done(owned && capabilities(&wanted.plugin) == given),
    );
    let more = ROWS.iter().filter(|row| row.grant == Grant::Asked && !given.contains(&row.capability));
    all.extend(more.map(|row| {
        let names: BTreeSet<String> = wanted.with.iter().copied().chain([row.capability]).map(name_of).collect();
        let with = format!("[{}]", Vec::from_iter(names).join(" "));
        let step = Step::new("more capabilities", row.why, ["ebpf", "setup", "--with", &with]);
        Step { state: State::NotAsked, ..step }
    }));
    if paranoid() > 2 {
        let why =
            "tracepoints and kprobes: above 2 this kernel keeps perf events for CAP_SYS_ADMIN; it is every user's";
        let step = Step::new("perf events", why, ["sysctl", "-w", "kernel.perf_event_paranoid=2"]);
        all.push(Step { state: State::NotAsked, ..step });
    }
    all
}

/// Who may run it, and whether it is theirs already.
fn owners(wanted: &Wanted, about: &About) -> (Vec<Step>, bool) {
    let plugin = wanted.plugin.display().to_string();
    // An ordinary owner could run it in no group, let others run it, or change what it does.
    let (to, group) = match &wanted.group {
        Some(name) => (format!("root:{name}"), group(name)),
        None => ("root".to_string(), Some(about.group)),
    };
    let owned = about.user == 0 && group == Some(about.group);
    let owner = Step::new("owner", "the binary lends its capabilities to whoever may run it", ["chown", &to, &plugin]);
    let mode = |why, mode: &str, number| Step::new("mode", why, ["chmod", mode, &plugin]).done(about.mode == number);
    let Some(name) = &wanted.group else {
        return (vec![owner.done(owned), mode("--everyone: everybody may run it, and trace", "0755", 0o755)], owned);
    };
    let why = "whose members may trace: usermod -aG";
    let made = Step::new("group", why, ["groupadd", "--system", name]).done(group.is_some());
    (vec![made, owner.done(owned), mode("only root and that group are to run it", "0750", 0o750)], owned)
}

fn paranoid() -> i64 {
    let text = fs::read_to_string("/proc/sys/kernel/perf_event_paranoid").unwrap_or_default();
    text.trim().parse().unwrap_or(0)
}

/// What others may have come to use, as a mount or the group, stays.
fn undoing(wanted: &Wanted) -> Vec<Step> {
    let (plugin, about) = (wanted.plugin.display().to_string(), About::of(&wanted.plugin));
    // Whose the folder is, that is whose it was.
    let owner = wanted.plugin.parent().map_or(0, |folder| About::of(folder).user);
    let own = primary(owner);
    vec![
        Step::new("capabilities", "it lends none any longer", ["setcap", "-r", &plugin])
            .done(capabilities(&wanted.plugin).is_empty()),
        Step::new("owner", "the owner of the folder", ["chown", &format!("{owner}:{own}"), &plugin])
            .done(about.user == owner && about.group == own),
        Step::new("mode", "everybody may run it", ["chmod", "0755", &plugin]).done(about.mode == 0o755),
    ]
}

/// Whose a file is, and who may what.
struct About {
    user: u32,
    group: u32,
    mode: u32,
}

impl About {
    fn of(path: &Path) -> About {
        let about = fs::metadata(path);
        about.map_or(About { user: 0, group: u32::MAX, mode: 0 }, |about| About {
            user: about.uid(),
            group: about.gid(),
            mode: about.mode() & 0o7777,
        })
    }
}

/// Returns whether the kernel heeds no capabilities of a file where it lies.
fn is_nosuid(path: &Path) -> bool {
    rustix::fs::statvfs(path).is_ok_and(|about| about.f_flag.contains(StatVfsMountFlags::NOSUID))
}

/// Returns whether a file system is where it belongs.
pub fn is_mounted((path, magic): (&str, u64)) -> bool {
    rustix::fs::statfs(path).is_ok_and(|about| about.f_type as u64 & 0xffff_ffff == magic)
}

impl Step {
    fn new<const N: usize>(step: &'static str, why: impl Into<String>, words: [&str; N]) -> Step {
        Step { step, why: why.into(), words: words.map(String::from).to_vec(), state: State::ToDo }
    }

    fn done(self, done: bool) -> Step {
        Step { state: if done { State::Done } else { State::ToDo }, ..self }
    }

    fn shown(self) -> Shown {
        let state = match self.state {
            State::Done => "done",
            State::ToDo => "to do",
            State::ByHand => "by hand",
            State::NotAsked => "not asked for",
        };
        Shown { step: self.step, why: self.why, command: quoted(&self.words), state }
    }

    /// Runs the command; what it says where it fails.
    fn run(&self) -> std::result::Result<(), String> {
        let Some((program, words)) = self.words.split_first() else { return Ok(()) };
        let output = Command::new(program).args(words).env("PATH", SYSTEM).stdin(Stdio::null()).output();
        let output = output.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr).trim().to_string();
        if output.status.success() { Ok(()) } else { Err(format!("{} ({said})", output.status)) }
    }
}

/// As a shell takes it.
fn quoted(words: &[String]) -> String {
    let plain = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "/._-=,+:".contains(c));
    let is_list = |word: &str| word.starts_with('[');
    let quote = |word: &String| match plain(word) || is_list(word) {
        true => word.clone(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    };
    words.iter().map(quote).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(group: Option<&str>, undo: bool) -> Wanted {
        let plugin = "/nowhere/my plugin".into();
        Wanted { plugin, with: CapsHashSet::new(), group: group.map(String::from), undo }
    }

    fn commands(wanted: &Wanted) -> Vec<String> {
        plan(wanted).into_iter().filter(|step| step.state == "to do").map(|step| step.command).collect()
    }

    #[test]
    fn capabilities_come_after_the_owner_whose_change_takes_them() {
        let all = commands(&wanted(Some("4711"), false));
        let ours: Vec<&str> = all.iter().map(String::as_str).filter(|step| !step.starts_with("mount")).collect();
        let expected = [
            "chown root:4711 '/nowhere/my plugin'",
            "chmod 0750 '/nowhere/my plugin'",
            "setcap cap_perfmon,cap_bpf=p '/nowhere/my plugin'",
        ];
        assert_eq!(ours, expected);
    }

    #[test]
    fn a_change_of_owner_is_followed_by_the_capabilities_that_it_takes() {
        // A file that somebody owns, and that has none of them: they are as wanted, and yet to be given.
        let file = std::env::current_exe().expect("this test");
        let group = (About::of(&file).group + 1).to_string();
        let all = steps(&Wanted { plugin: file.clone(), group: Some(group), ..wanted(None, false) });
        let state = |name: &str| all.iter().find(|step| step.step == name).map(|step| step.state);
        assert_eq!((state("owner"), state("capabilities")), (Some(State::ToDo), Some(State::ToDo)));
    }

    #[test]
    fn a_group_is_a_name_or_a_number_and_no_option() {
        for good in ["ebpf", "_x-1", "4711", "0"] {
            assert!(is_group(good), "{good}");
        }
        for bad in ["", "-x", "--help", "a b", "a/b", "Ä", "4294967295", "99999999999", "-1"] {
            assert!(!is_group(bad), "{bad}");
        }
    }

    #[test]
    fn everybody_may_run_it_where_that_is_said() {
        let all = commands(&wanted(None, false));
        assert!(all.iter().any(|step| step.starts_with("chmod 0755")), "{all:?}");
        assert!(!all.iter().any(|step| step.starts_with("groupadd")), "{all:?}");
    }

    #[test]
    fn what_is_asked_for_by_name_is_told_with_its_reason() {
        let asked = asked(&["cap_syslog".to_string()], Span::unknown()).expect("it is lent");
        let all = plan(&Wanted { with: asked, ..wanted(None, false) });
        let more: Vec<&Shown> = all.iter().filter(|step| step.step == "more capabilities").collect();
        assert_eq!(more[0].command, "ebpf setup --with [cap_dac_read_search cap_syslog]");
        assert_eq!(more.len(), 2);
        let error = super::asked(&["cap_sys_admin".to_string()], Span::unknown()).expect_err("never lent");
        assert_eq!(error.code, Code::Option);
    }

    #[test]
    fn undone_is_what_was_done_to_the_binary() {
        let all = commands(&wanted(None, true));
        assert!(all.iter().any(|step| step.starts_with("chmod 0755")), "{all:?}");
        assert!(!all.iter().any(|step| step.contains("mount")), "{all:?}");
    }
}
