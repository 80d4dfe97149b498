"""The nouns: what passes from stage to stage.

An `Article` is read, cut into `Line`s, and becomes a `Script` when each line has a
`Speaker`. A `Cast` gives each speaker a `Voice`; each line is said as an `Utterance` and
sounds as a `Clip`; the clips are mixed into an `Edition` with `Cue`s and `Chapter`s.

Offsets named `start` and `end` on texts are characters, `end` exclusive; on sound they are
samples, so that nothing is rounded before it leaves the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono sound, shape [n], full scale at ±1."""

Gender = Literal["male", "female"] | None
"""As the text shows it; None when it does not."""

BlockKind = Literal["title", "byline", "date", "heading", "paragraph", "quotation", "item", "turn", "caption"]

NARRATOR = "narrator"
"""The id of the speaker who says everything that is nobody's quotation."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item …: its text exactly as printed, less markup."""

    kind: BlockKind
    text: str
    start: int
    """Offset in `Article.text`."""
    level: int = 0
    """Depth of a heading (1 is a chapter) or of a list item."""
    label: str = ""
    """Who speaks an interview turn, as its label names them ("Q", "JANE DOE"); the label itself is an omission."""

    @property
    def end(self) -> int:
        """Offset in `Article.text` just behind the block."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of the source that is not read aloud, and why ("contact box", "caption" …)."""

    start: int
    text: str
    reason: str

    @property
    def end(self) -> int:
        """Offset in `Article.text` just behind the stretch."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader made of a source.

    Blocks and omissions lie side by side in the extracted text, in order, with nothing but
    blanks between them: together they account for every character.
    """

    title: str
    byline: str
    published: str
    """ISO date, or as printed when it cannot be understood; "" if unknown."""
    language: str
    """BCP 47, "en" or "en-GB"."""
    source: str
    """Where it came from: a file name or an address."""
    blocks: tuple[Block, ...]
    omissions: tuple[Omission, ...] = ()

    @property
    def text(self) -> str:
        """The extracted text: blocks and omissions at their offsets, line feeds between them."""
        pieces: list[str] = []
        at = 0
        parts: list[Block | Omission] = [*self.blocks, *self.omissions]
        for part in sorted(parts, key=lambda part: part.start):
            pieces += ["\n" * (part.start - at), part.text]
            at = part.end
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one block spoken by one speaker: the narration chunk.

    The lines of a block, joined, are its text to the character.
    """

    block: int
    """Index into `Article.blocks`."""
    start: int
    """Offset in `Article.text`."""
    text: str
    speaker: str = NARRATOR
    """A `Speaker.id`."""
    why: str = ""
    """How a quoted line's speaker was found: the cue words and the rule, for a person to read."""
    confidence: float = 1.0
    """Probability that `speaker` is right, 0 to 1."""

    @property
    def end(self) -> int:
        """Offset in `Article.text` just behind the line."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who says a line: a person, an organisation, a document, or the narrator."""

    id: str
    name: str
    gender: Gender = None
    description: str = ""
    """As the article has it: "retired general"."""
    why: str = ""
    """How the person was identified and the gender found."""
    voice: str = ""
    """`engine:name` that an edited script asks for; "" leaves it to the casting."""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a script: a title and the lines under it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """Who says which line of an article, in chapters."""

    article: Article
    speakers: tuple[Speaker, ...]
    chapters: tuple[Section, ...]
    lexicon: Mapping[str, str] = field(default_factory=dict)
    """Pronunciations given in this script: word → respelling, or IPA between slashes."""
    shortened: tuple[Omission, ...] = ()
    """Stretches inside the lines that are not said in full: a long address, fifty digits, an emoji."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all chapters, in order."""
        return tuple(line for chapter in self.chapters for line in chapter.lines)


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice and its papers."""

    engine: str
    name: str
    language: str
    """BCP 47 with region, "en-US": decides spoken forms and pronunciation."""
    gender: Gender = None
    accent: str = ""
    """For people: "American", "Scottish"."""
    pitch: float = 0.0
    """Median fundamental frequency in Hz; 0 if not measured."""
    loudness: float = 0.0
    """LUFS of the raw voice; 0 if not measured."""
    pace: float = 0.0
    """Words a second at speed 1; 0 if not measured."""
    quality: float = 0.0
    """Predicted mean opinion score, 1 to 5; 0 if not measured."""
    timbre: tuple[float, ...] = ()
    """Unit vector whose cosine to another voice's says how alike they sound; () if not measured."""
    character: bool = False
    """Made to be noticed (a whisper, a Santa): cast when asked for, or when nobody else is left."""
    licence: str = ""
    attribution: str = ""
    speed: float = 1.0
    """Pace asked for in the cast, relative to the others'."""

    @property
    def id(self) -> str:
        """`engine:name`, as the command line and scripts name it."""
        return f"{self.engine}:{self.name}"

    @property
    def asked(self) -> str:
        """The id with the pace that was asked for, `engine:name@1.1`: what finds the voice again as it is."""
        return self.id if self.speed == 1 else f"{self.id}@{self.speed:g}"


Cast = Mapping[str, Voice]
"""`Speaker.id` → voice."""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line as printed, and what is said for it."""

    start: int
    """Offset in the line's text."""
    printed: str
    spoken: str
    """Words with their punctuation; "" for what is shown but not said."""
    phonemes: str = ""
    """IPA of the whole stretch when a lexicon or a heteronym rule gives it."""
    tag: str = ""
    """Penn part-of-speech tag of its head word; "" when no syntax was at hand."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an engine is to say for one line, with the words around it for intonation."""

    tokens: tuple[Token, ...]
    before: str = ""
    """Spoken text just before, of the same sentence or turn; "" at a full stop."""
    after: str = ""

    @property
    def text(self) -> str:
        """The spoken text."""
        return " ".join(token.spoken for token in self.tokens if token.spoken)


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance as sound, trimmed: speech begins at its first and ends at its last sample."""

    samples: Samples
    rate: int
    """Samples a second, Hz."""
    times: tuple[tuple[int, int], ...]
    """Start and end sample of each token of the utterance, in order; equal for an unsaid token."""


@dataclass(frozen=True, slots=True)
class Word:
    """A printed stretch of a line and when it is heard."""

    start: int
    """Offset in the line's text."""
    end: int
    begins: int
    """First sample in the programme."""
    ends: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A line's place in the programme, samples; cues tile it, pauses belong to the line before."""

    line: int
    """Index into `Script.lines`."""
    start: int
    end: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the programme, samples; it starts where a cue does."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished programme and all that is known of it."""

    script: Script
    cast: Cast
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    sound: Path
    """The master: mono 16-bit WAV at `rate`, at its final loudness."""
    rate: int
    loudness: float
    """LUFS (BS.1770) of the mono master; a mono file is heard 3 LU louder from two speakers."""
    true_peak: float
    """dBTP of the master."""
    models: Mapping[str, str] = field(default_factory=dict)
    """Engine name → checksum or version of what spoke."""

    @property
    def samples(self) -> int:
        """Length of the programme in samples."""
        return self.cues[-1].end if self.cues else 0
