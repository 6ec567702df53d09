//! Tells a file's kind from its first bytes, so that no name and no guess of ffmpeg chooses the demuxer.

use crate::MediaError;

/// How many of a file's first bytes [`Kind::sniff`] wants to see.
pub(crate) const SNIFFED: usize = 4096;

/// A container that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ISO base media (MP4, M4V, 3GP) and QuickTime.
    Mp4,
    /// Matroska and WebM.
    Matroska,
    /// AVI.
    Avi,
    /// GIF.
    Gif,
}

impl Kind {
    /// The name of ffmpeg's demuxer.
    pub fn demuxer(self) -> &'static str {
        match self {
            Kind::Mp4 => "mov",
            Kind::Matroska => "matroska",
            Kind::Avi => "avi",
            Kind::Gif => "gif",
        }
    }

    /// The container of a file that begins with `head` (up to [`SNIFFED`] bytes).
    ///
    /// # Errors
    /// [`MediaError::Unreadable`] for nothing or noise, [`MediaError::NoPicture`] for sound files,
    /// [`MediaError::UnsupportedKind`] for pictures, text and containers that are not accepted.
    pub fn sniff(head: &[u8]) -> Result<Kind, MediaError> {
        if head.is_empty() {
            return Err(MediaError::unreadable("it is empty"));
        }
        if let Some(kind) = accepted(head) {
            return kind;
        }
        if sound_demuxer(head).is_some() {
            return Err(MediaError::NoPicture { what: "sound" });
        }
        if let Some(what) = other(head) {
            return Err(MediaError::unsupported(what));
        }
        if is_text(head) {
            return Err(MediaError::unsupported("a text file"));
        }
        Err(MediaError::unreadable("its first bytes are of no known kind"))
    }
}

fn accepted(head: &[u8]) -> Option<Result<Kind, MediaError>> {
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Some(Ok(Kind::Matroska));
    }
    if head.starts_with(b"RIFF") && matches!(head.get(8..12), Some(b"AVI " | b"AVIX")) {
        return Some(Ok(Kind::Avi));
    }
    if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        return Some(Ok(Kind::Gif));
    }
    let size = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
    // ISO/IEC 14496-12, 4.2: 0 is "to the end of the file", 1 is "64-bit size follows".
    let sane = size >= 8 || size <= 1;
    match head.get(4..8)? {
        b"ftyp" if sane => Some(brand(head.get(8..12).unwrap_or_default())),
        b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot" | b"styp" | b"moof" if sane => {
            Some(Ok(Kind::Mp4))
        }
        _ => None,
    }
}

/// Still pictures share the box layout of MP4 and differ in the brand.
fn brand(major: &[u8]) -> Result<Kind, MediaError> {
    match major {
        b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" | b"avif" => {
            Err(MediaError::unsupported("a still picture"))
        }
        _ => Ok(Kind::Mp4),
    }
}

/// ffmpeg's demuxer for a file that holds sound alone and begins with `head`; `None` for anything else.
pub(crate) fn sound_demuxer(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 5] =
        [(b"ID3", "mp3"), (b"fLaC", "flac"), (b"OggS", "ogg"), (b"FORM", "aiff"), (b"#!AMR", "amr")];
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        return Some("wav");
    }
    match head {
        // ADTS (13818-7): twelve set bits, layer 0. MPEG audio (11172-3): eleven, a layer and a rate that exist.
        [0xff, b, ..] if b & 0xf6 == 0xf0 => Some("aac"),
        [0xff, b, c, ..] if b & 0xe0 == 0xe0 && b & 0x06 != 0 && c & 0xf0 != 0xf0 => Some("mp3"),
        _ => KINDS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, demuxer)| *demuxer),
    }
}

/// Kinds that are known but not accepted, with their name.
fn other(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 13] = [
        (&[0xff, 0xd8, 0xff], "a still picture"),
        (b"\x89PNG\r\n\x1a\n", "a still picture"),
        (b"BM", "a still picture"),
        (b"II*\0", "a still picture"),
        (b"MM\0*", "a still picture"),
        (b"FLV\x01", "a Flash film"),
        (&[0x30, 0x26, 0xb2, 0x75], "a Windows Media film"),
        (&[0x00, 0x00, 0x01, 0xba], "an MPEG programme stream"),
        (&[0x00, 0x00, 0x01, 0xb3], "a bare MPEG picture stream"),
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (&[0x1f, 0x8b], "a compressed archive"),
        (b"\x7fELF", "a program"),
    ];
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some("a still picture");
    }
    if head.first() == Some(&0x47) && head.get(188) == Some(&0x47) && head.get(376) == Some(&0x47) {
        return Some("an MPEG transport stream");
    }
    KINDS.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what)
}

fn is_text(head: &[u8]) -> bool {
    let cut = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character may be cut in half at the end of what was read.
        Err(error) if error.valid_up_to() + 4 > head.len() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !cut.is_empty() && cut.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        let ts = [&[0x47; 1][..], &[0; 187], &[0x47], &[0; 187], &[0x47]].concat();
        assert_eq!(sound_demuxer(b"\xff\xf1\x50\x80"), Some("aac"));
        let table: [(&[u8], Result<Kind, u16>); 22] = [
            (b"\0\0\0\x18ftypisom\0\0\0\0", Ok(Kind::Mp4)),
            (b"\0\0\0\x14ftypqt  \0\0\0\0", Ok(Kind::Mp4)),
            (b"\0\0\0\x18ftypM4A \0\0\0\0", Ok(Kind::Mp4)),
            (b"\0\0\x10\0moov\0\0\0\0mvhd", Ok(Kind::Mp4)),
            (b"\0\0\0\x01mdat\0\0\0\0", Ok(Kind::Mp4)),
            (b"\x1a\x45\xdf\xa3\x01\0\0\0", Ok(Kind::Matroska)),
            (b"RIFF\x10\0\0\0AVI LIST", Ok(Kind::Avi)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Err(4001)),
            (b"\0\0\0\x18ftypavif\0\0\0\0", Err(4001)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Err(4001)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Err(4001)),
            (b"\x89PNG\r\n\x1a\n\0\0", Err(4001)),
            (b"GIF89a\x01\0", Ok(Kind::Gif)),
            (b"Dear diary,\n", Err(4001)),
            (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", Err(4001)),
            (&ts, Err(4001)),
            (b"RIFF\x10\0\0\0WAVEfmt ", Err(4007)),
            (b"ID3\x04\0\0\0\0", Err(4007)),
            (b"\xff\xfb\x90\x64\0\0", Err(4007)),
            (b"fLaC\0\0\0\x22", Err(4007)),
            (b"", Err(4003)),
            (b"\x93\x01\xfe\x88\x00\x12\x7f\xaa", Err(4003)),
        ];
        for (head, wanted) in table {
            let found = Kind::sniff(head).map_err(|error| error.code());
            assert_eq!(found, wanted, "{:?}", String::from_utf8_lossy(&head[..head.len().min(16)]));
        }
    }
}
