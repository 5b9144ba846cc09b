"""The product's server for the browser: it can be waited for, so that no request outlives its test."""

import socket
import threading
from contextlib import suppress

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread

MOST_SECONDS = 20


class CountingServer(ThreadedWSGIServer):
    """Knows which connections it holds."""

    def __init__(self, *args, **kwargs):
        self.held, self.changed = set(), threading.Condition()
        super().__init__(*args, **kwargs)

    def process_request(self, request, client_address):
        with self.changed:
            self.held.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        with self.changed:
            self.held.remove(request)
            self.changed.notify_all()
        super().shutdown_request(request)

    def hear_no_more(self):
        """What was sent already is read and answered, and a browser keeps no connection open."""
        with self.changed:
            for request in self.held:
                with suppress(OSError):  # it may just have gone
                    request.shutdown(socket.SHUT_RD)


class Server(LiveServerThread):
    server_class = CountingServer

    @property
    def address(self):
        return f"http://{self.host}:{self.port}"

    def wait_until_idle(self):
        """Return when all that pages sent was answered; pages must be closed before.

        A page that was left may have sent its last words: what they save must not come while the
        database is being emptied, nor after it.
        """
        self.come_last()
        self.httpd.hear_no_more()
        with self.httpd.changed:
            idle = self.httpd.changed.wait_for(lambda: not self.httpd.held, MOST_SECONDS)
            assert idle, f"{len(self.httpd.held)} connections were held for {MOST_SECONDS} s"

    def come_last(self):
        """Connect, ask nothing, and be let go: whoever connected earlier has been let in by then."""
        with socket.create_connection((self.host, self.port), MOST_SECONDS) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)
