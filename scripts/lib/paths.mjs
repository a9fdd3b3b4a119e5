import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where the served VS Code, its Node and its user data live; ignored by git, safe to delete. */
export const workbenchRoot = path.join(root, '.workbench');

/** Where test runs leave their result files, logs and screenshots. */
export const resultsRoot = path.join(root, 'test-results');

/**
 * A path inside the repository.
 * @param {...string} parts
 */
export const inRoot = (...parts) => path.join(root, ...parts);
