"""The regions and municipalities that the migration loads, against Statistics Finland's figures."""

from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from campaign.models import Municipality, Region

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
MUNICIPALITIES_OF_A_REGION = {
    "01": 26, "02": 27, "04": 16, "05": 11, "06": 23, "07": 10, "08": 6, "09": 9, "10": 11, "11": 19,
    "12": 13, "13": 22, "14": 18, "15": 14, "16": 8, "17": 30, "18": 8, "19": 21, "21": 16,
}  # fmt: skip


def test_every_region_has_its_municipalities():
    counted = Counter(Municipality.objects.valid_on(TODAY).values_list("region__code", flat=True))
    assert dict(counted) == MUNICIPALITIES_OF_A_REGION
    assert list(Region.objects.values_list("code", flat=True)) == list(MUNICIPALITIES_OF_A_REGION)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2015, 1, 1), 317),
        (date(2015, 12, 31), 317),
        (date(2016, 1, 1), 313),
        (date(2017, 1, 1), 311),
        (date(2020, 1, 1), 310),
        (date(2021, 1, 1), 309),
        (date(2024, 12, 31), 309),
        (date(2025, 1, 1), 308),
    ],
)
def test_mergers_take_effect_at_the_turn_of_the_year(day, count):
    assert Municipality.objects.valid_on(day).count() == count


def test_a_code_names_one_municipality_a_day():
    for day in (date(2015, 6, 1), date(2018, 6, 1), date(2023, 6, 1), TODAY):
        codes = Municipality.objects.valid_on(day).values_list("code", flat=True)
        assert len(codes) == len(set(codes))


def test_a_municipality_that_merged_keeps_its_name():
    pertunmaa = Municipality.objects.get(code="588")
    assert (pertunmaa.name_fi, pertunmaa.valid_to) == ("Pertunmaa", date(2024, 12, 31))
    assert not Municipality.objects.valid_on(TODAY).filter(code="588").exists()


def test_a_municipality_that_changed_region_is_found_by_the_day():
    heinavesi = Municipality.objects.filter(code="090")
    assert heinavesi.valid_on(date(2020, 12, 31)).get().region.name_en == "South Savo"
    assert heinavesi.valid_on(date(2021, 1, 1)).get().region.name_en == "North Karelia"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fi", ("Varsinais-Suomi", "Turku", "Maarianhamina")),
        ("sv", ("Egentliga Finland", "Åbo", "Mariehamn")),
        ("en", ("Southwest Finland", "Turku", "Mariehamn")),
    ],
)
def test_names_follow_the_readers_language(language, names):
    with translation.override(language):
        turku = Municipality.objects.get(code="853")
        mariehamn = Municipality.objects.get(code="478")
        assert (turku.region.name, turku.name, mariehamn.name) == names


def test_no_name_is_missing_in_any_language():
    for model in (Region, Municipality):
        for field in ("name_fi", "name_sv", "name_en"):
            assert not model.objects.filter(**{field: ""}).exists()
            assert not model.objects.filter(**{f"{field}__isnull": True}).exists()
