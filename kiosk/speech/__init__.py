"""Reading a pack's words aloud, in a process beside a sitting that knows no other words."""
