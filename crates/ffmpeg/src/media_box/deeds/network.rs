//! The network and everything else that talks through sockets.
#![allow(unsafe_code)] // raw system calls on values

use std::ffi::{c_int, c_long};
use std::ptr::null;

use super::Deed;

fn socket(family: c_int, kind: c_int) -> c_long {
    // SAFETY: plain values.
    unsafe { libc::syscall(libc::SYS_socket, family, c_long::from(kind | libc::SOCK_CLOEXEC), 0 as c_long) }
}

pub(super) static HOSTILE: [Deed; 10] = [
    Deed::new("open a TCP socket", |_| socket(libc::AF_INET, libc::SOCK_STREAM)),
    Deed::new("open a UDP socket", |_| socket(libc::AF_INET, libc::SOCK_DGRAM)),
    Deed::new("open an IPv6 socket", |_| socket(libc::AF_INET6, libc::SOCK_STREAM)),
    Deed::new("open a socket of this machine", |_| socket(libc::AF_UNIX, libc::SOCK_STREAM)),
    Deed::new("ask the kernel about its network", |_| socket(libc::AF_NETLINK, libc::SOCK_RAW)),
    Deed::new("listen to every packet", |_| socket(libc::AF_PACKET, libc::SOCK_RAW)),
    Deed::new("open a pair of sockets", |_| {
        let mut pair: [c_int; 2] = [0; 2];
        // SAFETY: the kernel fills the pair.
        unsafe {
            libc::syscall(
                libc::SYS_socketpair,
                libc::AF_UNIX,
                libc::SOCK_STREAM,
                0 as c_long,
                pair.as_mut_ptr(),
            )
        }
    }),
    Deed::new("connect by a descriptor it has", |_| {
        let nowhere = [0u8; 16];
        // SAFETY: the kernel only reads the address.
        unsafe { libc::syscall(libc::SYS_connect, 0 as c_long, nowhere.as_ptr(), nowhere.len()) }
    }),
    Deed::new("send by a descriptor it has", |_| {
        // SAFETY: nothing is sent.
        unsafe { libc::syscall(libc::SYS_sendto, 0usize, null::<u8>(), 0usize, 0usize, 0usize, 0usize) }
    }),
    Deed::new("queue calls that no filter sees (io_uring)", |_| {
        let mut settings = [0u32; 30];
        // SAFETY: the kernel fills what lies there.
        unsafe { libc::syscall(libc::SYS_io_uring_setup, 1, settings.as_mut_ptr()) }
    }),
];
