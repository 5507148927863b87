import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_accounts_and_the_admin_speak_the_person_s_language(language):
    client = Client(headers={"accept-language": "sv" if language != "sv" else "fi"})
    client.force_login(UserFactory(language=language, is_superuser=True, is_staff=True))
    for address in ("/accounts/", "/admin/"):
        response = client.get(address)
        assert f'<html lang="{language}"' in response.content.decode()
        assert response["Content-Language"] == language


def test_a_prefixed_address_keeps_its_own_language():
    client = Client()
    client.force_login(UserFactory(language="sv"))
    assert client.get("/en/no-such-page/")["Content-Language"] == "en"


def test_a_stranger_is_answered_in_the_browser_s_language(client):
    assert client.get("/accounts/login/", headers={"accept-language": "sv"})["Content-Language"] == "sv"
