"""What schemathesis does not know by itself: how the bytes of an upload are written."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def plain_bytes(_context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
