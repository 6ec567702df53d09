//! Reads a stream of server-sent events as its bytes come.

use serde_json::Value;

/// A line longer than this is no event of a conversation.
const LONGEST: usize = 16 << 20;

/// What a block of the stream says.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Event(Value),
    /// The number of the events before it, by which a stream can be taken up again.
    Number(String),
    /// The server still works.
    Heartbeat,
}

/// The bytes of a stream that make no whole block yet.
#[derive(Default)]
pub(crate) struct Events {
    line: Vec<u8>,
    data: Option<String>,
}

impl Events {
    /// What these bytes complete.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Vec<Heard> {
        let mut heard = Vec::new();
        for byte in bytes {
            if *byte == b'\n' {
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                heard.extend(self.line(line.trim_end_matches('\r')));
            } else if self.line.len() < LONGEST {
                self.line.push(*byte);
            }
        }
        heard
    }

    fn line(&mut self, line: &str) -> Option<Heard> {
        if line.is_empty() {
            let data = self.data.take()?;
            return Some(serde_json::from_str(&data).map_or(Heard::Heartbeat, Heard::Event));
        }
        if line.starts_with(':') {
            return Some(Heard::Heartbeat);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                none => *none = Some(value.to_owned()),
            },
            "id" => return Some(Heard::Number(value.to_owned())),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_stream_reads_the_same_however_it_is_cut() {
        let stream =
            "data: {\"a\":1}\n\nid: 7\n\n: heartbeat\n\ndata:\n\ndata: {\"b\":\ndata: \"长\"}\r\n\r\n";
        let whole = Events::default().feed(stream.as_bytes());
        let said = [
            Heard::Event(json!({ "a": 1 })),
            Heard::Number("7".to_owned()),
            Heard::Heartbeat,
            Heard::Heartbeat,
            Heard::Event(json!({ "b": "长" })),
        ];
        assert_eq!(whole, said);
        for length in 1..stream.len() {
            let mut events = Events::default();
            let heard: Vec<Heard> =
                stream.as_bytes().chunks(length).flat_map(|bytes| events.feed(bytes)).collect();
            assert_eq!(heard, said, "in pieces of {length}");
        }
    }
}
