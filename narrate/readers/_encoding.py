"""Bytes to text: encodings found, mojibake mended, what cannot be said taken out."""

from __future__ import annotations

import codecs
import re
import unicodedata

from narrate.errors import SourceError

MOST_CHARACTERS = 4_000_000
"""Longest text that is read: longer than War and Peace (3.2 million), some 70 hours of speech."""
MOST_CONTROLS = 0.01
"""Share of control characters above which bytes are no text; prose has none, a stray NUL is forgiven."""
SAMPLE_BYTES = 200_000
"""How much of the bytes an unknown encoding is guessed from."""
MOST_BROKEN = 0.002
"""Share of bytes that may be broken in what is UTF-8 otherwise: a paste with a few bytes of another encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"ID3", "an MP3 file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"RIFF", "a sound or film"),
    (b"OggS", "an Ogg sound"),
    (b"fLaC", "a FLAC sound"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as .docx"),
    (b"{\\rtf", "an RTF file; save it as .docx"),
)
# Western single-byte encodings differ from Windows-1252 in a few letters that English does not
# use, but not in quotation marks and dashes, which it does: a guess among them is settled so.
_WESTERN = re.compile(r"cp125[02478]|iso8859|latin|cp(437|775|85\d|86\d|1006|1125)|hp_roman8|tis_620|kz1048|ptcp154")
_UNSAID = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but tab, line feed, form feed and their kin
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_FEEDS = re.compile("\r\n?|\x0b|\x85|\u2028")
_MOJIBAKE = re.compile("[\x80-\x9fÃÂâäåæëìíîïðñòóôõöĂĐŃźËÐÑвЂСÎÏŠ]")
# A closing quotation mark whose last byte, 9D, has no letter in Windows-1252 and was thrown away.
_LOST = re.compile("â€(?![\\w™œ˜¦“”])")
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})


def decode(name: str, data: bytes, declared: str = "") -> str:
    """Turn bytes into clean text.

    `declared` is the encoding a server or a page names. Raises SourceError on what is empty,
    binary, undecodable or too long.
    """
    if not data.strip(b"\x00 \t\r\n\f"):
        raise SourceError(f"{name}: empty; there is nothing to read")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"{name}: this is {what}, not an article")
    if len(data) > 4 * MOST_CHARACTERS:
        raise SourceError(too_long(name))
    text = _decoded(name, data, declared)
    controls = len(re.findall("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]", text[:SAMPLE_BYTES]))
    if controls > MOST_CONTROLS * min(len(text), SAMPLE_BYTES) + 2:
        raise SourceError(f"{name}: binary data, not text")
    if len(text) > MOST_CHARACTERS:
        raise SourceError(too_long(name))
    return clean(text)


def too_long(name: str) -> str:
    """Word the message for a text over the limit."""
    return f"{name}: over {MOST_CHARACTERS // 1_000_000} million characters; cut it into parts"


def clean(text: str) -> str:
    """Mend mojibake and ligatures, make line ends and blanks plain, take out what has no sound or shape.

    Quotation marks, dashes and spelling stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    if _MOJIBAKE.search(text):
        text = _mended(text)
    text = _FEEDS.sub("\n", text).replace("\u2029", "\n\n")
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", _UNSAID.sub("", text)))


def _mended(text: str) -> str:
    import ftfy

    config = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_line_breaks=False, explain=False)
    lines = [ftfy.fix_encoding(line, config) if _MOJIBAKE.search(line) else line for line in text.split("\n")]
    return _LOST.sub("”", "\n".join(lines))


def _decoded(name: str, data: bytes, declared: str) -> str:
    for encoding in (_marked(data), _wide(data), "utf-8", declared):
        text = _attempt(data, encoding)
        if text is not None:
            return text
    loose = data.decode("utf-8", errors="replace")
    if loose.count("\ufffd") < MOST_BROKEN * len(data):
        # Mixed bytes: what is not UTF-8 is taken for Windows-1252, piece by piece.
        return data.decode("utf-8", errors="cp1252-pieces")
    guess = _guess(data)
    text = _attempt(data, guess)
    if text is None:
        raise SourceError(f"{name}: cannot be decoded; save it as UTF-8")
    return text


def _marked(data: bytes) -> str:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "")


def _wide(data: bytes) -> str:
    """Name the UTF-16 that Latin text without a byte order mark is in: every other byte is NUL."""
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < 0.05 * len(head):
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd < 0.05 * len(head) else ""


def _attempt(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None or _WESTERN.match(best.encoding):
        return "cp1252" if _attempt(data, "cp1252") is not None else "latin-1"
    return best.encoding


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", errors="replace"), error.end


codecs.register_error("cp1252-pieces", _as_cp1252)
