//! Peaks of sound as a document that programs for waveforms read.

use serde::Serialize;
use sound::{SAMPLE_RATE, Zoom};

#[derive(Serialize)]
struct Peaks {
    zooms: Vec<Drawn>,
}

/// A zoom as audiowaveform writes it (JSON, version 2), which wavesurfer.js and peaks.js take.
#[derive(Serialize)]
struct Drawn {
    version: u8,
    channels: u8,
    sample_rate: u32,
    samples_per_pixel: u32,
    bits: u8,
    /// How many pairs there are.
    length: usize,
    /// The least and the greatest value of each stretch in turn.
    data: Vec<i16>,
}

/// The bytes of the document: a list of zooms, the finest first, each of them a whole document of audiowaveform.
pub(super) fn document(zooms: &[Zoom]) -> Vec<u8> {
    let drawn = |zoom: &Zoom| Drawn {
        version: 2,
        channels: 1,
        sample_rate: SAMPLE_RATE,
        samples_per_pixel: zoom.samples_per_peak,
        bits: 16,
        length: zoom.peaks.len(),
        data: zoom.peaks.as_flattened().to_vec(),
    };
    let peaks = Peaks { zooms: zooms.iter().map(drawn).collect() };
    // Numbers and names only: nothing in it can fail to be written.
    let mut bytes = serde_json::to_vec(&peaks).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_read_as_those_of_audiowaveform() {
        let zooms = [Zoom { samples_per_peak: 256, peaks: vec![[-3, 4], [-32767, 32767]] }];
        assert_eq!(
            String::from_utf8(document(&zooms)).unwrap(),
            "{\"zooms\":[{\"version\":2,\"channels\":1,\"sample_rate\":48000,\"samples_per_pixel\":256,\"bits\":16,\
             \"length\":2,\"data\":[-3,4,-32767,32767]}]}\n"
        );
    }
}
