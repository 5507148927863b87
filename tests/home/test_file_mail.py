from email import message_from_bytes, policy

from django.core.mail import EmailMessage, get_connection


def test_every_mail_becomes_one_file_that_sorts_by_time(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    connection = get_connection("home.file_mail.EmailBackend")
    mails = [EmailMessage(f"Hyvä {number}", "äö", to=["a@example.org"]) for number in range(5)]
    assert connection.send_messages(mails) == 5
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml"] * 5
    read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [mail["Subject"] for mail in read] == [f"Hyvä {number}" for number in range(5)]
    assert read[0].get_content().strip() == "äö"
