"""What fabricated submissions are made of: enough words, in three languages, for lists and searches to be lifelike."""

from random import Random
from typing import NamedTuple


class Vocabulary(NamedTuple):
    things: tuple[str, ...]
    who: tuple[str, ...]
    sentences: tuple[str, ...]
    novelty: str
    aims: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    tags: tuple[str, ...]
    comments: tuple[str, ...]
    reasons: str


FINNISH = Vocabulary(
    things=(
        "Kielikahvila",
        "Harjoittelupaikat",
        "Läksykerho",
        "Yhteinen keittiö",
        "Naapuriapu",
        "Pyöräpaja",
        "Mentoripari",
        "Perheiden lauantai",
        "Avoin liikuntavuoro",
        "Muuttoapu",
        "Työnhaun ilta",
        "Kirjaston lukupiiri",
    ),
    who=("uudet asukkaat", "nuoret", "perheet", "työtä hakevat", "opiskelijat", "ikääntyneet"),
    sentences=(
        "Avaamme ovet joka tiistai kello viidestä seitsemään.",
        "Jokainen saa nimetyn parin, joka puhuu selkeästi ja kuuntelee.",
        "Tila on lämmin, ja kahvi kuuluu asiaan.",
        "Mukaan pääsee ilman ilmoittautumista ja maksua.",
        "Ohjaajat saavat yhden koulutuspäivän ennen kuin aloitamme.",
        "Sovimme yhdessä, mitä ensi kerralla tehdään.",
        "Kerromme tuloksista kahdesti vuodessa.",
        "Lapsille on oma nurkka ja oma ohjaaja.",
        "Yritykset antavat tilat ja me teemme työn.",
        "Toiminta jatkuu, kun ensimmäinen vuosi on ohi.",
    ),
    novelty="Samaa ei ole meillä ennen tehty yhdessä näin monen toimijan kanssa.",
    aims=(
        ("Osallistujia", "henkeä"),
        ("Tapaamisia", "kertaa"),
        ("Harjoittelupaikkoja", "paikkaa"),
        ("Vapaaehtoisia", "henkeä"),
    ),
    needs=("Tila arki-iltoihin", "Tulkki", "Kaksi ohjaajaa", "Huonekaluja", "Pyöriä"),
    tags=("kieli", "työ", "naapurit", "lapset", "liikunta", "neuvonta", "vapaaehtoiset", "koti"),
    comments=(
        "Selkeä ja toteutettava.",
        "Hyvä ajatus, jatko on auki.",
        "Osallistujat ovat mukana tekemässä.",
    ),
    reasons="Arvioijien pisteet ja perustelut tukevat päätöstä.",
)
SWEDISH = Vocabulary(
    things=(
        "Språkkafé",
        "Praktikplatser",
        "Läxklubb",
        "Gemensamt kök",
        "Grannhjälp",
        "Cykelverkstad",
        "Mentorpar",
        "Familjelördag",
        "Öppen idrottstimme",
        "Flytthjälp",
        "Jobbkväll",
        "Bibliotekets läsecirkel",
    ),
    who=("nya invånare", "unga", "familjer", "arbetssökande", "studerande", "äldre"),
    sentences=(
        "Vi öppnar dörrarna varje tisdag mellan fem och sju.",
        "Alla får en egen kontakt som talar tydligt och lyssnar.",
        "Lokalen är varm, och kaffe hör till.",
        "Man behöver inte anmäla sig och det kostar ingenting.",
        "Ledarna får en utbildningsdag innan vi börjar.",
        "Tillsammans bestämmer vi vad vi gör nästa gång.",
        "Vi berättar om resultaten två gånger om året.",
        "Barnen har ett eget hörn och en egen ledare.",
        "Företagen ger lokalerna och vi gör arbetet.",
        "Verksamheten fortsätter när det första året är slut.",
    ),
    novelty="Det här har inte gjorts hos oss tidigare med så många parter.",
    aims=(
        ("Deltagare", "personer"),
        ("Träffar", "gånger"),
        ("Praktikplatser", "platser"),
        ("Frivilliga", "personer"),
    ),
    needs=("En lokal på vardagskvällar", "Tolk", "Två ledare", "Möbler", "Cyklar"),
    tags=("språk", "jobb", "grannar", "barn", "idrott", "rådgivning", "frivilliga", "hem"),
    comments=(
        "Tydligt och genomförbart.",
        "En god tanke, fortsättningen är öppen.",
        "Deltagarna är med och gör.",
    ),
    reasons="Bedömarnas poäng och motiveringar stöder beslutet.",
)
ENGLISH = Vocabulary(
    things=(
        "Language café",
        "Trainee places",
        "Homework club",
        "Shared kitchen",
        "Neighbour help",
        "Bicycle workshop",
        "Mentor pairs",
        "Family Saturday",
        "Open sports hour",
        "Help with moving",
        "Job seekers' evening",
        "Reading circle",
    ),
    who=("new residents", "young people", "families", "job seekers", "students", "older people"),
    sentences=(
        "We open our doors every Tuesday from five to seven.",
        "Everyone gets a partner who speaks clearly and listens.",
        "The room is warm, and coffee is part of it.",
        "Nobody needs to sign up, and it costs nothing.",
        "Leaders have a day of training before we start.",
        "Together we decide what to do next time.",
        "We report on the results twice a year.",
        "Children have a corner and a leader of their own.",
        "Companies give the rooms and we do the work.",
        "The work goes on when the first year is over.",
    ),
    novelty="It has not been done here before with so many partners.",
    aims=(
        ("Participants", "people"),
        ("Meetings", "times"),
        ("Trainee places", "places"),
        ("Volunteers", "people"),
    ),
    needs=("A room on weekday evenings", "An interpreter", "Two leaders", "Furniture", "Bicycles"),
    tags=("language", "work", "neighbours", "children", "sports", "advice", "volunteers", "home"),
    comments=(
        "Clear and feasible.",
        "A good idea; what comes after is open.",
        "Participants take part in doing it.",
    ),
    reasons="The reviewers' points and reasons support the decision.",
)
IN = {"fi": FINNISH, "sv": SWEDISH, "en": ENGLISH}


def paragraphs(words: Vocabulary, random: Random) -> str:
    """Two or three paragraphs."""
    return "\n\n".join(" ".join(random.sample(words.sentences, 3)) for _ in range(random.randint(2, 3)))
