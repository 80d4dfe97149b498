"""Languages: how one is written, quoted and said. A language is one module here with `LANGUAGE`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from narrate.model import Gender, Omission, Token

Tag = tuple[int, int, str]
"""Start and end offset in a line's text, and the Penn part-of-speech tag there."""

SpokenForm = Callable[[str, str, Sequence[Tag]], tuple[Token, ...]]
"""(text, accent as in "en-GB", tags or ()) → tokens that cover every character but blanks."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """The words by which a language says who speaks. All lower case."""

    reporting: Mapping[str, float] = field(default_factory=dict)
    """Lemma of a reporting verb → log-odds that its subject is being quoted."""
    forms: Mapping[str, str] = field(default_factory=dict)
    """Every form of every reporting verb → its lemma: "said" → "say"."""
    given_names: Callable[[], Mapping[str, Gender]] = dict
    """Load the given names, lower case, with the gender that they show, None if either."""
    titles: Mapping[str, Gender] = field(default_factory=dict)
    """"mrs" → female, "senator" → None."""
    roles: Mapping[str, Gender] = field(default_factory=dict)
    """Nouns for people: "spokeswoman" → female, "coach" → None."""
    pronouns: Mapping[str, Gender] = field(default_factory=dict)
    """Third person: "she" → female, "they" → None."""
    abbreviated: Mapping[str, str] = field(default_factory=dict)
    """Title as abbreviated → the noun for the person: "sen" → "senator"."""
    bodies: frozenset[str] = frozenset()
    """Nouns that end the names of organisations: "university", "committee"."""
    publications: frozenset[str] = frozenset()
    """Nouns for what has titles and writes: "paper", "film", "report"."""
    marked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Words that tell speech from what else is put between marks: things that are "inscribed", ways to be "called",
    words for a "term" or a "work"; "small" words, which titles do not capitalise; "personal" ones, which speech has;
    and those that mean something at the "edge" of a mark."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as data, and its spoken form."""

    code: str
    """BCP 47 without a region: "en"."""
    name: str
    """In itself: "English"."""
    syntax: str
    """Module of the spaCy pipeline that parses it."""
    spoken: SpokenForm
    omitted: Callable[[str], tuple[Omission, ...]] = lambda text: ()
    """What of a text is printed but not said in full, and why; offsets into the text."""
    abbreviations: frozenset[str] = frozenset()
    """Lower case, without their last full stop: what ends in a stop without ending a sentence."""
    final_abbreviations: frozenset[str] = frozenset()
    """Those that often stand last in a sentence: "etc", never "mr"."""
    openers: frozenset[str] = frozenset()
    """Words that, capitalised after an abbreviation, begin a sentence; a name after one does not."""
    vague: frozenset[str] = frozenset()
    """Words that say too little to begin a title: "several", "other"."""
    quoting: Quoting = field(default_factory=Quoting)
    byline: str = "{}"
    """How a byline that is only a name is announced: "By {}."."""
    disclosure: str = ""
    """The sentence that says that the voices are synthetic."""
