"""Furniture: what stands in an article and is no part of it, recognised by its words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from narrate.readers._parts import Part

LONGEST_ADDRESS = 300
"""Characters of an address that stands alone."""
LONGEST_WORD = 9
"""Characters of a word with its blank, on an average, at most."""
LONGEST_BOX = 60
"""Words; a paragraph that is longer is prose, whatever it begins with."""

TAIL = 0.5
"""Share of the words that may stand below the heading of other articles or of comments."""
LONGEST_TEASER = 40
"""Words in one paragraph of a teaser."""
_COMMENTS = re.compile(
    r"\d+ (?:comments?|thoughts on|responses? to|replies)\b.{0,80}|comments(?: ?\(?\d+\)?)?:?"
    r"|(?:leave|add|post) a (?:comment|reply)\b.{0,30}|join the (?:conversation|discussion)",
    re.IGNORECASE,
)
_TEASERS = re.compile(
    r"(?:trending|top stories|recent (?:posts|articles)|latest (?:posts|stories|articles|news)"
    r"|more (?:stories|to explore)|most (?:read|viewed|popular)|(?:you )?(?:may|might) (?:also )?like|recommended"
    r"|related)(?: (?:in|on|from|for|now|today|posts|stories|articles|reading|content|topics)\b.{0,25})?",
    re.IGNORECASE,
)
_LEGAL = (
    r"(terms (of (use|service)|(and|&) conditions)|privacy (policy|notice)|(contact|about) us|cookie (policy|settings)"
    r"|site ?map|advertise with us)"
)
# Reason → how such a paragraph begins; with "$" it must end there too. Matched without regard to case.
_OPENINGS = {
    "contact box": (
        r"our mailing address is\b|(media|press) (contacts?|enquiries|office)\b.{0,60}(:|\d{4}|\S@\S)",
        r"(to |please |you can )?contact (the |us\b|our |me\b|your ).{0,80}(visit|at|via|by|:|to (support|join))",
        r"(for more information|to learn more|for further information),? (please )?(visit|contact|go to|see)",
        r"(do you have|got) (a |any )?(news )?(tips?|stor(y|ies)|information)\b.{0,60}(contact|email|touch)",
        r"(email|e-mail|write to) (us|the (author|editor)s?) at\b",
        r".{0,160}\b(get in touch|contact us)\b.{0,60}\S@\S",
    ),
    "subscription box": (
        r"sign up (for|to) (.{0,100}\bnewsletters?\b|[\w’' ]{2,30}$)",
        r"(please )?(subscribe|sign up|sign me up|register)( now| here| today| free| for free)?"
        r"( to| for)? (our|the|my|this|receive|get|stay|unlimited)\b",
        r"(get|receive) (our|the|my) .{0,60}(newsletter|inbox|email|e-mail|briefing|alerts)\b",
        r"(subscribe|subscribe now|subscribe here|sign up|sign up now|join now|log in|sign in)[.!]?$",
        r"(thanks|thank you) for (reading|subscribing|your support).{0,80}(subscri|share|free)",
        r"(want to change|update|manage) (how you receive|your (e-?mail )?preferences)\b",
        r"(already|not yet) a (subscriber|member)\b|enter your e-?mail\b|.{0,40}is a reader-supported",
        r"(support|donate to|become a (member|supporter|patron))\b.{0,60}(our journalism|our work|today|patreon)",
        r"this (article|story|post) is (for|only for) (paid |paying )?(subscribers|members)",
    ),
    "share bar": (
        r"click to (share|email|print)\b.{0,60}$|share (full article|this page)( \d+)?$",
        r"(forward|send|recommend)( this)? to a friend[.!]?$",
        r"(share|tweet|email|print|save|copy link|comment)( this)?( article| story| post| page)?( on| via)?"
        r"([ ,/·•|]*(share|tweet|e-?mail|print|save|facebook|twitter|x|whatsapp|linkedin|reddit|pocket|comments?"
        r"|copy link|pinterest|telegram|bluesky|threads|and|or)\b)*[.:!]?$",
        r"follow (us|me|him|her|them|the author|@\S+|\S+ \S+) (on|at) (twitter|x|facebook|instagram|linkedin|bluesky"
        r"|threads|mastodon|youtube|tiktok|telegram|@)\b",
    ),
    "advertisement": (
        r"(advertisements?|advertising|sponsored( content)?|ad|story continues( below( advertisement)?)?)"
        r"( ?[·|–-] ?scroll (down )?to continue)?[.:]?$",
        r"(article|story) continues (below|after).{0,20}$|scroll (down )?to continue.{0,20}$",
        r"skip (past |over )?.{0,30}(ad|advert|advertisement|promotion|newsletter)[.:]?$",
    ),
    "related links": (
        r"[\[(]?(read (more|next|also|this next)|see also|also read|related|what to read next)(:.{0,150}|)$",
        r"related (articles?|stories|content|topics|posts|links|reading|coverage):?$",
        r"(see )?more on:.{0,100}$",
        r"more (on this|from|like this|stories|in|about).{0,30}$|recommended( for you| reading| stories)?:?$",
        r"(you (may|might) (also )?like|don['’]t miss)\b.{0,12}$",
        r"(most (read|popular|viewed)|trending|latest news)( now| today)?\b.{0,12}$",
    ),
    "cookie banner": (
        r"(we|this (web)?site|our (web)?site|we and our partners) uses? (cookies|essential cookies)\b",
        r"by (continuing|using) .{0,40}(cookies|privacy policy|terms of (use|service))",
    ),
    "page footer": (rf"{_LEGAL}( ?[|·•]? ?{_LEGAL})*$",),
    "copyright notice": (
        r"(©|\(c\)|copyright)\s*(©\s*)?(\d{4}|the |by |.{0,40}all rights reserved)",
        r"(all rights reserved|.{0,60}© ?\d{4})[.]?$",
    ),
    "credit": (
        r"\((additional )?(reporting|writing|editing) by .{3,250}\)[.]?$",
        r"this (article|story|post|essay) (was )?(originally |first )+(appeared|published|ran)\b.{0,150}$",
        r".{3,120}\bcontributed (to this (report|article|story)|reporting|research)\b.{0,40}$",
    ),
    "caption": (
        r".{0,400}\((ap|afp|epa|reuters|getty|photo|photograph|image|picture|file)\b[^()]{0,60}\)$",
        r"(photo(graph)?s?|image|picture|illustration|credit)( credit| courtesy of| by|:).{0,80}$",
    ),
    "page furniture": (
        r"our standards: .{0,80}$|\W*ends\W*$",
        r"for immediate release\W*$|(not for (publication|release) )?embargo(ed)?( until| till|:).{0,60}$",
        r"(back to (the )?top|(skip|jump) to (main )?(content|navigation)|table of contents)$",
        r"\d+ min(ute)?s? (read|to read)$",
        r"listen( to this (article|story|post))?( ?[(·]? ?[\d:]+ min(ute)?s?\)?)?( learn more)?$|loading\W*$",
        r"print this page$|(please )?(turn on|enable) javascript\b.{0,40}$",
        r"view (in browser|online|this e-?mail in your browser).{0,20}$|click here.{0,60}$|unsubscribe.{0,60}$",
        r"\d+ comments?$|leave a (comment|reply)$|(filed under|tags?|tagged|categor(y|ies)|posted in): .{0,100}$",
        r"(previous|next) (article|post|page|story)\b.{0,80}$|(image|photo|menu|search|toggle navigation)[.:]?$",
        r"a version of this (article|story|essay) (appear|was published)|from (wikipedia, )?the free encyclopedia$",
        r"(this page was )?last (modified|updated|edited)( on)?:?\W*\d|(after|skip past) newsletter promotion$",
    ),
}
_BOXES = {reason: re.compile("|".join(forms), re.IGNORECASE) for reason, forms in _OPENINGS.items()}
# One look tells prose, which is nearly everything, from what may be a box.
_ANY_BOX = re.compile("|".join(form for forms in _OPENINGS.values() for form in forms), re.IGNORECASE)
_LEADERS = re.compile(r"(?: ?\.){6,} ?(?:\d{1,4}|[ivxl]{1,6})$")
_ADDRESS = re.compile(r"(?:(?:https?://|www\.)\S+|[\w.-]+\.[a-z]{2,6}(?:/\S*)?|\S+@\S+\.\w+)[.,;]?", re.IGNORECASE)


def find(parts: list[Part]) -> list[Part]:
    """Omit boxes and bars, each with its reason; an address alone belongs to the box above it."""
    result: list[Part] = []
    for part in parts:
        reason = "" if part.reason else _reason(part, result)
        result.append(part.omitted(reason) if reason else part)
    return _bare_headings(_below_related(_tail_omitted(result)))


@lru_cache(maxsize=4096)  # each part is looked at more than once on its way
def box(text: str) -> str:
    """Name the kind of furniture that a short text is; "" for prose."""
    if len(text) > LONGEST_BOX * LONGEST_WORD or not _ANY_BOX.match(text) or len(text.split()) > LONGEST_BOX:
        return ""
    return next((reason for reason, pattern in _BOXES.items() if pattern.match(text)), "")


def _reason(part: Part, above: list[Part]) -> str:
    if part.kind not in ("paragraph", "heading", "item", "quotation"):
        return ""
    text = part.flat
    if not any(map(str.isalnum, text)):
        return "ornament"
    if text.endswith(("↩", "↩\ufe0e", "↩\ufe0f")):
        return "footnote"
    if _LEADERS.search(text[-LONGEST_ADDRESS:]):
        return "table of contents"
    if len(text) < LONGEST_ADDRESS and _ADDRESS.fullmatch(text):
        boxed = bool(above) and above[-1].reason.endswith(" box")
        return above[-1].reason if boxed else "bare address"
    return box(text)


def _tail_omitted(parts: list[Part]) -> list[Part]:
    """Omit what follows an article where its page goes on: teasers of others under their heading, and comments."""
    counts = [0 if part.reason else len(part.text.split()) for part in parts]
    below = sum(counts)
    whole = max(below, 1)
    for at, part in enumerate(parts):
        below -= counts[at]
        if below > TAIL * whole or len(part.flat) > LONGEST_ADDRESS:
            continue
        comments = bool(_COMMENTS.fullmatch(part.flat))
        teasers = (part.reason == "related links" or bool(_TEASERS.fullmatch(part.flat))) and ":" not in part.flat
        if comments or (teasers and max(counts[at + 1 :], default=0) <= LONGEST_TEASER):
            reason = "comments" if comments else "related links"
            return parts[:at] + [one if one.reason else one.omitted(reason) for one in parts[at:]]
    return parts


def _bare_headings(parts: list[Part]) -> list[Part]:
    """Omit headings under which nothing is left to read, for the reason that it went."""
    result: list[Part] = []
    under: Part | None = None
    gone = ""
    for part in reversed(parts):
        empty = under is None or (under.kind == "heading" and under.level <= part.level)
        if part.kind == "heading" and not part.reason and part.level > 1 and empty and gone:
            part = part.omitted(gone)
        elif part.reason:
            gone = part.reason
        else:
            under, gone = part, ""
        result.append(part)
    return result[::-1]


def _below_related(parts: list[Part]) -> list[Part]:
    """Omit the list under a "Related" heading, up to the next prose."""
    result: list[Part] = []
    below = ""
    for part in parts:
        if part.reason == "related links" and ":" not in part.flat.rstrip(":"):
            below = part.reason
        elif below and not part.reason and (part.kind == "item" or (part.kind == "heading" and part.level > 2)):
            part = replace(part, reason=below)
        elif not part.reason:
            below = ""
        result.append(part)
    return result
