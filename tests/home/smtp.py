"""A real little mail server for tests: it takes mails, refuses them, or keeps silent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line.decode().split()[0].upper()
            if verb == "QUIT":
                return self.say("221 bye")
            if verb == "DATA" and "DATA" not in self.server.answers:
                self.take()
            else:
                self.say(self.server.answers.get(verb, "250 fine"))
        return None

    def take(self) -> None:
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.taken.set()
        self.server.may_answer.wait(self.server.patience)
        self.say(self.server.answers.get("CONTENT", "250 taken"))

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` overrides the reply to a verb, or to a mail's CONTENT; while `may_answer` is unset it is silent."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.connections = 0
        self.taken, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()
        self.patience = 10.0

    @property
    def port(self) -> int:
        return self.server_address[1]

    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    def handle_error(self, request, client_address) -> None:
        """A worker that is killed, or loses patience, hangs up in the middle; that is what is tested."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.may_answer.set()
        server.shutdown()
