"""The command that keeps the message catalogues, on a small project of its own."""

import gettext
import importlib.machinery
import importlib.util
import shutil
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="no gettext on the PATH")


@pytest.fixture
def catalogues(tmp_path, monkeypatch):
    loader = importlib.machinery.SourceFileLoader("catalogues", str(ROOT / "script/catalogues"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("catalogues", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.fixture
def project(catalogues):
    """One message in the code, and a manage.py that knows makemessages."""
    root = catalogues.ROOT
    (root / "words.py").write_text(
        'from django.utils.translation import gettext as _\n\nWORD = _("pledge")\n'
    )
    (root / "manage.py").write_text(
        "import sys\n"
        "from django.conf import settings\n"
        "from django.core.management import execute_from_command_line\n"
        "settings.configure(USE_I18N=True)\n"
        "execute_from_command_line(sys.argv)\n"
    )
    return root


def write(path: Path, **translations: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    file.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in translations.items())
    file.save(str(path))


def test_compiling_makes_what_the_portal_reads(catalogues):
    source = catalogues.catalogue("fi", catalogues.ROOT)
    write(source, pledge="lupaus")
    catalogues.compile_catalogues()
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("pledge") == "lupaus"


def test_compiling_leaves_alone_what_is_up_to_date(catalogues):
    source = catalogues.catalogue("fi", catalogues.ROOT)
    write(source, pledge="lupaus")
    catalogues.compile_catalogues()
    compiled = source.with_suffix(".mo").stat().st_mtime_ns
    catalogues.compile_catalogues()
    assert source.with_suffix(".mo").stat().st_mtime_ns == compiled


@needs_gettext
def test_complete_catalogues_pass_the_check(catalogues, project):
    write(catalogues.catalogue("fi", project), pledge="lupaus")
    write(catalogues.catalogue("sv", project), pledge="löfte")
    assert catalogues.check_catalogues() == 0


@needs_gettext
def test_the_check_names_what_is_missing_unfinished_and_gone(catalogues, project, capsys):
    write(catalogues.catalogue("fi", project), pledge="", award="palkinto")
    assert catalogues.check_catalogues() == 1
    assert capsys.readouterr().out.splitlines() == [
        "fi: gone: 'award'",
        "fi: unfinished: 'pledge'",
        "sv: missing: 'pledge'",
    ]


@needs_gettext
def test_updating_adds_new_messages_and_keeps_translations(catalogues, project):
    path = catalogues.catalogue("fi", project)
    write(path, pledge="lupaus")
    (project / "more.py").write_text(
        'from django.utils.translation import gettext as _\n\nWORD = _("award")\n'
    )
    catalogues.update_catalogues()
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} == {
        "pledge": "lupaus",
        "award": "",
    }


@needs_gettext
@pytest.mark.parametrize(
    ("code", "fault"),
    [("sentence = f\"{_('A door')} is open\"", "_('A door')"), ("lazy = gettext_lazy", "gettext_lazy")],
)
def test_a_text_that_gettext_does_not_see_is_a_fault(code, fault, catalogues, project, capsys):
    (project / "hidden.py").write_text(code)
    for language in catalogues.LANGUAGES:
        write(catalogues.catalogue(language, project), pledge="lupaus")
    assert catalogues.check_catalogues() == 1
    assert capsys.readouterr().out == f"hidden.py:1: not seen by gettext: {fault}\n"
