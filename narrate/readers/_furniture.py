"""Furniture: what stands in an article and is no part of it, recognised by its words."""

from __future__ import annotations

import re
from dataclasses import replace

from narrate.readers._parts import Part

LONGEST_BOX = 60
"""Words; a paragraph that is longer is prose, whatever it begins with."""

_BOXES = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("contact box", r"(to |please |you can )?contact (the |us\b|our |me\b|your ).{0,80}(visit|at|via|by|:)"),
        ("contact box", r"(for more information|to learn more|for further information),? (please )?(visit|contact|go to|see)"),
        ("contact box", r"(do you have|got) (a |any )?(news )?(tips?|story|stories|information|feedback)\b.{0,80}"),
        ("subscription box", r"(please )?(subscribe|sign up|sign me up|register)( now| here| today| free| for free)?"
                             r"( to| for)? (our|the|my|this|receive|get|stay|unlimited)\b"),
        ("subscription box", r"(get|receive) (our|the|my) .{0,60}(newsletter|inbox|email|e-mail|briefing|alerts)\b"),
        ("subscription box", r"(subscribe|subscribe now|subscribe here|sign up|sign up now|join now|log in|sign in)[.!]?$"),
        ("subscription box", r"(thanks|thank you) for (reading|subscribing|your support).{0,80}(subscri|share|free)"),
        ("subscription box", r"(already|not yet) a (subscriber|member)\b|enter your e-?mail\b|.{0,40}is a reader-supported"),
        ("subscription box", r"(support|donate to|become a (member|supporter|patron))\b.{0,60}(journalism|work|today|patreon|donat)"),
        ("share bar", r"(share|tweet|email|print|save|copy link|comment)( this)?( article| story| post| page)?( on| via)?"
                      r"(( ?[|,/·•]? ?)(share|tweet|email|e-mail|print|save|facebook|twitter|x|whatsapp|linkedin|reddit|"
                      r"pocket|comments?|copy link|pinterest|telegram|and|or))*[.:!]?$"),
        ("share bar", r"follow (us|me|him|her|them|the author|\S+ \S+) (on|at|@)\b.{0,80}"),
        ("advertisement", r"(advertisements?|sponsored( content)?|ad|story continues below( advertisement)?|"
                          r"article continues (below|after).{0,20}|scroll (down )?to continue.{0,20}|skip (past )?.{0,20}(ad|advert).{0,20})[.:]?$"),
        ("related links", r"(read (more|next|also|this next)|see also|related( (articles?|stories|content|topics|posts|links|reading))?|"
                          r"more (on this|from|like this|stories).{0,30}|recommended( for you)?|you (may|might) also like|"
                          r"also read|don['’]t miss|most (read|popular)|trending|latest news|what to read next)(:.{0,150}|\b[.:]?$)"),
        ("cookie banner", r"(we|this (web)?site|our (web)?site) uses? (cookies|essential cookies)\b"),
        ("copyright notice", r"(©|\(c\)|copyright)\s*(©\s*)?(\d{4}|the |by |.{0,40}all rights reserved)|all rights reserved"),
        ("page furniture", r"(back to (the )?top|(skip|jump) to (main )?(content|navigation)|table of contents|"
                           r"\d+ min(ute)?s?( read| to read)?|(listen|listen to this article).{0,40}|loading\W*|"
                           r"print this page|view (in browser|online)|click here.{0,60}|\d+ comments?|leave a (comment|reply)|"
                           r"filed under.{0,100}|tags?: .{0,100}|categor(y|ies): .{0,100}|(previous|next) (article|post|page|story).{0,80}|"
                           r"image|photo|menu|search|unsubscribe.{0,60})[.:]?$"),
    )
)
_ADDRESS = re.compile(r"(?:(?:https?://|www\.)\S+|[\w.-]+\.[a-z]{2,6}(?:/\S*)?|\S+@\S+\.\w+)[.,;]?", re.IGNORECASE)


def find(parts: list[Part]) -> list[Part]:
    """Omit boxes and bars, each with its reason; an address alone belongs to the box above it."""
    result: list[Part] = []
    for part in parts:
        reason = "" if part.reason else _reason(part, result)
        result.append(replace(part, reason=reason) if reason else part)
    return _below_related(result)


def _reason(part: Part, above: list[Part]) -> str:
    if part.kind not in ("paragraph", "heading", "item", "quotation"):
        return ""
    text = part.flat
    if _ADDRESS.fullmatch(text):
        boxed = bool(above) and above[-1].reason.endswith(" box")
        return above[-1].reason if boxed else "bare address"
    if len(text.split()) > LONGEST_BOX:
        return ""
    return next((reason for reason, pattern in _BOXES if pattern.match(text)), "")


def _below_related(parts: list[Part]) -> list[Part]:
    """Omit the list or the short lines under a "Related" heading, up to the next prose."""
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
