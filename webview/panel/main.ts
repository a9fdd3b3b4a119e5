import { ConfusionMatrix } from '../shared/confusionMatrix.ts';
import { connectHost } from '../shared/host.ts';
import { MenuButton } from '../shared/menuButton.ts';
import { Page } from './page.ts';
import { SentenceGrid } from './sentence/grid.ts';
import { initialUi, uiSchema } from './state.ts';
import { registerToolkit } from '../shared/toolkit.ts';

registerToolkit();
customElements.define('entity-lens-grid', SentenceGrid);
customElements.define('entity-lens-matrix', ConfusionMatrix);
customElements.define('entity-lens-menu', MenuButton);

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element with the id root');
root.className = 'entity-lens';
new Page(root, connectHost(uiSchema, initialUi));
