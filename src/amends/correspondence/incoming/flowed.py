"""format=flowed (RFC 3676): lines that were broken for the wire are joined again."""


def joined(text: str, *, delsp: bool) -> str:
    """The paragraphs of a flowed text; quotation marks stay as “> ”."""
    out: list[str] = []
    open_depth: int | None = None
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        depth = len(line) - len(line.lstrip(">"))
        line = line[depth:].removeprefix(" ")
        signature = line == "-- "
        if open_depth == depth and not signature:
            out[-1] += line
        else:
            out.append("> " * depth + line)
        flows = line.endswith(" ") and not signature
        if flows and delsp:
            out[-1] = out[-1][:-1]
        open_depth = depth if flows else None
    return "\n".join(out)
