import { ConfusionMatrix } from './confusionMatrix.ts';
import { connectHost } from './host.ts';
import { MenuButton } from './menuButton.ts';
import { Page } from './page.ts';
import { SentenceGrid } from './sentenceGrid.ts';
import { initialUi, uiSchema } from './state.ts';
import { registerToolkit } from './toolkit.ts';

registerToolkit();
customElements.define('entity-lens-grid', SentenceGrid);
customElements.define('entity-lens-matrix', ConfusionMatrix);
customElements.define('entity-lens-menu', MenuButton);

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element with the id root');
root.className = 'entity-lens';
new Page(root, connectHost(uiSchema, initialUi));
