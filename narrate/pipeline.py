"""The whole story: an article in, an edition out. Read this file first.

article = readers.read(source)                       # what was written
script  = divide(attribute(segment(article)))        # who says which line, in chapters
roles   = cast(script, voices)                       # who is played by which voice
clips   = speak(script, roles, executor)             # each line as sound, cached
edition = mix(script, roles, clips)                  # one programme with cues and chapters
for output in outputs: output.write(edition)         # mp3, captions, page …
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from narrate import casting, plugins, pronunciation, readers, scripts, speaking, store
from narrate.attribution import attribute, hints
from narrate.chaptering import divide
from narrate.errors import EngineError, NarrateError, OutputError, PluginError, ScriptError
from narrate.executors import Executor
from narrate.languages import Language, Tag
from narrate.library import Library
from narrate.mixing import mix
from narrate.model import Article, Cast, Clip, Edition, Omission, Script, Section, Utterance, Voice
from narrate.options import SIDECAR, Options, remembered
from narrate.segment import segment
from narrate.syntax import parse

ENGINES_BY_QUALITY = ("kokoro", "system")
"""What `auto` tries, best first."""

STAND_IN = "tone"
"""The engine without speech, which nobody wants to hear."""

MAKERS = ("mixing.py", "audio.py", "peaks.py")
"""Modules that with the outputs decide an edition's bytes."""

BEGINNING = "beginning"
"""Folder and file of what can be heard while the rest is made."""

SLUG_LENGTH = 80
"""Characters of a folder's name: every file system takes 255 bytes with the endings."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told while an edition is made."""

    script: Script
    roles: Cast
    line: int
    """Index of the line just finished."""
    spoken: speaking.Spoken


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition that is ready to be spoken."""

    script: Script
    roles: Cast
    said: Sequence[Utterance]
    jobs: Sequence[speaking.Job]
    folder: Path
    models: Mapping[str, str]
    """Engine → fingerprint."""
    digest: str
    """SHA-256 of all that decides the edition's bytes: the same digest, the same edition."""


def make(
    source: str,
    out: Path | str,
    options: Options | None = None,
    heard: Callable[[Progress], None] = lambda progress: None,
) -> tuple[Edition, Path]:
    """Make the edition of one source and return it with its folder, `out/<slug>`.

    Raises NarrateError; what was spoken by then stays in the cache, and no half file is left.
    """
    options = options or Options()
    plan = prepare(read_script(source, options), Path(out), options)
    executor = executor_of(options.executor)
    workers = options.workers or workers_of(plan.roles)
    spoken = speaking.speak(
        plan.jobs, executor, workers, lambda index, line: heard(Progress(plan.script, plan.roles, index, line))
    )
    return finish(plan, spoken, options), plan.folder


def read_script(source: str | readers.Source, options: Options | None = None) -> Script:
    """Read a source (a file, "-", an address, or a script as JSON) and find out who says what."""
    options = options or Options()
    fetched = readers.fetch(source, options.private) if isinstance(source, str) else source
    if fetched.data.lstrip()[:1] == b"{":
        return _edited(fetched, options)
    article = readers.read(fetched)
    if options.speakers_file is None and (beside := Path(fetched.name + SIDECAR)).is_file():
        options = replace(options, speakers_file=beside)
    return script_of(readers.keep(article, set(options.keep)) if options.keep else article, options)


def _edited(source: readers.Source, options: Options) -> Script:
    """Read a script that somebody may have edited."""
    try:
        return scripts.from_json(source.data.decode("utf-8"), accept_changes=options.accept_changes)
    except UnicodeDecodeError as error:
        raise ScriptError(f"{source.name}: a script is UTF-8; save it so") from error
    except ScriptError as error:
        raise ScriptError(f"{source.name}: {error}") from error


def script_of(article: Article, options: Options | None = None) -> Script:
    """Find out who says what in an article."""
    options = options or Options()
    language = language_of(article)
    lines = segment(article, language)
    script = attribute(article, lines, language, hints=_hints(options), fragments=options.fragments)
    return divide(replace(script, shortened=tuple(_shortened(article, language))), language)


def _hints(options: Options) -> list[hints.Hint]:
    """Gather the corrections by hand; what the command line says goes first. Raises ScriptError."""
    given = [hints.hint(says, who) for says, who in options.speakers.items()]
    if options.speakers_file is None:
        return given
    try:
        return [*given, *hints.parse(options.speakers_file.read_text("utf-8"))]
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"cannot read the corrections {options.speakers_file}: {error}") from error


def _shortened(article: Article, language: Language) -> Iterator[Omission]:
    for block in article.blocks:
        yield from (replace(part, start=part.start + block.start) for part in language.omitted(block.text))


def prepare(script: Script, out: Path, options: Options | None = None) -> Plan:
    """Cast a script and make the job of each of its lines."""
    options = options or Options()
    roles = roles_of(script, options)
    language = language_of(script.article)
    lexicon = pronunciation.layered(options.lexicon, script.lexicon)
    tags = _tags(script.article, language)
    said = speaking.utterances(script, roles, language, tags, lexicon, disclose=options.disclose)
    jobs = speaking.jobs(said, script, roles, cache_of(options), speed=options.speed, fresh=options.fresh)
    models = {name: speaking.engine(name).fingerprint() for name in sorted({v.engine for v in roles.values()})}
    text = scripts.to_json(script, roles)
    parts = [_code(), text, repr(options.loudness), *options.formats, *(job.key for job in jobs)]
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
    return Plan(script, roles, said, jobs, out / slug(script.article), models, digest)


