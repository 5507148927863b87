import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(("settings", "served"), [("dev", "serve"), ("test", "Resolver404")])
def test_only_development_serves_uploaded_files_itself(settings, served):
    code = """
import django; django.setup()
from django.urls import Resolver404, resolve
try:
    print(resolve("/media/images/house.png").func.__name__)
except Resolver404:
    print("Resolver404")
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": f"config.settings.{settings}"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == served
