//! Takes a place out of beds that lie there.

use sound::Span;

use super::{Draft, settings};

/// Takes `span` out of the beds of these numbers.
///
/// ```text
/// span       [----]                 span       [----]
/// bed   [~~~~~~~~~~~~~]      ->     beds  [~~~]      [~~~]
/// ```
pub(super) fn carve(draft: &mut Draft, beds: &[u32], span: Span) {
    let mut kept = Vec::new();
    for mut bed in std::mem::take(&mut draft.kept) {
        if !beds.contains(&bed.id) || bed.span.overlap(span).is_empty() {
            kept.push(bed);
            continue;
        }
        let before = Span::new(bed.span.start, span.start);
        let after = Span::new(span.end.max(bed.span.start), bed.span.end);
        let whole = bed.clone();
        if !before.is_empty() {
            settings::place(&mut bed, before, draft);
            kept.push(bed);
            if !after.is_empty() {
                let mut tail = whole;
                settings::place(&mut tail, after, draft);
                draft.fresh.push(tail);
            }
        } else if !after.is_empty() {
            settings::place(&mut bed, after, draft);
            kept.push(bed);
        }
    }
    draft.kept = kept;
}
