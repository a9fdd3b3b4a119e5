import { defineElements } from '../shared/elements.ts';
import { connectHost } from '../shared/host.ts';
import { EvaluationPage } from './page.ts';
import { initialUi, uiSchema } from './state.ts';

defineElements();

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element with the id root');
root.className = 'entity-lens';
new EvaluationPage(root, connectHost(uiSchema, initialUi));
