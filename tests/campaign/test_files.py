"""Pictures and documents on the page of a public submission."""

import pytest
from django.core.files.base import ContentFile

from campaign.models import PublicFile, PublicItem
from tests.factories import PICTURE, PublicItemFactory
from tests.markup import problems


@pytest.fixture
def item(campaign) -> PublicItem:
    return PublicItemFactory(campaign=campaign, shareable=True)


def publish(item: PublicItem, *, picture: bool, position: int, text: str) -> PublicFile:
    file = PublicFile(
        item=item,
        name=f"{item.reference}-{position}.{'png' if picture else 'pdf'}",
        is_picture=picture,
        description=text,
        width=640 if picture else None,
        height=480 if picture else None,
        size=240_000,
        sha256=f"{position:064}",
        position=position,
    )
    file.file.save("x.png" if picture else "x.pdf", ContentFile(PICTURE if picture else b"%PDF-1.7"))
    return file


@pytest.fixture
def files(item) -> list[PublicFile]:
    return [
        publish(item, picture=False, position=1, text="The plan says <b>all</b>."),
        publish(item, picture=True, position=2, text='A "full" hall'),
        publish(item, picture=True, position=3, text="An empty hall"),
    ]


def page(client, item: PublicItem) -> str:
    return client.get(item.get_absolute_url()).content.decode()


def test_without_files_the_page_says_nothing_of_them(client, item):
    text = page(client, item)
    assert "Pictures and documents" not in text
    assert "og:image" not in text


def test_pictures_stand_in_the_page_with_their_words_and_size(client, item, files):
    text = page(client, item)
    expected = f'<img src="{files[1].file.url}" width="640" height="480" alt="A &quot;full&quot; hall" lang="en" loading="lazy"'
    assert expected in text
    assert "are not licensed" in text
    assert problems(text) == []


def test_a_document_is_a_link_with_its_size_and_its_words_beneath(client, item, files):
    text = page(client, item)
    assert f'href="/en/pledges/{item.reference}/documents/{files[0].pk}/"' in text
    assert "Document (PDF, 234.4\xa0KB)" in text
    assert "The plan says &lt;b&gt;all&lt;/b&gt;." in text
    assert files[0].file.url not in text


def test_the_first_picture_goes_along_where_the_page_is_shared(client, item, files):
    assert f'<meta property="og:image" content="http://localhost{files[1].file.url}">' in page(client, item)
    PublicItem.objects.update(shareable=False)
    assert "og:image" not in page(client, item)


def test_a_document_is_stored_and_never_run(client, item, files):
    answer = client.get(f"/en/pledges/{item.reference}/documents/{files[0].pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{item.reference}-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"


def test_only_documents_of_that_submission_are_there(client, campaign, item, files):
    other = PublicItemFactory(campaign=campaign)
    for reference, pk in (
        (other.reference, files[0].pk),
        (item.reference, files[1].pk),
        (item.reference, 999),
        ("x", files[0].pk),
        (item.reference, 10**30),
    ):
        assert client.get(f"/en/pledges/{reference}/documents/{pk}/").status_code == 404


def test_files_cost_the_page_one_query(client, item, files, django_assert_max_num_queries):
    client.get(item.get_absolute_url())
    with django_assert_max_num_queries(7):
        client.get(item.get_absolute_url())
