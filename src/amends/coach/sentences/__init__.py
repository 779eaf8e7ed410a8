"""What is said in one sentence: rules that say why, and a small classifier where they do not reach."""
