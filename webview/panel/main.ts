import { defineElements } from '../shared/elements.ts';
import { connectHost } from '../shared/host.ts';
import { Page } from './page.ts';
import { SentenceGrid } from './sentence/grid.ts';
import { initialUi, uiSchema } from './state.ts';

defineElements({ 'entity-lens-grid': SentenceGrid });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element with the id root');
root.className = 'entity-lens';
new Page(root, connectHost(uiSchema, initialUi));
