"""The commands of the terminal: what they print, and how they drive the packages below."""
