import { mlserverRuntime, rayApplication } from './enginePython.ts';

/** The engines for which files are written. */
export const ENGINES = ['triton', 'mlserver', 'kserve', 'ray'] as const;
export type Engine = (typeof ENGINES)[number];

/** A model as an engine sees it. */
export interface EngineModel {
  readonly name: string;
  /** Whether its weights are whole numbers: such a graph takes the scale of its activations from all rows of a batch. */
  readonly quantised: boolean;
}

/** What an engine needs: the place of the graph, and texts by their places. */
export interface EngineFiles {
  readonly graph: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The files for an engine. */
export function engineFiles(engine: Engine, model: EngineModel): EngineFiles {
  const { name } = model;
  const client = (address: string): string =>
    `npm run --silent cli -- annotate news.txt --system bert --server ${address} --protocol oip --model ${name} --tokenizer tokenizer --out news.iob2`;
  switch (engine) {
    case 'triton':
      return {
        graph: `repository/${name}/1/model.onnx`,
        texts: {
          [`repository/${name}/config.pbtxt`]: tritonConfig(model),
          'README.md': readme(name, 'Triton', [
            'docker pull nvcr.io/nvidia/tritonserver:25.01-py3',
            'docker run --rm -p 127.0.0.1:8000:8000 -v "$PWD/repository:/models" nvcr.io/nvidia/tritonserver:25.01-py3 tritonserver --model-repository=/models',
            client('http://127.0.0.1:8000'),
          ]),
        },
      };
    case 'mlserver':
      return {
        graph: 'model.onnx',
        texts: {
          'model-settings.json': json({
            name,
            implementation: 'runtime.TokenClassifier',
            parameters: { version: '1', uri: './model.onnx' },
          }),
          'settings.json': json({ host: '127.0.0.1', parallel_workers: 0 }),
          'runtime.py': mlserverRuntime,
          'README.md': readme(name, 'MLServer', [
            'python3 -m venv venv && venv/bin/pip install mlserver onnxruntime',
            'venv/bin/mlserver start .',
            client('http://127.0.0.1:8080'),
          ]),
        },
      };
    case 'kserve':
      return {
        graph: `repository/${name}/1/model.onnx`,
        texts: {
          [`repository/${name}/config.pbtxt`]: tritonConfig(model),
          'inference-service.yaml': inferenceService(name),
          'README.md': readme(name, 'KServe', [
            'kubectl cp repository YOUR_POD:/mnt/models/repository # or put the folder where storageUri points',
            'kubectl apply -f inference-service.yaml && kubectl wait --for=condition=Ready inferenceservice/' +
              dnsName(name),
            client(`https://${dnsName(name)}.default.example.com`),
          ]),
        },
      };
    case 'ray':
      return {
        graph: 'model.onnx',
        texts: {
          'app.py': rayApplication(name),
          'README.md': readme(name, 'Ray Serve', [
            "python3 -m venv venv && venv/bin/pip install 'ray[serve]' onnxruntime",
            'venv/bin/serve run app:application',
            client('http://127.0.0.1:8000'),
          ]),
        },
      };
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A name that Kubernetes takes. */
function dnsName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d-]/gu, '-');
}

/** Triton reads inputs and outputs from the graph. */
function tritonConfig({ name, quantised }: EngineModel): string {
  const why = quantised
    ? "# The graph is quantised: it takes the scale of its activations from all rows of a batch, so that a sentence's tags would\n# depend on the sentences beside it. With a float graph (dtype fp32), 32 is a good number."
    : '# Sentences of the same length are joined while they wait.';
  return `name: "${name}"
backend: "onnxruntime"
${why}
max_batch_size: ${quantised ? '1' : '32'}
dynamic_batching { max_queue_delay_microseconds: ${quantised ? '0' : '2000'} }
instance_group [ { count: 2 } ]
`;
}

function inferenceService(name: string): string {
  return `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: ${dnsName(name)}
spec:
  predictor:
    minReplicas: 1
    maxReplicas: 4
    model:
      modelFormat:
        name: onnx
      runtime: kserve-tritonserver
      protocolVersion: v2
      storageUri: pvc://models/repository
      resources:
        requests: { cpu: '2', memory: 1Gi }
        limits: { cpu: '2', memory: 2Gi }
`;
}

function readme(name: string, engine: string, commands: readonly string[]): string {
  return `# ${name} for ${engine}

In this folder:

\`\`\`sh
${commands.join('\n')}
\`\`\`

The last one is run in the repository of Entity Lens; \`tokenizer\` is the folder of that name here, which cuts the words. In the editor it is *Select
Model… > On a server*.
`;
}
