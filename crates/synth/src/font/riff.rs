//! Walks the RIFF file a SoundFont is and hands on a plain one: sizes bounded, indices checked, oddities left out.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;

use super::FontError;

const MOST_SAMPLES: u64 = 1 << 30;
const MOST_TABLES: u64 = 64 << 20;
const MOST_NOTES: u64 = 4 << 20;

/// So near to each other, in samples, stretches are read at once.
const NEAR: usize = 1 << 14;

/// A reader that yields a SoundFont in the plainest form.
///
/// The parser behind it allocates what the file claims and follows the indices it finds;
/// so claims are bounded and indices must rise before it sees them.
///
/// In place of the samples it yields nothing and leaves the buffer as it is: the parser keeps them in memory that
/// nobody looks at and that, untouched, costs nothing. [`Plain::samples`] reads those that are needed.
pub(super) struct Plain<'a, R> {
    inner: &'a mut R,
    head: Cursor<Vec<u8>>,
    /// Where the samples lie, in bytes from the beginning.
    place: Range<u64>,
    /// Bytes of samples still to be left out.
    samples: u64,
    /// Bytes of the sample list after the samples.
    rest: u64,
    tables: Option<Cursor<Vec<u8>>>,
    fault: Option<FontError>,
}

fn malformed(why: &str) -> FontError {
    FontError::Malformed(why.to_string())
}

fn header(inner: &mut impl Read) -> Result<([u8; 4], u64), FontError> {
    let mut bytes = [0; 8];
    inner.read_exact(&mut bytes)?;
    let [a, b, c, d, size @ ..] = bytes;
    Ok(([a, b, c, d], u64::from(u32::from_le_bytes(size))))
}

/// Opens a LIST chunk of the given kind; its size without the kind.
fn list(inner: &mut impl Read, kind: &[u8; 4]) -> Result<u64, FontError> {
    let (id, size) = header(inner)?;
    let mut found = [0; 4];
    inner.read_exact(&mut found)?;
    if &id != b"LIST" || &found != kind || size < 4 {
        return Err(malformed("a list is missing"));
    }
    Ok(size - 4)
}

fn bytes(inner: &mut impl Read, size: u64) -> Result<Vec<u8>, FontError> {
    let mut read = Vec::new();
    inner.take(size).read_to_end(&mut read)?;
    if read.len() as u64 != size {
        return Err(malformed("it ends too early"));
    }
    Ok(read)
}

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut written = id.to_vec();
    written.extend((body.len() as u32).to_le_bytes());
    written.extend(body);
    written
}

/// A chunk's name and body.
type Chunk<'a> = ([u8; 4], &'a [u8]);

/// The chunks of a list's body.
fn chunks(mut body: &[u8]) -> Result<Vec<Chunk<'_>>, FontError> {
    let mut found = Vec::new();
    while body.len() >= 8 {
        let (id, size) = header(&mut body)?;
        let size = size as usize;
        if size > body.len() {
            return Err(malformed("a chunk is larger than its list"));
        }
        found.push((id, &body[..size]));
        // chunks are padded to even sizes
        body = &body[(size + size % 2).min(body.len())..];
    }
    Ok(found)
}

