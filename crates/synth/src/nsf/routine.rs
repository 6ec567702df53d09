//! The player inside an NSF: a routine for the 6502 that writes what the log says, picture by picture.

use crate::chip::SAMPLE_LEVEL;

/// Where the file is loaded.
pub(super) const LOAD: u16 = 0x8000;
/// Where the player is set up.
pub(super) const INIT: u16 = 0x8000;
/// What is called in every picture.
pub(super) const PLAY: u16 = 0x8026;

/// The bytes of the player; that of a loop begins again where the log ends.
pub(super) fn code(looping: bool) -> Vec<u8> {
    let mut code = PLAYER.to_vec();
    code.extend_from_slice(if looping { &AGAIN } else { &STAY });
    code
}

/// One above the level at which the sample channel rests.
const RISEN: u8 = SAMPLE_LEVEL + 1;

// In the zero page $00 and $01 point at the next byte of the log, $02 is the bank in which it lies, $03 are the pictures
// to wait, $04 the writes that are left.
#[rustfmt::skip]
const PLAYER: [u8; 103] = [
    0xa2, 0x00,       // 8000 init:  LDX #$00
    0x8e, 0x11, 0x40, // 8002 rise:  STX $4011   ; the level of the sample channel, step by step: at once it would thump
    0xa0, 0x64,       // 8005        LDY #$64
    0x88,             // 8007 rest:  DEY
    0xd0, 0xfd,       // 8008        BNE rest
    0xe8,             // 800a        INX
    0xe0, RISEN,      // 800b        CPX #RISEN
    0xd0, 0xf3,       // 800d        BNE rise
    0xa9, 0x00,       // 800f begin: LDA #$00    ; set up: back to the first byte of the log
    0x85, 0x00,       // 8011        STA $00
    0x85, 0x03,       // 8013        STA $03
    0xa9, 0x90,       // 8015        LDA #$90
    0x85, 0x01,       // 8017        STA $01
    0xa9, 0x01,       // 8019        LDA #$01
    0x85, 0x02,       // 801b        STA $02
    0x8d, 0xf9, 0x5f, // 801d        STA $5FF9   ; bank 1 is seen at $9000
    0xa9, 0x0f,       // 8020        LDA #$0F
    0x8d, 0x15, 0x40, // 8022        STA $4015   ; all channels but samples
    0x60,             // 8025        RTS
    0xa5, 0x03,       // 8026 play:  LDA $03     ; one picture
    0xf0, 0x03,       // 8028        BEQ read
    0xc6, 0x03,       // 802a        DEC $03     ; nothing happens in this one
    0x60,             // 802c        RTS
    0x20, 0x4a, 0x80, // 802d read:  JSR next
    0xf0, 0x35,       // 8030        BEQ over
    0x30, 0x11,       // 8032        BMI wait
    0x85, 0x04,       // 8034        STA $04
    0x20, 0x4a, 0x80, // 8036 write: JSR next
    0xaa,             // 8039        TAX
    0x20, 0x4a, 0x80, // 803a        JSR next
    0x9d, 0x00, 0x40, // 803d        STA $4000,X
    0xc6, 0x04,       // 8040        DEC $04
    0xd0, 0xf2,       // 8042        BNE write
    0x60,             // 8044        RTS
    0x29, 0x7f,       // 8045 wait:  AND #$7F
    0x85, 0x03,       // 8047        STA $03
    0x60,             // 8049        RTS
    0xa5, 0x01,       // 804a next:  LDA $01     ; the next byte of the log, with its flags
    0xc9, 0xa0,       // 804c        CMP #$A0
    0xd0, 0x0b,       // 804e        BNE here
    0xa9, 0x90,       // 8050        LDA #$90    ; the next bank
    0x85, 0x01,       // 8052        STA $01
    0xe6, 0x02,       // 8054        INC $02
    0xa5, 0x02,       // 8056        LDA $02
    0x8d, 0xf9, 0x5f, // 8058        STA $5FF9
    0xa0, 0x00,       // 805b here:  LDY #$00
    0xb1, 0x00,       // 805d        LDA ($00),Y
    0xe6, 0x00,       // 805f        INC $00
    0xd0, 0x02,       // 8061        BNE same
    0xe6, 0x01,       // 8063        INC $01
    0xa8,             // 8065 same:  TAY
    0x60,             // 8066        RTS
];

// The end of music that ends.
#[rustfmt::skip]
const STAY: [u8; 9] = [
    0xa5, 0x00,       // 8067 over:  LDA $00     ; back to the end, which is read again and again
    0xd0, 0x02,       // 8069        BNE page
    0xc6, 0x01,       // 806b        DEC $01
    0xc6, 0x00,       // 806d page:  DEC $00
    0x60,             // 806f        RTS
];

// The end of a loop.
#[rustfmt::skip]
const AGAIN: [u8; 6] = [
    0x20, 0x0f, 0x80, // 8067 over:  JSR begin
    0x4c, 0x2d, 0x80, // 806a        JMP read    ; the first picture follows the last
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_listing() {
        let at = |address: u16| usize::from(address - LOAD);
        // the call before ends with RTS, the next begins with LDA $03
        assert_eq!((PLAYER[at(PLAY) - 1], PLAYER[at(PLAY)]), (0x60, 0xa5));
        let over = LOAD + PLAYER.len() as u16;
        assert_eq!(over, 0x8067);
    }
}
