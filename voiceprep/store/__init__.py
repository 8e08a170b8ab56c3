"""What is kept on this machine: history, recordings, settings."""
