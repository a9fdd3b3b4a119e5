import { ConfusionMatrix } from './confusionMatrix.ts';
import { MenuButton } from './menuButton.ts';
import { registerToolkit } from './toolkit.ts';

/** The elements that any page may draw. A page that draws one which nobody defined shows nothing in its place. */
const SHARED_ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  'entity-lens-matrix': ConfusionMatrix,
  'entity-lens-menu': MenuButton,
};

/** Defines the elements of the toolkit, those that pages share, and a page's own. */
export function defineElements(own: Readonly<Record<string, CustomElementConstructor>> = {}): void {
  registerToolkit();
  for (const [name, element] of Object.entries({ ...SHARED_ELEMENTS, ...own })) customElements.define(name, element);
}
