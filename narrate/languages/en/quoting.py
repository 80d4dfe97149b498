"""How English says who speaks: reporting verbs, titles, nouns for people, pronouns."""

from __future__ import annotations

from functools import cache
from importlib import resources

from narrate.languages import Quoting
from narrate.languages.en.marking import MARKED
from narrate.languages.en.roles import ROLES
from narrate.model import Gender

_PLAIN = "say add tell write note explain state argue insist declare announce claim reply respond continue ask tweet"
_FREQUENT = (
    "recall joke conclude acknowledge admit suggest warn stress emphasize emphasise remark comment observe "
    "testify quip exclaim repeat urge assert contend maintain counter post reiterate complain lament caution "
    "wonder concede agree confirm deny predict advise point reveal boast scoff shout yell whisper mutter murmur "
    "cry sigh laugh interject retort proclaim opine allege reason recount caption pledge vow promise demand "
    "clarify report"
)
_SELDOM = (
    "call describe praise criticize criticise condemn mock cite quote read deem dub label brand blast slam "
    "denounce dismiss accuse refer think believe feel go begin start finish recommend propose sing chant "
    "plead beg order instruct answer inform speak talk discuss express hail thank tease cheer thunder grumble "
    "protest object rule find hold submit sum chime chip fire snap hit sign address fume rail muse pray tout "
    "ridicule characterize characterise defend blame declare"
)

REPORTING = {
    **dict.fromkeys(_SELDOM.split(), 1.0),
    **dict.fromkeys(_FREQUENT.split(), 2.5),
    **dict.fromkeys(_PLAIN.split(), 3.5),
    "say": 5.0,
}

IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "thought": "think",
    "felt": "feel",
    "went": "go",
    "gone": "go",
    "began": "begin",
    "begun": "begin",
    "sang": "sing",
    "found": "find",
    "held": "hold",
    "spoke": "speak",
    "spoken": "speak",
    "pled": "plead",
    "swore": "swear",
    "sworn": "swear",
    "retold": "retell",
}

_MALE_TITLES = "mr sir lord king prince duke baron congressman monsignor father brother messrs"
_FEMALE_TITLES = "mrs ms miss lady dame queen princess duchess baroness congresswoman sister madam"
_TITLES = (
    "dr prof professor sen senator rep representative gov governor president vice mayor judge justice gen general "
    "lt col colonel maj major capt captain cmdr commander sgt sergeant cpl adm admiral secretary chairman chairwoman "
    "chancellor minister rev reverend pastor bishop archbishop cardinal pope rabbi imam sheikh hon ambassador sheriff "
    "chief constable detective inspector superintendent officer councillor councilman councilwoman cllr alderman "
    "attorney coach mx pc dc"
)

TITLES: dict[str, Gender] = {
    **dict.fromkeys(_TITLES.split()),
    **dict.fromkeys(_MALE_TITLES.split(), "male"),
    **dict.fromkeys(_FEMALE_TITLES.split(), "female"),
    "chairman": "male",
    "chairwoman": "female",
    "councilman": "male",
    "councilwoman": "female",
}

ABBREVIATED = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "prof": "professor",
    "dr": "doctor",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "maj": "major",
    "sgt": "sergeant",
    "det": "detective",
    "insp": "inspector",
    "supt": "superintendent",
    "cllr": "councillor",
    "cmdr": "commander",
    "adm": "admiral",
    "rev": "reverend",
}

BODIES = frozenset(
    "university college school academy institute institution committee commission council court party campaign "
    "administration government department ministry agency bureau office authority board bank group company "
    "corporation corp inc ltd plc llc association union federation league society club foundation trust fund center "
    "centre hospital church police force service services team network news times post journal press media "
    "organisation organization alliance coalition congress senate parliament house assembly museum library police "
    "strategies partners associates holdings industries airlines railways energy water "
    # and of places, which speak as seldom as they are people
    "street road avenue lane hill valley river lake bay island islands beach park bridge weir cottage farm hall tower "
    "square station airport harbour harbor port mountain mount forest county city town village stadium arena hotel "
    "inn pub cup prize award act bill day week festival show".split()
)


def _forms() -> dict[str, str]:
    """Inflect the reporting verbs; a form that does not exist harms nobody."""
    table: dict[str, str] = {}
    for verb in REPORTING:
        stem = verb.removesuffix("e")
        soft = verb[:-1] + "i" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb
        twice = verb + verb[-1]
        endings = (verb, verb + "s", soft + "es", soft + "ed", stem + "ed", stem + "ing", twice + "ed", twice + "ing")
        for form in endings:
            table.setdefault(form, verb)
    return {**table, **IRREGULAR}


@cache
def given_names() -> dict[str, Gender]:
    """Load the table of given names: lower case → gender."""
    table: dict[str, Gender] = {}
    for line in resources.files(__package__).joinpath("given_names.txt").read_text("utf8").splitlines():
        word, *names = line.split()
        gender: Gender = "male" if word == "male" else "female" if word == "female" else None
        table.update((name, gender) for name in names)
    return table


QUOTING = Quoting(
    reporting=REPORTING,
    forms=_forms(),
    given_names=given_names,
    titles=TITLES,
    roles=ROLES,
    abbreviated=ABBREVIATED,
    bodies=BODIES,
    pronouns={"he": "male", "she": "female", "they": None},
    marked=MARKED,
    publications=frozenset(
        "paper newspaper magazine journal website site blog book novel film movie play song album poem show series "
        "programme program podcast report study document letter statement article column editorial essay memoir "
        "documentary broadcast filing lawsuit petition memo email tweet post text message sign slogan banner headline "
        "note analysis policy survey manual guide newsletter bulletin leaflet pamphlet brochure plaque inscription "
        "placard poster manifesto communique communiqué transcript caption entry verdict contract warrant affidavit "
        "audit review assessment guidance advisory release "
        "ruling judgment complaint indictment law bill resolution treaty constitution charter speech".split()
    ),
)
