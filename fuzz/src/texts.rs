//! Targets whose bytes are text: of users, of the kernel.

use nu_ebpf_ir::ir::{Place, marked};
use nu_ebpf_machine::tracefs;
use nu_ebpf_pattern::Automaton;
use nu_plugin_ebpf::front::target;
use nu_plugin_ebpf::load::log;
use nu_protocol::{LabeledError, Span};

/// What a user writes behind `ebpf attach`.
pub fn attach_point(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match target::parse_all(&text, Span::new(0, text.len())) {
        Ok(points) => {
            for point in points {
                assert!(!point.ident().is_empty());
                let written = format!("{}:{}", point.kind.name, point.place.written());
                // What is written for people is an attach point again, but for `profile`, which leaves its event out.
                let again = target::parse(&written, point.span);
                let rate = matches!(point.place, Place::Samples { .. });
                assert!(
                    rate || again.is_ok_and(|again| again.place == point.place),
                    "{text:?} is written as {written:?}"
                );
                target::entry(&point);
            }
        }
        Err(error) => drop(LabeledError::from(error)),
    }
}

/// A `format` file of tracefs.
pub fn tracepoint_format(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for syscall in [false, true] {
        for member in tracefs::parse(&text, syscall) {
            assert!(!member.name.is_empty() && member.size > 0);
        }
    }
}

/// What libbpf says when the verifier has refused a program.
pub fn verifier_log(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let part = log::verifier(&text);
    for log in [Some(&*text), part.as_deref()].into_iter().flatten() {
        drop(LabeledError::from(log::rejection(log)));
        assert!(log.lines().filter_map(marked).all(|span| span.start <= span.end));
    }
}

/// A pattern of `=~`. Long ones only take longer.
pub fn pattern(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(64)]).into_owned();
    let Ok(automaton) = Automaton::compile(&text) else { return };
    let states = automaton.ends.len();
    assert_eq!(automaton.next.len(), states * automaton.width);
    assert!(automaton.next.iter().all(|next| usize::from(*next) < states), "{text:?}");
    assert!(automaton.classes.iter().all(|class| usize::from(*class) < automaton.width), "{text:?}");
}
