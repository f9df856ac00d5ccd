"""Tools for testing software that uses medcode; `strategies` needs the extra `testing`."""
