//! Where each packet of an MP4's track lies and when it is shown.

use mp4_atom::{Stbl, StszSamples};

/// A packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// Where it begins in the file, in bytes.
    pub(crate) offset: u64,
    /// Bytes.
    pub(crate) size: u32,
    /// When it is shown, in units of its own track.
    pub(crate) shown: i64,
    /// Whether decoding may start here.
    pub(crate) sync: bool,
}

/// Unfolds the tables of ISO/IEC 14496-12, 8.6 and 8.7; `None` where they do not agree.
pub(crate) fn unfolded(table: &Stbl) -> Option<Vec<Sample>> {
    let sizes = match &table.stsz.samples {
        StszSamples::Identical { count, size } => vec![*size; *count as usize],
        StszSamples::Different { sizes } => sizes.clone(),
    };
    let decoded = decoding_times(table);
    let late = table.ctts.iter().flat_map(|box_| &box_.entries);
    let late = late.flat_map(|entry| std::iter::repeat_n(entry.sample_offset, entry.sample_count as usize));
    let mut samples: Vec<Sample> = sizes
        .into_iter()
        .zip(decoded)
        .zip(late.chain(std::iter::repeat(0)))
        .map(|((size, decoded), late)| Sample {
            offset: 0,
            size,
            shown: decoded + late,
            sync: table.stss.is_none(),
        })
        .collect();
    for number in table.stss.iter().flat_map(|box_| &box_.entries) {
        samples.get_mut((*number as usize).checked_sub(1)?)?.sync = true;
    }
    place(&mut samples, table)?;
    Some(samples)
}

fn decoding_times(table: &Stbl) -> impl Iterator<Item = i64> + '_ {
    let steps = table.stts.entries.iter();
    let steps = steps.flat_map(|e| std::iter::repeat_n(i64::from(e.sample_delta), e.sample_count as usize));
    steps.scan(0, |now, step| {
        let at = *now;
        *now += step;
        Some(at)
    })
}

/// Gives each packet its place in the file.
fn place(samples: &mut [Sample], table: &Stbl) -> Option<()> {
    let chunks: Vec<u64> = match (&table.stco, &table.co64) {
        (Some(short), _) => short.entries.iter().map(|offset| u64::from(*offset)).collect(),
        (None, Some(long)) => long.entries.clone(),
        (None, None) => return None,
    };
    let mut left = samples.iter_mut();
    for (index, entry) in table.stsc.entries.iter().enumerate() {
        let first = (entry.first_chunk as usize).checked_sub(1)?;
        let next = table.stsc.entries.get(index + 1);
        let end = next.map_or(chunks.len(), |next| next.first_chunk.saturating_sub(1) as usize);
        for offset in chunks.get(first..end)? {
            let mut at = *offset;
            for sample in left.by_ref().take(entry.samples_per_chunk as usize) {
                sample.offset = at;
                at += u64::from(sample.size);
            }
        }
    }
    left.next().is_none().then_some(())
}
