"""BERT (relative_key positions, factorised embeddings) as a tagger, with a masked-word head for pretraining."""
import torch
from torch import nn


class Shape:
    """Sizes of a BERT; the defaults are those of the bundled models."""

    def __init__(self, embedding=128, hidden=256, layers=4, heads=4, inner=768, distance=32):
        self.embedding, self.hidden, self.layers, self.heads = embedding, hidden, layers, heads
        self.inner, self.distance = inner, distance


class PieceTable(nn.Module):
    """Piece embeddings in training: features of the piece plus a free row of its own (sparse gradients)."""

    def __init__(self, features, rows, first, width):
        super().__init__()
        self.features = features
        self.first = first
        self.free = nn.Embedding(rows, width, sparse=True)
        nn.init.zeros_(self.free.weight)
        nn.init.normal_(self.free.weight[:first], std=0.5)

    def forward(self, ids):
        unique, place = torch.unique(ids, return_inverse=True)
        return self.rows(unique)[place]

    def rows(self, unique):
        known = (unique >= self.first).float()[:, None]
        return self.features((unique - self.first).clamp(min=0)) * known + self.free(unique)

    def bake(self):
        """The whole table, [pieces, width]."""
        with torch.no_grad():
            ids = torch.arange(self.free.num_embeddings)
            return torch.cat([self.rows(part) for part in ids.split(8192)])


class BakedTable(nn.Module):
    def __init__(self, matrix):
        super().__init__()
        self.weight = nn.Parameter(matrix)

    def forward(self, ids):
        return nn.functional.embedding(ids, self.weight)


class Layer(nn.Module):
    """Post-norm encoder layer; the score of a pair adds the query's product with an embedding of their distance."""

    def __init__(self, shape, dropout):
        super().__init__()
        self.heads, self.distance = shape.heads, shape.distance
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.relative = nn.Embedding(2 * shape.distance + 1, shape.hidden // shape.heads)
        nn.init.normal_(self.relative.weight, std=0.1)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm_attention = nn.LayerNorm(shape.hidden)
        self.inner = nn.Linear(shape.hidden, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.hidden)
        self.norm_outer = nn.LayerNorm(shape.hidden)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias, distance):
        batch, length, hidden = x.shape
        width = hidden // self.heads
        q, k, v = self.qkv(x).reshape(batch, length, 3, self.heads, width).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(2, 3)
        by_place = q.permute(2, 0, 1, 3).reshape(length, batch * self.heads, width)
        relative = by_place @ self.relative(distance).transpose(1, 2)
        scores = scores + relative.reshape(length, batch, self.heads, length).permute(1, 2, 0, 3)
        weights = self.dropout(torch.softmax(scores * width**-0.5 + bias, 3))
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        return self.norm_outer(x + self.dropout(self.outer(torch.relu(self.inner(x)))))


class Bert(nn.Module):
    def __init__(self, table, tags, shape=None, dropout=0.1):
        super().__init__()
        shape = shape or Shape()
        self.shape = shape
        self.table = table
        self.widen = nn.Linear(shape.embedding, shape.hidden)
        self.kind = nn.Embedding(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList([Layer(shape, dropout) for _ in range(shape.layers)])
        self.head = nn.Linear(shape.hidden, tags)
        # Head of the simplified scheme while both schemes share the trunk.
        self.simple = nn.Linear(shape.hidden, 3)
        self.narrow = nn.Linear(shape.hidden, shape.embedding)

    def trunk(self, ids, mask, kinds):
        x = self.dropout(self.norm(self.widen(self.table(ids)) + self.kind(kinds)))
        place = torch.arange(ids.shape[1], device=ids.device)
        limit = self.shape.distance
        distance = (place[None, :] - place[:, None]).clamp(-limit, limit) + limit
        bias = ((1 - mask) * -10000.0)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias, distance)
        return x

    def deepened(self, layers):
        """The model with new layers on top, up to `layers`, that pass on what they get until they are trained."""
        norm = self.layers[-1].norm_outer
        # Norms of vectors that were just normed: a gain and a shift undo them, on average over the places.
        gain = float((norm.weight.pow(2).mean() + norm.bias.var(unbiased=False)).sqrt())
        shift = float(norm.bias.mean())
        while len(self.layers) < layers:
            layer = Layer(self.shape, self.dropout.p)
            for linear in (layer.out, layer.outer):
                nn.init.zeros_(linear.weight)
                nn.init.zeros_(linear.bias)
            for norm in (layer.norm_attention, layer.norm_outer):
                nn.init.constant_(norm.weight, gain)
                nn.init.constant_(norm.bias, shift)
            self.layers.append(layer)
        self.shape.layers = layers
        return self

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.head(self.dropout(self.trunk(input_ids, attention_mask, token_type_ids)))

    def masked_word_loss(self, states, targets, negatives):
        """Cross-entropy of hidden pieces against the other hidden pieces of the batch and `negatives` random ones."""
        unique, place = torch.unique(targets, return_inverse=True)
        candidates = torch.cat([unique, negatives[~torch.isin(negatives, unique)]])
        scores = self.narrow(states) @ self.table(candidates).t()
        return nn.functional.cross_entropy(scores, place)


def bert_config(shape, vocabulary, tags):
    return {
        'architectures': ['BertForTokenClassification'],
        'model_type': 'bert',
        'hidden_size': shape.hidden,
        'embedding_size': shape.embedding,
        'num_hidden_layers': shape.layers,
        'num_attention_heads': shape.heads,
        'intermediate_size': shape.inner,
        'hidden_act': 'relu',
        'position_embedding_type': 'relative_key',
        'max_position_embeddings': 512,
        'max_relative_distance': shape.distance,
        'type_vocab_size': 2,
        'pad_token_id': 0,
        'vocab_size': vocabulary,
        'id2label': {str(i): tag for i, tag in enumerate(tags)},
        'label2id': {tag: i for i, tag in enumerate(tags)},
    }