impl<'a, R: Read + Seek> Plain<'a, R> {
    /// Reads up to the samples.
    pub(super) fn new(inner: &'a mut R) -> Result<Plain<'a, R>, FontError> {
        let (id, _) = header(inner)?;
        let mut kind = [0; 4];
        inner.read_exact(&mut kind)?;
        if &id != b"RIFF" || &kind != b"sfbk" {
            return Err(malformed("it does not begin like one"));
        }
        let size = list(inner, b"INFO")?;
        if size > MOST_NOTES {
            return Err(malformed("its notes are too long"));
        }
        let notes = bytes(inner, size + size % 2)?;
        let name =
            chunks(&notes)?.into_iter().find(|(id, _)| id == b"INAM").map_or(&[][..], |(_, name)| name);

        let sounds = list(inner, b"sdta")?;
        let (id, samples) = header(inner)?;
        if &id != b"smpl" || samples + 8 > sounds || samples % 2 != 0 {
            return Err(malformed("it has no samples"));
        }
        if samples > MOST_SAMPLES {
            return Err(FontError::TooLarge { limit: MOST_SAMPLES >> 20 });
        }
        let rest = sounds - 8 - samples;
        let start = inner.stream_position()?;
        if bytes(inner, samples.min(4))? == b"OggS" {
            return Err(malformed("its samples are compressed"));
        }
        let info = [b"INFO".to_vec(), chunk(b"INAM", name)].concat();
        let mut head = [b"RIFF\0\0\0\0sfbk".to_vec(), chunk(b"LIST", &info)].concat();
        head.extend(b"LIST");
        head.extend((samples as u32 + 12).to_le_bytes());
        head.extend(b"sdtasmpl");
        head.extend((samples as u32).to_le_bytes());
        let place = start..start + samples;
        Ok(Plain { inner, head: Cursor::new(head), place, samples, rest, tables: None, fault: None })
    }

    /// What went wrong while reading, if it was not the parser's.
    pub(super) fn fault(&mut self) -> Option<FontError> {
        self.fault.take()
    }

    /// As many samples as the font has: those of the given stretches, and silence in between.
    pub(super) fn samples(&mut self, mut stretches: Vec<Range<usize>>) -> Result<Vec<i16>, FontError> {
        let mut samples = vec![0; (self.place.end - self.place.start) as usize / 2];
        stretches.sort_unstable_by_key(|stretch| (stretch.start, stretch.end));
        let mut stretches = stretches.into_iter().peekable();
        let mut read = Vec::new();
        while let Some(Range { start, mut end }) = stretches.next() {
            while let Some(next) = stretches.next_if(|next| next.start <= end.saturating_add(NEAR)) {
                end = end.max(next.end);
            }
            let Some(wanted) = samples.get_mut(start..end) else { continue };
            self.inner.seek(SeekFrom::Start(self.place.start + 2 * start as u64))?;
            for piece in wanted.chunks_mut(NEAR) {
                read.resize(2 * piece.len(), 0);
                self.inner.read_exact(&mut read)?;
                for (sample, bytes) in piece.iter_mut().zip(read.chunks_exact(2)) {
                    *sample = i16::from_le_bytes([bytes[0], bytes[1]]);
                }
            }
        }
        Ok(samples)
    }

    fn tables(&mut self) -> Result<Cursor<Vec<u8>>, FontError> {
        self.inner.seek(SeekFrom::Start(self.place.end + self.rest + self.rest % 2))?;
        let size = list(self.inner, b"pdta")?;
        if size > MOST_TABLES {
            return Err(malformed("its tables are too long"));
        }
        let body = bytes(self.inner, size)?;
        let found = chunks(&body)?;
        let mut written = b"pdta".to_vec();
        for id in [b"phdr", b"pbag", b"pmod", b"pgen", b"inst", b"ibag", b"imod", b"igen", b"shdr"] {
            let table = found.iter().find(|(found, _)| found == id).map(|(_, body)| *body);
            written.extend(chunk(id, table.ok_or_else(|| malformed("a table is missing"))?));
        }
        let table = |id: &[u8; 4]| found.iter().find(|(found, _)| found == id).map_or(&[][..], |(_, b)| *b);
        for (names, width, place, bags, generators) in
            [(b"phdr", 38, 24, b"pbag", b"pgen"), (b"inst", 22, 20, b"ibag", b"igen")]
        {
            rising(table(names), width, place, table(bags).len() / 4)?;
            rising(table(bags), 4, 0, table(generators).len() / 4)?;
        }
        Ok(Cursor::new(chunk(b"LIST", &written)))
    }
}

/// Checks that the 16-bit indices of a table never fall and stay below `limit` (the terminator may point at the last).
fn rising(table: &[u8], width: usize, place: usize, limit: usize) -> Result<(), FontError> {
    if table.len() < 2 * width || !table.len().is_multiple_of(width) || limit == 0 {
        return Err(malformed("a table is torn"));
    }
    let mut last = 0;
    for row in table.chunks_exact(width) {
        let index = usize::from(u16::from_le_bytes([row[place], row[place + 1]]));
        if index < last || index > limit {
            return Err(malformed("an index leads nowhere"));
        }
        last = index;
    }
    Ok(())
}

impl<R: Read + Seek> Read for Plain<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.head.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        if self.samples > 0 {
            let left_out = buffer.len().min(self.samples as usize);
            self.samples -= left_out as u64;
            return Ok(left_out);
        }
        if self.tables.is_none() {
            match self.tables() {
                Ok(tables) => self.tables = Some(tables),
                Err(fault) => {
                    self.fault = Some(fault);
                    return Err(io::ErrorKind::InvalidData.into());
                }
            }
        }
        self.tables.as_mut().map_or(Ok(0), |tables| tables.read(buffer))
    }
}
