"""What is known of an edition: `edition.json`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from narrate.model import Edition
from narrate.outputs import _json
from narrate.outputs._credits import credits_of, origin, software_version
from narrate.outputs._plain import plain, printable, seconds


def write(edition: Edition, folder: Path) -> Path:
    """Write `edition.json`. Raises OutputError.

    It holds no time of making and no path, so that the same edition gives the same bytes.
    """
    article, said = edition.script.article, credits_of(edition)
    content = {
        "narrate": 1,
        "title": said.title,
        "byline": said.artist,
        "published": said.published or plain(article.published),
        "language": said.language,
        "source": origin(article.source),
        "duration": seconds(edition.samples, edition.rate),
        "samples": edition.samples,
        "rate": edition.rate,
        "loudness": {"lufs": round(edition.loudness, 2), "true_peak_dbtp": round(edition.true_peak, 2)},
        "software": {"name": "narrate", "version": software_version()},
        "models": dict(sorted(edition.models.items())),
        "disclosure": said.disclosure,
        "speakers": _speakers(edition),
        "chapters": [
            {
                "title": plain(chapter.title),
                "start": seconds(chapter.start, edition.rate),
                "end": seconds(chapter.end, edition.rate),
            }
            for chapter in edition.chapters
        ],
        "omissions": [
            {"start": omission.start, "end": omission.end, "text": printable(omission.text), "reason": omission.reason}
            for omission in article.omissions
        ],
    }
    return _json.save(content, folder / "edition.json")


def _speakers(edition: Edition) -> list[dict[str, object]]:
    """List who is heard, by whose voice, how long, and the papers of the voice."""
    heard: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    said = edition.script.lines
    for cue in edition.cues:
        heard[said[cue.line].speaker] += cue.end - cue.start
        lines[said[cue.line].speaker] += 1
    return [
        {
            "id": speaker.id,
            "name": plain(speaker.name),
            "voice": voice.id,
            "voice_language": voice.language,
            "voice_gender": voice.gender,
            "licence": voice.licence,
            "attribution": voice.attribution,
            "lines": lines[speaker.id],
            "seconds": seconds(heard[speaker.id], edition.rate),
        }
        for speaker in edition.script.speakers
        if (voice := edition.cast.get(speaker.id)) is not None
    ]
