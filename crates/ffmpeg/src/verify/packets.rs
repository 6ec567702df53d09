//! The packets of an output, held against those of the film and of the sound that it was made of.

use std::fs::File;
use std::os::unix::fs::FileExt;

use sound::Time;

use super::broken;
use super::murmur::murmur3;
use crate::MediaError;
use crate::film::{Film, Print};
use crate::movie::Track;
use crate::plan::{PictureMode, RenderPlan};
use crate::sample_table::Sample;

/// The picture of an output as it lies in its file.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// One unit of its clock.
    unit: Time,
    /// When each packet is shown, its size and its MurmurHash3, in file order.
    pub(super) packets: Vec<(Time, u32, u128)>,
}

/// Reads every packet of the picture.
///
/// # Errors
/// [`MediaError::RenderFailed`] where the file ends before a packet does.
pub(super) fn read(file: &File, picture: &Track) -> Result<Written, MediaError> {
    let mut bytes = Vec::new();
    let packets = picture.samples.iter().map(|sample| {
        load(file, sample, &mut bytes)?;
        Ok((picture.shown(sample), sample.size, murmur3(&bytes)))
    });
    let packets = packets.collect::<Result<_, MediaError>>()?;
    Ok(Written { unit: Time::from_ratio(1, picture.scale), packets })
}

/// Whether a track holds the same packets, byte for byte, as one that was encoded before.
///
/// # Errors
/// [`MediaError::RenderFailed`] where it does not.
pub(super) fn same(
    (file, track): (&File, &Track),
    (encoded, source): (&File, &Track),
) -> Result<(), MediaError> {
    let (mut written, mut wanted) = (Vec::new(), Vec::new());
    for (sample, other) in track.samples.iter().zip(&source.samples) {
        load(file, sample, &mut written)?;
        load(encoded, other, &mut wanted)?;
        if written != wanted {
            return Err(broken("a packet of its sound is not as it was encoded"));
        }
    }
    let (found, wanted) = (track.samples.len(), source.samples.len());
    if found == wanted { Ok(()) } else { Err(broken(format!("its sound has {found} packets, not {wanted}"))) }
}

/// Whether a track holds the packets of a film's own sound, byte for byte, the first at its time.
///
/// # Errors
/// [`MediaError::RenderFailed`] where it does not.
pub(super) fn own((file, track): (&File, &Track), film: &Film) -> Result<(), MediaError> {
    let (Some(wanted), Some(first)) = (film.print, track.samples.first()) else {
        return Err(broken("its sound is missing"));
    };
    let (mut print, mut bytes) = (Print::default(), Vec::new());
    for sample in &track.samples {
        load(file, sample, &mut bytes)?;
        print.add(sample.size, murmur3(&bytes));
    }
    if print != (Print { begins: print.begins, ..wanted }) {
        return Err(broken("its sound is not the film's own"));
    }
    let begins = track.shown(first);
    match begins.distance(wanted.begins) > Time::from_seconds(0.001) {
        true => Err(broken(format!("its sound begins at {begins} instead of {}", wanted.begins))),
        false => Ok(()),
    }
}

/// Whether a picture holds the packets that are expected, each at its time; nothing is expected of those without one.
///
/// # Errors
/// [`MediaError::RenderFailed`] at the first that differs.
pub(super) fn own_among(written: &Written, own: &[Option<(Time, u128)>]) -> Result<(), MediaError> {
    if written.packets.len() != own.len() {
        return Err(broken(format!("it has {} packets instead of {}", written.packets.len(), own.len())));
    }
    let slack = written.unit + Time::from_seconds(1e-6);
    let as_wanted = written.packets.iter().zip(own).map(|((shown, _, found), own)| {
        own.is_none_or(|(at, hash)| *found == hash && shown.distance(at) <= slack)
    });
    match as_wanted.into_iter().position(|as_wanted| !as_wanted) {
        Some(index) => Err(broken(format!("packet {index} of its picture is not the film's own"))),
        None => Ok(()),
    }
}

fn load(file: &File, sample: &Sample, bytes: &mut Vec<u8>) -> Result<(), MediaError> {
    bytes.resize(sample.size as usize, 0);
    file.read_exact_at(bytes, sample.offset).map_err(|error| broken(error.to_string()))
}

