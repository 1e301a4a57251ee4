"""A mail server in a bad mood (a real one cannot be told to fail): SMTP with scripted answers."""

import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

CUT, SILENT = "cut", "silent"


class Moody(socketserver.ThreadingTCPServer):
    """Answers as `moods` say, by the first word of what it hears (END is the dot after a mail), else as a good server does; keeps what it took."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, moods: Mapping[str, str], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.moods, self.tls, self.taken = dict(moods), tls, list[bytes]()
        self.at_end = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a client that hangs up go in silence."""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Moody)
        if server.tls:
            line = server.tls.wrap_socket(self.request, server_side=True)
            self.rfile, self.wfile = line.makefile("rb"), line.makefile("wb", 0)  # type: ignore[assignment]
        self.wfile.write(b"220 moody\r\n")
        good = {"EHLO": "250-moody\r\n250 SIZE 20000000", "DATA": "354 go on", "QUIT": "221 bye"}
        while heard := self.rfile.readline():
            word = heard.split()[0].decode().upper() if heard.strip() else ""
            if not self._answer(server.moods.get(word, good.get(word, "250 ok"))):
                return
            if word == "DATA" and server.moods.get(word, "3").startswith("3"):
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                server.at_end.set()
                mood = server.moods.get("END", "250 taken")
                if mood.startswith("2"):
                    server.taken.append(mail)
                if not self._answer(mood):
                    return

    def _answer(self, mood: str) -> bool:
        if mood == SILENT:
            self.rfile.read()  # until the client goes
        if mood in {CUT, SILENT}:
            return False
        self.wfile.write(f"{mood}\r\n".encode())
        return True


@contextmanager
def moody(moods: Mapping[str, str], certificate: Path | None = None, key: Path | None = None) -> Iterator[Moody]:
    """Run one, encrypted where a certificate is given."""
    tls = None
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
    with Moody(moods, tls) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()
