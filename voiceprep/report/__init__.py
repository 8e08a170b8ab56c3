"""A session as something to keep, print and share: HTML, Markdown, JSON."""
