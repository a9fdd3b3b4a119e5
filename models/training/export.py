"""ONNX files in the layout and with the input names that transformers.js expects."""
import copy
import io

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from bert import BakedTable, bert_config
from quantise import quantise_graph
from t5 import TAG_ROWS, t5_config
from vocab import write_bert_tokenizer, write_json, write_t5_tokenizer

OPSET = 15
SUFFIX = {'fp32': '', 'q8': '_quantized'}


def to_onnx(module, arguments, inputs, outputs, axes):
    buffer = io.BytesIO()
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module,
            arguments,
            buffer,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            do_constant_folding=True,
        )
    return onnx.load_from_string(buffer.getvalue())


def save(model, path, dtype, least=4096):
    if dtype == 'q8':
        quantise_graph(model.graph, least)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))




def frozen(model):
    """A copy with a plain embedding table, without copying the frozen vectors."""
    table, model.table = model.table, None
    result = copy.deepcopy(model)
    model.table = table
    result.table = BakedTable(table.bake())
    return result.eval()


def export_bert(model, folder, pieces, tags, dtype):
    model = frozen(model)
    folder.mkdir(parents=True, exist_ok=True)
    names = ['input_ids', 'attention_mask', 'token_type_ids']
    example = (torch.tensor([[2, 20, 21, 3], [2, 22, 3, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]), torch.zeros(2, 4, dtype=torch.long))
    axes = {name: {0: 'batch', 1: 'pieces'} for name in names + ['logits']}
    save(to_onnx(model, example, names, ['logits'], axes), folder / 'onnx' / f'model{SUFFIX[dtype]}.onnx', dtype)
    write_json(folder / 'config.json', bert_config(model.shape, len(pieces) + 16, tags))
    write_bert_tokenizer(folder, pieces)


class Encoder(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model.encode(input_ids, attention_mask)


class Decoder(nn.Module):
    """One decoder step over keys and values that are all given, the cross-attention's too."""

    def __init__(self, model, head):
        super().__init__()
        self.model = model
        self.head = nn.Parameter(head)

    def forward(self, mask, ids, *past):
        pairs = [(past[4 * i], past[4 * i + 1]) for i in range(len(past) // 4)]
        crossed = [(past[4 * i + 2], past[4 * i + 3]) for i in range(len(past) // 4)]
        states, present = self.model.decode(ids, mask, crossed, pairs)
        logits = torch.cat([self.model.tag_head(states), self.model.narrow(states) @ self.head], 2)
        return (logits, *[tensor for pair in present for tensor in pair])


def cross_branch(model, i, computed):
    """Graph of one branch: keys and values of cross-attention computed from the encoder, or passed on from the past."""
    names = [f'cross{i}_{part}_{"new" if computed else "old"}' for part in ('key', 'value')]
    nodes, constants = [], []
    block = model.decoder[i].cross
    for part, name, linear in zip(('key', 'value'), names, (block.k, block.v)):
        if not computed:
            nodes.append(helper.make_node('Identity', [f'past_key_values.{i}.encoder.{part}'], [name]))
            continue
        constants.append(numpy_helper.from_array(linear.weight.detach().numpy().T.copy(), name + '_w'))
        constants.append(numpy_helper.from_array(torch.tensor([0, -1, block.heads, block.width]).numpy(), name + '_shape'))
        nodes += [
            helper.make_node('MatMul', ['encoder_hidden_states', name + '_w'], [name + '_m']),
            helper.make_node('Reshape', [name + '_m', name + '_shape'], [name + '_r']),
            helper.make_node('Transpose', [name + '_r'], [name], perm=[0, 2, 1, 3]),
        ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ['b', block.heads, 's', block.width]) for name in names]
    return helper.make_graph(nodes, names[0], [], outputs, constants)


def merged_decoder(model):
    """The decoder with `use_cache_branch`: an If gives the cross-attention's keys, all else is one graph."""
    shape, width = model.shape, model.shape.model // model.shape.heads
    head = model.word_rank(model.table.weight[TAG_ROWS:]).t().contiguous()
    layers = range(shape.decoder)
    inner = lambda i, side: [f'past_key_values.{i}.{side}.{part}' for part in ('key', 'value')]
    inputs, axes = ['encoder_attention_mask', 'input_ids'], {}
    for i in layers:
        inputs += inner(i, 'decoder') + [f'crossed.{i}.key', f'crossed.{i}.value']
        for name in inner(i, 'decoder'):
            axes[name] = {0: 'batch', 2: 'past'}
        for name in (f'crossed.{i}.key', f'crossed.{i}.value'):
            axes[name] = {0: 'batch', 2: 'encoder_pieces'}
    outputs = ['logits'] + [f'present.{i}.decoder.{part}' for i in layers for part in ('key', 'value')]
    axes.update({'encoder_attention_mask': {0: 'batch', 1: 'encoder_pieces'}, 'input_ids': {0: 'batch', 1: 'pieces'}})
    axes['logits'] = {0: 'batch', 1: 'pieces'}
    axes.update({name: {0: 'batch', 2: 'total'} for name in outputs[1:]})
    past = []
    for _ in layers:
        past += [torch.randn(2, shape.heads, 3, width)] * 2 + [torch.randn(2, shape.heads, 5, width)] * 2
    example = (torch.ones(2, 5, dtype=torch.long), torch.tensor([[20, 21], [22, 23]]), *past)
    exported = to_onnx(Decoder(model, head.detach()), example, inputs, outputs, axes)
    graph = exported.graph
    branches = []
    for i in layers:
        crossed = [f'crossed.{i}.key', f'crossed.{i}.value']
        branches.append(
            helper.make_node(
                'If',
                ['use_cache_branch_scalar'],
                crossed,
                then_branch=cross_branch(model, i, False),
                else_branch=cross_branch(model, i, True),
            )
        )
        for name, part in zip(crossed, ('key', 'value')):
            branches.append(helper.make_node('Identity', [name], [f'present.{i}.encoder.{part}']))
            graph.output.append(value(f'present.{i}.encoder.{part}', ['batch', shape.heads, 'encoder_pieces', width]))
    kept = [entry for entry in graph.input if not entry.name.startswith('crossed.')]
    kept.append(value('encoder_hidden_states', ['batch', 'encoder_pieces', shape.model]))
    for i in layers:
        kept += [value(name, ['batch', shape.heads, 'encoder_past', width]) for name in inner(i, 'encoder')]
    kept.append(helper.make_tensor_value_info('use_cache_branch', TensorProto.BOOL, [1]))
    del graph.input[:]
    graph.input.extend(kept)
    nodes = [helper.make_node('Squeeze', ['use_cache_branch'], ['use_cache_branch_scalar'])] + branches + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    return exported


def value(name, dimensions):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, dimensions)


def export_t5(model, folder, pieces, dtype):
    model = frozen(model)
    folder.mkdir(parents=True, exist_ok=True)
    example = (torch.tensor([[20, 21, 1], [22, 1, 0]]), torch.tensor([[1, 1, 1], [1, 1, 0]]))
    names = ['input_ids', 'attention_mask']
    axes = {name: {0: 'batch', 1: 'encoder_pieces'} for name in names + ['last_hidden_state']}
    encoder = to_onnx(Encoder(model), example, names, ['last_hidden_state'], axes)
    # The layers stay fp32: the tables and the word head are nearly all of the file, and it is within its size so.
    tables_only = 1_000_000
    save(encoder, folder / 'onnx' / f'encoder_model{SUFFIX[dtype]}.onnx', dtype, tables_only)
    save(merged_decoder(model), folder / 'onnx' / f'decoder_model_merged{SUFFIX[dtype]}.onnx', dtype, tables_only)
    config = t5_config(model.shape, len(pieces) + 16)
    write_json(folder / 'config.json', config)
    generation = {key: config[key] for key in ('decoder_start_token_id', 'pad_token_id', 'eos_token_id')}
    write_json(folder / 'generation_config.json', {**generation, 'max_new_tokens': 511})
    write_t5_tokenizer(folder, pieces)
