"""A seeded mutator of bytes, which knows some texts that are hard to read."""

HARD = [b"\0", b"\r", b"\n", b"%", b"%00", b"%2e%2e/", b"../", b"\\", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"&", b"=", b",,", b"*" * 40,
        b"1e999", b"-1", b"99999999999999999999", b"NaN", b"Infinity", b"-Infinity", b"null", b"{}", b"[]", b'"', b"'",
        b"\\u0000", b"\\ud800", b"1.", b".5", b"01", b"-0.0", b"1e5", b"true", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b":", b" " * 20,
        b'"global_step": 3, ', b'"step": "4", ', b'"data": {}, ', b'"type": "image", ', b'"time": 5, ', b"\t", b"\x0b", b"9" * 400]


def mutated(text, random):
    """Returns the text with up to four changes; now and then it stays as it is."""
    text = bytearray(text)
    for _ in range(random.choice([0, 1, 1, 1, 2, 4])):
        place = random.randrange(len(text) + 1)
        length = random.choice([1, 1, 2, 5, 20])
        change = random.randrange(5)
        if change == 0:
            text[place:place + 1] = bytes([random.randrange(256)])
        elif change == 1:
            del text[place:place + length]
        elif change == 2:
            text[place:place] = random.choice(HARD)
        elif change == 3:
            text[place:place] = text[place:place + length]
        else:
            text[place:place + length] = random.choice(HARD)
    return bytes(text)
