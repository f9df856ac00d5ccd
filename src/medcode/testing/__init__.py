"""Help for the tests of whoever builds on medcode; `strategies` needs the extra `testing`."""
