"""What the interview room is made of."""
