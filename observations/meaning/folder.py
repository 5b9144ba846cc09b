"""A model in the layout in which sentence models are usually kept: one folder, plain files.

config.json              the sizes of a BERT
vocab.txt                the pieces of words, one a line
model.safetensors        the weights, as 32 bit numbers
1_Pooling/config.json    how the pieces of a sentence become one; the mean where there is none
tokenizer_config.json, sentence_bert_config.json    if it knows capitals, how long it reads
"""

import hashlib
import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)

WEIGHTS = "model.safetensors"
LONGEST = 256  # pieces of a sentence that are read where the folder does not say


SIZES = {
    "num_hidden_layers",
    "num_attention_heads",
    "layer_norm_eps",
    "max_position_embeddings",
}


class NoModel(Exception):
    """There is no model that can be read; says why."""


def fingerprint(folder):
    """The SHA-256 of a folder's weights; empty where there are none that can be read."""
    path = Path(folder) / WEIGHTS
    try:
        found = path.stat()
    except OSError:
        return ""
    return sha256_of(path, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=8)
def sha256_of(path, _size, _changed):
    try:
        shape = Shape.of(path.parent)
        weights_of(path.parent, shape)
    except NoModel as error:
        log.error("The sentence model is left out, so passages are read by words alone: %s", error)
        return ""
    with path.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()


@dataclass(frozen=True)
class Shape:
    """What the files of a folder say of its model."""

    layers: int
    heads: int
    epsilon: float
    longest: int
    lower: bool
    pools_first: bool  # the first piece stands for the sentence, and not the mean of all

    @classmethod
    def of(cls, folder):
        config = fields_of(folder / "config.json")
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            raise NoModel(f"{folder} has no BERT with gelu: no other is read here.")
        if missing := SIZES - config.keys():
            raise NoModel(f"{folder} does not say {', '.join(sorted(missing))}.")
        pooling = fields_of(folder / "1_Pooling" / "config.json", needed=False)
        reading = fields_of(folder / "sentence_bert_config.json", needed=False)
        return cls(
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            epsilon=config["layer_norm_eps"],
            longest=min(
                reading.get("max_seq_length") or LONGEST, config["max_position_embeddings"]
            ),
            lower=fields_of(folder / "tokenizer_config.json", needed=False).get(
                "do_lower_case", True
            ),
            pools_first=pooling.get("pooling_mode_cls_token", False),
        )


def fields_of(path, needed=True):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        if not needed and isinstance(error, FileNotFoundError):
            return {}
        raise NoModel(f"{path} can’t be read: {error}") from error


def weights_of(folder, shape):
    """`{name: array}` of a file of safetensors, mapped and not copied."""
    path = folder / WEIGHTS
    found = arrays_of(path)
    if missing := sorted(names_of(shape.layers) - found.keys()):
        raise NoModel(f"{path} lacks {missing[0]} and {len(missing) - 1} more.")
    if not (folder / "vocab.txt").is_file():
        raise NoModel(f"{folder} has no vocab.txt.")
    return found


def names_of(layers):
    """The names of all weights that are used."""
    parts = [f"embeddings.{each}_embeddings.weight" for each in ("word", "position", "token_type")]
    linear = [
        *(f"attention.self.{each}" for each in ("query", "key", "value")),
        *("attention.output.dense", "intermediate.dense", "output.dense"),
        *("attention.output.LayerNorm", "output.LayerNorm"),
    ]
    each_layer = [f"encoder.layer.{at}.{part}" for at in range(layers) for part in linear]
    both = ["embeddings.LayerNorm", *each_layer]
    return {*parts, *(f"{name}.{kind}" for name in both for kind in ("weight", "bias"))}


def arrays_of(path):
    try:
        raw = np.memmap(path, dtype=np.uint8, mode="r")
        size = int(raw[:8].view("<u8")[0])
        told = json.loads(raw[8 : 8 + size].tobytes())
        return {
            # Some models are kept with the name of their kind before each part.
            name.removeprefix("bert."): raw[8 + size :][slice(*each["data_offsets"])]
            .view("<f4")
            .reshape(each["shape"])
            for name, each in told.items()
            if each.get("dtype") == "F32"
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoModel(f"{path} can’t be read: {error}") from error
