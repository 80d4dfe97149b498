"""The head of an article: its title, byline and date, recognised by place and form."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from narrate.model import BlockKind
from narrate.readers import _dates
from narrate.readers._parts import BREAK, Metadata, Part

LONGEST_HEAD = 8
"""Parts from the top among which title, byline and date are looked for."""
MOST_BYLINES = 4
"""Lines that name an author each."""
LONGEST_TITLE = 300
"""Characters; what is longer is a paragraph. The longest headlines in newspapers have some 200."""
MOST_OFFICE = 8
"""Words of an author's office behind the name."""
LONGEST_BYLINE = 120
"""Characters: three or four names with their offices."""

_BY = re.compile(
    r"(?:(?:(?:story|words|text|report(?:ed|ing)?|written|article|posted|published|submitted|interview|review|analysis"
    r"|opinion)\s+)?by:?|(?:interview|words|text|report):)\s+\S",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:dr|prof|sir|dame|rev|mr|mrs|ms)\.?\s+)?"
    r"[A-ZÀ-ÞĀ-Ž][\w.’'-]*(?:\s+(?:de|da|di|du|van|von|der|den|la|le|el|al|bin|ben|y|(?:[A-ZÀ-ÞĀ-Ž][\w.’'-]*))){1,4}"
)
_NAMES = re.compile(rf"{_NAME.pattern}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*,\s+and\s+){_NAME.pattern})*")
_COMMON = frozenset(
    "the a an of in on at to for with from how why what who when where is are was were new our your my his her their"
    " this that no not all more inside after before against about under over and or but world news part chapter"
    " introduction conclusion summary background comment analysis opinion report editor staff full text correction"
    " appended toward towards steps exclusive breaking video photos live updates read story special edition series"
    " top stories first second third last day week year"
    " years man men woman women people war peace life death love time home city"
    " state states house street road north south east west great big small old young long short high low".split()
)
_SEPARATORS = re.compile(r"\s+[|·•–—/]\s+|\s*[|·•]\s*|,\s+(?=[^,]*\d{4})|\s{2,}")
_CREDIT_WORDS = re.compile(
    r"(?:\W*\b(?:by|on|at|in|and|the|interview(?:ed)?|conversation|published|posted|updated|submitted|written|story|photos?"
    r"|first|last|modified|staff|writer|reporter|correspondent|editor|contributor|min(?:ute)?s?|read|reading|time|am|pm"
    r"|\d{1,2}(?:[:.]\d\d)?|[A-Z]{2,4})\b\W*)*",
    re.IGNORECASE,
)

LONGEST_BIOGRAPHY = 400
"""Characters of the lines on its author that an article ends with."""
_DOES = r"(?:is|was|writes|covers|reports|teaches|works|lives|has (?:written|been|worked|covered|reported))\b"
_PUBLISHED = re.compile(r"(?:first |last )?(?:published|updated|modified|posted)\b", re.IGNORECASE)


def find(parts: list[Part], known: Metadata) -> tuple[list[Part], Metadata]:
    """Give title, byline and date their kinds, in the parts and in the metadata.

    What the source says of itself goes before what the text looks like; what it says and does
    not print is added at the top, so that it is announced.
    """
    cut = _head_end(parts)
    head, body = _split_lines(parts[:cut]), parts[cut:]
    head = _marked_title(head, known.title)
    at = next((index for index, part in enumerate(head) if part.kind == "title"), -1)
    head = _marked_credits(head, at, known)
    printed = {part.kind: part.flat for part in reversed(head) if not part.reason}
    names = list(dict.fromkeys(_bare(part.flat) for part in head if part.kind == "byline" and not part.reason))
    title, byline = printed.get("title", known.title), known.byline or " and ".join(names[:MOST_BYLINES])
    day = known.published or printed.get("date", "")
    found = replace(known, title=title, byline=_bare(byline), published=_dates.iso(day) if day else "")
    body = _feet_omitted(body, found.byline)
    added = [Part(text, kind=kind) for kind, text in _unprinted(known, printed)]
    at = next((index + 1 for index, part in enumerate(head) if part.kind == "title"), 0)
    if added and added[0].kind == "title":
        return [*added, *head, *body], found
    return [*head[:at], *added, *head[at:], *body], found


