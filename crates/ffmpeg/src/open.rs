//! Opens a film: one ffprobe lists its packets, with times and checksums, and its streams.

mod choose;
mod listing;
mod pace;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use footage::{FilmSound, Packet, Picture, Probe};
use sound::{Progress, Time};

use crate::child;
use crate::film::{Clock, Film, PictureStream, Print, Stored};
use crate::sniff::{Kind, SNIFFED};
use crate::tools::file_url;
use crate::{Limits, MediaError, Tools};
use choose::Streams;
use listing::{Listed, Stream};

const STAGE: &str = "opening of the film";

/// What is asked of each packet and of each stream. Checksums are taken here, while the file is read anyway: they prove
/// later that a copied picture is the same, byte for byte.
const ENTRIES: &str = "\
packet=codec_type,stream_index,pts,dts,duration,size,pos,flags,data_hash:\
stream=index,codec_type,codec_name,profile,codec_tag_string,width,height,pix_fmt,field_order,has_b_frames,is_avc,\
color_primaries,color_transfer,color_space,time_base,duration,avg_frame_rate,r_frame_rate,sample_rate,channels:\
stream_disposition=default,attached_pic:stream_side_data=displaymatrix,rotation";

impl Tools {
    /// Opens a film; its kind is read from its first bytes, never from its name.
    ///
    /// # Errors
    /// [`MediaError::Unreadable`], [`MediaError::UnsupportedKind`], [`MediaError::NoPicture`], [`MediaError::NoStream`],
    /// [`MediaError::OverLimit`] as the film deserves; [`MediaError::Cancelled`], [`MediaError::TimedOut`],
    /// [`MediaError::Io`] otherwise.
    pub fn open(&self, film: &Path, progress: &dyn Progress) -> Result<Film, MediaError> {
        let path = film.canonicalize().map_err(MediaError::io("found", film))?;
        let (kind, bytes) = sniff(&path)?;
        let mut listing = self.list(&path, kind, bytes, progress)?;
        let chosen = choose::streams(&listing.streams, &self.limits)?;
        let Some(stored) = listing.packets.remove(&chosen.picture.index) else {
            return Err(listing.without_frames);
        };
        let film = self.understand(path, kind, &chosen, stored)?;
        let film = Film { print: listing.print(film.probe.sound.as_ref(), film.clock), ..film };
        progress.report(1.0);
        Ok(film)
    }

    /// All streams, at least one, and the packets of those that are pictures. One child prints both: a start takes
    /// longer than the packets that are not wanted.
    fn list(
        &self,
        path: &Path,
        kind: Kind,
        bytes: u64,
        progress: &dyn Progress,
    ) -> Result<Listing, MediaError> {
        let mut invocation = self.ffprobe(STAGE, path);
        invocation.add(self.fenced(kind));
        invocation.add(["-of", "compact", "-show_entries", ENTRIES, "-show_data_hash", "murmur3"]);
        invocation.add([file_url(path)]);
        invocation.patience = self.limits.time_to_open(bytes);
        let mut packets = BTreeMap::<usize, Vec<Stored>>::new();
        let mut sounds = BTreeMap::<usize, (i64, Print)>::new();
        let mut kept = 0;
        let (streams, ended) = child::run(invocation, &self.limits, progress, &|_| false, |pipes| {
            listing::read(pipes.output, &mut |listed| {
                let Listed { packet, stream, kind } = listed;
                if let Some(position) = packet.position {
                    progress.report((position as f64 / bytes.max(1) as f64).clamp(0.0, 1.0));
                }
                if kind == listing::Kind::Sound {
                    let first = (packet.pts.unwrap_or(0), Print::default());
                    sounds.entry(stream).or_insert(first).1.add(packet.size, packet.hash);
                }
                if kind != listing::Kind::Picture {
                    return Ok(());
                }
                let stored = packets.entry(stream).or_default();
                stored.push(packet);
                kept += 1;
                self.limits.check_packets(stored.len() as u64, kept, bytes)
            })
        })?;
        if streams.is_empty() {
            return Err(refusal(&ended, &self.limits));
        }
        let without_frames = MediaError::unreadable(match ended.why() {
            why if ended.well() || why.is_empty() => "its picture has no frames".to_owned(),
            why => why,
        });
        Ok(Listing { streams, packets, sounds, without_frames })
    }

    fn understand(
        &self,
        path: PathBuf,
        kind: Kind,
        chosen: &Streams<'_>,
        mut stored: Vec<Stored>,
    ) -> Result<Film, MediaError> {
        let Streams { picture, ordinal, sound } = chosen;
        let lag = pace::give_times(&mut stored, picture);
        let pace = pace::measure(&stored, picture.time_base, picture.rate)?;
        if pace.length > self.limits.length {
            let (found, limit) = (pace.length.seconds() as u64, self.limits.length.seconds() as u64);
            return Err(MediaError::OverLimit { unit: "seconds", found, limit });
        }
        let clock = Clock { base: picture.time_base, start: pace.start, lag: lag.unwrap_or(0) };
        let stream = PictureStream {
            index: *ordinal,
            turn: picture.turn,
            profile: picture.profile.clone(),
            length_prefixed: picture.length_prefixed,
            timed: lag.is_none(),
            colour: picture.colour.clone(),
        };
        let missing = self.missing(picture.declared, pace.length);
        let (width, height) = (picture.width, picture.height);
        let (width, height) = if picture.turn.sideways { (height, width) } else { (width, height) };
        let picture = Picture {
            stream: picture.index,
            codec: picture.codec.clone(),
            width,
            height,
            frame_rate: pace.rate,
            pixel_format: picture.pixel_format.clone(),
            variable_rate: pace.variable,
            interlaced: picture.interlaced,
        };
        let container = container_name(kind, &path).to_owned();
        let probe = Probe { container, length: pace.length, picture, sound: sound.clone() };
        let packets = shown(&stored, clock);
        let (print, kept, origin) = (None, None, None);
        Ok(Film { path, kind, probe, packets, clock, stream, missing, stored, print, kept, origin })
    }

