"""Who is who: names, descriptions and pronouns come down to the right person or body."""

from __future__ import annotations

import pytest

from narrate.attribution.deciding import decide
from narrate.attribution.reading import Reading, read
from narrate.languages.en import LANGUAGE
from narrate.model import Article, Block
from narrate.syntax import parse, parse_texts


def reading(*paragraphs: str) -> Reading:
    """Lay paragraphs open for attribution."""
    blocks, at = [], 0
    for text in paragraphs:
        blocks.append(Block("paragraph", text, at))
        at += len(text) + 1
    article = Article("T", "", "", "en", "", tuple(blocks))
    return read(article.blocks, parse(article, LANGUAGE), LANGUAGE.quoting, lambda texts: parse_texts(texts, LANGUAGE))


def speakers(*paragraphs: str) -> list[str]:
    """Name the speaker of each quotation in paragraphs, in order."""
    laid = reading(*paragraphs)
    return [laid.register.name(decision.entity) for decision in decide(laid) if decision.is_speech]


def people(*paragraphs: str) -> list[str]:
    """List the full names of the people in paragraphs."""
    return [" ".join(one.name) for one in reading(*paragraphs).register.entities if one.kind == "person" and one.name]


SAID = "“We have waited long enough for an answer,” {} said."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("A tourist from Ghent stopped at the gate. " + SAID.format("she"),), "A tourist from Ghent"),
        (("Ola Brandt runs the mill.", "A welder put down her torch. " + SAID.format("she")), "A welder"),
        (("Ola Brandt runs the mill. My uncle, who keeps bees, shook his head. " + SAID.format("he"),), "My uncle"),
        (("A 41-year-old who lives opposite opened the window. " + SAID.format("he"),), "A 41-year-old"),
    ],
)
def test_somebody_only_described_is_taken_up(paragraphs: tuple[str, ...], expected: str) -> None:
    """A description that a pronoun takes up is who speaks, not the last name before it."""
    assert expected.startswith(speakers(*paragraphs)[0])


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (
            (
                "Marit Solberg met Helen Dahl at the quay. Dahl had brought the keys.",
                "Solberg, who designed the lock, laughed. " + SAID.format("she"),
            ),
            "Marit Solberg",
        ),
        (
            ("Owen Price praised Carl Winter. Winter told the panel that he had warned them. " + SAID.format("he"),),
            "Carl Winter",
        ),
        (("Nikola Perić threw it away. Perić said there was nothing to it. " + SAID.format("he"),), "Nikola Perić"),
    ],
)
def test_the_subject_of_the_sentence_before_is_taken_up(paragraphs: tuple[str, ...], expected: str) -> None:
    """A pronoun takes up the subject of the last main clause, even against who was named more often."""
    assert speakers(*paragraphs) == [expected]


def test_who_listens_does_not_speak() -> None:
    """The object of the reporting verb is somebody else than its subject."""
    found = speakers(
        "Deputy Karin Holm spoke with a boy at the park. He was sent home to his mother.",
        "“He is staying in until summer,” she told the deputy.",
    )
    assert found == ["his mother"]


def test_a_misleading_given_name_does_not_veto() -> None:
    """A given name that mostly women bear does not keep "he" from the only person in sight."""
    found = speakers("Andrea Conti, a captain, walked off the pitch. " + SAID.format("he"))
    assert found == ["Andrea Conti"]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (
            ("Brightwater Foods, which bakes bread in Hull, will close two plants.", SAID.format("the company")),
            "Brightwater Foods",
        ),
        (
            ("The Ministry of Fisheries closed the bay on Monday.", SAID.format("The ministry")),
            "Ministry of Fisheries",
        ),
        (
            ("Open Rivers, a charity in Leeds, called for the map to be published. “People have a right to see it,” "
             "it said.",),
            "Open Rivers",
        ),
    ],
)  # fmt: skip
def test_a_body_is_known_by_its_sort(paragraphs: tuple[str, ...], expected: str) -> None:
    """ "The company", "the ministry" and "it" are the body that was named."""
    assert speakers(*paragraphs) == [expected]


