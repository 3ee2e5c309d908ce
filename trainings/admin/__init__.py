"""What the administration has for tracks, banks of questions and files of lessons."""
