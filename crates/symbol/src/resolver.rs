//! Whole stacks: places of addresses, their symbols, and what was found already.

use crate::frame::{Frame, Symbol, frames};
use crate::kernel::Kernel;
use crate::own;
use crate::process::{Binary, Image, Place, Processes};
use crate::symbols::Symbols;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Places in files whose symbols are remembered; beyond, it begins anew.
const MOST: usize = 1 << 16;

/// Bytes of their names; beyond, it begins anew as well.
const MOST_BYTES: usize = 6 << 20;

/// A place in a file: the file's number, and bytes from its start.
type Key = (u64, u64);

/// A file, which of a stack's addresses lie in it and are not known yet, and where.
type Missing<'a> = (&'a Arc<Binary>, Vec<usize>, Vec<u64>);

/// The symbols of places, and how many bytes they take.
#[derive(Debug, Default)]
struct Known {
    symbols: HashMap<Key, Arc<[Symbol]>>,
    bytes: usize,
}

impl Known {
    fn insert(&mut self, key: Key, symbols: Arc<[Symbol]>) {
        if self.symbols.len() >= MOST || self.bytes >= MOST_BYTES {
            *self = Known::default();
        }
        let bytes = |symbol: &Symbol| {
            size_of::<Symbol>() + symbol.function.len() + symbol.source.as_ref().map_or(0, |source| source.len())
        };
        self.bytes += symbols.iter().map(bytes).sum::<usize>();
        self.symbols.insert(key, symbols);
    }
}

/// Addresses to frames.
#[derive(Debug, Default)]
pub struct Resolver {
    pub processes: Processes,
    kernel: Kernel,
    /// Begun when the first symbol is asked for.
    symbols: OnceLock<Symbols>,
    known: Mutex<Known>,
    /// Addresses that have no name because of a limit on data of other users' processes.
    beyond: AtomicU64,
}

impl Resolver {
    /// The frames of a kernel stack, whose addresses are given innermost first; without those of tracing itself.
    pub fn kernel(&self, addresses: &[u64]) -> Vec<Frame> {
        let frame = |(_, behind, at)| {
            let symbol = self.kernel.symbol(at - behind);
            frames(at, behind, symbol.as_slice(), None)
        };
        own::without(looked_up(addresses).flat_map(frame).collect())
    }

    /// The frames of a user stack. Of an image that was never kept they are addresses only.
    pub fn user(&self, image: Image, addresses: &[u64]) -> Vec<Frame> {
        let before: Vec<u64> = looked_up(addresses).map(|(_, behind, at)| at - behind).collect();
        let places = self.processes.places(image, &before);
        let found = self.in_files(&places);
        let mut all = Vec::with_capacity(addresses.len());
        for (number, behind, at) in looked_up(addresses) {
            match &places[number] {
                Place::File(binary, _) => all.extend(frames(at, behind, &found[number], Some(&binary.path))),
                Place::Anonymous(jit) => {
                    let told = locked(jit).function(at - behind).map(|(function, start)| Symbol {
                        function,
                        offset: Some(at - behind - start),
                        module: None,
                        source: None,
                    });
                    if told.is_none() && locked(jit).is_full() {
                        self.count_beyond(1);
                    }
                    all.extend(frames(at, behind, told.as_slice(), None));
                }
                Place::Beyond => {
                    self.count_beyond(1);
                    all.extend(frames(at, behind, &[], None));
                }
                Place::Nowhere => all.extend(frames(at, behind, &[], None)),
            }
        }
        all
    }

    /// How many addresses have no name because of a limit on data of other users' processes.
    pub fn beyond(&self) -> u64 {
        self.beyond.load(Ordering::Relaxed)
    }

    fn count_beyond(&self, addresses: usize) {
        self.beyond.fetch_add(addresses as u64, Ordering::Relaxed);
    }

    /// What is at an address of the kernel, a function or a variable: `NAME` or `NAME+0x10`.
    pub fn kernel_symbol(&self, address: u64) -> Option<String> {
        self.kernel.any(address).map(|symbol| named(&symbol.function, symbol.offset))
    }

    /// The same of a function of an image. Of inlined functions it is the one that they are in.
    pub fn user_symbol(&self, image: Image, address: u64) -> Option<String> {
        let frame = self.user(image, &[address]).pop()?;
        Some(named(frame.function.as_ref()?, frame.offset))
    }

    /// The symbols of the places that lie in files; of each file, those that are not known are asked for together.
    fn in_files(&self, places: &[Place]) -> Vec<Arc<[Symbol]>> {
        let mut found: Vec<Arc<[Symbol]>> = vec![Arc::default(); places.len()];
        let mut files: HashMap<u64, Missing<'_>> = HashMap::new();
        let known = locked(&self.known);
        for (number, place) in places.iter().enumerate() {
            let Place::File(binary, offset) = place else { continue };
            match known.symbols.get(&(binary.number, *offset)) {
                Some(symbols) => found[number] = symbols.clone(),
                None => {
                    let (_, numbers, offsets) = files.entry(binary.number).or_insert((binary, Vec::new(), Vec::new()));
                    numbers.push(number);
                    offsets.push(*offset);
                }
            }
        }
        // A large binary takes long: others are not to wait for it.
        drop(known);
        for (file, (binary, numbers, offsets)) in files {
            let Some(symbols) = self.symbols.get_or_init(Symbols::default).file(binary, &offsets) else {
                self.count_beyond(offsets.len());
                continue;
            };
            let mut known = locked(&self.known);
            for ((number, offset), symbols) in numbers.into_iter().zip(offsets).zip(symbols) {
                found[number] = symbols.into();
                known.insert((file, offset), found[number].clone());
            }
        }
        found
    }
}

fn named(name: &str, offset: Option<u64>) -> String {
    match offset {
        None | Some(0) => name.to_string(),
        Some(offset) => format!("{name}+{offset:#x}"),
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Each address with its number, and how many bytes before it is looked up: but for the innermost, an address is where
/// a call returns to, which may be the next function's start, or another line.
fn looked_up(addresses: &[u64]) -> impl Iterator<Item = (usize, u64, u64)> {
    addresses.iter().enumerate().map(|(number, at)| (number, u64::from(number > 0 && *at > 0), *at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[inline(never)]
    fn innermost() -> u64 {
        innermost as fn() -> u64 as usize as u64
    }

    #[test]
    fn our_own_function_is_found_with_its_source() {
        let resolver = Resolver::default();
        let image = Image { process: std::process::id(), number: 0 };
        resolver.processes.keep(image, 0);
        let address = innermost();
        let frames = resolver.user(image, &[address, address + 1, 16]);
        assert!(frames.len() >= 3, "{frames:?}");
        let first = &frames[0];
        assert!(first.function.as_ref().is_some_and(|name| name.contains("tests::innermost")), "{first:?}");
        assert!(first.source.as_ref().is_some_and(|source| source.contains("resolver.rs:")), "{first:?}");
        assert_eq!((first.offset, first.address), (Some(0), address));
        // It returns to the second byte: the call is the first.
        assert_eq!((frames[1].function.clone(), frames[1].offset), (first.function.clone(), Some(1)));
        let last = &frames[frames.len() - 1];
        assert_eq!((&last.function, &last.module, last.address), (&None, &None, 16));
    }

    #[test]
    fn of_an_image_that_was_not_kept_there_are_addresses() {
        let frames = Resolver::default().user(Image { process: 1, number: 7 }, &[innermost()]);
        assert_eq!((frames.len(), &frames[0].function, &frames[0].module), (1, &None, &None));
    }
}
