"""What tests of several windows have in common: how people meet in them."""

from atspi import WindowTest, free_port

PLAIN_TEXT = "Connected · plain text: anyone on the way can read this"
NOT_VERIFIED = "Connected · encrypted · not verified"
VERIFIED = "Connected · encrypted · verified"


class Windows(WindowTest):
    """Windows whose people meet: at 127.0.0.1, and at a port that was free."""

    def hosting(self, name="ann", port=None, folder=None):
        """A window whose Host was pressed, and its port."""
        port = port or free_port()
        window = self.start(self.profile(folder or name, name=name, port=port))
        window.press("Host")
        window.reads("You are hosting.")
        window.shows_address(port)
        window.port = port
        return window

    def dialling(self, port, name="bob"):
        """A window that is connected in plain text: an address was typed and Connect pressed."""
        window = self.start(self.profile(name, name=name))
        self.dial(window, port, plain=True)
        window.reads(PLAIN_TEXT)
        return window

    def dial(self, window, port, plain=False):
        """Types an address into the form and presses Connect."""
        window.press("Connect")
        window.type("Address or invite", f"127.0.0.1:{port}")
        if plain:
            window.tick("Plain text")
        window.press("Connect", beside="Address or invite")

    def talking(self):
        """Two windows in a conversation, and the pid of each one's session worker."""
        ann = self.hosting()
        listener = ann.workers()
        bob = self.dialling(ann.port)
        bob.send("hello?")
        ann.press("Accept")
        ann.shows(("127.0.0.1", "hello?"))
        (ann_session,) = ann.workers() - listener
        (bob_session,) = bob.workers()
        return ann, bob, ann_session, bob_session

    def contacts(self):
        """Two windows whose people have met and are connected, encrypted: Ann hosts, Bob has come to her."""
        ann = self.hosting("Ann", folder="ann")
        bob = self.start(self.profile("bob", name="Bob"))
        self.dial(bob, ann.port)
        ann.press("Accept")
        ann.reads(NOT_VERIFIED)
        bob.reads(NOT_VERIFIED)
        return ann, bob

    def bring_to_front(self, window):
        """As a person does who types and pastes there."""
        self.desktop.xdotool("search", "--all", "--onlyvisible", "--pid", window.pid, "--name", "Kith", "windowactivate",
                             "--sync")
        self.bus.until("it is in front", lambda: self.desktop.active_pid() == window.pid)
