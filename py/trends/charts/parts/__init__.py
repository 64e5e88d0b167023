"""What pictures are made of: the look, axes, rules, words and where they fit, the readout."""
