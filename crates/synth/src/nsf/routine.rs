//! The player inside an NSF: a routine for the 6502 that writes what the log says, picture by picture.

/// Where the file is loaded.
pub(super) const LOAD: u16 = 0x8000;
/// Where the player is set up.
pub(super) const INIT: u16 = 0x8000;
/// What is called in every picture.
pub(super) const PLAY: u16 = 0x8017;

/// The bytes of the player; that of a loop begins again where the log ends.
pub(super) fn code(looping: bool) -> Vec<u8> {
    let mut code = PLAYER.to_vec();
    code.extend_from_slice(if looping { &AGAIN } else { &STAY });
    code
}

// In the zero page $00 and $01 point at the next byte of the log, $02 is the bank in which it lies, $03 are the pictures
// to wait, $04 the writes that are left.
#[rustfmt::skip]
const PLAYER: [u8; 88] = [
    0xa9, 0x00,       // 8000 init:  LDA #$00    ; set up: back to the first byte of the log
    0x85, 0x00,       // 8002        STA $00
    0x85, 0x03,       // 8004        STA $03
    0xa9, 0x90,       // 8006        LDA #$90
    0x85, 0x01,       // 8008        STA $01
    0xa9, 0x01,       // 800a        LDA #$01
    0x85, 0x02,       // 800c        STA $02
    0x8d, 0xf9, 0x5f, // 800e        STA $5FF9   ; bank 1 is seen at $9000
    0xa9, 0x0f,       // 8011        LDA #$0F
    0x8d, 0x15, 0x40, // 8013        STA $4015   ; all channels but samples
    0x60,             // 8016        RTS
    0xa5, 0x03,       // 8017 play:  LDA $03     ; one picture
    0xf0, 0x03,       // 8019        BEQ read
    0xc6, 0x03,       // 801b        DEC $03     ; nothing happens in this one
    0x60,             // 801d        RTS
    0x20, 0x3b, 0x80, // 801e read:  JSR next
    0xf0, 0x35,       // 8021        BEQ over
    0x30, 0x11,       // 8023        BMI wait
    0x85, 0x04,       // 8025        STA $04
    0x20, 0x3b, 0x80, // 8027 write: JSR next
    0xaa,             // 802a        TAX
    0x20, 0x3b, 0x80, // 802b        JSR next
    0x9d, 0x00, 0x40, // 802e        STA $4000,X
    0xc6, 0x04,       // 8031        DEC $04
    0xd0, 0xf2,       // 8033        BNE write
    0x60,             // 8035        RTS
    0x29, 0x7f,       // 8036 wait:  AND #$7F
    0x85, 0x03,       // 8038        STA $03
    0x60,             // 803a        RTS
    0xa5, 0x01,       // 803b next:  LDA $01     ; the next byte of the log, with its flags
    0xc9, 0xa0,       // 803d        CMP #$A0
    0xd0, 0x0b,       // 803f        BNE here
    0xa9, 0x90,       // 8041        LDA #$90    ; the next bank
    0x85, 0x01,       // 8043        STA $01
    0xe6, 0x02,       // 8045        INC $02
    0xa5, 0x02,       // 8047        LDA $02
    0x8d, 0xf9, 0x5f, // 8049        STA $5FF9
    0xa0, 0x00,       // 804c here:  LDY #$00
    0xb1, 0x00,       // 804e        LDA ($00),Y
    0xe6, 0x00,       // 8050        INC $00
    0xd0, 0x02,       // 8052        BNE same
    0xe6, 0x01,       // 8054        INC $01
    0xa8,             // 8056 same:  TAY
    0x60,             // 8057        RTS
];

// The end of music that ends.
#[rustfmt::skip]
const STAY: [u8; 9] = [
    0xa5, 0x00,       // 8058 over:  LDA $00     ; back to the end, which is read again and again
    0xd0, 0x02,       // 805a        BNE page
    0xc6, 0x01,       // 805c        DEC $01
    0xc6, 0x00,       // 805e page:  DEC $00
    0x60,             // 8060        RTS
];

// The end of a loop.
#[rustfmt::skip]
const AGAIN: [u8; 6] = [
    0x20, 0x00, 0x80, // 8058 over:  JSR init
    0x4c, 0x1e, 0x80, // 805b        JMP read    ; the first picture follows the last
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
        assert_eq!(over, 0x8058);
    }
}
