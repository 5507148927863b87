import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import User


@pytest.mark.django_db
def test_the_demo_is_refused_in_production(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="production"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_command_loads_the_call_and_leaves_a_whole_page_tree(capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("demo")
    assert "is at its call" in capsys.readouterr().out
    assert not any(Page.find_problems())
    assert not Redirect.objects.exists()
