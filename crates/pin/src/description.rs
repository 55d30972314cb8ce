//! Descriptions of pinned maps, stored beside them: bytes of a value in, descriptions out.

use crate::error::{Error, Result};
use crate::ir::{Layout, Map, Object, Slot, Type};
use crate::spec::code::Code;
use serde::{Deserialize, Serialize};

/// The form of what is written. One of another version is not read.
pub const VERSION: u32 = 1;

/// Characters of a closure that are kept, to be quoted.
const WORDS: usize = 80;

/// Description of one map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Name, kind, entries, and the place where it was named first.
    pub map: Map,
    pub key: Option<Layout>,
    /// The type of the values that an aggregation takes.
    pub value: Type,
    /// The closure that named it first, on one line.
    pub words: String,
    /// Whose places `map.at` is one of: the number of the plugin that attached it.
    pub plugin: u64,
}

impl Kept {
    /// Describes a map of an object; `key` and `value` are `check`'s facts.
    pub fn of(object: &Object, map: &Map, key: Option<&Layout>, value: Type, plugin: u64) -> Kept {
        let is_in = |base: usize, text: &str| (base..=base + text.len()).contains(&map.at.start);
        let program = object.programs.iter().find(|program| is_in(program.base, &program.text));
        // A user's command is not in any of the closures.
        let program = program.or(object.programs.first());
        let words: Vec<&str> = program.map_or("", |program| &program.text).split_whitespace().collect();
        let words = words.join(" ");
        let cut = words.char_indices().nth(WORDS).map(|(end, _)| format!("{}…", &words[..end]));
        Kept { map: map.clone(), key: key.cloned(), value, words: cut.unwrap_or(words), plugin }
    }

    /// The types of its keys, with the names of their parts; none where it has no keys.
    pub fn keys(&self) -> Option<String> {
        let part = |slot: &Slot| match slot.path.as_str() {
            "" => slot.ty.kind().name().to_string(),
            path => format!("{path}: {}", slot.ty.kind().name()),
        };
        self.key.as_ref().map(|key| key.slots.iter().map(part).collect::<Vec<_>>().join(", "))
    }

    /// The name in an object, and in bpffs: of the map, and of its period's, where it has one.
    pub fn symbols(&self) -> (String, Option<String>) {
        (self.map.symbol(), self.map.period())
    }
}

#[derive(Serialize, Deserialize)]
struct Description {
    version: u32,
    maps: Vec<Kept>,
}

/// The part that every version has.
#[derive(Deserialize)]
struct Head {
    version: u32,
}

/// The bytes that describe maps.
///
/// # Errors
/// [`Code::Io`]
pub fn write(maps: Vec<Kept>) -> Result<Vec<u8>> {
    let bytes = serde_json::to_vec(&Description { version: VERSION, maps });
    // What cannot be read again (a constant that is not a number) is not written.
    let read = bytes.and_then(|bytes| serde_json::from_slice::<Description>(&bytes).map(|_| bytes));
    read.map_err(|error| crate::io("cannot store the description of the maps", &error))
}

/// The maps that bytes describe; `name` is what they are pinned under.
///
/// # Errors
/// [`Code::PinDiffers`] for what another version has written.
pub fn read(bytes: &[u8], name: &str) -> Result<Vec<Kept>> {
    let other = |what: String| {
        Error::new(
            Code::PinDiffers,
            format!("the maps pinned as `{name}` were pinned by another version of the plugin: {what}"),
        )
        .help(format!("remove them: ebpf unpin {name}"))
    };
    let head: Head = serde_json::from_slice(bytes).map_err(|error| other(error.to_string()))?;
    if head.version != VERSION {
        return Err(other(format!("{} instead of {VERSION}", head.version)));
    }
    let description: Description = serde_json::from_slice(bytes).map_err(|error| other(error.to_string()))?;
    Ok(description.maps)
}

#[cfg(test)]
#[path = "../../../tests/unit/pin_description.rs"]
mod tests;
