import process from 'node:process';
import tseslint from 'typescript-eslint';

/** Browser page, so no Node there; core and protocol run anywhere, so neither. */
const anywhere = ['src/core/**', 'src/protocol/**'];

/** A call takes only so many arguments: what is spread over one may be a whole corpus. */
const spreading =
  ':matches(CallExpression, NewExpression)[callee.property.name=/^(?:push|unshift|splice|toSpliced|concat|max|min|fromCharCode|fromCodePoint|of)$/] > SpreadElement';
const unboundedArguments = [
  {
    selector: spreading,
    message: 'A long list overflows the stack: use append, largest or smallest of src/core/lists.ts.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      '.workbench/',
      'coverage/',
      'test-results/',
      '**/*.cjs',
      '.vscode-test/',
    ],
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname ?? process.cwd() },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 299 }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that owns the name.' },
        {
          // A field that lit looks after has accessors of its own and cannot be a #name.
          selector: ':matches(PropertyDefinition[declare!=true], MethodDefinition)[accessibility="private"]',
          message: 'Write a private member as #name, which the language itself keeps private.',
        },
        {
          selector: 'TSParameterProperty[accessibility="private"]',
          message: 'Declare a #name and set it in the constructor.',
        },
        {
          selector:
            ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator[init.raw=/^[0-9]/] > Identifier[name=/^[a-z]/]',
          message: 'Write a number that is a constant of its file in UPPER_CASE; milliseconds end with _MS.',
        },
        {
          selector: 'CallExpression[callee.name="setTimeout"] > Identifier[name=/^[A-Z]/]:not([name=/_MS$/])',
          message: 'A constant in milliseconds ends with _MS.',
        },
        ...unboundedArguments,
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Counts and indices in messages are numbers by nature.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: anywhere,
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'setImmediate', 'performance'],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    // Scripts talk to the person who started them.
    files: ['**/*.mjs'],
    rules: {
      'no-console': 'off',
    },
  },
  // What a suite prints in the extension host is collected from VS Code's console.
  { files: ['test/extension-host/index.ts', 'test/bench/editor/index.ts'], rules: { 'no-console': 'off' } },
  { files: ['eslint.config.mjs', 'scripts/noImages.mjs'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['eslint.config.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
