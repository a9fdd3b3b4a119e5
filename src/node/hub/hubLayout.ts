import type { ModelSource } from '../../core/span.ts';

/** The library's words for number formats. */
export const DTYPES = ['fp32', 'fp16', 'q8', 'int8', 'q4'] as const;
export type Dtype = (typeof DTYPES)[number];

const SUFFIX: Readonly<Record<Dtype, string>> = { fp32: '', fp16: '_fp16', q8: '_quantized', int8: '_int8', q4: '_q4' };

/** The ONNX files of a family and dtype, relative to a model's folder. */
export function graphFiles(family: ModelSource, dtype: Dtype): readonly string[] {
  const names = family === 'bert' ? ['model'] : ['encoder_model', 'decoder_model_merged'];
  return names.map((name) => `onnx/${name}${SUFFIX[dtype]}.onnx`);
}

/** The small files of a model; `optional` ones may be missing on the hub. */
export function smallFiles(family: ModelSource): readonly { readonly path: string; readonly optional: boolean }[] {
  return [
    { path: 'config.json', optional: false },
    { path: 'tokenizer.json', optional: false },
    { path: 'tokenizer_config.json', optional: false },
    ...(family === 't5' ? [{ path: 'generation_config.json', optional: true }] : []),
  ];
}

/** The address of a file in the hub's URL layout. */
export function fileUrl(host: string, id: string, revision: string, file: string): string {
  const [owner = '', name = ''] = id.split('/');
  const parts = [owner, name, 'resolve', revision, ...file.split('/')].map(encodeURIComponent);
  return `${host.replace(/\/+$/u, '')}/${parts.join('/')}`;
}
