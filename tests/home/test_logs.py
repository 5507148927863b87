"""No live link reaches the logs."""

import logging

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from home.logs import masked

SECRET = "WzEsImFiYyJd:sig-natu_re"


@pytest.fixture
def lines(monkeypatch):
    """What is written to the console as the settings lay it out."""
    written = []
    form = settings.LOGGING["formatters"]["line"]
    formatter = import_string(form["()"])(form["format"])
    console = next(each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    assert type(console.formatter) is type(formatter)
    monkeypatch.setattr(console, "emit", lambda record: written.append(console.format(record)))
    return written


@pytest.mark.parametrize(
    "path",
    [
        f"/en/mine/{SECRET}/",
        f"/en/submit/kept/{SECRET}/compare/",
        f"/en/submit/quiet/{SECRET}/",
        f"/fi/mine/{SECRET}/edit/",
        f"/sv/confirm/{SECRET}/",
        f"/en/submit/sent/?key={SECRET}",
        f"/en/submit/sent/?a=b&key={SECRET}&c=d",
        f"/accounts/password/reset/key/{SECRET}/",
    ],
)
def test_an_address_that_opens_something_is_masked(path):
    line = masked(f"Forbidden: {path} by <WSGIRequest: POST '{path}'>")
    assert SECRET not in line
    assert line.count("***") == 2


def test_other_addresses_stay_readable():
    line = "Not Found: /en/pledges/KL-4F7K-2Q9C/ /en/mine/ /en/confirm/ ?page=2"
    assert masked(line) == line


@pytest.mark.django_db
def test_a_refused_request_is_logged_without_its_token(client, lines):
    path = f"/en/mine/{SECRET}/"
    assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get(path).status_code == 404
    assert len([line for line in lines if "/en/mine/***/" in line]) == 2
    assert SECRET not in "".join(lines)


def test_a_traceback_is_masked_too(lines):
    try:
        raise ValueError(f"no /en/mine/{SECRET}/ here")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", f"/en/confirm/{SECRET}/")
    assert SECRET not in "".join(lines)
    assert "ValueError" in lines[0]
