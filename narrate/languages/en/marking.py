"""What English puts between quotation marks that nobody says: words for signs, names, terms and works."""

from __future__ import annotations

_INSCRIBED = (
    "sign signs label labels plaque banner banners poster posters placard placards t-shirt tshirt shirt shirts sticker "
    "stickers badge badges billboard billboards screen caption headline headlines hat hats cap caps mug mugs door "
    "gravestone headstone tattoo button buttons board noticeboard tag tags logo stamp bottle box packet jar tin "
    "inscription engraving motto slogan slogans chant chants hashtag subtitle title heading password code number plate "
    "licence license note card cards menu list form poem column bin freezer folder file envelope"
)
_CALLED = (
    "called calls call titled entitled dubbed dub named nicknamed nickname labelled labeled label known termed branded "
    "marked captioned stamped inscribed emblazoned headlined billed styled christened headed spelled spelt spelling "
    "spells painted printed scrawled written reading reads read meaning means mean meant so-called self-styled "
    "self-described self-proclaimed subtitled tagged hashtagged rechristened renamed defined aka alias coined "
    "translates translated described listed classified considered deemed designated"
)
_TERM = (
    "word words term terms phrase phrases name names nickname title expression label concept category notion idea "
    "slogan motto theme moniker acronym buzzword euphemism jargon hashtag definition meaning letter letters "
    "abbreviation code keyword verb noun adjective translation catchphrase tagline status"
)
_WORK = (
    "film movie book novel album song single show series programme program podcast play musical poem painting "
    "exhibition exhibit anthem track hit ballad hymn opera episode column essay article documentary blog magazine "
    "newspaper memoir bestseller sitcom drama comedy ad commercial spot video game app tour campaign project forum "
    "bill act initiative plan lecture course reception brunch brand movement team party event festival remix cover "
    "report study paper thriller sequel author star host poster cartoon strip soundtrack sketch symphony concerto "
    "ballet anthology biography autobiography franchise trilogy trailer clip piece section chapter"
)
_SMALL = "a an the of in on at to for and or but with by from is as"
_PERSONAL = "i we you my our your me us i'm we're"
_EDGE = (
    ": , that was were are be been his her their its this these those like - – — ( say said says than such more most "
    "not no being so n't 's every some any what another into about over under against between one two other own same "
    "new using used use who which he she they it \" when if because after before s ' ’ ; /"
)

MARKED = {
    "inscribed": frozenset(_INSCRIBED.split()),
    "called": frozenset(_CALLED.split()),
    "term": frozenset(_TERM.split()),
    "work": frozenset(_WORK.split()),
    "small": frozenset(_SMALL.split()),
    "personal": frozenset(_PERSONAL.split()),
    "edge": frozenset(f"{_EDGE} {_SMALL} {_PERSONAL} {_CALLED} {_TERM}".split()),
}
