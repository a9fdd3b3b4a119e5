"""Dynamic int8 by rewriting an ONNX graph: matrix products with a constant, and tables that are looked up by row."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper


def quantised(weights, axis):
    """int8 values and the fp32 scale per column (axis 0) or per row (axis 1)."""
    scale = np.abs(weights).max(axis=axis, keepdims=True) / 127.0
    scale = np.where(scale == 0, 1.0, scale).astype(np.float32)
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def quantise_graph(graph, least=4096):
    """Rewrites `graph` in place; constants of fewer than `least` values stay fp32."""
    constants = {c.name: c for c in graph.initializer}
    nodes, added, dropped, done = [], [], set(), {}

    def constant(name, array):
        added.append(numpy_helper.from_array(array, name))
        return name

    for node in graph.node:
        source = constants.get(node.input[1]) if node.op_type == 'MatMul' else None
        table = constants.get(node.input[0]) if node.op_type == 'Gather' else None
        if source is not None and np.prod(source.dims) >= least and len(source.dims) == 2:
            base = node.output[0]
            if source.name not in done:
                values, scale = quantised(numpy_helper.to_array(source), 0)
                done[source.name] = (
                    constant(source.name + '_q', values),
                    constant(source.name + '_scale', scale[0]),
                )
                dropped.add(source.name)
            values, scale = done[source.name]
            if node.input[0] not in done:
                done[node.input[0]] = [f'{node.input[0]}_dynamic_{part}' for part in ('q', 'scale', 'zero')]
                nodes.append(helper.make_node('DynamicQuantizeLinear', [node.input[0]], done[node.input[0]]))
            x, x_scale, x_zero = done[node.input[0]]
            nodes += [
                helper.make_node('MatMulInteger', [x, values, x_zero], [base + '_i']),
                helper.make_node('Cast', [base + '_i'], [base + '_f'], to=TensorProto.FLOAT),
                helper.make_node('Mul', [x_scale, scale], [base + '_s']),
                helper.make_node('Mul', [base + '_f', base + '_s'], [base]),
            ]
        elif table is not None and np.prod(table.dims) >= 65536 and table.data_type == TensorProto.FLOAT:
            base = node.output[0]
            values, scale = quantised(numpy_helper.to_array(table), 1)
            dropped.add(table.name)
            table_q = constant(table.name + '_q', values)
            table_s = constant(table.name + '_scale', scale)
            nodes += [
                helper.make_node('Gather', [table_q, node.input[1]], [base + '_row_q'], axis=0),
                helper.make_node('Gather', [table_s, node.input[1]], [base + '_row_scale'], axis=0),
                helper.make_node('Cast', [base + '_row_q'], [base + '_row_f'], to=TensorProto.FLOAT),
                helper.make_node('Mul', [base + '_row_f', base + '_row_scale'], [base]),
            ]
        else:
            nodes.append(node)
    kept = [c for name, c in constants.items() if name not in dropped]
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.initializer[:]
    graph.initializer.extend(kept + added)
