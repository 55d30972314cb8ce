//! Tests of `crates/symbol/src/process.rs`, which includes this as a module of its own.

use super::*;
use std::sync::{RwLock, RwLockReadGuard};

fn own() -> Image {
    Image { process: std::process::id(), number: 1 }
}

/// All processes share one budget: the test that uses it up runs alone.
static BUDGET: RwLock<()> = RwLock::new(());

fn shared() -> RwLockReadGuard<'static, ()> {
    BUDGET.read().unwrap_or_else(PoisonError::into_inner)
}

/// What `/proc` of tests says where a stack starts.
const STACK: u64 = 28;

/// A process in a `/proc` of tests, whose name is cut within a character.
fn runs(processes: &Processes, image: Image, maps: &[u8]) {
    let folder = processes.folder(image);
    fs::create_dir_all(&folder).expect("a folder");
    let fields: Vec<String> = (3..=52).map(|field| field.to_string()).collect();
    let stat = [&b"1 (\xd0\x98\xd0) "[..], fields.join(" ").as_bytes()].concat();
    fs::write(folder.join("stat"), stat).expect("written");
    fs::write(folder.join("maps"), maps).expect("written");
}

#[test]
fn names_are_of_any_bytes() {
    let _shared = shared();
    let root = tempfile::tempdir().expect("a folder");
    let processes = Processes::below(root.path().into());
    runs(&processes, own(), b"1000-2000 r-xp 00000000 08:01 7 /a\n3000-4000 rw-p 00000000 08:01 8 /\xe4\n");
    processes.keep(own(), STACK);
    assert!(matches!(&processes.places(own(), &[0x1010])[0], Place::File(binary, 0x10) if &*binary.path == "/a"));
}

#[test]
fn files_of_one_number_are_told_apart_by_their_paths() {
    let _shared = shared();
    let root = tempfile::tempdir().expect("a folder");
    let processes = Processes::below(root.path().into());
    let (one, other) = (own(), Image { process: 77, ..own() });
    runs(&processes, one, b"1000-2000 r-xp 00000000 00:20 257 /a\n");
    runs(&processes, other, b"1000-2000 r-xp 00000000 00:20 257 /b\n");
    [one, other].into_iter().for_each(|image| processes.keep(image, STACK));
    let path = |image| match processes.places(image, &[0x1010]).remove(0) {
        Place::File(binary, _) => binary.path.to_string(),
        place => panic!("expected a file, came {place:?}"),
    };
    assert_eq!([one, other].map(path), ["/a", "/b"]);
}

#[test]
fn of_more_than_are_kept_one_that_lives_stays() {
    let _shared = shared();
    let root = tempfile::tempdir().expect("a folder");
    let processes = Processes::below(root.path().into());
    let (lives, gone) = (own(), Image { process: 2_000_000_000, number: 1 });
    runs(&processes, lives, b"1000-2000 r-xp 00000000 08:01 7 /a\n");
    processes.keep(lives, STACK);
    (0..MOST as u32).for_each(|number| processes.keep(Image { number, ..gone }, STACK));
    assert!(processes.knows(lives) && !processes.knows(Image { number: 0, ..gone }));
    assert!(processes.knows(Image { number: MOST as u32 - 1, ..gone }));
    assert_eq!(processes.inner().order.len(), MOST);
}

#[test]
fn an_address_of_ours_lies_in_our_binary() {
    let _shared = shared();
    let processes = Processes::default();
    let stack = stack_start(&fs::read_to_string("/proc/self/stat").unwrap()).unwrap();
    processes.keep(own(), stack);
    let address = own as fn() -> Image as usize as u64;
    let places = processes.places(own(), &[address, 1]);
    let Place::File(binary, offset) = &places[0] else { panic!("expected a file, came {places:?}") };
    assert_eq!(&*binary.path, std::env::current_exe().unwrap().to_str().unwrap());
    assert!(*offset > 0 && binary.file.is_some());
    assert!(matches!(places[1], Place::Anonymous(_)));
}

#[test]
fn files_are_opened_once_for_all_processes() {
    let _shared = shared();
    let processes = Processes::default();
    let address = own as fn() -> Image as usize as u64;
    let (one, other) = (own(), Image { number: 2, ..own() });
    let file = |image| {
        processes.keep(image, 0);
        match processes.places(image, &[address]).remove(0) {
            Place::File(binary, _) => binary.number,
            place => panic!("expected a file, came {place:?}"),
        }
    };
    assert_eq!(file(one), file(other));
}

