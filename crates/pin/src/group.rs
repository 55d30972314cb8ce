//! The maps of a name while something is attached with it, and all names with their maps.

use crate::description::Kept;
use crate::differ::{self, differs, is_shared, no_stacks};
use crate::error::{Error, Result, offer_of};
use crate::folder;
use crate::ir::{Layout, Map, Object, Type};
use crate::spec::code::Code;
use libbpf_rs::{ErrorExt, MapCore, MapHandle, OpenMapMut};
use std::collections::BTreeMap;
use std::fs::File;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::SystemTime;

/// A pinned map, and what it keeps.
#[derive(Debug)]
pub struct Pinned {
    pub kept: Kept,
    pub map: MapHandle,
    /// The number of the period that runs, of a table that is kept by periods.
    pub period: Option<MapHandle>,
}

/// The maps that the plugin itself keeps, by their names; and the way to those in bpffs.
#[derive(Debug)]
pub struct Pins {
    /// Tells this plugin's spans from another's.
    plugin: u64,
    held: Mutex<BTreeMap<String, Vec<Arc<Pinned>>>>,
    attaching: Mutex<()>,
}

/// A name that maps are pinned under.
#[derive(Debug)]
pub struct Known {
    pub name: String,
    /// The folder; none where the plugin keeps them.
    pub folder: Option<PathBuf>,
    /// Its maps, or why they cannot be read.
    pub maps: Result<Vec<Arc<Pinned>>>,
}

/// The maps of one name, for an attach. As long as it is there, no other attach with a pin goes on.
#[derive(Debug)]
pub struct Group<'a> {
    name: String,
    maps: Vec<Arc<Pinned>>,
    pins: &'a Pins,
    /// The plugin's folder in bpffs, if the maps are there.
    ours: Option<PathBuf>,
    _locks: (MutexGuard<'a, ()>, Option<File>),
}

impl Default for Pins {
    fn default() -> Pins {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let plugin = (now.as_nanos() as u64) ^ (u64::from(std::process::id()) << 32);
        Pins { plugin, held: Mutex::default(), attaching: Mutex::default() }
    }
}

impl Pins {
    fn held(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Arc<Pinned>>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps others of this plugin from attaching.
    fn attaching(&self, given_up: &dyn Fn() -> bool) -> Result<MutexGuard<'_, ()>> {
        folder::wait_for(given_up, || match self.attaching.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(guard)) => Some(guard.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        })
    }

    /// Returns whether maps would be gone with the plugin.
    pub fn holds(&self) -> bool {
        !self.held().is_empty()
    }

    /// The maps of a name, which has none at first. `make`: more are to be kept.
    ///
    /// # Errors
    /// A name that is none, a folder that is not safe, a description of another version; the user has `given_up`.
    pub fn group(&self, bpffs: &Path, name: &str, make: bool, given_up: &dyn Fn() -> bool) -> Result<Group<'_>> {
        crate::check_name(name)?;
        let attaching = self.attaching(given_up)?;
        let held = self.held().get(name).cloned();
        let ours = if held.is_some() { None } else { folder::ours(bpffs, make)? };
        let lock = ours.as_deref().map(|ours| folder::lock(ours, given_up)).transpose()?;
        let maps = match (held, &ours) {
            (Some(held), _) => held,
            (None, Some(ours)) => shared(folder::maps(ours, name)?),
            (None, None) => Vec::new(),
        };
        Ok(Group { name: name.to_string(), maps, pins: self, ours, _locks: (attaching, lock) })
    }

    /// All names that there are.
    ///
    /// # Errors
    /// A folder that is not safe.
    pub fn all(&self, bpffs: &Path) -> Result<Vec<Known>> {
        let held = self.held().clone().into_iter();
        let mut all: Vec<Known> = held.map(|(name, maps)| Known { name, folder: None, maps: Ok(maps) }).collect();
        if let Some(ours) = folder::ours(bpffs, false)? {
            let one = |name: String| {
                let maps = folder::maps(&ours, &name).map(shared);
                Known { folder: Some(ours.join(&name)), maps, name }
            };
            all.extend(folder::names(&ours).into_iter().map(one));
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }

    /// The maps of a name.
    ///
    /// # Errors
    /// [`Code::UnknownPin`], with the names that there are.
    pub fn get(&self, bpffs: &Path, name: &str) -> Result<Vec<Arc<Pinned>>> {
        let mut all = self.all(bpffs)?;
        match all.iter().position(|known| known.name == name) {
            Some(place) => all.swap_remove(place).maps,
            None => Err(unknown(name, &all)),
        }
    }

    /// Gives a name free. What is attached goes on with its maps.
    ///
    /// # Errors
    /// [`Code::UnknownPin`], with the names that there are.
    pub fn remove(&self, bpffs: &Path, name: &str, given_up: &dyn Fn() -> bool) -> Result<()> {
        let attaching = self.attaching(given_up)?;
        if self.held().remove(name).is_some() {
            return Ok(());
        }
        let ours = if crate::check_name(name).is_ok() { folder::ours(bpffs, false)? } else { None };
        if let Some(ours) = ours {
            let _lock = folder::lock(&ours, given_up)?;
            if folder::remove(&ours, name)? {
                return Ok(());
            }
        }
        drop(attaching);
        Err(unknown(name, &self.all(bpffs)?))
    }
}

