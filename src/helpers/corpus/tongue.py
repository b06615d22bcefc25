"""In which language an article is written, by py3langid's n-gram model."""

from functools import lru_cache

from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

ENOUGH_WORDS = 20
SURE = 0.6
SAMPLE = 20_000
NO_LANGUAGE = ("", "und", "zxx")

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian",
    "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "ku": "Kurdish", "la": "Latin",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian",
    "ms": "Malay", "mt": "Maltese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese", "zu": "Zulu",
    "arz": "Egyptian Arabic", "ary": "Moroccan Arabic", "as": "Assamese", "gd": "Scottish Gaelic",
    "ha": "Hausa", "ht": "Haitian Creole", "ig": "Igbo", "jv": "Javanese", "kn": "Kannada", "ky": "Kyrgyz",
    "lb": "Luxembourgish", "lo": "Lao", "mg": "Malagasy", "mr": "Marathi", "my": "Burmese", "or": "Odia",
    "pcm": "Nigerian Pidgin", "rw": "Kinyarwanda", "si": "Sinhala", "tg": "Tajik", "tt": "Tatar",
    "ug": "Uyghur", "uz": "Uzbek", "wuu": "Wu Chinese", "xh": "Xhosa", "yo": "Yoruba", "yue": "Cantonese",
}  # fmt: skip


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_modelpath(MODEL_DIR / MODEL_FILE, norm_probs=True)


def language_of(text: str) -> tuple[str, float]:
    """The language's ISO 639-1 code and its probability; ("", 0.0) when the text is too short to judge.

    Too short is under ENOUGH_WORDS words, or for scripts without spaces under three times as many letters.
    """
    letters = sum(c.isalpha() for c in text)
    dense = letters >= 3 * ENOUGH_WORDS and letters > 12 * len(text.split())
    if len(text.split()) < ENOUGH_WORDS and not dense:
        return "", 0.0
    code, probability = _identifier().classify(text[:SAMPLE])
    return str(code), float(probability)


def other_language(text: str) -> tuple[str, str]:
    """The language code to record ("" when unsure), and why the article is left out, "" when it stays."""
    code, probability = language_of(text)
    if code == "en":
        return "en", ""
    if code in NO_LANGUAGE or probability < SURE:
        return "", ""
    name = NAMES.get(code, f"language {code!r}")
    return (
        code,
        f"written in {name} ({code}, probability {probability:.2f}): only English articles can be read",
    )
