"""What is known of a piece or word from its letters alone, as the input of an embedding that is baked into a table."""
import json

import numpy as np
import torch
from torch import nn

CHARACTERS = ' ' + ''.join(chr(c) for c in range(33, 127)) + '’“”–—éèáíóúñçüöäåøãâêîôœæßšžčćłńőı'
LENGTH = 14
SHAPES = 14


def shape_of(text, continuation, lower_share, known, in_context):
    letters = [c for c in text if c.isalpha()]
    upper = [c for c in letters if c.isupper()]
    return [
        continuation,
        text[:1].isupper(),
        len(letters) > 1 and len(upper) == len(letters),
        bool(letters) and not upper,
        len(upper) > 1 and len(upper) < len(letters),
        any(c.isdigit() for c in text),
        text.isdigit(),
        not letters and not any(c.isdigit() for c in text),
        len(text) == 1,
        len(text) <= 3,
        min(len(text), 12) / 12,
        lower_share,
        known,
        in_context,
    ]


class FeatureTable:
    """Indices and features for a list of strings: row in the vectors, row in the context vectors, shape, characters."""

    def __init__(self, work, strings, continuation=None):
        glove = {w: i + 1 for i, w in enumerate(json.loads((work / 'glove.json').read_text(encoding='utf-8')))}
        types = json.loads((work / 'types.json').read_text(encoding='utf-8'))
        mix = np.load(work / 'text.npz')['mix']
        rows = np.load(work / 'context.npz')['matrix'].shape[0] - 1
        count = {w: int(n) for w, n in zip(types, mix)}
        context = {w: i + 1 for i, w in enumerate(types[:rows])}
        letter = {c: i + 1 for i, c in enumerate(CHARACTERS)}
        n = len(strings)
        self.glove = np.zeros(n, np.int64)
        self.context = np.zeros(n, np.int64)
        self.shape = np.zeros((n, SHAPES), np.float32)
        self.letters = np.zeros((n, LENGTH), np.int64)
        for i, string in enumerate(strings):
            inner = bool(continuation is not None and continuation[i])
            text = string[2:] if inner else string
            if not inner:
                self.glove[i] = glove.get(text.lower(), 0)
                self.context[i] = context.get(text, 0)
            lower, all_forms = count.get(text.lower(), 0), sum(count.get(f, 0) for f in {text, text.lower(), text.capitalize()})
            share = (lower + 0.5) / (all_forms + 1)
            self.shape[i] = shape_of(text, inner, share, self.glove[i] > 0, self.context[i] > 0)
            # Beginning and end are kept of a long word, since they tell most.
            shown = text if len(text) <= LENGTH else text[: LENGTH // 2] + text[-(LENGTH - LENGTH // 2) :]
            self.letters[i, : len(shown)] = [letter.get(c, len(CHARACTERS) + 1) for c in shown]

    def tensors(self):
        return [torch.from_numpy(a) for a in (self.glove, self.context, self.shape, self.letters)]


class FeatureEmbedding(nn.Module):
    """Embeds table rows from frozen vectors, shape and a convolution over characters; `output` dimensions."""

    def __init__(self, work, table, output, use_vectors=True, filters=64):
        super().__init__()
        for name, tensor in zip(('glove_row', 'context_row', 'shape', 'letters'), table.tensors()):
            self.register_buffer(name, tensor, persistent=False)
        glove = torch.from_numpy(np.load(work / 'glove.npz')['matrix'])
        context = torch.from_numpy(np.load(work / 'context.npz')['matrix'])
        self.register_buffer('glove', glove * float(use_vectors), persistent=False)
        self.register_buffer('context', context * float(use_vectors), persistent=False)
        self.character = nn.Embedding(len(CHARACTERS) + 2, 32, padding_idx=0)
        self.convolution = nn.Conv1d(32, filters, 3, padding=1)
        self.project = nn.Linear(glove.shape[1] + context.shape[1] + SHAPES + filters, output)

    def forward(self, rows):
        """[n] row numbers to [n, output]."""
        letters = self.character(self.letters[rows]).transpose(1, 2)
        spelled = torch.relu(self.convolution(letters)).amax(2)
        parts = [self.glove[self.glove_row[rows]], self.context[self.context_row[rows]], self.shape[rows], spelled]
        return self.project(torch.cat(parts, 1))
