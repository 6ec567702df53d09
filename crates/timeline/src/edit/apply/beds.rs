//! Edits of the music.

use sound::Span;

use crate::edit::{Edit, EditError};
use crate::{Bed, Music, Ride, Timeline};

impl Timeline {
    pub(super) fn change_beds(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::AddBed { name, music, span } => self.add_bed(name, music, *span),
            Edit::RemoveBed { bed } => {
                self.bed_mut(*bed)?;
                self.beds.retain(|other| other.id != *bed);
            }
            Edit::Rescore { bed, name, brief } => {
                let bed = self.bed_mut(*bed)?;
                bed.name.clone_from(name);
                bed.music = Music::Composed(brief.clone());
            }
            Edit::Retake { bed, take } => match &mut self.bed_mut(*bed)?.music {
                Music::Composed(brief) => brief.retake(*take),
                Music::Recording(_) => return Err(EditError::NotComposed(*bed)),
            },
            Edit::Place { bed, span } => {
                let bed = self.bed_mut(*bed)?;
                *bed = Bed { span: *span, ..bed.clone() }.fitting();
            }
            Edit::Level { bed, percent } => self.bed_mut(*bed)?.level_pct = *percent,
            Edit::Duck { bed, duck } => self.bed_mut(*bed)?.duck = *duck,
            Edit::Fade { bed, fade_in, fade_out } => {
                let bed = self.bed_mut(*bed)?;
                (bed.fade_in, bed.fade_out) = (*fade_in, *fade_out);
            }
            Edit::Ride { bed, span, percent } => self.bed_mut(*bed)?.ride(*span, *percent)?,
            _ => {}
        }
        Ok(())
    }

    fn add_bed(&mut self, name: &str, music: &Music, span: Option<Span>) {
        let id = self.beds.iter().map(|bed| bed.id).max().unwrap_or(0) + 1;
        let span = span.unwrap_or_else(|| self.whole());
        self.beds.push(Bed::new(id, name, music.clone(), span));
    }

    pub(in crate::edit) fn bed_mut(&mut self, id: u32) -> Result<&mut Bed, EditError> {
        self.beds.iter_mut().find(|bed| bed.id == id).ok_or(EditError::NoSuchBed(id))
    }
}

impl Bed {
    /// Gives a stretch a level of its own, or the bed's again; what other rides have of it goes.
    fn ride(&mut self, span: Span, percent: Option<f64>) -> Result<(), EditError> {
        let place = span.overlap(self.span);
        if place.is_empty() {
            return Err(EditError::OutsideBed { span, bed: self.span });
        }
        let around = |ride: &Ride| {
            let sides = [
                Span::new(ride.span.start, ride.span.end.min(place.start)),
                Span::new(ride.span.start.max(place.end), ride.span.end),
            ];
            sides.map(|span| Ride { span, ..*ride })
        };
        let mut rides: Vec<Ride> = self.rides.iter().flat_map(around).collect();
        rides.extend(percent.map(|level_pct| Ride { span: place, level_pct }));
        rides.retain(|ride| !ride.span.is_empty());
        rides.sort_by_key(|ride| ride.span.start);
        self.rides = rides;
        Ok(())
    }
}
