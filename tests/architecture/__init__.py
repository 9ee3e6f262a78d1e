"""What holds for the code as a whole: read from the sources, so that it also holds for what nobody wrote a test for."""
