"""Letters on their way to the letter box: the queue, the pile that is printed, what was posted."""
