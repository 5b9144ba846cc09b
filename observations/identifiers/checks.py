"""Check digits: whether a number can be what it looks like."""

# Letters of an NHI number count from 1, without I and O.
NHI_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def is_nhs_number(digits):
    """Modulus 11, as the NHS Data Dictionary gives it: the tenth digit checks the nine before."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    return (11 - weighed(digits[:9], range(10, 1, -1)) % 11) % 11 == int(digits[9])


def is_nhi_number(written):
    """New Zealand's National Health Index (HISO 10046): AAANNNC, and AAANNAC of the newer form."""
    values = [nhi_value(letter) for letter in written.upper()]
    total = sum(value * weight for value, weight in zip(values[:6], range(7, 1, -1), strict=True))
    if written[-1].isdigit():
        # A remainder of 0 was never given out; a check of 10 is written 0.
        return total % 11 != 0 and (11 - total % 11) % 10 == values[6]
    return 23 - total % 23 == values[6]


def nhi_value(letter):
    return int(letter) if letter.isdigit() else NHI_LETTERS.index(letter) + 1


def is_ird_number(digits):
    """New Zealand's tax number, modulus 11, with second weights where the first give 10."""
    if not 10_000_000 < int(digits) < 150_000_000:
        return False
    digits = digits.zfill(9)
    for weights in ((3, 2, 7, 6, 5, 4, 3, 2), (7, 4, 3, 2, 5, 2, 7, 6)):
        check = (11 - weighed(digits[:8], weights) % 11) % 11
        if check < 10:
            return check == int(digits[8])
    return False


def weighed(digits, weights):
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
