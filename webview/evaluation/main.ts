import { ConfusionMatrix } from '../shared/confusionMatrix.ts';
import { connectHost } from '../shared/host.ts';
import { registerToolkit } from '../shared/toolkit.ts';
import { EvaluationPage } from './page.ts';
import { initialUi, uiSchema } from './state.ts';

registerToolkit();
customElements.define('entity-lens-matrix', ConfusionMatrix);

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element with the id root');
root.className = 'entity-lens';
new EvaluationPage(root, connectHost(uiSchema, initialUi));
