"""A sentence model of a few kilobytes in the usual layout, whose numbers are drawn by chance."""

import json

import numpy as np

WIDTH, LAYERS = 8, 2
VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "bus",
    "ran",
    "late",
    "##ness",
    "soup",
    ".",
]


def write(folder, seed=0, **config):
    """The folder, with a model in it."""
    (folder / "1_Pooling").mkdir(parents=True)
    told = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 2,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": 32,
    }
    (folder / "config.json").write_text(json.dumps(told | config))
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": false}')
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n")
    write_weights(folder / "model.safetensors", arrays(np.random.default_rng(seed)))
    return folder


def arrays(random):
    shapes = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings.weight": (32, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    shapes |= linear("embeddings.LayerNorm")
    for at in range(LAYERS):
        layer = f"encoder.layer.{at}"
        for part in ("query", "key", "value"):
            shapes |= linear(f"{layer}.attention.self.{part}", WIDTH, WIDTH)
        shapes |= linear(f"{layer}.attention.output.dense", WIDTH, WIDTH)
        shapes |= linear(f"{layer}.attention.output.LayerNorm")
        shapes |= linear(f"{layer}.intermediate.dense", 4 * WIDTH, WIDTH)
        shapes |= linear(f"{layer}.output.dense", WIDTH, 4 * WIDTH)
        shapes |= linear(f"{layer}.output.LayerNorm")
    return {name: random.normal(size=shape).astype("<f4") for name, shape in shapes.items()}


def linear(name, out=WIDTH, *into):
    return {f"{name}.weight": (out, *into), f"{name}.bias": (out,)}


def write_weights(path, found):
    told, blocks, start = {}, [], 0
    for name, array in found.items():
        block = array.tobytes()
        place = [start, start + len(block)]
        told[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": place}
        blocks.append(block)
        start += len(block)
    head = json.dumps(told).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"".join(blocks))
