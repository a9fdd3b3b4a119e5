import { ConfusionMatrix } from './confusionMatrix.ts';
import { connectHost } from './host.ts';
import { Page } from './page.ts';
import { SentenceGrid } from './sentenceGrid.ts';
import { registerToolkit } from './toolkit.ts';

registerToolkit();
customElements.define('entity-lens-grid', SentenceGrid);
customElements.define('entity-lens-matrix', ConfusionMatrix);

const root = document.createElement('div');
root.className = 'entity-lens';
document.body.append(root);
new Page(root, connectHost());
