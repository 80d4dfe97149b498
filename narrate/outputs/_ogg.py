"""Ogg streams that are the same for the same sound: libogg numbers each at random."""

from __future__ import annotations

from pathlib import Path

SERIAL = 1
"""The number of the only stream in the file."""

_POLYNOMIAL = 0x04C1_1DB7

_SERIAL_AT, _CHECK_AT, _COUNT_AT, _HEADER = 14, 22, 26, 27


def _remainder(byte: int) -> int:
    crc = byte << 24
    for _ in range(8):
        crc = (crc << 1 ^ (_POLYNOMIAL if crc & 0x8000_0000 else 0)) & 0xFFFF_FFFF
    return crc


_TABLE = tuple(_remainder(byte) for byte in range(256))


def renumber(path: Path) -> None:
    """Give the stream of a file the number `SERIAL`, page by page, with checksums to match."""
    with path.open("rb+") as file:
        while len(header := file.read(_HEADER)) == _HEADER:
            lengths = file.read(header[_COUNT_AT])
            page = bytearray(header + lengths + file.read(sum(lengths)))
            page[_SERIAL_AT : _SERIAL_AT + 4] = SERIAL.to_bytes(4, "little")
            page[_CHECK_AT : _CHECK_AT + 4] = bytes(4)
            page[_CHECK_AT : _CHECK_AT + 4] = checksum(page).to_bytes(4, "little")
            file.seek(-len(page), 1)
            file.write(page)


def checksum(page: bytes | bytearray) -> int:
    """Return the CRC of a page whose checksum field is zero."""
    crc = 0
    for byte in page:
        crc = (crc << 8 & 0xFFFF_FFFF) ^ _TABLE[crc >> 24 ^ byte]
    return crc
