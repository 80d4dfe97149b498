"""Quotations are found in every style of marks, and a broken mark harms only its own sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.attribution.quotations import find
from narrate.model import Block, BlockKind


def blocks(*texts: str, kind: BlockKind = "paragraph") -> list[Block]:
    """Make paragraphs of texts."""
    return [Block(kind, text, 0) for text in texts]


def quoted(*texts: str) -> list[str]:
    """List what is found in paragraphs."""
    made = blocks(*texts)
    return [made[q.block].text[q.start : q.end] for q in find(made)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said, “Go now.” He went.", ["“Go now.”"]),
        ('She said, "Go now." He went.', ['"Go now."']),
        ("She said, ''Go now.'' He went.", ["''Go now.''"]),
        ("Er sagte: „Geh jetzt.“ Dann ging er.", ["„Geh jetzt.“"]),
        ("Il dit : «Va.» Puis il partit.", ["«Va.»"]),
        ("‘Go now,’ she said. ‘Please.’", ["‘Go now,’", "‘Please.’"]),
        ("'Go now,' she said. 'Please.'", ["'Go now,'", "'Please.'"]),
        ("He said ”go” and “come“ and left.", ["”go”", "“come“"]),
        ("“It’s ‘fine’,” he said.", ["“It’s ‘fine’,”"]),
        ('"He told me "no" twice," she said.', ['"He told me "no" twice,"']),
        ("‘He said “no” to me,’ she said.", ["‘He said “no” to me,’"]),
        ("‘The players’ union isn’t happy,’ he said.", ["‘The players’ union isn’t happy,’"]),
        ("‘We’ve rock ’n’ roll from the ’90s,’ he said.", ["‘We’ve rock ’n’ roll from the ’90s,’"]),
    ],
)
def test_styles_of_marks(text: str, expected: list[str]) -> None:
    """Curly, straight, doubled single, German, French, British, wrong-way and nested marks are read."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He told us," For example, we will build." She left.', ['" For example, we will build."']),
        ('Wilkins said," [He] was shy." He nodded.', ['" [He] was shy."']),
        ('We won," he said. "We lost," she said.', ['"We lost,"']),
        ('"We won" ,he said. "We lost" ,she said.', ['"We won"', '"We lost"']),
        ("“ We won, ” he said. “ We lost. ”", ["“ We won, ”", "“ We lost. ”"]),
        ("‘James’ dog bit the boys’ coach,’ he said.", ["‘James’ dog bit the boys’ coach,’"]),
        ("‘It’s the Joneses’ fault’, said Ann. ‘Yes.’", ["‘It’s the Joneses’ fault’", "‘Yes.’"]),
        ("'O'Hara won't go to the '60s party,' she said.", ["'O'Hara won't go to the '60s party,'"]),
        ("‘’Twas the night,’ he said.", ["‘’Twas the night,’"]),
        ("“‘We won,’ he told me,” she said. “‘Go.’”", ["“‘We won,’ he told me,”", "“‘Go.’”"]),
        ("``We won,'' he said. ``We lost.''", ["``We won,''", "``We lost.''"]),
        ("»Wir gehen«, sagte er. « Oui. »", ["»Wir gehen«", "« Oui. »"]),
        ("„Wir gehen”, sagte er. „Ja\".", ["„Wir gehen”", "„Ja\""]),
        ("‹We won,› she said. 「Yes.」", ["‹We won,›", "「Yes.」"]),
        ("We won,” he said. “We lost,” she said.", ["“We lost,”"]),
        ("“We won,” he said.”", ["“We won,”"]),
        ("“We won, he said. “We lost,” she said. He left.", ["“We won, he said.", "“We lost,”"]),
        ("He is 6’2” and “very tall”, she said.", ["“very tall”"]),
        ('The 9" nail and the 12" pipe are "tools" here.', ['"tools"']),
        ("Rock ‘n’ roll, he said, is ‘dead’. ‘Live on,’ she said.", ["‘dead’", "‘Live on,’"]),
        ("He said—“we won”—and (“yes”) left.", ["“we won”", "“yes”"]),
        ('She said:"We won."He said,"No,"and left.', ['"We won."', '"No,"']),
        ("“We won,”she said. “We lost.”“No.”", ["“We won,”", "“We lost.”", "“No.”"]),
    ],
)
def test_what_printers_and_scanners_do(text: str, expected: list[str]) -> None:
    """Blanks on the wrong side, missing blanks and marks, possessives, measures and nests are seen through."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He is 6'3\" tall and 5' 11\" when he stoops.",
        'The pipe was 12" wide and 3.5" deep.',
        "The dogs' home and the players' union met in the '90s.",
        "It’s the boys’ own fault, ’tis said.",
        "No marks at all.",
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    """Feet, inches, decades, possessives and contractions open nothing."""
    assert quoted(text) == []


def test_paragraphs_of_one_speech_are_chained() -> None:
    """A paragraph without a closing mark goes on in the next that opens again."""
    made = blocks("He said: “One.", "“Two.", "“Three.” She left.")
    assert [(q.closed, q.chained) for q in find(made)] == [(False, False), (False, True), (True, True)]


def test_paragraphs_between_single_marks_are_chained() -> None:
    """British speeches go on over paragraphs too."""
    made = blocks("‘One.", "‘It’s two.", "‘Three,’ she said. ‘Four.’")
    assert [(q.closed, q.chained) for q in find(made)] == [(False, False), (False, True), (True, True), (True, False)]


def test_a_speech_over_a_page_break_is_chained_without_a_mark() -> None:
    """The rest of a quotation that a page break cut belongs to it."""
    assert quoted('She said, "It was, a great', 'thing to see." Then she left.') == [
        '"It was, a great',
        'thing to see."',
    ]


def test_a_missing_closing_mark_takes_no_more_than_its_sentence() -> None:
    """The narrator's words after a forgotten mark stay the narrator's."""
    found = quoted("“We are ready. Nobody knows why. “Go,” she said.", "The weather was fine.")
    assert found == ["“We are ready.", "“Go,”"]


def test_a_forgotten_mark_at_the_end_ends_with_the_block() -> None:
    """Nothing of the next paragraph is swallowed."""
    assert quoted("She said, “We are ready.", "The weather was fine.") == ["“We are ready."]


def test_a_block_quotation_is_one() -> None:
    """An indented quotation needs no marks, may hold some, and does not hold its signature."""
    assert [q.kind for q in find(blocks("We were ready.", kind="quotation"))] == ["block"]
    text = "Lovely to hear of “waiting lists”. We need nurses. — Jane Doe (@jdoe) 3 June"
    made = blocks(text, kind="quotation")
    assert [(q.kind, text[q.start : q.end]) for q in find(made)] == [("block", text.partition(" —")[0])]
    assert [q.kind for q in find(blocks("“We were ready.” — Jane Doe", kind="quotation"))] == ["marks"]


MARKS = st.text(alphabet="“”‘’\"'„«»`,. \nabcS5-", max_size=200)


@given(st.lists(MARKS, max_size=6))
@settings(max_examples=300, deadline=None)
def test_quotations_are_in_order_apart_and_inside(texts: list[str]) -> None:
    """Whatever the marks, what is found lies in its block, in order, and never overlaps."""
    made = blocks(*texts)
    before: tuple[int, int] = (-1, 0)
    for q in find(made):
        assert 0 <= q.start < q.end <= len(made[q.block].text)
        assert (q.block, q.start) >= before
        before = (q.block, q.end)


@pytest.mark.parametrize("marks", ["“", "”", '"', "'", "‘", "“a ‘b ", "\"' ", "''"])
def test_ten_thousand_unbalanced_marks_end_in_bounded_time(marks: str) -> None:
    """Time grows with the text, not with its square."""
    began = time.process_time()
    find(blocks(f"x {marks}" * 10_000))
    assert time.process_time() - began < 2
