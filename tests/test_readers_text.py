"""Text and Markdown: encodings, paragraphs, heads, mending; and that whole texts stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate import readers
from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _dates, _mending, _pages, markdown, text
from narrate.readers._encoding import clean, decode
from narrate.readers._parts import Part

PROSE = "The old man went down to the river, and it was cold there, but he did not turn back."


def read(words: str, name: str = "x.txt") -> Article:
    """Read a text that is given as such."""
    return readers.read(Source(name, words.encode()))


def kinds(article: Article) -> list[tuple[str, str]]:
    """List kind and text of each block."""
    return [(block.kind, block.text) for block in article.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    """Quotation marks and dashes come out right, whatever a file was saved in."""
    words = "“It is cold,” said Zoë at the café — and so it was, on the river’s edge, the whole winter long."
    assert decode("x", words.encode(encoding)) == words


def test_a_declared_encoding_is_believed_when_it_fits() -> None:
    """What a server says decides between encodings that would all decode."""
    assert decode("x", "Привет, мир".encode("koi8-r"), "koi8-r") == "Привет, мир"
    assert decode("x", "naïve".encode(), "no-such-encoding") == "naïve"


def test_a_few_bytes_of_another_encoding_are_mended() -> None:
    """A paste of Windows-1252 into UTF-8 keeps its quotation marks."""
    mixed = ("“One” " * 200).encode() + "“two”".encode("cp1252") + (" three" * 100).encode()
    assert "“two”" in decode("x", mixed)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("â€œCold,â€\x9d he said", "“Cold,” he said"),
        ("It was Zoëâ€™s cafÃ©", "It was Zoë’s café"),
        ("The ﬁrst ﬂight", "The first flight"),
        ("soft\u00adhyphen and\u200bzero", "softhyphen andzero"),
        ("a\u202eb\u202cc", "abc"),
        ("one\u00a0two\u2009three", "one two three"),
        ("Ho\u0301la", "Hóla"),
    ],
)
def test_characters_are_mended(broken: str, mended: str) -> None:
    """Mojibake, ligatures, invisible characters and odd blanks become what their author meant."""
    assert clean(broken) == mended


@given(st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), max_size=200))
def test_plain_characters_stay(words: str) -> None:
    """Cleaning leaves ASCII as it is, quotation marks and all."""
    assert clean(words) == words


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\x00\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "PNG picture"),
        (b"ID3\x04" + b"\x00" * 50, "MP3"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04" + b"\x00" * 99, "ZIP"),
        (b"....\n\n....", "no sentence"),
        (b"A title\n\nBy Ann Lee\n\n3 May 2024\n", "no sentence"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, message: str) -> None:
    """Empty, binary and wordless files each say what they are."""
    with pytest.raises(SourceError, match=message) as raised:
        readers.read(Source("thing", data))
    assert "\n" not in str(raised.value)


def test_paragraphs_of_hard_wrapped_text_are_joined() -> None:
    """Line feeds within a paragraph are blanks; hyphens at line ends go where they should."""
    lines = "It was cold in the inter-\nnational airport of a well-\nknown city, and the "
    lines += "re-\nsearchers were not re-\njoined."
    article = read(f"{lines}\n\n{PROSE}\n")
    assert article.blocks[0].text == (
        "It was cold in the international airport of a well-known city, and the researchers were not rejoined."
    )


def test_indents_and_short_lines_part_paragraphs_where_no_blank_line_does() -> None:
    """Books as plain text often have no blank lines at all."""
    lines = ["   It was the year in which the river froze from shore to shore, and", "nobody had a boat."]
    article = read("\n".join(lines * 6))
    assert [block.kind for block in article.blocks] == ["paragraph"] * 6


def test_a_line_of_prose_is_a_paragraph_where_lines_are_long() -> None:
    """Copied text often has a paragraph a line and no blank lines."""
    assert len(read("\n".join([PROSE * 2] * 5)).blocks) == 5


@pytest.mark.parametrize(
    ("head", "byline", "published"),
    [
        ("By Ann Lee\n\nMarch 5, 2024", "Ann Lee", "2024-03-05"),
        ("Ann Lee\n18th August 2024", "Ann Lee", "2024-08-18"),
        ("By ANN LEE and JOE PAZ, 5 March 2024", "Ann Lee and Joe Paz", "2024-03-05"),
        ("By Ann Lee | Published on March 5, 2024 | 5 min read", "Ann Lee", "2024-03-05"),
        ("Tuesday 5 March 2024 10.30 GMT\n\nAnn van der Lee", "Ann van der Lee", "2024-03-05"),
        ("2024-03-05", "", "2024-03-05"),
    ],
)
def test_heads_are_recognised(head: str, byline: str, published: str) -> None:
    """Title, byline and date are told apart in the forms in which papers print them."""
    article = read(f"Harbour keeps its ferry\n\n{head}\n\n{PROSE} {PROSE}\n\n{PROSE}")
    assert (article.title, article.byline, article.published) == ("Harbour keeps its ferry", byline, published)
    assert [block.kind for block in article.blocks if block.kind == "paragraph"] == ["paragraph"] * 2


def test_prose_is_not_taken_for_a_head() -> None:
    """A first paragraph that ends in a full stop is no title, and a sentence with a date no date line."""
    article = read(f"{PROSE}\n\nOn 5 March 2024 the council of the town met again.\n\n{PROSE}")
    assert [block.kind for block in article.blocks] == ["paragraph"] * 3
    assert (article.title, article.byline, article.published) == ("", "", "")


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("18 August 2024", "2024-08-18"),
        ("Aug. 18, 2024", "2024-08-18"),
        ("2024-08-18T10:00:00Z", "2024-08-18"),
        ("18/08/2024", "2024-08-18"),
        ("08/18/2024", "2024-08-18"),
        ("08/09/2024", "08/09/2024"),
        ("31 February 2024", "31 February 2024"),
        ("last Tuesday", "last Tuesday"),
        ("August 2024", "2024-08"),
    ],
)
def test_dates_become_iso_or_stay_as_printed(printed: str, iso: str) -> None:
    """What is ambiguous or impossible is left as it stands."""
    assert _dates.iso(printed) == iso


CUTS = [
    ('He said, "This is not unlike Iraq, where a great', 'armored brigade ran through it and stopped."'),
    ("Of course the new regime, which is itself steeped in", "Great Russian chauvinism, maintains its ties."),
    ("It sought to do so by balancing between the one side of the army,", "The Guardians and the court of the king."),
    ("“We looked at it for a whole long year before we said to John", "Smith what we thought,” she said."),
    ("The conference was attended by the whole inter-", "national press and by nobody else."),
]


@pytest.mark.parametrize(("before", "after"), CUTS)
def test_paragraphs_that_a_page_cut_are_joined(before: str, after: str) -> None:
    """An open sentence goes on: in lower case, after a dangling word, within a quotation."""
    assert _mending.is_cut(Part(before), Part(after))


WHOLE = [
    ("What the council decided", "the council decided to close it."),
    (f"{PROSE}", "the next paragraph begins in lower case."),
    ("He asked one thing of us all and then he left:", "why did you come?"),
    ("“We do not want this war, and we never did.", "“We want to go home now.”"),
    ("The List of Things That We Will Never Do Again In", "The river is cold."),
    ("Apples and pears", "bread and butter"),
    ("She left the house at nine in the morning without a stop", "Her mother had seen it all."),
]


@pytest.mark.parametrize(("before", "after"), WHOLE)
def test_paragraphs_that_are_whole_stay_apart(before: str, after: str) -> None:
    """Headings, ended sentences, running quotations and forgotten full stops are not joined to anything."""
    assert not _mending.is_cut(Part(before), Part(after))


@given(
    st.lists(st.sampled_from([PROSE, "“Is it cold?” he asked.", "Nobody knew (yet).", "It was 3.5 °C…"]), min_size=2)
)
def test_a_whole_text_comes_out_as_it_went_in(paragraphs: list[str]) -> None:
    """Where every paragraph ends, none is joined, moved or lost."""
    assert [part.text for part in text.parse("\n\n".join(paragraphs))] == paragraphs


def test_pages_lose_their_furniture_and_nothing_else() -> None:
    """Running heads and page numbers go, with a reason; a paragraph that they interrupted is whole again."""
    pages = [
        "The Example\n\nIt was the best of the years for the\n\n1",
        "The Example\n\nold town, and nobody said so.\n\n2",
    ]
    parts = text.parse("\f".join(pages))
    assert parts[0].text == "It was the best of the years for the old town, and nobody said so."
    assert [(part.text, part.reason) for part in parts[1:]] == [
        ("The Example", "running head"), ("1", "page number"), ("The Example", "running head"), ("2", "page number"),
    ]  # fmt: skip


def test_notes_and_their_marks_are_taken_out_of_plain_text() -> None:
    """Where a mark has its note below; brackets that lead nowhere stay."""
    article = read(f"It was cold[1] and dark[7] there. {PROSE}\n\n{PROSE}\n\n[1] A note on the cold.\n")
    assert article.blocks[0].text == f"It was cold and dark[7] there. {PROSE}"
    assert [(o.text, o.reason) for o in article.omissions] == [
        ("[1]", "reference mark"), ("[1] A note on the cold.", "footnote"),
    ]  # fmt: skip


def test_years_and_scores_are_no_page_numbers() -> None:
    """Bare numbers are page numbers only where they count up."""
    parts = [Part("1984"), Part("It was cold."), Part("Page 3 of 7"), Part("12"), Part("Warm."), Part("13")]
    assert [part.reason for part in _pages.numbers_omitted(parts)] == [
        "",
        "",
        "page number",
        "page number",
        "",
        "page number",
    ]


def test_an_interview_with_names_and_initials_is_one() -> None:
    """Names at first, initials later; a note at the end belongs to nobody."""
    article = read(
        "A talk\n\nJANE DOE: Who are you, after all of this?\n\nJOHN ROE: I am nobody.\n\nAnd I like it.\n\n"
        "JD: Really?\n\nJR: Yes, and it is not at all bad.\n\nThis interview was edited for length.\n"
    )
    turns = [(block.label, block.text) for block in article.blocks if block.kind == "turn"]
    assert [label for label, _ in turns] == ["JANE DOE", "JOHN ROE", "JOHN ROE", "JD", "JR"]
    assert kinds(article)[-1] == ("paragraph", "This interview was edited for length.")


@pytest.mark.parametrize(
    "lines",
    [
        ("SCOTT SIMON, HOST: Good morning to you.", "MARY JONES: Good morning.", "SIMON: Is it cold?", "JONES: It is."),
        ("**Jane Doe** Who are you?", "**John Roe** I am nobody.", "**Jane Doe** Really?", "**John Roe** Yes, I am."),
        ("**Q.** Who are you?", "**A.** I am nobody.", "**Q.** Really?", "**A.** Yes, I am."),
        ("Q1: Who are you?", "A1: I am nobody.", "Q2: Really?", "A2: Yes, I am."),
    ],
)
def test_labels_come_in_many_dresses(lines: tuple[str, ...]) -> None:
    """Transcripts of the radio, names in bold, numbered questions."""
    article = read("# A talk\n\n" + "\n\n".join(lines), "x.md")
    turns = [block for block in article.blocks if block.kind == "turn"]
    assert len(turns) == 4
    assert all(turn.label and turn.label not in turn.text for turn in turns)


def test_datelines_are_no_speakers() -> None:
    """News in brief from four cities is no conversation."""
    places = ("WASHINGTON", "LONDON", "WASHINGTON", "LONDON", "PARIS")
    article = read("\n\n".join(f"{place} — {PROSE}" for place in places))
    assert {block.kind for block in article.blocks} == {"paragraph"}


def test_colons_alone_make_no_interview() -> None:
    """A note, an update and a definition are paragraphs."""
    article = read(f"Note: This is not it.\n\n{PROSE}\n\nUpdate: It was.\n\n{PROSE}\n\nWarning: It was not.")
    assert {block.kind for block in article.blocks} == {"paragraph"}


def test_markdown_loses_its_marks_and_no_word() -> None:
    """Emphasis, links, code and escapes go through a parser, not through patterns."""
    article = read(
        "# Cold *rivers*\n\nBy **Ann Lee**\n\nIt was [cold](https://example.org) in `winter` \\*and\\* 2 * 3 * 4 is 24, "  # noqa: E501
        "snake_case_word stays.\n\n## What next\n\n1. One thing\n2. Another\n   - below it\n\n> A *quoted* line\n> goes on."  # noqa: E501
        "\n\n```\ncode = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end[^1] of it.\n\n[^1]: A note.\n",
        "x.md",
    )
    assert kinds(article) == [
        ("title", "Cold rivers"),
        ("byline", "By Ann Lee"),
        ("paragraph", "It was cold in winter *and* 2 * 3 * 4 is 24, snake_case_word stays."),
        ("heading", "What next"),
        ("item", "One thing"),
        ("item", "Another"),
        ("item", "below it"),
        ("quotation", "A quoted line goes on."),
        ("paragraph", "The end of it."),
    ]
    assert [block.level for block in article.blocks if block.kind == "item"] == [1, 1, 2]
    assert {omission.reason for omission in article.omissions} == {"code", "table", "reference mark", "footnote"}


def test_front_matter_is_metadata() -> None:
    """Title, authors, date and language come from YAML; a book's worth of aliases in it does no harm."""
    article = read(
        f"---\ntitle: The River\nauthor: [Ann Lee, Joe Paz]\ndate: 2024-03-05\nlang: en-GB\n---\n{PROSE}\n", "x.md"
    )
    assert (article.title, article.byline) == ("The River", "Ann Lee and Joe Paz")
    assert (article.published, article.language) == ("2024-03-05", "en-GB")
    with pytest.raises(SourceError, match="not valid YAML"):
        read(f"---\ntitle: [a\n---\n{PROSE}", "x.md")


def test_text_that_looks_like_markdown_here_and_there_is_text() -> None:
    """An asterisk, a dash or a number sign alone does not make Markdown."""
    for words in (f"* {PROSE}", "2 * 3 * 4", "We are #1 in the town", "snake_case and more_of_it", f"- {PROSE}"):
        assert markdown.recognises(Source("x.txt", words.encode())) == 0
