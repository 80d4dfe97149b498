"""Scores, votes, ranges and ratios: figures joined by a dash."""

from __future__ import annotations

import re

from narrate.languages.en.context import SIGHT, Context, Rule, one_of, rule, table
from narrate.languages.en.numerals import NUMBER, cardinal, code, number, year
from narrate.languages.en.quantities import apart
from narrate.languages.en.years import FIRST_YEAR, LAST_YEAR

VOTES = frozenset(
    "rulings decisions majorities margins verdict vote votes voted voting ruling ruled decision majority margin "
    "court courts justice justices senate house passed approved approves rejected backed opinion panel council "
    "committee supreme poll referendum ballot confirm confirmed conservative liberal party-line split decided "
    "judges jury bill motion amendment outnumber outnumbers outnumbered outspent outvoted odds ratio favorite".split()
)
GAMES = frozenset(
    "won win wins winning beat beats beaten lost lose loses losing defeat defeated defeats victory victories draw drew "
    "drawn draws thrashed trounced routed edged downed lead led leads leading ahead match matches final semifinal "
    "aggregate scored score scores scoreline goal goals game games tie tied level trailing trailed trail penalties "
    "half-time halftime set sets champions league cup up down hammered crushed stunned clinched triumph over thumping "
    "v vs ends ended ending finished finishes full-time draw rout comeback shootout home away series".split()
)
BIG_SCORE = 20
"""From here a score is said with "to": "twenty-four to seventeen", but "four two"."""

HUNDRED = 100
"""Runs from which a British score of two such figures is cricket's, whatever stands around."""

WICKETS = 10
"""Wickets in an innings: what an English score of runs ends in."""

CRICKET = frozenset(
    "stumps wicket wickets innings overs declared lunch tea bowled batting batsman bat reached runs slumped "
    "collapsed".split()
)

RECORD = re.compile(
    r"(?:\b(?:improved|improves|fell|falls|dropped|drops|advanced|moved|moves) to|\b(?:went|going|off to an?)) $"
)
"""What stands before a season's wins and losses."""

LABELS = frozenset("no nos number numbers case docket file bill serial".split())
"""Words before figures that name something and count nothing."""


def pair(found: re.Match[str], context: Context) -> str | None:
    """Say two small numbers with a dash between: a score, a vote or a range, by the words around."""
    low, high = found["low"], found["high"]
    figures = [int(low), int(high)]
    if UNIT.match(context.text, found.end()):
        return None
    if low == high == "50":
        return "fifty fifty"
    if context.before(found.start()) in LABELS:
        return f"{code(low)} {code(high)}"
    kind = _kind(found, context)
    innings = context.british and figures[0] >= HUNDRED and kind != "vote"
    if figures[1] <= WICKETS < figures[0] and (
        innings or CRICKET.intersection(context.around(found.start(), found.end()))
    ):
        return f"{cardinal(figures[0], context.british)} for {cardinal(figures[1])}"
    words = [cardinal(figure, context.british) for figure in figures]
    if kind == "record":
        return " and ".join("oh" if figure == 0 else word for figure, word in zip(figures, words, strict=True))
    if kind == "vote" or (kind == "game" and max(figures) >= BIG_SCORE):
        return " to ".join(words)
    if kind == "game":
        nothing = "nil" if context.british else "nothing"
        return " ".join(nothing if figure == 0 else word for figure, word in zip(figures, words, strict=True))
    return " to ".join(words)


def _kind(found: re.Match[str], context: Context) -> str:
    low, high = int(found["low"]), int(found["high"])
    padded = len(found["low"]) > 1 and found["low"][0] == "0"
    if padded or context.text[found.end() : found.end() + 1] == "-":
        return "range"
    after = context.after(found.end()).lower()
    if (
        context.near(found.start())[:1].isupper()
        and context.after(found.end())[:1].isupper()
        and low <= BIG_SCORE >= high
    ):
        return "game"
    ahead = context.text[max(0, found.start() - SIGHT) : found.start()]
    if after in ("record", "season", "start", "mark") or (not context.british and RECORD.search(ahead)):
        return "record"
    if after in VOTES:
        return "vote"
    if after in GAMES and not (low < high and after in ("goals", "games", "sets", "points")):
        return "game"
    near = context.around(found.start(), found.end())
    votes = next((place for place, word in enumerate(near) if word in VOTES), len(near))
    games = next((place for place, word in enumerate(near) if word in GAMES), len(near))
    if votes == games:
        return "range"
    if votes < games:
        return "vote" if low >= high or context.before(found.start()) in VOTES else "range"
    described = after.islower() and after.endswith("s") and low < high
    return "range" if described else "game"


def spread(found: re.Match[str], context: Context) -> str | None:
    """Say a range of any numbers: "1,500-2,000", "5.25-5.5"."""
    low, high = found["low"], found["high"]
    if context.before(found.start()) in LABELS and (low + high).isdigit():
        return f"{code(low)} {code(high)}"
    if apart(found) or UNIT.match(context.text, found.end()) or (low.startswith("0") and not low.startswith("0.")):
        return None
    if low.isdigit() and high.isdigit() and all(FIRST_YEAR <= int(part) <= LAST_YEAR for part in (low, high)):
        return f"{year(int(low), context.british)} to {year(int(high), context.british)}"
    return f"{number(low, context.british)} to {number(high, context.british)}"


def ratio(found: re.Match[str], context: Context) -> str:
    """Say "2:1"."""
    return f"{cardinal(int(found['low']))} to {cardinal(int(found['high']))}"


def list_of_sets(found: re.Match[str], context: Context) -> str | None:
    """Say a tennis result: "6-4, 7-5"."""
    if context.after(found.end()).rstrip("s") in VOTES:
        return None
    said = re.sub(r"\d+", lambda games: "love" if games[0] == "0" else cardinal(int(games[0])), found[0])
    return re.sub(r"\s*[-–]\s*", " ", re.sub(r"\s\((.*?)\)", r", \1", said))


UNIT = re.compile(rf"\s?{one_of(table('units'))}(?!\w)")
SET = r"[0-7]\s?[-–]\s?[0-7](?:\s\(\d{1,2}[-–]\d{1,2}\))?"


def countdown(found: re.Match[str], context: Context) -> str:
    """Say figures in a row: "3-2-1", "4-4-2"."""
    return " ".join(cardinal(int(figure)) for figure in re.findall(r"\d+", found[0]))


def verses(found: re.Match[str], context: Context) -> str:
    """Say verses: "Matthew 5:3-12"."""
    chapter, first, last = (cardinal(int(figure)) for figure in re.findall(r"\d+", found[0]))
    return f"{chapter} {first} to {last}"


RULES: tuple[Rule, ...] = (
    rule(r"\d{1,2}(?:-\d{1,2}){2,6}(?![\w-])", countdown),
    rule(r"\d{1,3}:\d{1,3}[-–]\d{1,3}(?![\w:])", verses),
    rule(rf"{SET}(?:(?:,|\sand)?\s{SET}){{1,4}}(?![\w-])", list_of_sets),
    rule(
        r"(?P<low>\d{1,3})(?:[-–—]|\s[-–]\s)(?P<high>\d{1,3})(?![\w,.%/-]{0,8}\d|%|[^\W_])"
        r"(?!\s?(?:million|billion|trillion|percent|per cent))",
        pair,
    ),
    rule(rf"(?P<low>{NUMBER})(?:[-–—]|\s[-–]\s)(?P<high>{NUMBER})(?![^\W_]|/\d)", spread),
    rule(r"(?P<low>\d{1,4}):(?P<high>\d)(?![\w:])", ratio),
)
