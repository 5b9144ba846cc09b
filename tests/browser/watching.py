"""What no page may do, whatever a test is about."""

import re

# The browser writes a line for every answer that is not well; the answers are looked at themselves.
LINE_OF_AN_ANSWER = "Failed to load resource"


class Watch:
    """Notes each fault of every page in the contexts that it follows."""

    def __init__(self, origin):
        self.origin = origin
        self.faults = []
        self.expected = []

    def expect(self, pattern):
        """A fault that the test brings about itself, such as an answer of 500."""
        self.expected.append(pattern)

    def follow(self, context):
        context.on("request", self.look_at_request)
        context.on("response", self.look_at_response)
        context.on("console", self.look_at_console)
        context.on("weberror", lambda error: self.note(f"script error: {error.error}"))

    def look_at_request(self, request):
        if not request.url.startswith((self.origin + "/", "data:", "blob:")):
            self.note(f"left the product for {request.url}")

    def look_at_response(self, response):
        is_part = response.request.resource_type in ("stylesheet", "script", "font", "image")
        if response.status >= 500 or (response.status >= 400 and is_part):
            self.note(f"{response.status} from {response.url}")

    def look_at_console(self, message):
        if message.type == "error" and not message.text.startswith(LINE_OF_AN_ANSWER):
            self.note(f"console: {message.text}")

    def note(self, fault):
        if not any(re.search(pattern, fault) for pattern in self.expected):
            self.faults.append(fault)
