"""What every full-screen program of ours shares: driver, base app, clean text, control line."""
