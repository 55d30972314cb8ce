//! Serving the plugin, with an ear for streams that Nushell closes.
//!
//! A plugin's stream learns that its reader has gone (`| first 10`) only when it writes the next row, and a rare event
//! may never come. So the encoder, which every message passes, looks for two: the answer that announces a stream (it is
//! written by the thread that ran the command), and Nushell's word that it has dropped one.

use crate::bug;
use crate::error::Error;
use crate::plugin::{EbpfPlugin, Probes};
use nu_plugin::{MsgPackSerializer, PluginEncoder};
use nu_plugin_core::Encoder;
use nu_plugin_protocol::{PluginCallResponse, PluginInput, PluginOutput, ProtocolInfo};
use nu_protocol::{ShellError, Span};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the plugin may go on when the shell has gone. The kernel detaches what is attached then.
const FAREWELL: Duration = Duration::from_secs(5);

/// The allocator's heaps: one for commands, another where threads are at it at the same time.
#[cfg(target_env = "gnu")]
const HEAPS: i32 = 2;

/// Bytes from which on a piece of memory goes back to the system when it is free: the kernel's types and symbols.
#[cfg(target_env = "gnu")]
const LARGE: i32 = 1 << 20;

thread_local! {
    /// The stop flag of the stream that this thread's command is about to return.
    static ANNOUNCED: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Tells that the command running on this thread returns a stream which `stop` ends.
pub fn announce(stop: Arc<AtomicBool>) {
    ANNOUNCED.set(Some(stop));
}

/// Becomes a worker, if the plugin has started this process as one; true when that is over.
pub fn became_worker() -> bool {
    nu_ebpf_worker::became(&[&nu_ebpf_symbol::SYMBOLS, &nu_ebpf_dwarf::TYPES, &nu_ebpf_compile::CLANG])
}

/// Runs the plugin until Nushell says goodbye; false where there was no Nushell to begin with.
pub fn serve() -> bool {
    // Before there is another thread.
    nu_ebpf_privilege::begin();
    share_heaps();
    hold_many();
    bug::listen();
    let served = bug::caught(Span::unknown(), || {
        let plugin = EbpfPlugin::default();
        let probes = plugin.probes.clone();
        nu_plugin::serve_plugin(&plugin, Listening { inner: MsgPackSerializer, streams: Arc::default(), probes });
        Ok::<_, Error>(())
    });
    // nu-plugin itself panics where nobody takes its first word.
    served.inspect_err(|error| bug::tell(&format!("ebpf: cannot talk to Nushell: {error}"))).is_ok()
}

/// Has the allocator do with few heaps, and with none for what is large. By itself it has eight a processor, and each
/// command has a thread of its own: each heap would come to keep what the largest command has needed (mallopt(3)).
fn share_heaps() {
    #[cfg(target_env = "gnu")]
    // SAFETY: it sets two numbers, and there is no other thread yet.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, HEAPS);
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}

/// Has the process hold as many descriptors as it may: each probe has some, and of stacks all files that are mapped. The
/// usual number is for programs that use select(2).
fn hold_many() {
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
}

/// Why what has come is not what a Nushell sends that this plugin is for; `more`: whether it began with anything.
fn wrong(input: &Result<Option<PluginInput>, ShellError>, more: bool) -> Option<String> {
    let own = ProtocolInfo::default();
    match input {
        Ok(Some(PluginInput::Hello(info))) if !info.is_compatible_with(&own).unwrap_or(false) => {
            Some(format!("Nushell is of version {}, this plugin is for {}", info.version, own.version))
        }
        Ok(None) if more => Some("Nushell's last message is cut off".into()),
        _ => None,
    }
}

/// MessagePack, listened to.
#[derive(Clone)]
struct Listening {
    inner: MsgPackSerializer,
    streams: Arc<Mutex<HashMap<usize, Arc<AtomicBool>>>>,
    probes: Arc<Probes>,
}

impl Listening {
    fn streams(&self) -> MutexGuard<'_, HashMap<usize, Arc<AtomicBool>>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shell has gone: nothing may stay attached, and no stream may keep the plugin waiting. Nor may anything else:
    /// a command may wait for what never comes, as a pipe to be written to.
    fn end(&self) {
        // Where there is no thread to be had, whatever is waited for ends by itself, or not.
        let _ = std::thread::Builder::new().name("farewell".into()).spawn(|| {
            std::thread::sleep(FAREWELL);
            std::process::exit(0);
        });
        self.probes.clear();
        std::mem::take(&mut *self.streams()).values().for_each(|stop| stop.store(true, Ordering::Release));
    }
}

impl Encoder<PluginInput> for Listening {
    fn encode(&self, data: &PluginInput, writer: &mut impl Write) -> Result<(), ShellError> {
        self.inner.encode(data, writer)
    }

    fn decode(&self, reader: &mut impl BufRead) -> Result<Option<PluginInput>, ShellError> {
        // Where it cannot be read, the decoder tells.
        let more = reader.fill_buf().is_ok_and(|bytes| !bytes.is_empty());
        let input = self.inner.decode(reader);
        let wrong = wrong(&input, more).map(|msg| ShellError::PluginFailedToDecode { msg });
        let input = wrong.map_or(input, Err);
        match &input {
            Ok(Some(PluginInput::Drop(stream))) => {
                self.streams().remove(stream).iter().for_each(|stop| stop.store(true, Ordering::Release));
            }
            Ok(Some(PluginInput::Goodbye) | None) | Err(_) => self.end(),
            Ok(Some(_)) => {}
        }
        input
    }
}

impl Encoder<PluginOutput> for Listening {
    fn encode(&self, data: &PluginOutput, writer: &mut impl Write) -> Result<(), ShellError> {
        if let PluginOutput::CallResponse(_, PluginCallResponse::PipelineData(header)) = data
            && let Some(stream) = header.stream_id()
            && let Some(stop) = ANNOUNCED.take()
        {
            self.streams().insert(stream, stop);
        }
        self.inner.encode(data, writer)
    }

    fn decode(&self, reader: &mut impl BufRead) -> Result<Option<PluginOutput>, ShellError> {
        self.inner.decode(reader)
    }
}

impl PluginEncoder for Listening {
    fn name(&self) -> &str {
        self.inner.name()
    }
}
