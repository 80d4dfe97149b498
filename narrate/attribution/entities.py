"""Who is mentioned: a person, a body or a thing, with what the article shows of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from narrate.model import Gender

Kind = Literal["person", "organisation", "other"]

TITLE, ROLE, PRONOUN, GIVEN = 4.0, 2.0, 1.5, 1.0
"""How much each kind of evidence for a gender weighs: a title is printed, a given name only likely."""

CERTAIN = 2.0
"""Weight of evidence against a gender from which somebody cannot have it: a given name alone may mislead."""

MARRIED = {"mrs": "miss", "miss": "mrs"}
"""Titles that one woman does not bear in one article."""


@dataclass(slots=True)
class Entity:
    """Somebody or something that is mentioned, by all its mentions."""

    number: int
    kind: Kind
    name: tuple[str, ...]
    """The words of the fullest name, () for what is only described."""
    printed: str = ""
    """The fullest name as printed."""
    mentions: list[int] = field(default_factory=list)
    evidence: list[tuple[Gender, float, str]] = field(default_factory=list)
    """Gender, weight and what shows it."""
    descriptions: list[str] = field(default_factory=list)
    plural: bool = False
    """Whether it is several: "officials", "the couple's lawyers"."""
    roles: set[str] = field(default_factory=set)
    """Nouns for what the person is, lower case: "senator", "coach"."""
    titles: set[str] = field(default_factory=set)
    """Titles before the name, lower case: "mrs"."""

    @property
    def gender(self) -> Gender:
        """The gender that the evidence is for, None when there is none or it is divided."""
        male, female = self._weight("male"), self._weight("female")
        return "male" if male > 2 * female else "female" if female > 2 * male else None

    def against(self, gender: Gender) -> float:
        """Weigh the evidence against a gender, less what is for it."""
        other: Gender = "female" if gender == "male" else "male"
        return self._weight(other) - self._weight(gender) if gender else 0.0

    def clashes(self, gender: Gender, title: str = "") -> bool:
        """Tell whether somebody of this gender, or with this title, cannot be this entity."""
        return bool(gender and self.gender and gender != self.gender) or MARRIED.get(title) in self.titles

    def _weight(self, gender: Gender) -> float:
        return sum(weight for shown, weight, _ in self.evidence if shown == gender)
