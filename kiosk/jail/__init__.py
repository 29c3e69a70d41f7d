"""What a process gives up before it meets a visitor: files, sockets, programs, core dumps."""

from kiosk.jail.profile import Powers, Profile

__all__ = ["Powers", "Profile"]
