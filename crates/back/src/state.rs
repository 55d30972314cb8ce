//! State as C: its maps, the structs of what they keep, and the statements that put, look up and drop values.

use super::fill::{copied, has_gaps};
use super::name;
use super::record::{members, names};
use super::stmt::Printer;
use super::view::{MapView, PlaceView, PutView, StructView, block, print};
use nu_ebpf_ir::ir::{ExprId, Layout, Map, Object, Program, Role, Shape, Slot, Span, State, VarId};
use nu_ebpf_ir::spec::feature::{FUNC_IP, Kernel, TASK_STORAGE, THREADS};
use nu_ebpf_ir::spec::probe::{Attach, Frame};

impl<'a> Printer<'a> {
    pub fn put(&mut self, map: usize, key: Option<&Shape>, value: &Shape, span: Span) {
        let Some((map, state, layout)) = self.state(map) else { return };
        let (name, mark, c) = (self.namer.fresh("kept"), self.mark(span), name::value(map));
        let lines = match self.state_key(map, state, key, span) {
            Some((named, key)) => {
                let put = if is_word(layout) { "nu_put_word" } else { "nu_put" };
                let put = format!("{put}(&{}, &{named}, &{name})", map.symbol());
                let mut fills = self.fills(layout, leaves(value), &format!("{name}."), false);
                fills.extend(self.test_absent(span));
                print(&PutView { key, c, value: name, zero: has_gaps(layout), fills, put, mark })
            }
            None => {
                let found = self.of_thread("put", map, state);
                let mut fills = self.fills(layout, leaves(value), &format!("{name}->"), false);
                fills.extend(self.test_absent(span));
                print(&PlaceView { key: None, c, value: name, found, fills, mark })
            }
        };
        self.line(block(&lines));
    }

    /// Looks a value up: its parts go into the variables that are read.
    pub fn get(&mut self, map: usize, key: Option<&Shape>, (found, into, take): (VarId, &[VarId], bool), span: Span) {
        let Some((map, state, layout)) = self.state(map) else { return };
        let (name, mark) = (self.namer.fresh("kept"), self.mark(span));
        let key = self.state_key(map, state, key, span);
        let found_at = match &key {
            Some((key, _)) => format!("bpf_map_lookup_elem(&{}, &{key})", map.symbol()),
            None => self.of_thread("take", map, state),
        };
        let mut fills = Vec::new();
        for ((var, member), slot) in into.iter().zip(names(layout)).zip(&layout.slots) {
            if self.facts.is_used(*var) {
                fills.push(format!("{} {mark}", copied(&self.var(*var), slot.ty, &format!("{name}->{member}"))));
            }
        }
        if self.facts.is_used(found) {
            // clang would put two such tests together as one of their pointers, with which the verifier lets nobody compute.
            fills.push(format!("{0} = true;\n\tbarrier_var({0});", self.var(found)));
        }
        if state.role == Role::Postponed && self.program.resumes() {
            fills.push("nu_resumes();".to_string());
        }
        if let (true, Some((key, _))) = (take, &key) {
            fills.push(format!("bpf_map_delete_elem(&{}, &{key});", map.symbol()));
        }
        let key = key.map(|(_, lines)| lines);
        let c = name::value(map);
        self.line(block(&print(&PlaceView { key, c, value: name, found: found_at, fills, mark })));
    }

    pub fn delete(&mut self, map: usize, key: &Shape, span: Span) {
        let Some((map, state, _)) = self.state(map) else { return };
        let Some((key, lines)) = self.state_key(map, state, Some(key), span) else { return };
        let delete = format!("bpf_map_delete_elem(&{}, &{key}); {}", map.symbol(), self.mark(span));
        self.line(block(&format!("{lines}\n{delete}")));
    }

    /// A map of state, with what it keeps; `front` has refused one of which that is not known.
    fn state(&self, map: usize) -> Option<(&'a Map, &'a State, &'a Layout)> {
        let map = &self.object.maps[map];
        let state = map.state()?;
        Some((map, state, state.value.as_ref()?))
    }

    /// A key's name, and the lines that declare and fill it; none where the thread is the key.
    fn state_key(&mut self, map: &Map, state: &State, key: Option<&Shape>, span: Span) -> Option<(String, String)> {
        Some(self.key(map, state.key.as_ref()?, leaves(key?), span))
    }