    /// How much is missing of what a container declares; a declaration beyond every limit is a lie and no promise.
    fn missing(&self, declared: Option<Time>, found: Time) -> Option<Time> {
        let declared = declared.filter(|declared| *declared <= self.limits.length)?;
        let tolerance = Time::from_seconds(0.5).max(found / 50);
        Some(declared - found).filter(|missing| *missing > tolerance)
    }
}

/// What ffprobe prints of a file.
struct Listing {
    streams: Vec<Stream>,
    /// In file order, by the number of their stream.
    packets: BTreeMap<usize, Vec<Stored>>,
    /// The first time stamp of each stream of sound, and what its packets come to.
    sounds: BTreeMap<usize, (i64, Print)>,
    /// What to say of a picture that has none.
    without_frames: MediaError,
}

impl Listing {
    /// What the packets of the film's sound come to, on its clock.
    fn print(&self, own: Option<&FilmSound>, clock: Clock) -> Option<Print> {
        let index = own?.stream;
        let (first, print) = self.sounds.get(&index)?;
        let (numerator, denominator) = self.streams.iter().find(|stream| stream.index == index)?.time_base;
        let begins = Time::from_ratio(first.checked_mul(numerator)?, denominator) - clock.sound_start();
        Some(Print { begins, ..*print })
    }
}

/// The shown packets in the order they are shown.
fn shown(stored: &[Stored], clock: Clock) -> Vec<Packet> {
    let mut latest = i64::MIN;
    let mut packets: Vec<Packet> = stored
        .iter()
        .filter(|packet| !packet.hidden)
        .filter_map(|packet| {
            let pts = packet.pts?;
            let between = pts < latest;
            latest = latest.max(pts);
            Some(Packet { at: clock.time(pts), size: packet.size, keyframe: packet.keyframe, between })
        })
        .collect();
    packets.sort_by_key(|packet| packet.at);
    packets
}

fn sniff(path: &Path) -> Result<(Kind, u64), MediaError> {
    let (head, bytes) = read_head(path)?;
    Ok((Kind::sniff(&head)?, bytes))
}

/// A regular file's first bytes and its size.
///
/// # Errors
/// [`MediaError::UnsupportedKind`] for what is no regular file, [`MediaError::Io`].
pub(crate) fn read_head(path: &Path) -> Result<(Vec<u8>, u64), MediaError> {
    let about = path.metadata().map_err(MediaError::io("read", path))?;
    if !about.is_file() {
        return Err(MediaError::unsupported("a folder or a device"));
    }
    let mut head = Vec::with_capacity(SNIFFED);
    let file = File::open(path).map_err(MediaError::io("opened", path))?;
    file.take(SNIFFED as u64).read_to_end(&mut head).map_err(MediaError::io("read", path))?;
    Ok((head, about.len()))
}

/// The container as a person calls it; MP4 and QuickTime share a demuxer.
fn container_name(kind: Kind, path: &Path) -> &'static str {
    match kind {
        Kind::Mp4 if is_quicktime(path) => "mov",
        Kind::Mp4 => "mp4",
        Kind::Matroska => "matroska",
        Kind::Avi => "avi",
        Kind::Gif => "gif",
    }
}

fn is_quicktime(path: &Path) -> bool {
    let mut head = [0; 12];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && &head[4..8] == b"ftyp" && &head[8..12] == b"qt  "
}

/// What ffprobe's refusal means.
fn refusal(ended: &child::Ended, limits: &Limits) -> MediaError {
    let between = |before, after| Some(ended.log.split_once(before)?.1.split_once(after)?.0);
    // "[prores_raw @ 0x...] Codec (prores_raw) not on whitelist '...'"
    if let Some(codec) = between("Codec (", ") not on whitelist") {
        return MediaError::unsupported(format!("a film with a {codec} stream"));
    }
    if ended.log.contains("exceeds max_streams") {
        return MediaError::OverLimit { unit: "streams", found: limits.streams + 1, limit: limits.streams };
    }
    if let Some((width, height)) = between("Picture size ", " exceeds").and_then(|size| size.split_once('x'))
    {
        let found = width.parse().unwrap_or(0u64).saturating_mul(height.parse().unwrap_or(0));
        return MediaError::OverLimit { unit: "pixels in a frame", found, limit: limits.pixels };
    }
    MediaError::unreadable(ended.why())
}
