"""What a process gives up before it meets a visitor: files, sockets, programs, core dumps."""
