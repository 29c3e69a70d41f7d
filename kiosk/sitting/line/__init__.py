"""The same sitting without a full screen: line by line, for screen readers (`kiosk run --line`)."""
