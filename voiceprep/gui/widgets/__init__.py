"""The pieces that pages are made of; each paints itself from the theme's tokens."""