impl Pinned {
    /// Has an object that is open use this map as its own, if it is that one of the object's.
    ///
    /// # Errors
    /// They are not of one form in the kernel, or it refuses.
    pub fn reuse(&self, map: &mut OpenMapMut<'_>) -> libbpf_rs::Result<()> {
        let (symbol, period) = self.kept.symbols();
        let pinned = match map.name().to_str() {
            Some(name) if name == symbol => &self.map,
            name => match &self.period {
                Some(running) if name == period.as_deref() => running,
                _ => return Ok(()),
            },
        };
        let own = (map.map_type(), map.key_size(), map.value_size());
        if own != (pinned.map_type(), pinned.key_size(), pinned.value_size()) {
            let other = libbpf_rs::Error::from(std::io::Error::from(std::io::ErrorKind::InvalidInput));
            return Err(other).context("the pinned map is of another form; `ebpf unpin` removes it");
        }
        map.reuse_fd(pinned.as_fd())
    }

    /// Returns its kind.
    pub fn kind(&self) -> String {
        differ::kind(&self.kept.map)
    }

    /// The kernel's number of it.
    pub fn id(&self) -> Option<u32> {
        id(&self.map)
    }
}

/// The kernel's number of a map.
pub fn id(map: &impl MapCore) -> Option<u32> {
    map.info().ok().map(|info| info.info.id)
}

impl Group<'_> {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn maps(&self) -> &[Arc<Pinned>] {
        &self.maps
    }

    /// The maps as far as closures are to know of them.
    pub fn known(&self) -> Vec<Map> {
        self.maps.iter().map(|pinned| pinned.kept.map.clone()).collect()
    }

    /// Refuses an object of which a map is not like the pinned one. `keys`, `values`: `check`'s facts, by the map's number.
    ///
    /// # Errors
    /// [`Code::PinDiffers`]; [`Code::ClosureType`] for a key that cannot be shared.
    pub fn check(&self, object: &Object, keys: &[Option<Layout>], values: &[Type]) -> Result<()> {
        for (number, map) in object.maps.iter().enumerate().filter(|(_, map)| is_shared(map)) {
            no_stacks(map, keys[number].as_ref())?;
            if let Some(pinned) = self.find(map) {
                let facts = (map, keys[number].as_ref(), values[number]);
                differs(&pinned.kept, facts, &self.name, self.pins.plugin)?;
            }
        }
        Ok(())
    }

    /// The map of that name: a table, a map of state or a timer has each its own names.
    fn find(&self, map: &Map) -> Option<&Arc<Pinned>> {
        let tables = |other: &Map| map.aggregate().is_some() && other.aggregate().is_some() && map.name == other.name;
        self.maps
            .iter()
            .map(|pinned| (pinned, &pinned.kept.map))
            .find_map(|(pinned, other)| (tables(other) || other.symbol() == map.symbol()).then_some(pinned))
    }

    /// Keeps the maps of an object that the name has not yet. `map`: a loaded map by its symbol.
    ///
    /// # Errors
    /// The kernel's; then none of them is kept.
    pub fn keep(
        self, object: &Object, keys: &[Option<Layout>], values: &[Type], map: impl Fn(&str) -> Option<MapHandle>,
    ) -> Result<()> {
        let mut new = Vec::new();
        for (number, own) in object.maps.iter().enumerate().filter(|(_, map)| is_shared(map)) {
            if self.find(own).is_none()
                && let Some(handle) = map(&own.symbol())
            {
                let period = own.period().and_then(|period| map(&period));
                let kept = Kept::of(object, own, keys[number].as_ref(), values[number], self.pins.plugin);
                new.push(Pinned { kept, map: handle, period });
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        match &self.ours {
            Some(ours) => {
                let before = self.maps.iter().map(|pinned| pinned.kept.clone()).collect();
                folder::pin(ours, &self.name, &mut new, before)
            }
            None => {
                self.pins.held().entry(self.name.clone()).or_default().extend(shared(new));
                Ok(())
            }
        }
    }
}

fn shared(maps: Vec<Pinned>) -> Vec<Arc<Pinned>> {
    maps.into_iter().map(Arc::new).collect()
}

fn unknown(name: &str, all: &[Known]) -> Error {
    let names: Vec<&str> = all.iter().map(|known| known.name.as_str()).collect();
    let list = match names.is_empty() {
        true => "nothing is pinned; `ebpf attach --pin NAME` pins the maps of a probe".to_string(),
        false => format!("pinned names: {} (`ebpf list --pins`)", names.join(", ")),
    };
    let help = offer_of(name, names.iter().copied(), &list);
    Error::new(Code::UnknownPin, format!("no maps are pinned as `{name}`")).help(help)
}
