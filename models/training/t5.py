"""T5 (relative position biases, RMS norms, no attention scaling) with factorised embeddings and a low-rank word head."""
import math

import torch
from torch import nn

TAG_ROWS = 16  # ids below this (specials and tags) have full-rank rows in the head


class T5Shape:
    def __init__(self, embedding=128, model=192, heads=4, inner=512, encoder=3, decoder=2, rank=48):
        self.embedding, self.model, self.heads, self.inner = embedding, model, heads, inner
        self.encoder, self.decoder, self.rank = encoder, decoder, rank
        self.buckets, self.distance = 32, 128


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def bucket_of(distance, both, buckets, longest):
    """T5's bucket of key place minus query place."""
    bucket = 0
    if both:
        buckets //= 2
        bucket += buckets if distance > 0 else 0
        distance = abs(distance)
    else:
        distance = max(-distance, 0)
    exact = buckets // 2
    if distance < exact:
        return bucket + distance
    large = exact + int(math.log(distance / exact) / math.log(longest / exact) * (buckets - exact))
    return bucket + min(large, buckets - 1)


class RelativeBias(nn.Module):
    """[1, heads, queries, keys]; the bucket of each distance is looked up, which keeps the exported graph small."""

    def __init__(self, shape, both):
        super().__init__()
        self.limit = shape.distance
        table = [bucket_of(d, both, shape.buckets, shape.distance) for d in range(-self.limit, self.limit + 1)]
        self.register_buffer('bucket', torch.tensor(table), persistent=False)
        self.bias = nn.Embedding(shape.buckets, shape.heads)
        nn.init.normal_(self.bias.weight, std=0.1)
        self.start_local(both)

    def start_local(self, both):
        """Two heads look at the neighbours and a third about itself: from noise alone this took more steps than all the rest."""
        after = self.bias.num_embeddings // 2
        with torch.no_grad():
            self.bias.weight[1, 0] += 2.5
            if both:
                self.bias.weight[after + 1, 1] += 2.5
                self.bias.weight[after + 1 : after + 4, 2] += 1.5
            else:
                self.bias.weight[2:4, 1] += 2.0
            self.bias.weight[:4, 2] += 1.5

    def forward(self, queries, keys):
        distance = (keys[None, :] - queries[:, None]).clamp(-self.limit, self.limit) + self.limit
        return self.bias(self.bucket[distance]).permute(2, 0, 1)[None]


class Attention(nn.Module):
    def __init__(self, shape, dropout):
        super().__init__()
        self.heads, self.width = shape.heads, shape.model // shape.heads
        make = lambda: nn.Linear(shape.model, shape.model, bias=False)
        self.q, self.k, self.v, self.o = make(), make(), make(), make()
        nn.init.normal_(self.q.weight, std=(shape.model * self.width) ** -0.5)
        for linear in (self.k, self.v, self.o):
            nn.init.normal_(linear.weight, std=shape.model**-0.5)
        self.dropout = nn.Dropout(dropout)

    def split(self, x):
        return x.reshape(x.shape[0], -1, self.heads, self.width).transpose(1, 2)

    def forward(self, x, k, v, bias):
        q = self.split(self.q(x))
        weights = self.dropout(torch.softmax(q @ k.transpose(2, 3) + bias, 3))
        return self.o((weights @ v).transpose(1, 2).reshape(x.shape[0], -1, self.heads * self.width))


class Block(nn.Module):
    def __init__(self, shape, dropout, cross):
        super().__init__()
        self.norm_self, self.norm_inner = RmsNorm(shape.model), RmsNorm(shape.model)
        self.attention = Attention(shape, dropout)
        self.inner = nn.Linear(shape.model, shape.inner, bias=False)
        self.outer = nn.Linear(shape.inner, shape.model, bias=False)
        nn.init.normal_(self.inner.weight, std=shape.model**-0.5)
        nn.init.normal_(self.outer.weight, std=shape.inner**-0.5)
        self.dropout = nn.Dropout(dropout)
        if cross:
            self.norm_cross = RmsNorm(shape.model)
            self.cross = Attention(shape, dropout)
            # Query and key start alike, so that a word finds itself in the encoder's output from the first step on.
            with torch.no_grad():
                self.cross.k.weight.copy_(self.cross.q.weight * math.sqrt(self.cross.width))

    def keys(self, x):
        a = self.attention
        return a.split(a.k(x)), a.split(a.v(x))

    def cross_keys(self, encoded):
        return self.cross.split(self.cross.k(encoded)), self.cross.split(self.cross.v(encoded))

    def forward(self, x, bias, past=None, crossed=None, cross_bias=None):
        normed = self.norm_self(x)
        k, v = self.keys(normed)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        x = x + self.dropout(self.attention(normed, k, v, bias))
        if crossed is not None:
            x = x + self.dropout(self.cross(self.norm_cross(x), crossed[0], crossed[1], cross_bias))
        x = x + self.dropout(self.outer(self.dropout(torch.relu(self.inner(self.norm_inner(x))))))
        return x, k, v


