"""Which language a text is in, and whether it is one that is spoken here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from narrate import plugins
from narrate.errors import SourceError
from narrate.model import Article, Block

LEAST_WORDS = 12
"""Different words below which a guess is worth nothing and English is taken."""
SAMPLE_CHARACTERS = 6_000
"""How much is looked at, from the start and from the middle."""
PLAIN_SHARE = 0.25
"""Share of English function words from which on no model is asked; in prose they are 0.35 to 0.5 of all words."""
_FUNCTION_WORDS = frozenset(
    "the of and to that is was for it with as his be by had not are but from have this which you were they her she"
    " there been their has would what will if can said who an all them when we could".split()
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def found(blocks: Iterable[Block], declared: str = "") -> str:
    """Name the language of the blocks, BCP 47: the words decide, a declared region is added."""
    text = "\n".join(block.text for block in blocks if block.kind not in ("title", "byline", "date"))
    declared = declared.replace("_", "-").strip()
    declared = declared if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", declared) else ""
    half = len(text) // 2
    sample = text[:SAMPLE_CHARACTERS] + "\n" + text[max(half, SAMPLE_CHARACTERS) : half + SAMPLE_CHARACTERS]
    if len(set(_WORD.findall(sample))) < LEAST_WORDS:
        return declared or "en"
    code = "en" if _plainly_english(sample) else _guess(sample)
    return declared if declared.lower().partition("-")[0] == code else code


def require_spoken(article: Article) -> None:
    """Raise SourceError, in plain words, when the article is in a language that no plug-in speaks."""
    known = plugins.names("languages")
    if article.language.lower().partition("-")[0] not in known:
        spoken = ", ".join(known)
        raise SourceError(
            f"{article.source}: this is in {_name(article.language)}, which is not spoken yet; try {spoken}"
        )


def _name(code: str) -> str:
    names = {
             "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
             "ru": "Russian", "uk": "Ukrainian", "pl": "Polish", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
             "ar": "Arabic", "he": "Hebrew", "tr": "Turkish", "sv": "Swedish", "el": "Greek", "hi": "Hindi",
    }  # fmt: skip
    return f"{names[code]} ({code})" if code in names else f"the language {code!r}"


def _plainly_english(sample: str) -> bool:
    words = _WORD.findall(sample.lower())
    return sum(word in _FUNCTION_WORDS for word in words) > PLAIN_SHARE * len(words)


def _guess(sample: str) -> str:
    from py3langid.langid import classify

    return str(classify(sample)[0])
