"""Bytes that no keyboard sends on purpose: seeded noise, half and hostile sequences, broken UTF-8."""

from __future__ import annotations

import random
from typing import Final

INVALID_UTF8: Final = {
    "lone continuation": b"\x80",
    "last continuation": b"\xbf",
    "continuations": bytes(range(0x80, 0xC0, 4)),
    "lone starts of two": bytes(range(0xC0, 0xE0, 2)),
    "lone starts of three": bytes(range(0xE0, 0xF0)),
    "lone starts of four": bytes(range(0xF0, 0xF8)),
    "starts of five and six": b"\xf8\x88\x80\x80\x80 \xfc\x84\x80\x80\x80\x80",
    "never bytes": b"\xfe\xff\xfe\xff",
    "overlong slash": b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf",
    "overlong zero": b"\xc0\x80 \xe0\x80\x80",
    "overlong escape": b"\xc0\x9b\xe0\x80\x9b",
    "surrogates": b"\xed\xa0\x80 \xed\xbf\xbf \xed\xa0\x80\xed\xb0\x80",
    "beyond the last": b"\xf4\x90\x80\x80 \xf7\xbf\xbf\xbf",
    "cut after one": b"\xe2a \xf0a",
    "cut after two": b"\xe2\x82a \xf0\x9fa",
    "cut after three": b"\xf0\x9f\x98a",
    "Latin-1": "Málaga, Öl".encode("latin-1"),
    "Windows 1252": "“œuvre”".encode("cp1252"),
    "GBK": "你好世界".encode("gbk"),
    "UTF-16": "hello".encode("utf-16"),
    "non-characters": "\ufffe\uffff\U0001ffff".encode("utf-8", "surrogatepass"),
    "C1 controls": bytes(byte for code in range(0x80, 0xA0) for byte in chr(code).encode()),
}
"""Every class of bytes that is no UTF-8, and what other encodings send (A3, A4)."""

HALF: Final = {
    "Esc": b"\x1b",
    "CSI": b"\x1b[",
    "CSI and a number": b"\x1b[1;2",
    "SS3": b"\x1bO",
    "Linux function key": b"\x1b[[",
    "mouse": b"\x1b[<0;10;",
    "old mouse": b"\x1b[M !",
    "OSC": b"\x1b]11;rgb:",
    "DCS": b"\x1bP1$r",
    "APC": b"\x1b_Gi=1;",
    "PM": b"\x1b^x",
    "SOS": b"\x1bXx",
    "paste": b"\x1b[200~half",
    "paste mark": b"\x1b[200",
    "endless number": b"\x1b[" + b"9" * 500,
    "endless list": b"\x1b[" + b"1;" * 500,
    "kitty event": b"\x1b[97;1:1u\x1b[97;5:3u\x1b[57399;129:2u",
    "impossible kitty key": b"\x1b[1114112;1u\x1b[55296u\x1b[0;999999999u",
    "impossible mouse": b"\x1b[<0;99999;99999M\x1b[<999;1;1M\x1b[<0;0;0M",
    "size report": b"\x1b[8;9999;9999t\x1b[48;1;1;1;1t",
    "answers to nothing asked": b"\x1b[?62;22c\x1b[?2026;2$y\x1b]52;c;aGVsbG8=\x07\x1bP>|xterm\x1b\\",
}
"""Sequences that are not finished, or that no terminal has a reason to send (A2, B6)."""

HOSTILE: Final = {
    "markup": "[b]x[/b][link=http://x.invalid]y[/link]",
    "an action": "[@click=app.quit]x[/]",
    "an unclosed tag": "[red][[/ [/] [",
    "a template": "{person} {0} %s %(x)s ${HOME} `id`",
    "C0 controls": "a\x00\x01\x02\x05\x06\x07\x0e\x0f\x10\x13\x14\x16\x17\x19\x1a\x1c\x1d\x1e\x1fb",
    "C1 controls": "a\x80\x84\x85\x90\x9b31m\x9d0;t\x9cb",
    "bidi": "a\u202eb\u202c\u2066c\u2069\u200f",
    "tags and joiners": "x\U000e0041\u200b\u2060\ufeff\u00ad",
    "many marks": "e" + "\u0301" * 200,
    "wide": "你好🙂👩‍👩‍👧‍👦ｆｕｌｌ",
    "wider than a field": "W" * 300,
    "formula": "=1+1 @x +1 -1",
    "SQL": "'; DROP TABLE sealed_summary; --",
}
"""Text that is code somewhere else (H1, A8)."""

_PIECES: Final = (
    *INVALID_UTF8.values(),
    *HALF.values(),
    *(each.encode() for each in HOSTILE.values()),
    *(b"\r", b"\t", b"\x1b[Z", b"\x7f", b"\x1b[A", b"\x1b[B", b"1", b"2", b"3", b"\x1bOP", b"\x1bOQ", b"\x1bOR"),
    *(b"\x1bOS", b"\x1b[15~", b"\x1b[17~", b"\x1b[18~", b"\x1b[20~", b"\x1b[21~", b"\x1b[200~", b"\x1b[201~"),
)


def stream(seed: int, length: int = 500) -> bytes:
    """Return a stream of about `length` bytes: half of the seeds give plain noise, half hostile pieces and keys."""
    chance = random.Random(seed)
    if seed % 2:
        return bytes(chance.randrange(256) for _ in range(length))
    made = b""
    while len(made) < length:
        piece = chance.choice(_PIECES)
        made += piece[: chance.randrange(len(piece) + 1)] if chance.random() < 0.3 else piece
    return made