/// How many of the source's packets stand in the output, byte for byte and in order: all that the plan keeps, or it is
/// an error.
///
/// Where the source separates units by start codes, MP4 must write their lengths instead: then only count and times
/// can be held against each other, and none counts as copied byte for byte.
///
/// # Errors
/// [`MediaError::RenderFailed`] at the first packet that differs.
pub(super) fn compare(written: &Written, film: &Film, plan: &RenderPlan) -> Result<usize, MediaError> {
    if plan.mode == PictureMode::Encode {
        return Ok(0);
    }
    let (found, wanted) = (written.packets.len(), film.stored.len());
    if found != wanted {
        return Err(broken(format!("its picture has {found} packets instead of {wanted}")));
    }
    if !film.stream.length_prefixed {
        return Ok(0);
    }
    let differs = |index: &usize| {
        let (written, stored) = (&written.packets[*index], &film.stored[*index]);
        (written.1, written.2) != (stored.size, stored.hash)
    };
    let kept = plan.kept(found);
    let (ranges, count) = (kept.clone().into_iter(), kept.into_iter().map(|range| range.len()).sum());
    match ranges.flatten().find(differs) {
        Some(index) => Err(broken(format!("packet {index} of its picture is not the film's own"))),
        None => Ok(count),
    }
}

/// Frames of the film that its output does not show: damaged ones, and those a codec never shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lost {
    /// How many.
    pub(super) frames: usize,
    /// How late the first shown frame is.
    pub(super) start: Time,
    /// How much of the film lies after the last shown frame, where frames follow it; else zero.
    pub(super) end: Time,
}

/// Whether frames are shown when the plan says. Only an encoded picture may lose some: a tenth of the frames
/// and of the length at each end.
///
/// # Errors
/// [`MediaError::RenderFailed`] when a frame is shown at another time or lost in a copy, [`MediaError::Unreadable`]
/// when too many were lost: then it is the film that is damaged.
pub(super) fn in_time(written: &Written, film: &Film, plan: &RenderPlan) -> Result<Lost, MediaError> {
    let mut shown: Vec<Time> =
        written.packets.iter().map(|packet| packet.0).filter(|at| *at >= Time::ZERO).collect();
    shown.sort_unstable();
    let wanted = plan.moments(film);
    let losses_allowed = plan.mode == PictureMode::Encode && shown.len() < wanted.len();
    if shown.len() != wanted.len() && !losses_allowed {
        return Err(broken(format!("it shows {} frames instead of {}", shown.len(), wanted.len())));
    }
    // Half a unit of either clock is lost to rounding.
    let slack = written.unit + Time::from_seconds(1e-6);
    let lost = matched(&shown, &wanted, slack, losses_allowed, film.probe.length)?;
    let most = film.probe.length / 10;
    if lost.frames * 10 > wanted.len() || lost.start > most || lost.end > most {
        let (whole, all) = (shown.len(), wanted.len());
        return Err(MediaError::unreadable(format!("only {whole} of its {all} frames can be decoded")));
    }
    Ok(lost)
}

/// Finds each shown frame among the wanted ones; both are in order.
fn matched(
    shown: &[Time],
    wanted: &[Time],
    slack: Time,
    losses_allowed: bool,
    length: Time,
) -> Result<Lost, MediaError> {
    let mut rest = wanted.iter();
    for at in shown {
        let mut fitting = rest.by_ref().filter(|wanted| !losses_allowed || **wanted + slack >= *at);
        match fitting.next() {
            Some(wanted) if at.distance(*wanted) <= slack => {}
            Some(wanted) => return Err(broken(format!("a frame is shown at {at} instead of {wanted}"))),
            None => return Err(broken(format!("a frame is shown at {at}, where the film has none"))),
        }
    }
    Ok(Lost {
        frames: wanted.len() - shown.len(),
        start: shown.first().copied().unwrap_or(length),
        end: rest.next().map_or(Time::ZERO, |at| length - *at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(seconds: &[f64]) -> Vec<Time> {
        seconds.iter().copied().map(Time::from_seconds).collect()
    }

    #[test]
    fn lost_frames_are_counted_and_the_others_must_be_in_time() {
        let wanted = times(&[0.0, 0.1, 0.2, 0.3, 0.4]);
        let look = |shown: &[f64], losses| {
            matched(&times(shown), &wanted, Time::from_seconds(0.001), losses, Time::from_seconds(0.5))
        };
        assert_eq!(look(&[0.0, 0.1, 0.2, 0.3, 0.4], false).unwrap(), Lost::default());
        let lost = look(&[0.1, 0.2005, 0.3], true).unwrap();
        let [start, end] = [Time::from_seconds(0.1), Time::from_seconds(0.1)];
        assert_eq!((lost.frames, lost.start), (2, start));
        assert!(lost.end.distance(end) < Time::from_ticks(3));
        assert_eq!(look(&[0.0, 0.15, 0.3], true).unwrap_err().code(), 5001);
        assert_eq!(look(&[0.0, 0.3, 0.45], true).unwrap_err().code(), 5001);
        assert_eq!(look(&[0.0, 0.1, 0.2, 0.3, 0.402], false).unwrap_err().code(), 5001);
        assert_eq!(look(&[], true).unwrap().frames, 5);
    }
}
