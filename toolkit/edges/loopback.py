"""A place on this machine alone where the page is served, and the browser that shows it."""

import socket
import sys
import threading
import webbrowser

HOST = "127.0.0.1"


def listening(port: int = 0) -> socket.socket:
    """Take a port of this machine alone, any free one where none is named. Raises OSError where it is taken."""
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs take one port
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a page that has just ended may be served again at its address
    try:
        place.bind((HOST, port))
        place.listen(128)
    except OSError:
        place.close()
        raise
    return place


def show_in_browser(address: str) -> None:
    """Open an address in the default browser, beside the work: some systems take their time to start it."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
