/** Gives the keyboard to the grid, once the control that was used has done with it. */
export function focusGrid(root: ParentNode): void {
  requestAnimationFrame(() => {
    root.querySelector<HTMLElement>('entity-lens-grid [tabindex="0"]')?.focus();
  });
}

/** Scrolls to the selected tokens, so that nothing happens to what a person does not see. */
export function showSelection(root: ParentNode): void {
  root.querySelector('entity-lens-grid [aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
}
