"""What a house says in words of its own: versions, what has fallen behind, and the checks before it holds."""
