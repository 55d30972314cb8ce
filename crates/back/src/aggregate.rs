//! Aggregations as C: maps, what their slots are, and the statement that adds to one.

use super::stmt::Printer;
use super::view::{AggregateView, MapView, StructView, block, print};
use super::{expr, name};
use nu_ebpf_ir::ir::{Aggregate, ExprId, Map, Scale, Shape, Span};
use nu_ebpf_ir::spec::aggregation::Slot;

/// Bytes of a slot up to which its zeros are made on the stack, where a key is new.
const SMALL: usize = 64;

impl Printer<'_> {
    pub fn aggregate(&mut self, number: usize, key: Option<&Shape>, value: Option<ExprId>, span: Span) {
        let (object, facts) = (self.object, self.object_facts);
        let map = &object.maps[number];
        let Some(keeps) = map.aggregate().copied() else { return };
        let value = value.map(|value| self.operand(value));
        let (slot, mark) = (self.namer.fresh("slot"), self.mark(span));
        let (key, found) = match (key, &facts.keys[number]) {
            (Some(shape), Some(layout)) => {
                let (key, lines) = self.key(map, layout, self.travelling(shape), span);
                let zeros = match keeps.size() {
                    ..=SMALL if slot_type(map, &keeps) == "__u64" => "(__u64){0}".to_string(),
                    ..=SMALL => format!("({}){{}}", slot_type(map, &keeps)),
                    _ => zeros(map),
                };
                (Some(lines), format!("nu_slot(&{}, &{key}, &{zeros})", map.symbol()))
            }
            _ => (None, format!("nu_only_slot(&{})", map.symbol())),
        };
        let add = add(map, &keeps, &slot, value.as_deref());
        let scoped = key.is_some();
        let lines = print(&AggregateView { key, c: slot_type(map, &keeps), slot, found, add, mark });
        self.line(if scoped { block(&lines) } else { lines });
    }
}

/// The call that adds to a slot.
fn add(map: &Map, keeps: &Aggregate, slot: &str, value: Option<&str>) -> String {
    let value = value.map_or_else(String::new, |value| format!(", {value}"));
    let count = keeps.scale.map_or(0, Scale::buckets);
    match (keeps.row.slot, keeps.scale) {
        (Slot::Words { add, .. }, _) => format!("{add}({slot}{value})"),
        (Slot::Periods { half, add, .. }, _) => {
            let period = map.period().unwrap_or_default();
            format!("{add}(nu_half({slot}, sizeof({half}), &{period}){value})")
        }
        (Slot::Buckets, Some(Scale::Linear { start, step, .. })) => {
            format!("nu_add_linear({slot}->buckets, {count}, {}, {step}{value})", expr::integer(start))
        }
        (Slot::Buckets, Some(Scale::Log { steps })) => {
            format!("nu_add_log({slot}->buckets, {count}, {steps}{value})")
        }
        (Slot::Buckets, None) => String::new(),
    }
}

pub fn map_view(map: &Map, keeps: &Aggregate) -> MapView {
    let (kind, key) = match keeps.keyed {
        false => ("BPF_MAP_TYPE_PERCPU_ARRAY", "__u32".to_string()),
        true => ("BPF_MAP_TYPE_PERCPU_HASH", format!("struct {}", name::key(map))),
    };
    let value = slot_type(map, keeps);
    MapView { kind, max_entries: map.max_entries, key: Some(key), value, name: map.symbol(), ..MapView::default() }
}

/// The map with the number of the period that runs.
pub fn period_view(map: &Map) -> Option<MapView> {
    let (kind, key, value) = ("BPF_MAP_TYPE_ARRAY", Some("__u32".to_string()), "__u64".to_string());
    Some(MapView { kind, max_entries: 1, key, value, name: map.period()?, ..MapView::default() })
}

/// The struct of a slot that no header has.
pub fn slot_struct(map: &Map) -> Option<StructView> {
    let members = vec![format!("__u64 buckets[{}]", map.aggregate()?.scale?.buckets())];
    Some(StructView { doc: None, name: name::slot(map), members, ..StructView::default() })
}

/// Zeros in read-only memory, for the new keys of a map whose slots are larger than the stack.
pub fn zero_constant(map: &Map) -> Option<String> {
    let keeps = map.aggregate()?;
    let large = keeps.keyed && keeps.size() > SMALL;
    large.then(|| format!("static const {} {} SEC(\".rodata\") = {{}};", slot_type(map, keeps), zeros(map)))
}

fn zeros(map: &Map) -> String {
    format!("{}_zeros", map.stem())
}

fn slot_type(map: &Map, keeps: &Aggregate) -> String {
    match keeps.row.slot {
        Slot::Words { c, .. } | Slot::Periods { c, .. } => c.to_string(),
        Slot::Buckets => format!("struct {}", name::slot(map)),
    }
}
