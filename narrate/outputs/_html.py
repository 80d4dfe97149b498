"""HTML from templates: everything escaped, one style sheet and one script, admitted by their hashes."""

from __future__ import annotations

import base64
import hashlib
from calendar import month_name
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

__all__ = ["Markup", "asset", "clock", "day", "policy", "render"]


def asset(name: str) -> str:
    """Return a template, style sheet or script of the pages."""
    return files("narrate.outputs").joinpath("_page", name).read_text("utf-8")


def render(template: str, **values: Any) -> str:
    """Fill a template; whatever is not `Markup` is escaped."""
    return _compiled(template).render(**values)


@cache  # compiling takes ten times as long as filling
def _compiled(template: str) -> Template:
    room = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return room.from_string(asset(template))


def policy(style: str, script: str = "", *more: str) -> str:
    """Return a content security policy that admits one style sheet, at most one script, by their hashes, and `more`."""
    allowed = [f"style-src {_digest(style)}", f"script-src {_digest(script)}" if script else "script-src 'none'"]
    closed = ["base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]
    return "; ".join(["default-src 'none'", *allowed, "img-src data:", *more, *closed])


def clock(seconds: float) -> str:
    """Return a duration as `m:ss` or `h:mm:ss`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def day(published: str) -> str:
    """Return an ISO date as people write it, and any other text as it is."""
    try:
        date_ = date.fromisoformat(published)
    except ValueError:
        return published
    return f"{date_.day} {month_name[date_.month]} {date_.year}"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
