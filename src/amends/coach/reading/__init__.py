"""From a string to sentences, words, stems, dates and sums, each with its place in the text."""
