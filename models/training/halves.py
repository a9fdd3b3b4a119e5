"""Matrix products of training in bfloat16, which a processor with AVX512-BF16 does twice as fast; sums and weights stay in single precision."""
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import nn


class HalfProduct(torch.autograd.Function):
    """x [n, in] times the transpose of weight [out, in]."""

    @staticmethod
    def forward(context, x, weight):
        x, weight = x.bfloat16(), weight.bfloat16()
        context.save_for_backward(x, weight)
        return (x @ weight.t()).float()

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        gradient = gradient.bfloat16()
        return (gradient @ weight).float(), (gradient.t() @ x).float()


# Whether products without gradients are halves, too.
everywhere = {'on': False}


def forward(layer, x):
    """What nn.Linear does, the product in bfloat16 while gradients are wanted; scores are of whole products."""
    if not torch.is_grad_enabled() and not everywhere['on']:
        return nn.functional.linear(x, layer.weight, layer.bias)
    out = HalfProduct.apply(x.reshape(-1, x.shape[-1]), layer.weight).reshape(*x.shape[:-1], -1)
    return out if layer.bias is None else out + layer.bias


@contextmanager
def halves_everywhere():
    """For work without gradients that need not be exact, such as labels for others to learn from."""
    everywhere['on'] = True
    try:
        yield
    finally:
        everywhere['on'] = False


def use_halves():
    """Makes every linear layer of this process train so, where the processor has the instructions."""
    information = Path('/proc/cpuinfo')
    if information.exists() and 'avx512_bf16' in information.read_text(encoding='utf-8'):
        nn.Linear.forward = forward