@cache
def _code() -> str:
    """Digest the code that mixes and writes: another version of it writes other bytes from the same clips."""
    here = Path(__file__).parent
    sources = [*(here / name for name in MAKERS), *sorted((here / "outputs").rglob("*.*"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources if path.suffix != ".pyc")).hexdigest()


def clips() -> str:
    """Return the folder that clips are kept in unless told otherwise."""
    return str(store.cache_folder() / "clips")


def cache_of(options: Options) -> str:
    """Return where clips are kept, in a form that workers in other folders understand."""
    place = options.cache or clips()
    return place if "://" in place else str(Path(place).absolute())


def finish(plan: Plan, spoken: Sequence[Clip], options: Options | None = None) -> Edition:
    """Mix what was spoken and write every output. Raises OutputError."""
    options = options or Options()
    with _workspace(plan.folder) as scratch:
        sound = scratch / "master.wav"
        edition = mix(plan.script, plan.roles, plan.said, spoken, sound, loudness=options.loudness, models=plan.models)
        for name in options.formats:
            plugins.load("outputs", name).write(edition, plan.folder)
    return edition


def write_beginning(plan: Plan, count: int, options: Options) -> Path:
    """Mix the first `count` lines, which are spoken, to `beginning/beginning.mp3` in the edition's folder."""
    chapter = Section(plan.script.chapters[0].title, plan.script.lines[:count])
    jobs = [replace(job, fresh=False) for job in plan.jobs[:count]]
    first = replace(
        plan,
        script=replace(plan.script, chapters=(chapter,)),
        said=plan.said[:count],
        jobs=jobs,
        folder=plan.folder / BEGINNING,
    )
    finish(first, speaking.Clips(jobs), replace(options, formats=("mp3",)))
    return first.folder / f"{BEGINNING}.mp3"


def respeak(folder: Path, lines: Collection[int]) -> Edition:
    """Make the edition in a folder again as it was made, with some lines spoken anew and a little slower.

    An engine says the same text the same way every time; a little slower it takes another course.
    """
    folder = folder.resolve()
    library = Library(str(folder.parent))
    mark = library.mark(folder.name)
    script = scripts.from_json((folder / "script.json").read_text("utf-8"), accept_changes=True)
    engine = next((speaker.voice.partition(":")[0] for speaker in script.speakers if speaker.voice), "auto")
    options = replace(remembered(mark.options), engine=engine)
    plan = replace(prepare(script, folder.parent, options), folder=folder)
    jobs = [speaking.slower(job) if index in lines else job for index, job in enumerate(plan.jobs)]
    spoken = speaking.speak(jobs, executor_of(options.executor), workers_of(plan.roles), lambda index, line: None)
    with library.workshop(folder.name):
        edition = finish(replace(plan, jobs=jobs), spoken, options)
        if mark.digest:  # what was made by `narrate make`
            library.keep(folder, mark.source, mark.digest, edition.samples / edition.rate, mark.options)
    return edition


def roles_of(script: Script, options: Options | None = None) -> Cast:
    """Give every speaker a voice, and remember it in the cast file."""
    options = options or Options()
    kept = casting.load_cast(options.cast_file) if options.cast_file else {}
    roles = casting.cast(script, voices(options.engine), chosen=options.chosen, kept=kept)
    if options.cast_file:
        casting.save_cast(options.cast_file, script, roles, kept)
    return roles


def voices(engine: str = "auto") -> list[Voice]:
    """List the voices of an engine. Raises PluginError when it is unknown or its parts are missing."""
    return list(speaking.engine(engine_name(engine)).voices())


def all_voices() -> list[Voice]:
    """List the voices of every engine that is installed, but for the stand-in of the tests."""
    found = []
    for name in plugins.names("engines"):
        with suppress(PluginError, EngineError):
            found += [] if name == STAND_IN else voices(name)
    return found


def engine_name(wanted: str) -> str:
    """Return the engine that is meant; "auto" is the best whose parts are installed."""
    if wanted != "auto":
        return wanted
    missing = []
    for name in ENGINES_BY_QUALITY:
        try:
            speaking.engine(name).fingerprint()
            return name
        except (PluginError, EngineError) as error:
            missing.append(str(error))
    raise PluginError(f"no engine is installed: {'; '.join(missing)}")


def executor_of(name: str) -> Executor:
    """Load an executor, "processes", or one with an address, "dask://HOST:PORT". Raises PluginError."""
    kind, _, address = name.partition("://")
    module = plugins.load("executors", kind)
    executor: Executor = module.at(address) if address else module
    return executor


def workers_of(roles: Cast) -> int:
    """Return how many processes the engines of a cast do best with on this machine."""
    return max((speaking.engine(name).workers() for name in {voice.engine for voice in roles.values()}), default=1)


def language_of(article: Article) -> Language:
    """Load the language that an article is written in."""
    loaded: Language = plugins.load("languages", article.language.partition("-")[0].lower() or "en").LANGUAGE
    return loaded


def slug(article: Article) -> str:
    """Name an article's folder and files: small letters, digits and hyphens, never empty."""
    name = article.title or article.source.rpartition("/")[2].partition(".")[0]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return words[:SLUG_LENGTH].rstrip("-") or "article"


def _tags(article: Article, language: Language) -> list[list[Tag]]:
    return [[(token.idx, token.idx + len(token), token.tag_) for token in doc] for doc in parse(article, language)]


@contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Give a folder for what is thrown away, and clear away what killed runs left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        store.sweep(folder)
        with store.scratch(folder) as scratch:
            yield scratch
    except NarrateError:
        raise
    except (OSError, RuntimeError) as error:  # libsndfile says RuntimeError when the disk is full
        raise OutputError(f"cannot write to {folder}: {error}; make room, or choose another folder with -o") from error
