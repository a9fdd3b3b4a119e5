'use strict';

const node = ['core'];
const lib = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

/**
 * The layers: what each folder may import besides itself. Anything else is an error, be it another folder, a package or
 * a module of Node. `vscode` resolves to its types.
 */
const layers = [
  { folder: 'src/core', may: [...lib('re2js')], node: false },
  { folder: 'src/protocol', may: ['^src/core/', ...lib('valibot')], node: false },
  { folder: 'src/node', may: ['^src/(core|protocol)/', ...lib('valibot', 'hyparquet-writer')], node: true },
  {
    folder: 'src/inference',
    may: ['^src/(core|protocol)/', ...lib('valibot', '@huggingface/transformers', 'onnxruntime-(node|common)')],
    node: true,
  },
  {
    folder: 'src/extension',
    may: ['^src/(core|protocol|node)/', '^vscode$', ...lib('@types/vscode', 'valibot')],
    node: true,
  },
  { folder: 'src/cli', may: ['^src/(core|protocol|node)/', ...lib('valibot')], node: true },
  {
    folder: 'webview',
    may: ['^src/(core|protocol)/', ...lib('lit', '@vscode/webview-ui-toolkit', 'valibot')],
    node: false,
  },
];

const rules = layers.flatMap((layer) => [
  {
    name: `${layer.folder.replace('src/', '')}-imports`,
    comment: `${layer.folder} may import itself${layer.may.length > 0 ? `, ${layer.may.join(', ')}` : ''}.`,
    severity: 'error',
    from: { path: `^${layer.folder}/` },
    to: { pathNot: [`^${layer.folder}/`, ...layer.may], dependencyTypesNot: node },
  },
  ...(layer.node
    ? []
    : [
        {
          name: `${layer.folder.replace('src/', '')}-node`,
          comment: `${layer.folder} runs without Node.`,
          severity: 'error',
          from: { path: `^${layer.folder}/` },
          to: { dependencyTypes: node },
        },
      ]),
]);

const files = ['base', 'settings'];
const services = [...files, 'document', 'prediction'];
const decided = [...services, 'decisions'];

/** The rooms of the extension from the lowest floor to the highest: what each may import besides itself, types included. */
const extensionRooms = {
  base: [],
  settings: [],
  document: files,
  prediction: [...files, 'document'],
  decisions: services,
  figures: services,
  models: services,
  corpus: services,
  review: decided,
  search: [...decided, 'corpus'],
  exchange: decided,
  evaluation: [...decided, 'figures'],
  compare: decided,
  editor: [...decided, 'review'],
  panel: [...decided, 'review', 'figures'],
};

/** The rooms of the webview: two pages meet only in what they share. */
const webviewRooms = { shared: [], panel: ['shared'], evaluation: ['shared'] };

const roomRules = (base, rooms) => [
  ...Object.entries(rooms).map(([room, may]) => ({
    name: `${base.replace('src/', '')}-${room}`,
    comment: `${base}/${room} may import of ${base}: ${[room, ...may].join(', ')}.`,
    severity: 'error',
    from: { path: `^${base}/${room}/` },
    to: { path: `^${base}/`, pathNot: `^${base}/(${[room, ...may].join('|')})/` },
  })),
  {
    name: `${base.replace('src/', '')}-rooms`,
    comment: `A new folder of ${base} needs its floor in .dependency-cruiser.cjs.`,
    severity: 'error',
    from: { path: `^${base}/[^/]+/`, pathNot: `^${base}/(${Object.keys(rooms).join('|')})/` },
    to: {},
  },
];

module.exports = {
  forbidden: [
    ...rules,
    ...roomRules('src/extension', extensionRooms),
    ...roomRules('webview', webviewRooms),
    {
      name: 'no-cycles',
      comment: 'A circle of files, be it of types alone, cannot be understood one file at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'Every import names something that exists.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
