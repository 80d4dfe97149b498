"""The command line: parses, calls, prints; decides nothing."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, Literal

import typer

from narrate.errors import NarrateError

app = typer.Typer(
    name="narrate",
    help="Turn a written article into a chaptered audio edition in which every quoted speaker has a voice.",
    epilog="Example: narrate make article.txt   then listen to out/<title>/<title>.mp3",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SIGNALLED = 128
"""Exit code after a signal is this and its number, as shells have it."""

Sources = Annotated[
    list[str],
    typer.Argument(
        help="Files (text, Markdown, HTML, PDF, EPUB, DOCX …), feeds, scripts, folders, addresses; - or @-."
    ),
]
Source = Annotated[str, typer.Argument(help="Text, Markdown, HTML, PDF, EPUB, DOCX, an address, or -.")]
Out = Annotated[str, typer.Option("--out", "-o", help="Folder, or address of an object store, for the editions.")]
Engine = Annotated[str, typer.Option(help="auto, kokoro, system, piper …; auto takes the best that is installed.")]
Casting = Annotated[
    list[str] | None, typer.Option("--cast", metavar="NAME=VOICE[@PACE]", help="Give a speaker a voice.")
]
CastFile = Annotated[Path | None, typer.Option(help="Keep voices from article to article in this file.")]
Lexicon = Annotated[Path | None, typer.Option(help="Pronunciations of a show, a narrate.lexicon.toml.")]
Speakers = Annotated[list[str] | None, typer.Option("--speaker", metavar="WORDS=NAME", help="Correct who says what.")]
SpeakersFile = Annotated[Path | None, typer.Option(help="Corrections in a file; ARTICLE.speakers unless given.")]
Speed = Annotated[float, typer.Option(min=0.5, max=3.0, help="Pace; 1 is the voices' own.")]
Rate = Annotated[int | None, typer.Option(min=80, max=600, help="Pace in words a minute instead of --speed.")]
Fragments = Annotated[Literal["narrator", "speaker"], typer.Option(help="Who says a quotation of a few words.")]
Keep = Annotated[list[str] | None, typer.Option(metavar="REASON", help="Read what was omitted for this reason.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Fetch addresses of this machine and its network.")]
Accept = Annotated[bool, typer.Option("--accept-changes", help="Speak an edited script although its words differ.")]
Cache = Annotated[str, typer.Option(help="Folder, or address of an object store, that clips are kept in.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


@app.command(epilog="Example: narrate make article.md --cast 'David Petraeus=am_onyx' -o out")
def make(
    source: Sources,
    out: Out = "out",
    engine: Engine = "auto",
    cast: Casting = None,
    cast_file: CastFile = None,
    format: Annotated[str, typer.Option(metavar="LIST", help="What to write: mp3,vtt,page,…")] = "",
    speed: Speed = 1.0,
    rate: Rate = None,
    loudness: Annotated[float, typer.Option(min=-30, max=-10, help="LUFS of the mono file.")] = -19.0,
    lexicon: Lexicon = None,
    speaker: Speakers = None,
    speakers_file: SpeakersFile = None,
    fragments: Fragments = "narrator",
    keep: Keep = None,
    disclose: Annotated[bool, typer.Option(help="Say at the start that the voices are synthetic.")] = True,
    executor: Annotated[str, typer.Option(help="Where lines are spoken: processes, inline …")] = "processes",
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 is what suits this machine.")] = 0,
    cache: Cache = "",
    fresh: Annotated[bool, typer.Option("--fresh", help="Ignore what was spoken before.")] = False,
    accept_changes: Accept = False,
    allow_private: Private = False,
    play: Annotated[bool, typer.Option("--play", help="Hear it while it is made.")] = False,
    early: Annotated[bool, typer.Option("--early", help="Write the first minute as soon as it is spoken.")] = False,
    json: AsJson = False,
) -> None:
    """Make the audio edition of an article: an MP3 with chapters, captions, a page and a script."""
    from narrate import showing
    from narrate.listing import LIST, listed
    from narrate.options import FORMATS, Options

    options = Options(
        engine=engine,
        formats=tuple(format.split(",")) if format else FORMATS,
        chosen=_pairs(cast, "--cast"),
        cast_file=cast_file,
        lexicon=lexicon,
        speakers=_pairs(speaker, "--speaker"),
        speakers_file=speakers_file,
        speed=rate / WORDS_A_MINUTE if rate else speed,
        loudness=loudness,
        fragments=fragments,
        keep=frozenset(keep or ()),
        disclose=disclose,
        executor=executor,
        workers=workers,
        cache=cache,
        fresh=fresh,
        accept_changes=accept_changes,
        private=allow_private,
        early=early,
    )
    names = (name for given in source for name in (listed() if given == LIST else [given]))
    if showing.make_all(names, out, options, json, play):
        raise typer.Exit(1)


@app.command(epilog="Example: narrate script article.txt --format json -o script.json")
def script(
    source: Source,
    format: Annotated[Literal["text", "json"], typer.Option(help="A screenplay, or JSON to edit.")] = "text",
    out: Annotated[Path | None, typer.Option("-o", help="File to write instead of printing.")] = None,
    speaker: Speakers = None,
    speakers_file: SpeakersFile = None,
    fragments: Fragments = "narrator",
    keep: Keep = None,
    accept_changes: Accept = False,
    allow_private: Private = False,
) -> None:
    """Print who says what, to read or to edit; `narrate make` accepts it in place of the article."""
    from narrate import scripts
    from narrate.options import Options
    from narrate.pipeline import read_script

    options = Options(
        fragments=fragments,
        speakers=_pairs(speaker, "--speaker"),
        speakers_file=speakers_file,
        keep=frozenset(keep or ()),
        accept_changes=accept_changes,
        private=allow_private,
    )
    found = read_script(source, options)
    text = scripts.to_json(found) if format == "json" else scripts.to_text(found)
    _put(text, out)


@app.command(epilog="Example: narrate voices --engine kokoro --say 'Good evening.' -o voices/")
def voices(
    engine: Annotated[str, typer.Option(help="Only this engine.")] = "",
    say: Annotated[str, typer.Option(metavar="TEXT", help="Let a voice, or all of them, say this to files.")] = "",
    voice: Annotated[str, typer.Option(help="Only this voice.")] = "",
    out: Annotated[Path, typer.Option("-o", help="Folder for the auditions.")] = Path("auditions"),
    json: AsJson = False,
) -> None:
    """List the voices of each engine with gender, accent and licence; --say auditions them."""
    from narrate import showing

    showing.voices(engine, voice, say, out, json)


@app.command(epilog="Example: narrate spoken 'It cost $3.5bn.'   prints: It cost three point five billion dollars.")
def spoken(
    text: Annotated[str, typer.Argument(help="A text, or - for standard input, one text a line.")],
    accent: Annotated[str, typer.Option(help="en-US or en-GB.")] = "en-US",
    phonemes: Annotated[bool, typer.Option("--phonemes", help="Print IPA.")] = False,
    lexicon: Lexicon = None,
) -> None:
    """Print how a text will be said."""
    from narrate import saying

    for line in sys.stdin if text == "-" else [text]:
        show = saying.phonemes if phonemes else saying.spoken
        typer.echo(show(line.rstrip("\n"), accent, lexicon))


@app.command(epilog="Example: narrate say 'Good evening.' -o hello.wav --voice bf_emma")
def say(
    text: Annotated[str, typer.Argument(help="A text, or - for standard input.")],
    out: Annotated[Path, typer.Option("-o", help="WAV file to write.")],
    engine: Engine = "auto",
    voice: Annotated[str, typer.Option(help="Voice; the engine's first unless given.")] = "",
    speed: Speed = 1.0,
    rate: Rate = None,
    lexicon: Lexicon = None,
) -> None:
    """Say a text to a WAV file."""
    from narrate import saying

    said = sys.stdin.read() if text == "-" else text
    typer.echo(saying.say(said, out, saying.find(engine, voice), rate / WORDS_A_MINUTE if rate else speed, lexicon))


@app.command(epilog="Example: narrate check out/my-article --json")
def check(
    edition: Annotated[Path, typer.Argument(help="Folder of an edition.")],
    listen: Annotated[bool, typer.Option(help="Transcribe it and compare each word (needs the extra check).")] = True,
    fix: Annotated[bool, typer.Option("--fix", help="Speak the lines that failed once more.")] = False,
    json: AsJson = False,
) -> None:
    """Say what is wrong with a finished edition: loudness, silences, chapters, lost words."""
    from narrate import showing

    if not showing.check(edition, listen, fix, json):
        raise typer.Exit(1)


@app.command(epilog="Example: narrate feed out --show show.toml")
def feed(
    folder: Annotated[Path, typer.Argument(help="Folder of editions.")],
    show: Annotated[Path | None, typer.Option(help="A show.toml: title, author, address, artwork …")] = None,
) -> None:
    """Build the podcast feed of a folder of editions: feed.xml."""
    from narrate.feed import build
    from narrate.shows import read_show

    typer.echo(build(folder, read_show(show)))


@app.command(epilog="Example: narrate serve out   then open the address, or point a phone at the code")
def serve(
    folder: Annotated[Path, typer.Argument(help="Folder of editions.")] = Path("out"),
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets the phone in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port.")] = 8734,
    show: Annotated[Path | None, typer.Option(help="A show.toml: title, author, artwork …")] = None,
) -> None:
    """Serve the editions: an index, their players, and the feed to subscribe to."""
    from narrate import serving
    from narrate.shows import read_show

    serving.serve(folder, host, port, read_show(show))


cache_app = typer.Typer(help="See and clear what was spoken before.", no_args_is_help=True)
app.add_typer(cache_app, name="cache")


@cache_app.command("info")
def cache_info(cache: Cache = "", json: AsJson = False) -> None:
    """Say where the clips lie, how many they are and how much room they take."""
    from narrate import showing

    showing.cache(cache, json)


@cache_app.command("prune", epilog="Example: narrate cache prune --size 2GB")
def cache_prune(
    cache: Cache = "",
    size: Annotated[str, typer.Option(help="What may stay, as 500MB or 2GB; the longest unused goes.")] = "0",
) -> None:
    """Throw clips away, the longest unused first."""
    from narrate import showing

    showing.prune(cache, size)


WORDS_A_MINUTE = 177.0
"""What speed 1 is: the 2.95 words a second to which voices are evened."""


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """Read options of two sides, NAME=VOICE. Raises typer.BadParameter."""
    pairs = {}
    for pair in given or ():
        name, equals, value = pair.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            raise typer.BadParameter(f"{pair!r} has no two sides, as in NAME=VOICE", param_hint=option)
        pairs[name.strip()] = value.strip()
    return pairs


def _put(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    from narrate.store import atomic

    with atomic(out) as temporary:
        temporary.write_text(text, encoding="utf-8")


def main() -> None:
    """Run the command line: 0 done, 1 an error the user can act on, 2 wrong usage, 130 or 143 interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        app()
    except NarrateError as error:
        typer.echo(f"narrate: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        sys.stderr.close()
        sys.exit(1)
    except Interrupted as interrupted:
        typer.echo("narrate: interrupted; what was spoken is kept, and the same command goes on from there", err=True)
        sys.exit(SIGNALLED + interrupted.args[0])


class Interrupted(BaseException):
    """A signal asked us to end; carries its number."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted(number)
