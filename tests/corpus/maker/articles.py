# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""The articles of the corpus: written for it, with what articles have in them."""

from __future__ import annotations

from dataclasses import dataclass

Body = tuple[tuple[str, ...], ...]
"""("p" | "h" | "q" | "li" | "t", text, label of a turn)."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its author wrote it."""

    title: str
    byline: str
    day: str
    """ISO."""
    body: Body

    @property
    def paragraphs(self) -> list[str]:
        """Its running text."""
        return [part[1] for part in self.body if part[0] == "p"]

    @property
    def read(self) -> str:
        """What is to be read aloud below title, byline and date."""
        return "\n\n".join(part[1] for part in self.body)


NEWS = Story(
    "Harbour town votes to keep its last ferry",
    "Marta Lindqvist",
    "2024-03-19",
    (
        ("p", "The council of Eastmouth voted on Tuesday night to keep the town’s last ferry running for another five "
         "years, ending a dispute that had divided the harbour since the bridge was opened in 2019."),
        ("p", "“We are an island people, whatever the maps say now,” said Councillor Ruth Adeyemi, who had tabled the "
         "motion. “A bridge is a road. A ferry is a promise.”"),
        ("p", "Opponents had argued that the service, which carries fewer than 90,000 passengers a year, costs the town "
         "£1.4 million that would be better spent on its schools. Tom Hargreave, leader of the opposition, called the "
         "decision “sentimental arithmetic” and said his party would return to it after the election."),
        ("h", "A service in decline"),
        ("p", "The ferry once crossed the estuary forty times a day. Since the bridge opened it has made eight crossings "
         "between dawn and dusk, mostly for fishermen, nurses on the early shift at the infirmary and, in summer, for "
         "visitors who want to be photographed with the gulls."),
        ("p", "According to a report published in January by the county’s transport office, two thirds of its regular "
         "passengers do not own a car. For them the alternative is a bus that takes fifty-five minutes and does not run "
         "on Sundays."),
        ("q", "The committee finds that withdrawal of the service would fall hardest on those least able to bear it."),
        ("p", "Harbour master Ian Petrie, who has worked on the water since he was sixteen, watched the vote from the "
         "public gallery. “I did not sleep last night,” he said afterwards. “My father took this boat across on the "
         "morning that I was born. I was not going to be the one who tied it up for good.”"),
        ("h", "What happens next"),
        ("p", "Under the plan that was agreed, the town will:"),
        ("li", "replace the engine of the vessel, which dates from 1978, before the autumn;"),
        ("li", "add two evening crossings from May to September;"),
        ("li", "review the fares after twelve months, with a cap for residents."),
        ("p", "The first of the new crossings is expected on 4 May. Whether it will pay its way is another matter: the "
         "council’s own figures suggest that fares will cover less than half of the cost, and the rest must be found in "
         "a budget that has been cut three years in a row."),
        ("p", "“Ask me in five years,” Adeyemi said as she left the town hall, where a small crowd had gathered in the "
         "rain to applaud her. “But ask me on the boat.”"),
    ),
)  # fmt: skip

SCIENCE = Story(
    "Old glaciers leave a new map of the valley",
    "Priya Raman and Jonas Weil",
    "2023-11-02",
    (
        ("p", "For a century the surveyors of the upper Sarn valley drew its glacier as a white tongue that ended at the "
         "chapel. Now the ice ends two kilometres higher, and what it uncovered is being mapped for the first time."),
        ("p", "A team from three universities spent the past four summers walking the new ground with radar, drones and "
         "very old photographs. Their results, which were published on Thursday, suggest that the valley floor is "
         "sinking and rising in ways that nobody had anticipated."),
        ("h", "Ground that moves"),
        ("p", "When ice melts, the rock beneath it rebounds. That much is well-known. But the researchers found that parts "
         "of the valley are moving in the opposite direction, by up to nine millimetres in a single year, because the "
         "frozen water that held the gravel together has gone as well."),
        ("p", "“We expected a simple picture, and the valley gave us a complicated one,” said Helene Marchetti, a "
         "geophysicist who led the radar measurements. “It is humbling, and it is also the reason why one does fieldwork "
         "at all instead of staying in front of a screen.”"),
        ("p", "Her colleague Daniel Osei compared some 1,200 photographs that were taken between 1911 and 1968 by a village "
         "schoolteacher. He found the exact positions of her tripod with the help of boulders that are still there."),
        ("h", "A warning for the village"),
        ("p", "The findings matter for the 640 people who live below the chapel. Where the ground sinks, meltwater collects "
         "in hollows, and one of these lakes drained within an hour in August 2021. Nobody was hurt, but the flood "
         "carried away a footbridge and the better part of a barn."),
        ("p", "The authors recommend that the canton should extend its network of sensors and that building permits in the "
         "lower valley be reconsidered. The local government said that it would study the recommendations carefully "
         "before the winter session."),
        ("p", "Marchetti is cautious about the future. “A map is a portrait of something that holds still,” she said. “This "
         "valley has stopped holding still, and it will be a long time before it does so again.”"),
    ),
)  # fmt: skip