class T5(nn.Module):
    def __init__(self, table, shape=None, dropout=0.1):
        super().__init__()
        shape = shape or T5Shape()
        self.shape = shape
        self.table = table
        self.widen = nn.Linear(shape.embedding, shape.model, bias=False)
        self.dropout = nn.Dropout(dropout)
        self.encoder = nn.ModuleList([Block(shape, dropout, False) for _ in range(shape.encoder)])
        self.decoder = nn.ModuleList([Block(shape, dropout, True) for _ in range(shape.decoder)])
        self.encoder_bias, self.decoder_bias = RelativeBias(shape, True), RelativeBias(shape, False)
        self.encoder_norm, self.decoder_norm = RmsNorm(shape.model), RmsNorm(shape.model)
        self.tag_head = nn.Linear(shape.model, TAG_ROWS, bias=False)
        self.narrow = nn.Linear(shape.model, shape.rank, bias=False)
        self.word_rank = nn.Linear(shape.embedding, shape.rank, bias=False)
        self.auxiliary = nn.Linear(shape.model, 7)

    def encode(self, ids, mask):
        x = self.dropout(self.widen(self.table(ids)))
        place = torch.arange(ids.shape[1], device=ids.device)
        bias = self.encoder_bias(place, place) + ((1 - mask) * -10000.0)[:, None, None, :].to(x.dtype)
        for block in self.encoder:
            x = block(x, bias)[0]
        return self.dropout(self.encoder_norm(x))

    def deepened(self, layers):
        """The model with new layers on top of its encoder, up to `layers`, that add nothing until they are trained."""
        while len(self.encoder) < layers:
            block = Block(self.shape, self.dropout.p, False)
            nn.init.zeros_(block.attention.o.weight)
            nn.init.zeros_(block.outer.weight)
            self.encoder.append(block)
        self.shape.encoder = layers
        return self

    def decode(self, ids, mask, crossed, past=None):
        """States [batch, new, model] and the keys and values of self-attention, for new tokens after `past`."""
        x = self.dropout(self.widen(self.table(ids)))
        before = past[0][0].shape[2] if past is not None else 0
        keys = torch.arange(before + ids.shape[1], device=ids.device)
        queries = keys[before:]
        later = (keys[None, :] > queries[:, None]).to(x.dtype)
        bias = self.decoder_bias(queries, keys) - 10000.0 * later[None, None]
        cross_bias = ((1 - mask) * -10000.0)[:, None, None, :].to(x.dtype)
        present = []
        for i, block in enumerate(self.decoder):
            x, k, v = block(x, bias, None if past is None else past[i], crossed[i], cross_bias)
            present.append((k, v))
        return self.dropout(self.decoder_norm(x)), present

    def crossed(self, encoded):
        return [block.cross_keys(encoded) for block in self.decoder]

    def candidate_logits(self, states, candidates):
        """Logits of the tag rows followed by those of the candidate pieces (ids from TAG_ROWS on)."""
        words = self.narrow(states) @ self.word_rank(self.table(candidates)).t()
        return torch.cat([self.tag_head(states), words], -1)


def t5_config(shape, vocabulary):
    return {
        'architectures': ['T5ForConditionalGeneration'],
        'model_type': 't5',
        'is_encoder_decoder': True,
        'd_model': shape.model,
        'embedding_size': shape.embedding,
        'd_kv': shape.model // shape.heads,
        'd_ff': shape.inner,
        'num_layers': shape.encoder,
        'num_decoder_layers': shape.decoder,
        'num_heads': shape.heads,
        'relative_attention_num_buckets': shape.buckets,
        'relative_attention_max_distance': shape.distance,
        'feed_forward_proj': 'relu',
        'decoder_start_token_id': 0,
        'pad_token_id': 0,
        'eos_token_id': 1,
        'tie_word_embeddings': False,
        'use_cache': True,
        'n_positions': 512,
        'vocab_size': vocabulary,
    }
