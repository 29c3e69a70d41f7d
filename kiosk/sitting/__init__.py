"""One visitor: pages, answers, planning. Everything said here stays in this process."""
