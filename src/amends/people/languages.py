"""The five languages of the house, by BCP 47 code, each in its own name."""

LANGUAGES: list[tuple[str, str]] = [
    ("en", "English"),
    ("sv", "Svenska"),
    ("pl", "Polski"),
    ("ms", "Bahasa Melayu"),
    ("zh-hans", "简体中文"),
]