INTERVIEW = Story(
    "“A bell is never finished”",
    "Carlos Iwata",
    "2022-09-10",
    (
        ("p", "Agnes Brandt has cast church bells for thirty-one years in a workshop that her great-grandfather founded. We "
         "spoke to her beside a furnace that was still too hot to touch."),
        ("t", "How does one become a bell founder today?", "Q"),
        ("t", "By being stubborn. There were four foundries in the country when I began, and there are two now. My uncle "
         "told me to learn something useful, so I studied metallurgy, and then I came straight back.", "A"),
        ("t", "What was the first bell that you made alone?", "Q"),
        ("t", "A small one, for a school. It had a fault in the lip, and I wanted to melt it down. The headmaster would not "
         "hear of it. He said that children have faults as well, and that they ring all the same.", "A"),
        ("t", "Do you still hear that fault?", "Q"),
        ("t", "Every time I drive past. Nobody else does. That is what I mean when I say that a bell is never finished: the "
         "metal goes on settling for years, and the person who listens to it changes too.", "A"),
        ("t", "Computers can predict the tone of a bell. Do you use them?", "Q"),
        ("t", "Of course. We calculate the profile and then we argue with the result. The computer has never stood in a "
         "tower in January. It does not know that wood shrinks, or that the sexton is eighty and pulls gently.", "A"),
        ("t", "Who will take over the workshop?", "Q"),
        ("t", "My apprentice, I hope. She is better than I was at her age, and she is far more patient. I have told her to "
         "learn something useful.", "A"),
        ("p", "This conversation took place in German and was edited for length."),
    ),
)  # fmt: skip

ESSAY = Story(
    "In praise of the slow lane",
    "Oona Fairweather",
    "2021-06-27",
    (
        ("p", "There is a stretch of motorway near my mother’s house where, for reasons that no engineer has ever explained "
         "to me, the left-hand lane moves faster than the right. I have driven it for twenty years and I have never once "
         "taken the faster lane."),
        ("p", "I used to think that this was cowardice. I now think it was the beginning of an education. In the slow lane "
         "you see the fields, and the horse that stands each winter under the same bare tree; you see who is coming "
         "towards you and who has had to stop."),
        ("p", "We speak of time as if it were money, and we are offended when it is spent. But nobody was ever poorer for an "
         "hour in which nothing was bought. My grandmother, who mended nets for a living, used to say that haste is a "
         "debt and that the sea collects it."),
        ("p", "The philosopher in me would like to make a theory of this. The driver in me knows better. A theory would be "
         "one more thing to overtake with, one more reason to look at the road and not at what lies beside it."),
        ("p", "Last spring my mother asked me to drive her along that road to see the blossom. She was ill by then and did "
         "not say much. “Is this as fast as it goes?” she asked me once, and I said that it was. “Good,” she said, and "
         "she took my hand."),
        ("p", "We passed the horse, the tree and a boy who was flying a kite with enormous concentration. I counted eleven "
         "cars that went by us on the left. I could not tell you the colour of a single one of them, but I could draw "
         "you that kite."),
        ("p", "People tell me that the lane is to be abolished, that the road will have three lanes on either side and a "
         "barrier of concrete between them. It will save four minutes, they say. I have begun to wonder who will get "
         "them, and what on earth they will do with them."),
    ),
)  # fmt: skip

