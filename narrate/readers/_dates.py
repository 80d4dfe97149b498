"""Dates as articles print them, turned into ISO."""

from __future__ import annotations

import re
from datetime import date

LONGEST_SEARCH = 2000
"""Characters in which a date is looked for; it stands at the head."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_ANY_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_FORMS = tuple(
    re.compile(rf"\b{form}(?!\d)", re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}[-/.](?P<month>[01]?\d)[-/.]{_DAY}(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?",
        rf"(?P<a>[0-3]?\d)[/.](?P<b>[0-3]?\d)[/.]{_YEAR}",
        rf"{_MONTH}\s+{_YEAR}",
    )
)
_CLOCK = r"[0-2]?\d(?:[:.][0-5]\d){0,2}(?:\s*[ap]\.?\s?m\b\.?)?(?:\s*\(?[A-Z]{2,4}(?:[+-]\d+)?\b\)?)?"
_BEFORE = re.compile(
    r"(?:(?:first\s+|last\s+|originally\s+)?(?:published|posted|updated|modified|created|written|dated?|issued|on)"
    r"(?:\s+on|\s+at)?\s*[:,]?\s*|on\s+|\(|at\s+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\s*[,|·•—–@-]?\s*(?:at\s+)?{_CLOCK}\s*|[.\s)]+", re.IGNORECASE)


def find(text: str) -> tuple[int, int, str]:
    """Find the first full date: (start, end, ISO); (0, 0, "") when there is none."""
    if not _ANY_YEAR.search(text[:LONGEST_SEARCH]):
        return 0, 0, ""
    hits = [match for form in _FORMS for match in form.finditer(text[:LONGEST_SEARCH])]
    passed = 0
    for match in sorted(hits, key=lambda match: (match.start(), -match.end())):
        iso = _iso(match)
        if iso and match.start() >= passed:
            return match.start(), match.end(), iso
        # "31 February 2024" is no date, and so "February 2024" in it is none either.
        passed = max(passed, match.end())
    return 0, 0, ""


def iso(text: str) -> str:
    """Turn a printed date into ISO; as it stands when it cannot be understood."""
    return find(text)[2] or text.strip()[:40]


def line_date(text: str) -> str:
    """Return the ISO date of a line that is nothing but one, with its "Published on" and time of day; else ""."""
    start, end, found = find(text)
    if not found:
        return ""
    before = _BEFORE.sub("", text[:start], count=1).strip(" ,|·•:")
    after = text[end:]
    for _ in range(2):
        hit = _AFTER.match(after)
        after = after[hit.end() :] if hit else after
    return found if not before and not after.strip(" .,|·•)") else ""


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = int(parts["year"])
    if "a" in parts:
        # 13/08 can only be day first and 08/13 month first; 08/09 stays as printed.
        first, second = int(parts["a"]), int(parts["b"])
        if first != second and first <= 12 and second <= 12:
            return ""
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        name = parts["month"].lower()
        month = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1
        day = int(parts["day"]) if parts.get("day") else 0
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
