//! Messages between the plugin and its workers: a length of four bytes, then MessagePack. An open file may travel
//! with one.

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags,
    recvmsg, sendmsg,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, ErrorKind, IoSlice, IoSliceMut, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

/// The most bytes of a message.
const LARGEST: usize = 16 << 20;

/// Room for one descriptor beside a message.
const BESIDE: usize = rustix::cmsg_space!(ScmRights(1));

/// Sends a message, and a file with it.
///
/// # Errors
/// The other end is gone, or the message is too large.
pub fn send<T: Serialize>(mut socket: &UnixStream, message: &T, file: Option<BorrowedFd<'_>>) -> io::Result<()> {
    let body = rmp_serde::to_vec(message).map_err(io::Error::other)?;
    if body.len() > LARGEST {
        return Err(ErrorKind::InvalidData.into());
    }
    let length = (body.len() as u32).to_ne_bytes();
    let files = file.as_slice();
    let mut space = [MaybeUninit::uninit(); BESIDE];
    let mut beside = SendAncillaryBuffer::new(&mut space);
    if !files.is_empty() {
        beside.push(SendAncillaryMessage::ScmRights(files));
    }
    // A stream may take less, but never a part of so little.
    sendmsg(socket.as_fd(), &[IoSlice::new(&length)], &mut beside, SendFlags::NOSIGNAL)?;
    socket.write_all(&body)
}

/// Waits for a message, and the file that came with it.
///
/// # Errors
/// The other end is gone, sends something else, or takes longer than the socket's time limit.
pub fn receive<T: DeserializeOwned>(mut socket: &UnixStream) -> io::Result<(T, Option<OwnedFd>)> {
    let (mut length, mut file) = ([0; 4], None);
    let mut space = [MaybeUninit::uninit(); BESIDE];
    let mut beside = RecvAncillaryBuffer::new(&mut space);
    let mut into = [IoSliceMut::new(&mut length)];
    let received = recvmsg(socket.as_fd(), &mut into, &mut beside, RecvFlags::WAITALL | RecvFlags::CMSG_CLOEXEC)?;
    for message in beside.drain() {
        if let RecvAncillaryMessage::ScmRights(files) = message {
            file = files.last();
        }
    }
    let length = u32::from_ne_bytes(length) as usize;
    if received.bytes != 4 || length > LARGEST {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let mut body = vec![0; length];
    socket.read_exact(&mut body)?;
    Ok((rmp_serde::from_slice(&body).map_err(io::Error::other)?, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_travels_with_its_message() {
        let (one, other) = UnixStream::pair().expect("a pair");
        let file = tempfile::tempfile().expect("a file");
        (&file).write_all(b"it").expect("written");
        send(&one, &(7u8, "a"), Some(file.as_fd())).expect("sent");
        send(&one, &(8u8, "b"), None).expect("sent");
        let (first, file): ((u8, String), _) = receive(&other).expect("received");
        let file = std::fs::File::from(file.expect("a file"));
        assert_eq!((first, file.metadata().expect("known").len()), ((7, "a".into()), 2));
        let (second, none): ((u8, String), _) = receive(&other).expect("received");
        assert!(second == (8, "b".into()) && none.is_none());
        drop(one);
        assert!(receive::<u8>(&other).is_err());
    }
}
