"""Sound in and out, and words out of sound: what the interview asks for, on real devices."""
