"""The first wording of each consent, in three languages."""

from django.db import migrations

WORDINGS = {
    "text": {
        "fi": "Tekstin saa julkaista: otsikko, tiivistelmä ja muu sisältö tällä sivustolla, haussa, syötteessä ja "
        "yhteistyöohjelmassa asiakirjoineen.",
        "sv": "Texten får publiceras: rubriken, sammanfattningen och det övriga innehållet på den här webbplatsen, "
        "i sökningen, i flödet och i samarbetsprogrammet med dess dokument.",
        "en": "The text may be published: title, summary and the rest on this site, in search, in the feed and in "
        "the co-operation programme with its documents.",
    },
    "organisation": {
        "fi": "Organisaation nimen ja logon saa julkaista tekstin yhteydessä. Muuten antajasta kerrotaan vain laji "
        "ja alue, esimerkiksi ”Yhdistys, Pirkanmaa”.",
        "sv": "Organisationens namn och logotyp får publiceras tillsammans med texten. Annars berättar vi bara vilket "
        "slags organisation det är och från vilket område, till exempel ”En förening, Birkaland”.",
        "en": "The organisation's name and logo may be published with the text. Otherwise we only say what kind of "
        "organisation it is and from which region, such as “An association, Pirkanmaa”.",
    },
    "social": {
        "fi": "Tekstiä ja kuvia saa jakaa sosiaalisessa mediassa ja kampanjan aihetunnisteen syötteessä.",
        "sv": "Texten och bilderna får delas i sociala medier och i flödet för kampanjens hashtagg.",
        "en": "Text and pictures may be shared in social media and in the feed of the campaign's hashtag.",
    },
    "contact": {
        "fi": "Sivuston kautta saa ottaa yhteyttä ja ilmoittautua mukaan. Viestit välitetään meille; "
        "sähköpostiosoitetta ei näytetä.",
        "sv": "Andra får kontakta oss och anmäla sitt intresse via webbplatsen. Meddelandena förmedlas till oss; "
        "e-postadressen visas inte.",
        "en": "People may write to us and offer to join through the site. Messages are passed on to us; the e-mail "
        "address is not shown.",
    },
    "reuse": {
        "fi": "Koko tekstin saa julkaista avoimena datana lisenssillä CC BY 4.0, jolloin sitä saa käyttää uudelleen "
        "lähde mainiten. Logoja ja kuvia lisenssi ei koske.",
        "sv": "Hela texten får publiceras som öppna data under licensen CC BY 4.0 och återanvändas så länge källan "
        "anges. Licensen gäller inte logotyper och bilder.",
        "en": "The full text may be published as open data under CC BY 4.0 and be used again by anybody who names the "
        "source. Logos and pictures are not part of this.",
    },
}


def add(apps, schema_editor):
    wording = apps.get_model("pledges", "ConsentWording")
    wording.objects.bulk_create(
        wording(
            purpose=purpose,
            number=1,
            text=texts["fi"],
            text_fi=texts["fi"],
            text_sv=texts["sv"],
            text_en=texts["en"],
        )
        for purpose, texts in WORDINGS.items()
    )


def remove(apps, schema_editor):
    """Refused by the database once a consent was given in these words."""
    apps.get_model("pledges", "ConsentWording").objects.filter(number=1).delete()


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
