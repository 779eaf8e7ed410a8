"""One letter to everybody whom the same cause touched: finding them, writing it, sending it to each once."""