    /// The call that finds a thread's value, of the call that the program runs at.
    fn of_thread(&mut self, function: &str, map: &Map, state: &State) -> String {
        let kernel = self.object.kernel;
        let frame = frame(self.program, state, kernel);
        self.reads_context |= frame.contains("ctx");
        let values = state.values(self.program.target().kind.frame);
        let (symbol, size) = (map.symbol(), format!("sizeof(struct {})", name::value(map)));
        let (place, zero) = match kernel.has(&TASK_STORAGE) {
            true => ("thread", String::new()),
            false if function == "put" => ("hashed", format!("&{}, ", name::zero(map))),
            false => ("hashed", String::new()),
        };
        format!("nu_{place}_{function}(&{symbol}, {zero}{values}, {size}, {frame})")
    }
}

/// The leaves of a key or a value, constants as well: they travel here.
fn leaves(shape: &Shape) -> Vec<ExprId> {
    shape.leaves().into_iter().map(|(_, leaf)| leaf).collect()
}

/// What tells the calls apart that a thread is inside.
fn frame(program: &Program, state: &State, kernel: Kernel) -> &'static str {
    let kind = program.target().kind;
    match (state.role, kind.frame) {
        // One link for many functions may come without a stack pointer at their return (Linux 6.14, fprobe on fgraph).
        (Role::Entry, Frame::Entry | Frame::Return)
            if program.targets.len() > 1 && matches!(kind.attach, Attach::Kprobe { .. }) && kernel.has(&FUNC_IP) =>
        {
            "bpf_get_func_ip(ctx)"
        }
        (Role::Entry, Frame::Return) => "nu_frame_at_return(ctx)",
        (Role::Entry, Frame::Entry | Frame::SyscallEntry) => "nu_frame(ctx)",
        (Role::Entry | Role::Named | Role::Timer | Role::Postponed, _) => "1",
    }
}

/// Whether a program looks at the stack pointer.
pub fn reads_frames(object: &Object) -> bool {
    let entries = object.maps.iter().filter_map(Map::state).any(|state| state.role == Role::Entry);
    entries && object.programs.iter().any(|program| program.for_return && program.target().kind.frame != Frame::Record)
}

/// One number of eight bytes, which is stored at once.
fn is_word(layout: &Layout) -> bool {
    matches!(layout.slots.as_slice(), [Slot { ty, .. }] if ty.size() == 8 && ty.is_scalar())
}

/// Zeros in read-only memory: a new thread's value in a hash.
pub fn zero_constant(map: &Map) -> String {
    format!("static const struct {} {} SEC(\".rodata\");", name::thread(map), name::zero(map))
}

pub fn map_view(map: &Map, state: &State, kernel: Kernel) -> MapView {
    let mut view = MapView { max_entries: map.max_entries, name: map.symbol(), ..MapView::default() };
    if state.key.is_none() && !kernel.has(&TASK_STORAGE) {
        view.max_entries = THREADS;
        (view.kind, view.key) = ("BPF_MAP_TYPE_HASH", Some("struct nu_thread_key".into()));
        view.value = format!("struct {}", name::thread(map));
        return view;
    }
    (view.kind, view.key, view.value) = match (&state.key, state.lru) {
        (None, _) => ("BPF_MAP_TYPE_TASK_STORAGE", Some("int".into()), format!("struct {}", name::thread(map))),
        (Some(_), lru) => {
            let kind = if lru { "BPF_MAP_TYPE_LRU_HASH" } else { "BPF_MAP_TYPE_HASH" };
            (kind, Some(format!("struct {}", name::key(map))), format!("struct {}", name::value(map)))
        }
    };
    view.flags = state.key.is_none().then_some("BPF_F_NO_PREALLOC");
    view
}

/// The structs of what a map keeps.
pub fn structs(object: &Object, map: &Map) -> Vec<StructView> {
    let Some((state, layout)) = map.state().and_then(|state| Some((state, state.value.as_ref()?))) else {
        return Vec::new();
    };
    let value = StructView { doc: None, name: name::value(map), members: members(layout), ..StructView::default() };
    let uses = object.programs.iter().find(|program| program.name == map.name);
    let values = uses.map_or(1, |program| state.values(program.target().kind.frame));
    let thread = || StructView {
        doc: Some("What a thread has: which calls it is inside, and a value for each.".into()),
        name: name::thread(map),
        members: vec![format!("__u64 calls[{values}]"), format!("struct {} values[{values}]", name::value(map))],
        ..StructView::default()
    };
    [value].into_iter().chain(state.key.is_none().then(thread)).collect()
}