def _feet_omitted(body: list[Part], byline: str) -> list[Part]:
    """Omit below the head what belongs to it: when it was published, and who its author is."""
    author = re.compile(rf"(?:{'|'.join(map(re.escape, byline.split(' and ')))})\s+{_DOES}") if byline else None
    result: list[Part] = []
    for part in body:
        text = part.flat
        if part.kind != "paragraph" or part.reason or len(text) > LONGEST_BIOGRAPHY:
            result.append(part)
        elif _dates.line_date(text) and _PUBLISHED.match(text):
            result.append(part.omitted("credit"))
        elif author and author.match(text) and not re.search('[“"]', text):
            result.append(part.omitted("author box"))
        else:
            result.append(part)
    return result


def _head_end(parts: list[Part]) -> int:
    """Return where the head ends: what is not read is not counted."""
    live = [at for at, part in enumerate(parts) if not part.reason]
    return live[LONGEST_HEAD] if len(live) > LONGEST_HEAD else len(parts)


def _unprinted(known: Metadata, printed: dict[BlockKind, str]) -> list[tuple[BlockKind, str]]:
    said: tuple[tuple[BlockKind, str], ...] = (
        ("title", known.title),
        ("byline", known.byline),
        ("date", known.published),
    )
    return [(kind, text) for kind, text in said if text and kind not in printed]


def _bare(byline: str) -> str:
    """Take "By" and capitals off a byline, for the metadata; the block keeps them."""
    name = re.sub(rf"^{_BY.pattern[:-2]}", "", byline, flags=re.IGNORECASE).strip(" ,|")
    loud = [word for word in name.split() if len(word) > 1 and word.isupper()]
    quiet = [word for word in name.split() if not word.isupper() and word not in ("and", "de", "van", "von")]
    return " ".join(w.title() if w in loud else w for w in name.split()) if len(loud) > 1 and not quiet else name


def _split_lines(parts: list[Part]) -> list[Part]:
    """Cut the parts of the head at insisted line breaks: title, name and date often share a paragraph."""
    result: list[Part] = []
    for part in parts:
        lines = [line for line in part.text.split(BREAK) if line.strip()]
        if len(lines) < 2 or part.reason or max(map(len, lines)) > LONGEST_BYLINE:
            result.append(part)
            continue
        credit = any(_dates.line_date(line) or _is_byline(line, True) for line in lines)
        result += [replace(part, text=line) for line in lines] if credit else [part]
    return result


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).lower() == re.sub(r"\W+", "", other).lower()


def _marked_title(head: list[Part], known: str) -> list[Part]:
    at = _title_at(head, known)
    if at < 0 or any(part.kind == "title" for part in head):
        return head
    return [*head[:at], replace(head[at], kind="title", level=0), *head[at + 1 :]]


def _title_at(head: list[Part], known: str) -> int:
    live = [index for index, part in enumerate(head) if not part.reason]
    if known:
        return next((index for index in live if _same(head[index].text, known)), -1)
    for index in live:
        part = head[index]
        if part.kind == "heading" and part.level == 1 and len(part.flat) <= LONGEST_TITLE:
            return index
        if part.kind == "paragraph" and len(part.flat) > LONGEST_BYLINE and part.flat.endswith("."):
            break
    if not live or len(live) < 2:
        return -1
    first = head[live[0]]
    headed = first.kind == "heading" or (first.kind == "paragraph" and not first.flat.endswith((".", ":", ";", ",")))
    credit = _dates.line_date(first.flat) or _BY.match(first.flat)
    return live[0] if headed and not credit and len(first.flat) <= LONGEST_TITLE else -1


def _marked_credits(head: list[Part], at: int, known: Metadata) -> list[Part]:
    """Mark the byline and the date, which stand next to the title; a standfirst may come between."""
    result: list[Part] = []
    seen: set[str] = set()
    live = [index for index, part in enumerate(head) if not part.reason]
    place = live.index(at) if at in live else -1
    for index, part in enumerate(head):
        near = index in live and (part.credit or place - 3 <= live.index(index) <= place + 5)
        near = near and part.kind in ("paragraph", "heading", "item")
        following = [head[other] for other in live if other > index][:1]
        just_below = place >= 0 and index in live and live.index(index) == place + 1
        pieces = _credits(part, following, just_below, known.byline) if near else [part]
        # A second date ("Updated …") or byline is read where it stands, as what it is.
        result += [replace(piece, level=0) if piece.kind in ("byline", "date") else piece for piece in pieces]
        seen |= {piece.kind for piece in pieces}
    return result


