"""What the piper engine is made of: voice files, phonemes by token, the network."""
