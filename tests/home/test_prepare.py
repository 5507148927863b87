import pytest
from django.core.management import call_command

from campaign.models import Campaign
from home.models import User

pytestmark = pytest.mark.django_db


def test_a_database_in_use_gets_no_demo():
    User.objects.create_user(email="someone@example.org", password=None)
    call_command("prepare")
    assert not Campaign.objects.exists()
