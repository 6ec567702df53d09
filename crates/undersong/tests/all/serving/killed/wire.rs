//! HTTP as small as it goes: a connection for each request, and an answer counts only when all of it was read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// How long a server may be silent; one that was stopped is silent for ever.
const SILENCE: Duration = Duration::from_secs(4);

/// A request.
pub(super) struct Ask<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: &'a [u8],
}

/// The head of an answer, and the connection on which the rest comes.
pub(super) struct Answer {
    pub(super) status: u16,
    length: Option<u64>,
    stream: BufReader<TcpStream>,
}

/// Sends a request. By HTTP/1.0 a stream comes as it is, and ends with its connection.
pub(super) fn send(to: SocketAddr, ask: &Ask<'_>) -> io::Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&to, SILENCE)?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    let mut head = format!("{} {} HTTP/1.0\r\nHost: {to}\r\n", ask.method, ask.path);
    for (name, value) in ask.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", ask.body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(ask.body)?;
    let mut stream = BufReader::new(stream);
    let first = line(&mut stream)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("no status"))?;
    let mut length = None;
    loop {
        let line = line(&mut stream)?.to_lowercase();
        if line.is_empty() {
            return Ok(Answer { status, length, stream });
        }
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().ok();
        }
    }
}

fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

impl Answer {
    /// The whole body.
    pub(super) fn bytes(mut self) -> io::Result<Vec<u8>> {
        let length = self.length.ok_or_else(|| io::Error::other("no length"))?;
        let mut bytes = Vec::new();
        self.stream.by_ref().take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    pub(super) fn json(self) -> io::Result<Value> {
        serde_json::from_slice(&self.bytes()?).map_err(io::Error::other)
    }

    /// The next whole event of a stream, with its number.
    pub(super) fn event(&mut self) -> io::Result<(i64, String)> {
        let mut body = None;
        loop {
            let block = self.block()?;
            if let Some(event) = block.strip_prefix("data: ") {
                body = Some(event.to_owned());
            } else if let (Some(number), Some(body)) = (block.strip_prefix("id: "), &body) {
                return Ok((number.parse().map_err(io::Error::other)?, body.clone()));
            }
        }
    }

    fn block(&mut self) -> io::Result<String> {
        let (mut block, mut end) = (String::new(), String::new());
        self.stream.read_line(&mut block)?;
        self.stream.read_line(&mut end)?;
        let whole = block.ends_with('\n') && end == "\n";
        if whole { Ok(block.trim_end().to_owned()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}
