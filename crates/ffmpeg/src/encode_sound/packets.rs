//! AAC packets out of the stream an encoder writes (ADTS), and where two encodings of the same sound can be joined.

use crate::MediaError;

/// Samples a packet stands for.
pub(super) const PACKET: u64 = 1024;

/// One packet, without its header.
pub(super) type Packet = Vec<u8>;

/// Bytes before each packet of a stream without checksums.
const HEADER: usize = 7;

/// Takes a stream apart.
///
/// # Errors
/// [`MediaError::RenderFailed`] where it is no ADTS stream of whole packets.
pub(super) fn packets(stream: &[u8], stage: &'static str) -> Result<Vec<Packet>, MediaError> {
    let broken = || MediaError::failed(stage, "the encoder wrote no whole packets");
    let mut packets = Vec::new();
    let mut rest = stream;
    while !rest.is_empty() {
        let header = rest.get(..HEADER).ok_or_else(broken)?;
        // Twelve bits of sync, then layer and the sign that there is no checksum.
        if header[0] != 0xff || header[1] & 0xf7 != 0xf1 {
            return Err(broken());
        }
        let length =
            usize::from(header[3] & 3) << 11 | usize::from(header[4]) << 3 | usize::from(header[5] >> 5);
        packets.push(rest.get(HEADER..length).ok_or_else(broken)?.to_vec());
        rest = &rest[length..];
    }
    Ok(packets)
}

/// The shape of a packet's window: whether both channels share it, the sequence and the form of its flanks.
///
/// None for a packet that does not begin with a pair of channels (ISO/IEC 14496-3, 4.4.2).
fn window(packet: &[u8]) -> Option<(bool, u8, u8)> {
    let head = packet.first_chunk::<4>().map(|head| u32::from_be_bytes(*head))?;
    let bits = |at: u32, count: u32| (head >> (32 - at - count) & ((1 << count) - 1)) as u8;
    const PAIR: u8 = 1;
    if bits(0, 3) != PAIR {
        return None;
    }
    let shared = bits(7, 1) == 1;
    // Each channel on its own begins with its gain.
    let at = if shared { 9 } else { 17 };
    Some((shared, bits(at, 2), bits(at + 2, 1)))
}

/// How many packets of `first` to take before those of `second`, which begins `ahead` packets into `first`.
///
/// Half of what a packet says overlaps with the next. Where both encodings gave the last packet before the seam the same
/// window, the halves fit, and at the seam there is the codec's own noise and nothing more. `from` is the first place
/// that is tried.
pub(super) fn seam(first: &[Packet], second: &[Packet], ahead: usize, from: usize) -> usize {
    let fits = |at: &usize| {
        let (ours, theirs) = (first.get(at - 1), second.get(at - 1 - ahead));
        ours.zip(theirs).is_some_and(|(a, b)| window(a).is_some() && window(a) == window(b))
    };
    (from..first.len()).find(fits).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(packet: &[u8]) -> Vec<u8> {
        let length = packet.len() + HEADER;
        let mut bytes = vec![
            0xff,
            0xf1,
            0x4c,
            0x80 | (length >> 11) as u8,
            (length >> 3) as u8,
            (length << 5) as u8,
            0xfc,
        ];
        bytes.extend_from_slice(packet);
        bytes
    }

    /// A pair of channels with one window for both.
    fn packet(sequence: u8, filling: u8) -> Packet {
        vec![0b0010_0001, sequence << 5, filling, filling]
    }

    #[test]
    fn a_stream_falls_into_its_packets() {
        let stream = [framed(&[1, 2, 3]), framed(&[4; 2000])].concat();
        assert_eq!(packets(&stream, "test").unwrap(), [vec![1, 2, 3], vec![4; 2000]]);
        assert!(packets(&stream[..stream.len() - 1], "test").is_err(), "the last one is cut off");
        assert!(packets(b"RIFF....WAVE", "test").is_err());
    }

    #[test]
    fn a_seam_lies_where_windows_agree() {
        let first: Vec<Packet> = [0, 0, 1, 2, 3, 0, 0].map(|sequence| packet(sequence, 7)).to_vec();
        let second: Vec<Packet> = [0, 0, 0, 0, 0].map(|sequence| packet(sequence, 9)).to_vec();
        assert_eq!(seam(&first, &second, 2, 4), 6, "packet 5 is the first that both gave the same window");
        assert_eq!(seam(&first, &second[..2], 2, 4), 4, "where none agrees the first place must do");
    }
}