#[test]
fn another_image_of_the_process_is_not_taken_for_it() {
    let _shared = shared();
    let processes = Processes::default();
    processes.keep(own(), 4711);
    let address = own as fn() -> Image as usize as u64;
    assert!(processes.knows(own()));
    assert!(matches!(processes.places(own(), &[address])[0], Place::Anonymous(_)));
}

#[test]
fn what_was_unmapped_is_still_known() {
    let _shared = shared();
    let root = tempfile::tempdir().expect("a folder");
    let processes = Processes::below(root.path().into());
    let map = |text: &str| {
        runs(&processes, own(), text.as_bytes());
        processes.keep(own(), STACK);
    };
    map("1000-2000 r-xp 00000000 08:01 7 /a\n3000-4000 r-xp 00000000 08:01 8 /b\n");
    map("3000-4000 r-xp 00000000 08:01 9 /c\n5000-6000 r-xp 00001000 08:01 9 /c\n");
    fs::remove_dir_all(processes.folder(own())).expect("removed");
    processes.keep(own(), STACK);
    let path = |place: &Place| match place {
        Place::File(binary, offset) => format!("{}+{offset:x}", binary.path),
        _ => String::new(),
    };
    let places = processes.places(own(), &[0x1010, 0x3010, 0x5010, 0x7000]);
    assert_eq!(places.iter().map(path).collect::<Vec<_>>(), ["/a+10", "/c+10", "/c+1010", ""]);
}

#[test]
fn the_start_of_the_stack_stands_behind_a_name_with_blanks() {
    let fields: Vec<String> = (3..=52).map(|field| field.to_string()).collect();
    assert_eq!(stack_start(&format!("77 (a ) (b) {}", fields.join(" "))), Some(28));
    assert_eq!(stack_start("77 (a) 1 2"), None);
}

#[test]
fn keeps_a_bounded_number_of_mappings() {
    let _alone = BUDGET.write().unwrap_or_else(PoisonError::into_inner);
    let root = tempfile::tempdir().expect("a folder");
    let processes = Processes::below(root.path().into());
    let line = |number: u64| format!("{:x}000-{:x}000 r-xp 00000000 08:01 {number} /a{number}\n", number, number + 1);
    let text: String = (16..60_016).map(line).collect();
    runs(&processes, own(), text.as_bytes());
    processes.keep(own(), STACK);
    assert_eq!(processes.inner().kept[&own()].mappings.len(), MOST_MAPPINGS);
    let places = processes.places(own(), &[16 << 12, 60_000 << 12]);
    assert!(matches!(places[..], [Place::File(..), Place::Beyond]), "{places:?}");
    // Many such processes share one budget.
    for process in 1..60 {
        let image = Image { process, ..own() };
        runs(&processes, image, text.replace("/a", &format!("/{process}")).as_bytes());
        processes.keep(image, STACK);
    }
    let kept: usize = processes.inner().kept.values().map(|kept| kept.mappings.len()).sum();
    assert!(kept * (size_of::<Mapped>() + BINARY) <= 9 << 20, "{kept}");
}

#[test]
fn does_not_open_a_device_that_is_mapped() {
    let _shared = shared();
    let root = tempfile::tempdir().expect("a folder");
    let processes = Processes::below(root.path().into());
    runs(&processes, own(), b"1000-2000 r-xp 00000000 00:05 7 /dev/null\n2000-3000 r-xp 00000000 00:05 8 /bin\n");
    let files = processes.folder(own()).join("map_files");
    fs::create_dir(&files).expect("a folder");
    std::os::unix::fs::symlink("/dev/null", files.join("1000-2000")).expect("linked");
    std::os::unix::fs::symlink("/proc/self/exe", files.join("2000-3000")).expect("linked");
    processes.keep(own(), STACK);
    let places = processes.places(own(), &[0x1000, 0x2000]);
    let opened = |place: &Place| matches!(place, Place::File(binary, _) if binary.file.is_some());
    assert_eq!(places.iter().map(opened).collect::<Vec<_>>(), [false, true]);
}
