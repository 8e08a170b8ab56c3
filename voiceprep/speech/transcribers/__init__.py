"""Recognisers that turn a recording into words, each in a child process of its own."""
