"""A model in PyTorch again from the files that the extension loads, so that training can go on from them."""
import json

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from bert import Bert, Shape
from t5 import T5, TAG_ROWS, T5Shape
from vocab import FIRST


class PlainTable(nn.Module):
    """Piece embeddings without features, with the interface of PieceTable."""

    def __init__(self, matrix):
        super().__init__()
        self.first = FIRST
        self.free = nn.Embedding(*matrix.shape, sparse=True)
        with torch.no_grad():
            self.free.weight.copy_(matrix)

    def forward(self, ids):
        return self.free(ids)

    def rows(self, ids):
        return self.free(ids)

    def bake(self):
        return self.free.weight.detach().clone()


class Exported:
    """Weights of an exported graph: plain ones by their name, matrices in the order in which the graph uses them."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.constants = {c.name: c for c in graph.initializer}
        self.matrices = []
        for node in graph.node:
            if node.op_type == 'MatMulInteger' or (node.op_type == 'MatMul' and node.input[1] in self.constants):
                self.matrices.append(self.matrix(node.input[1].removesuffix('_q')))
        branches = [a.g for node in graph.node if node.op_type == 'If' for a in node.attribute if a.name == 'else_branch']
        # Key, then value of each decoder layer's cross-attention, as the graph multiplies by them.
        self.crossed = [torch.from_numpy(numpy_helper.to_array(c).copy()).t() for b in branches for c in b.initializer if c.name.endswith('_w')]

    def array(self, name):
        return numpy_helper.to_array(self.constants[name])

    def matrix(self, name):
        """A weight as nn.Linear keeps it, [out, in]."""
        if name in self.constants:
            return torch.from_numpy(self.array(name).copy()).t()
        return torch.from_numpy(self.array(name + '_q').astype(np.float32) * self.array(name + '_scale')).t()

    def table(self, name):
        return torch.from_numpy(self.array(name + '_q').astype(np.float32) * self.array(name + '_scale'))

    def plain(self, prefix=''):
        """State of everything that is no matrix, without the prefix of its names."""
        names = [n for n in self.constants if n.startswith(prefix) and n.endswith(('.weight', '.bias'))]
        return {n.removeprefix(prefix): torch.from_numpy(self.array(n).copy()) for n in names}


def filled(model, state, may_lack):
    """The model with the state loaded; names outside `may_lack` must all be there."""
    missing, unexpected = model.load_state_dict(state, strict=False)
    lacking = [name for name in missing if not name.startswith(may_lack)]
    if lacking or unexpected:
        raise ValueError(f'the files lack {lacking} and have {unexpected}')
    return model


def pieces_of(folder):
    """The pieces in the order of their ids, of a BERT's folder."""
    vocabulary = json.loads((folder / 'tokenizer.json').read_text(encoding='utf-8'))['model']['vocab']
    return sorted((p for p, i in vocabulary.items() if i >= FIRST), key=vocabulary.__getitem__)


def bert_from(out, layers=0):
    """The BERT of models/: the trunk and head of the full scheme's file, the other head from the simplified one's.

    Layers that it lacks of `layers` are put on top, and change nothing before they are trained.
    """
    full, simplified = (Exported(out / f'bert-{s}' / 'onnx' / 'model_quantized.onnx') for s in ('full', 'simplified'))
    shape = Shape(layers=(len(full.matrices) - 2) // 4)
    names = ['widen'] + [f'layers.{i}.{part}' for i in range(shape.layers) for part in ('qkv', 'out', 'inner', 'outer')] + ['head']
    state = {**full.plain(), **{f'{n}.weight': m for n, m in zip(names, full.matrices)}}
    state.update({'simple.weight': simplified.matrices[-1], 'simple.bias': simplified.plain()['head.bias']})
    # The head of hidden words is not exported; it starts anew.
    model = filled(Bert(PlainTable(full.table('table.weight')), 7, shape, dropout=0.0), state, ('narrow.', 'table.'))
    return model.deepened(layers) if layers > shape.layers else model


def t5_from(out, layers=0):
    """The T5 of models/, its encoder with layers on top that change nothing yet where it lacks some of `layers`."""
    encoder = Exported(out / 't5' / 'onnx' / 'encoder_model_quantized.onnx')
    decoder = Exported(out / 't5' / 'onnx' / 'decoder_model_merged_quantized.onnx')
    inside = ['attention.k', 'attention.v', 'attention.q', 'attention.o']
    shape = T5Shape(encoder=json.loads((out / 't5' / 'config.json').read_text(encoding='utf-8'))['num_layers'])
    encoder_names = ['widen'] + [f'encoder.{i}.{p}' for i in range(shape.encoder) for p in [*inside, 'inner', 'outer']]
    decoder_names = ['widen'] + [
        f'decoder.{i}.{p}' for i in range(shape.decoder) for p in [*inside, 'cross.q', 'cross.o', 'inner', 'outer']
    ]
    state = {**encoder.plain('model.'), **decoder.plain('model.')}
    for part, names in ((encoder, encoder_names), (decoder, [*decoder_names, 'tag_head', 'narrow'])):
        state.update({f'{n}.weight': m for n, m in zip(names, part.matrices)})
    crossed = [f'decoder.{i}.cross.{part}.weight' for i in range(shape.decoder) for part in ('k', 'v')]
    state.update(zip(crossed, decoder.crossed))
    table = encoder.table('model.table.weight')
    # The word head was exported as one product of the table with a matrix of rank 48, which is solved for here.
    head = decoder.matrices[-1]
    state['word_rank.weight'] = torch.linalg.lstsq(table[TAG_ROWS:], head).solution.t()
    model = filled(T5(PlainTable(table), shape, dropout=0.0), state, ('auxiliary.', 'table.'))
    return model.deepened(layers) if layers > shape.encoder else model
