"""Names that makers of pages give to elements, in class, id and the like, and what they say of the text inside."""

from __future__ import annotations

import re
from functools import lru_cache

# Reason → how such names begin. In order: a box for letters within related links is a box.
_REASONS = {
    "hidden": r"sr-only|visually-?hidden|screen-reader|print-only|hidden(?:$|\s)|offscreen",
    "cookie banner": r"cookie|consent|gdpr|onetrust|cmp-|cmplz",
    "subscription box": r"newsletter|subscri|sign-?up|paywall|piano|email-capture|donat|membership|regwall|cta(?:$|\W)"
    r"|call-?to-?action",
    "contact box": r"uploader|callout-form|tip-?line",
    "comments": r"comments?(?:$|\s|-(?:list|area|section|body|thread|respond|wrap|content|author|meta))|disqus"
    r"|respond(?:$|\s)|coral|commentlist",
    "pull quote": r"pull-?quote|pq(?:$|\s)|drop-?quote|callout-quote",
    "caption": r"(?:wp-)?caption|figcaption|(?:[\w]+-)?credit(?:$|\s)|credit-line|media-credit|img-desc"
    r"|carousel-?slide|slideshow|lightbox",
    "embedded media": r"video(?:$|[\s_-]|enhancement|player|embed)"
    r"|(?:podcast|audio)-?(?:player|embed)|jw-?player|brightcove",
    "share bar": r"share|sharing|social|addtoany|sharedaddy|a2a_|tweet-this|follow-us|like-button",
    "advertisement": r"ads?(?:$|\s|-|_)|advert|sponsor|promo(?:$|\s|-|_)|outbrain|taboola|dfp|banner-ad",
    "related links": r"related|recommend|read-?(?:more|next|also)|more-?(?:from|on|stories|like)|trending|popular"
    r"|most-(?:read|viewed)|also-like|jp-relatedposts|further-reading|teaser|onward|latest-(?:news|stories|posts)"
    r"|summary-(?:item|block|list|v\d)|links-block|internet-links",
    "navigation": r"nav(?:$|\s|-|bar|igation)|menu|breadcrumb|pagination|pager|post-?nav|skip-?(?:link|to)"
    r"|toc(?:$|\s|-|_)|table-?of-?contents|site-header|masthead|topbar|key-?(?:events|moments)"
    r"|hash-?link|header-?(?:link|anchor)|heading-?anchor|anchor-?link",
    "author box": r"(?:about|post|entry)-?(?:the-)?author(?:$|\s|-(?:box|bio|info|card))|bio(?:$|\s|-)"
    r"|author-?(?:box|bio|card|info|description|footer)",
    "tags": r"(?:(?:post|entry|article)-)?(?:tags?|categor(?:y|ies)|topics?)(?:$|\s|-(?:links|list|container))"
    r"|cat-links|entry-footer|post-footer|post-meta-footer|kicker|eyebrow",
    "footnote": r"footnotes?(?:$|\s)|endnotes?(?:$|\s)|references(?:$|\s)|reflist",
    "page footer": r"site-footer|page-footer|footer(?:$|\s)|colophon|copyright",
    "aside": r"sidebar|widget|aside|infobox|fact-?box|toolbar|audio-player|listen-|mw-editsection",
    "page number": r"pagenum|page-break|pagebreak|page-number",
    "code": r"code-?(?:header|title|toolbar)|copy-?code",
}
_CREDITS = {
    "standfirst": r"standfirst|subtitle|sub-?head(?:line)?(?:$|\s)|excerpt|dek(?:$|\s)|deck(?:$|\s)|lede"
    r"|(?:article-)?summary$|lead-paragraph",
    "date": r"date|time|published|posted-on|updated",
    "byline": r"byline|by-line|author|writer|contributor|creator"
    r"|(?:(?:post|entry|article|story|blog|gem-c)-)?meta(?:data|-?info)?(?:$|[\s-])",
}
_REASON_PATTERNS = {why: re.compile(rf"(?:^|[\s_-])(?:{begin})", re.IGNORECASE) for why, begin in _REASONS.items()}
_CREDIT_PATTERNS = {kind: re.compile(names, re.IGNORECASE) for kind, names in _CREDITS.items()}


@lru_cache(maxsize=4096)
def reason(named: str) -> str:
    """Say why text in an element of this name is not read; "" if nothing speaks against it."""
    return next((why for why, pattern in _REASON_PATTERNS.items() if pattern.search(named)), "") if named else ""


@lru_cache(maxsize=4096)
def credit(named: str) -> str:
    """Say whether an element of this name holds the "byline", the "date" or the "standfirst"; "" for none."""
    return next((kind for kind, pattern in _CREDIT_PATTERNS.items() if pattern.search(named)), "") if named else ""
