"""The interview itself: its states, its questions, and what it needs from the outside."""
