//! Writes an MP4 of one track: its packets first, what describes them at the end.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;

use mp4_atom::{Encode, Ftyp, Moov};

use crate::MediaError;

/// Length of the header before the packets: size 1, name, and the size in 64 bits.
const MDAT_HEADER: u64 = 16;

/// A file being written.
pub(crate) struct PacketFile {
    path: PathBuf,
    file: BufWriter<File>,
    /// Where the header before the packets stands.
    mdat: u64,
    /// Length of the packets written so far.
    bytes: u64,
    stage: &'static str,
}

impl PacketFile {
    /// Begins the file; `brand` and `others` are what its head says of its kind, `stage` is what faults are told with.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn create(
        path: PathBuf,
        brand: &[u8; 4],
        others: &[&[u8; 4]],
        stage: &'static str,
    ) -> Result<PacketFile, MediaError> {
        let compatible_brands = [brand].iter().chain(others).map(|brand| (*brand).into()).collect();
        let ftyp = Ftyp { major_brand: brand.into(), minor_version: 512, compatible_brands };
        let mut head = encoded(&ftyp, stage)?;
        let mdat = head.len() as u64;
        head.extend_from_slice(&mdat_header(0));
        let file = File::create(&path).map_err(MediaError::io("written", &path))?;
        let mut begun = PacketFile { path, file: BufWriter::new(file), mdat, bytes: 0, stage };
        begun.write(&head)?;
        Ok(begun)
    }

    /// Where the first packet lies, in bytes.
    pub(crate) fn first_packet(&self) -> u64 {
        self.mdat + MDAT_HEADER
    }

    /// Appends a packet.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn push(&mut self, packet: &[u8]) -> Result<(), MediaError> {
        self.bytes += packet.len() as u64;
        self.write(packet)
    }

    /// Ends the file with what describes it; gives its path.
    ///
    /// # Errors
    /// [`MediaError::Io`].
    pub(crate) fn finish(mut self, moov: &Moov) -> Result<PathBuf, MediaError> {
        let moov = encoded(moov, self.stage)?;
        self.write(&moov)?;
        self.file.seek(SeekFrom::Start(self.mdat)).map_err(MediaError::io("written", &self.path))?;
        self.write(&mdat_header(self.bytes))?;
        self.file.flush().map_err(MediaError::io("written", &self.path))?;
        Ok(self.path)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), MediaError> {
        self.file.write_all(bytes).map_err(MediaError::io("written", &self.path))
    }
}

fn mdat_header(bytes: u64) -> Vec<u8> {
    [&1u32.to_be_bytes()[..], b"mdat", &(MDAT_HEADER + bytes).to_be_bytes()].concat()
}

fn encoded(atom: &impl Encode, stage: &'static str) -> Result<Vec<u8>, MediaError> {
    let mut bytes = Vec::new();
    atom.encode(&mut bytes).map_err(|fault| MediaError::failed(stage, fault.to_string()))?;
    Ok(bytes)
}