def test_they_may_be_one_person() -> None:
    """A singular "they" is the person whose gender nobody tells."""
    found = speakers(
        "Robin Ashdown, a ceramicist who uses the pronoun they, opened the kiln. “It smelled of the sea,” they said."
    )
    assert found == ["Robin Ashdown"]


def test_a_couple_shares_its_surname() -> None:
    """Mrs Varley is the wife of the two, Mr Varley the husband, Miss Varley neither."""
    found = speakers(
        "Edith and Harold Varley have kept the post office since 1971. “He does the stamps,” Mrs Varley said.",
        "“She does everything else in the shop,” Mr Varley said.",
        "Their daughter, Miss Jane Varley, looked up. “They have never agreed about anything,” Miss Varley said.",
    )
    assert found == ["Edith Varley", "Harold Varley", "Jane Varley"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Governor of Ohio Martha Quill said: “The bridge will open in the spring.”", "Martha Quill"),
        ("American critic and professor Dean Alder Marsh commented: “It is a very long bridge.”", "Dean Alder Marsh"),
        ("Quill’s statement added: “The bridge will open in the spring.” Martha Quill left.", "Martha Quill"),
        ("Harbour Weekly’s recent analysis concluded: “The bridge will not last.”", "Harbour Weekly"),
        ("“The bridge will open,” said Cllr Ruth Penhale (Ind, Castle).", "Ruth Penhale"),
        ("“The bridge will open,” said Dr. Ida Voss, Chairman and Chief Executive Officer of Spans.", "Ida Voss"),
    ],
)
def test_titles_offices_and_papers_do_not_hide_the_name(text: str, expected: str) -> None:
    """An office with its place, a conjunction of titles, a possessor of a paper: the name is found."""
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "Guðrún Jónsdóttir",
        "Daw Khin Sandar Lwin",
        "Ahmad Faizal",
        "Kim Min-jung",
        "Adaeze Nwosu",
        "Wanjiru Kang’ethe",
        "Siobhán O’Brien",
        "Mohammed al-Sayegh",
        "María José de la Cruz",
        "Anna-Lena Öberg",
        "Tendai Moyo",
    ],
)
def test_names_of_all_countries_are_whole(name: str) -> None:
    """Accents, apostrophes, hyphens and particles do not cut a name."""
    assert name in people(f"The plan surprised {name}, who runs a bakery. “We are ready,” {name} said on Monday.")


def test_a_nickname_is_no_part_of_a_name() -> None:
    """What stands between marks inside a name is left out of it, and the name is one."""
    assert people("Brian ‘Spanner’ Oakes was jailed on Friday. Oakes smiled.") == ["Brian Oakes"]


def test_a_name_in_capitals_is_a_name() -> None:
    """An obituary sets its first name in capitals, and goes on about the same person."""
    found = speakers("MARGARET OLDCASTLE, who has died aged 90, flew to Cork. “I was never lost,” she used to say.")
    assert [name.title() for name in found] == ["Margaret Oldcastle"]


def test_dialogue_without_tags_alternates() -> None:
    """Two people who talk in paragraphs of their own take turns."""
    found = speakers(
        "“Have you seen the keys?” asked Ruth Hale.",
        "“They were on the table,” said Peter Lund.",
        "“They are not there now.”",
        "“Did you look underneath?”",
        "“I looked everywhere.”",
        "“Then the dog has them.”",
    )
    assert found == ["Ruth Hale", "Peter Lund"] * 3


def test_floating_paragraphs_do_not_alternate() -> None:
    """Two statements on end without a tag are one speaker's who goes on."""
    found = speakers(
        "“The road will be closed until June,” said Ruth Hale, the engineer.",
        "“Peter Lund asked for a bridge. He may have one in ten years.”",
        "“We will tell people in good time.”",
    )
    assert set(found) == {"Ruth Hale"}
