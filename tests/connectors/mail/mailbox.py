"""A mailbox on loopback that speaks as much IMAP as fetching replies needs."""

import re
import socketserver
from contextlib import contextmanager
from threading import Thread


class _Talk(socketserver.StreamRequestHandler):
    def say(self, words):
        self.wfile.write(words if isinstance(words, bytes) else f"{words}\r\n".encode())

    def handle(self):
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command, *rest = line.split(" ", 2)
            self.server.heard.append(f"{command} {' '.join(rest)}".strip())
            if self.server.breaks_at and self.server.breaks_at in line:
                return
            done = getattr(self, f"do_{command.lower()}")(*rest)
            self.say(f"{tag} {done or 'OK done'}")
            if command == "LOGOUT":
                return

    def do_capability(self):
        self.say("* CAPABILITY IMAP4rev1")

    def do_login(self, words):
        return None if words == f'replies "{self.server.password}"' else f"NO wrong: {words}"

    def do_select(self, folder):
        if folder != '"INBOX"':
            return "NO there is no such folder"
        self.say(f"* {len(self.server.mails)} EXISTS")
        return None

    def do_uid(self, words):
        verb, _, rest = words.partition(" ")
        return getattr(self, f"uid_{verb.lower()}")(rest)

    def uid_search(self, rest):
        unseen = [str(each) for each in self.server.mails if each not in self.server.seen]
        self.say(f"* SEARCH {' '.join(unseen)}".strip())

    def uid_fetch(self, rest):
        number = int(rest.split()[0])
        raw = self.server.mails[number]
        if raw is None:
            return
        self.say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode())
        self.say(raw)
        self.say(")")

    def uid_store(self, rest):
        if re.search(r"\+FLAGS\.SILENT \(\\Seen\)", rest):
            self.server.seen.add(int(rest.split()[0]))

    def do_logout(self):
        self.say("* BYE")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mailbox(*mails, password="s3cret", breaks_at=""):
    """Run it with these mails; yields it with its `url`, what was `heard`, and which mails were `seen`."""
    server = _Server(("127.0.0.1", 0), _Talk)
    server.mails = dict(enumerate(mails, 1))
    server.heard, server.seen = [], set()
    server.password, server.breaks_at = password, breaks_at
    server.url = f"imap://replies:{password}@127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
