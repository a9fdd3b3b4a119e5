import { detailSectionSchema } from '../../src/protocol/panelDetails.ts';
import type { PanelChannel } from './corrections.ts';
import type { Ui } from './state.ts';

/** Tells the host which of the figures that are worked out on demand are in sight, where that has changed. */
export class ShownSections {
  #told = '';

  readonly #channel: PanelChannel;

  constructor(channel: PanelChannel) {
    this.#channel = channel;
  }

  tell({ tab, closed, dimension }: Ui): void {
    const sections = detailSectionSchema.options.filter((section) =>
      section === 'failures' ? tab === 'failures' : tab === 'scores' && !closed.includes(section),
    );
    const now = JSON.stringify([sections, dimension]);
    if (now === this.#told) return;
    // The line above the sentence tells its place in the queue whichever tab is open.
    if (this.#told === '') this.#channel.notify('watchQueue', { shown: true });
    this.#told = now;
    this.#channel.notify('show', { sections, dimension });
  }
}