def _credits(part: Part, following: list[Part], just_below: bool, known: str) -> list[Part]:
    text = part.flat
    if len(text) > LONGEST_BYLINE:
        return [part.omitted("credit")] if part.credit else [part]
    if _dates.line_date(text):
        return [replace(part, text=text, kind="date")]
    dated = bool(following) and bool(_dates.line_date(following[0].flat))
    placed = part.credit or (part.kind != "heading" and (dated or (just_below and not text.isupper())))
    if not _dates.find(text)[2] and _is_byline(text, placed):
        return [replace(part, text=text, kind="byline")]
    return _cut_line(part, known)


def _cut_line(part: Part, known: str) -> list[Part]:
    """Cut "By Ann Lee | 3 May 2024 | 5 min read" into byline, date and what is left over."""
    text = part.flat
    day = _dates.find(text)
    spans: list[tuple[int, int, BlockKind]] = [(day[0], day[1], "date")] if day[2] else []
    name = _name_span(text, known, spans)
    spans = sorted([*spans, *([(*name, "byline")] if name else [])])  # type: ignore[list-item]
    rest = text
    for start, end, _ in spans:
        rest = rest.replace(text[start:end], " | ")
    if known and name and name[0] == 0 and len(rest.split()) <= MOST_OFFICE and not rest.endswith((".", "!", "?")):
        # "Ann Lee, Transport Correspondent": the author's name, and who that is.
        return [Part(text[: name[1]], kind="byline"), Part(text[name[1] :].strip(" ,|"), reason="credit")]
    left_over = [piece for piece in re.split(r"[|·•–—,()/]+", rest) if piece.strip(" .:")]
    if not spans or not (part.credit or all(_CREDIT_WORDS.fullmatch(piece.strip(" .:")) for piece in left_over)):
        return [part.omitted("credit")] if part.credit else [part]
    result: list[Part] = []
    at = 0
    for start, end, kind in [*spans, (len(text), len(text), "paragraph")]:
        result.append(Part(text[at:start].strip(), reason="credit"))
        result += [Part(text[start:end], kind=kind)] if end > start else []
        at = end
    return result


def _name_span(text: str, known: str, dates: list[tuple[int, int, BlockKind]]) -> tuple[int, int] | tuple[()]:
    """Find the author's name in a line, with the "By" before it: the known one, or what looks like one."""
    at = text.lower().find(known.lower()) if known else -1
    if at >= 0:
        by = re.search(r"\b(?:by|von):?\s*$", text[:at], re.IGNORECASE)
        return (by.start() if by else at, at + len(known))
    edges = [0, *(place for start, end, _ in dates for place in (start, end)), len(text)]
    for start, end in pairwise(edges):
        for piece in _SEPARATORS.split(text[start:end]):
            piece = re.sub(r"\s+on\s+(?:mon|tue|wed|thu|fri|sat|sun)\w*\W*$", "", piece, flags=re.IGNORECASE)
            name = re.sub(r"\s*\b(?:published|posted|updated|on)?(?:\s+on)?\W*$", "", piece, flags=re.IGNORECASE)
            name = name.strip(" ,|·•–—-()")
            if name and text[start:end] != text[slice(*(dates[0][:2] if dates else (0, 0)))] and _is_byline(name, True):
                found = text.index(name, start)
                return (found, found + len(name))
    return ()


def _is_byline(text: str, placed: bool) -> bool:
    """Tell whether a line credits an author; a bare name does only where `placed` for it."""
    line = text.strip()
    if len(line) > LONGEST_BYLINE or line.endswith(("?", "!", ":", ";")):
        return False
    if _BY.match(line):
        rest = line[_BY.match(line).end() - 1 :]  # type: ignore[union-attr]
        return rest[:1].isupper() and not (line.endswith(".") and len(line.split()) > 8)
    names = placed and not re.search(r"[’']s\b|\.$", line) and _NAMES.fullmatch(line)
    return bool(names) and not any(word.lower().strip(".,") in _COMMON - {"and"} for word in line.split())