POST = Story(
    "Five things I learned from mending my own bicycle",
    "Deepa Varga",
    "2024-08-05",
    (
        ("p", "Last month the shop around the corner closed, and with it went the only person who had ever touched the "
         "brakes of my bicycle. So I bought a set of spanners, borrowed a stand from a neighbour and started to make "
         "mistakes."),
        ("p", "Here is what I know now that I didn’t know in June."),
        ("h", "1. Everything is a left-hand thread until it isn’t"),
        ("p", "The left pedal unscrews the wrong way round. I learned this with a hammer. If a part refuses to move, it is "
         "more likely that you are turning it the wrong way than that it is stuck, and no amount of swearing will change "
         "its mind."),
        ("h", "2. Cheap cables are expensive"),
        ("p", "I saved $6 on a brake cable and spent two evenings finding out why the lever felt like porridge. My neighbour "
         "Lou, who raced in the eighties, looked at it for three seconds. “Throw it away,” she said. “Then throw away "
         "the receipt, so that you aren’t tempted.”"),
        ("h", "3. You need fewer tools than you think"),
        ("p", "I have used exactly these:"),
        ("li", "three hexagonal keys, of four, five and six millimetres"),
        ("li", "one adjustable spanner"),
        ("li", "a chain tool that cost less than a sandwich"),
        ("li", "an old toothbrush, which does more good than all the others"),
        ("h", "4. Write down what you took apart"),
        ("p", "There is a photograph on my phone of nine washers in a row. Without it the rear hub would still be lying in a "
         "bowl on the kitchen table, and my family would still be eating in the hall."),
        ("h", "5. It is only a bicycle"),
        ("p", "The first time I rode it afterwards, something clicked at every turn of the wheel. I stopped, I listened, I "
         "worried. It was my own shoelace. Nobody had told me that the hardest part to adjust is the rider, and that it "
         "has no thread at all."),
        ("p", "If you have a story of your own, I would love to hear it. And if you know what the tenth washer was for, "
         "please tell me gently."),
    ),
)  # fmt: skip

STORY = Story(
    "The Lamplighter’s Daughter",
    "Henrietta Vale",
    "1998-05-01",
    (
        ("h", "The Square"),
        ("p", "In the year that the river froze, the lamps of the old town went out one after another, and nobody could say "
         "why. The lamplighter went round with his ladder as he had always done, and by morning they were dark again."),
        ("p", "“It is the wind,” said the baker. “It is the oil,” said the priest. Only his daughter, who was nine and had "
         "not been asked, said nothing, for she had seen who did it."),
        ("p", "Every night, when the last tram had gone, a woman in a grey coat crossed the square. She stopped under each "
         "lamp, looked up as if she were listening, and breathed. That was all. And the flame bent down to her, like a "
         "dog that knows its master, and was gone."),
        ("h", "The Bridge"),
        ("p", "On the seventh night the girl followed her. The snow had a crust that carried a child but not a grown woman, "
         "and so the stranger left deep prints in which the girl had only to put her feet."),
        ("p", "“You walk very quietly,” the woman said at the bridge, without turning round. “Are you not afraid of the "
         "dark?”"),
        ("p", "“My father makes the light,” said the girl. “I know where it comes from. So I am not afraid of where it goes.”"),
        ("p", "The woman laughed, and for a moment all the lamps behind them burned again, every one, from the harbour to the "
         "hill. Then she opened her coat, and it was full of little flames."),
        ("h", "The Morning"),
        ("p", "What happened then the girl never told to anybody, not even when she was old and lit the lamps herself. But "
         "from that winter on there was always one that burned in daylight, at the end of the bridge, and no wind could "
         "put it out."),
        ("p", "People came from far away to see it. They asked what kind of oil it was. “The common kind,” she would say, and "
         "she would fold up her ladder and go home to her supper."),
    ),
)  # fmt: skip

STORIES = (NEWS, SCIENCE, INTERVIEW, ESSAY, POST, STORY)
