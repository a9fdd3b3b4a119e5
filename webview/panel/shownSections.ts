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

  tell({ closed, dimension }: Ui): void {
    const sections = detailSectionSchema.options.filter((section) => !closed.includes(section));
    const queue = !closed.includes('queue');
    const now = JSON.stringify([sections, dimension, queue]);
    if (now === this.#told) return;
    this.#told = now;
    this.#channel.notify('show', { sections, dimension });
    this.#channel.notify('watchQueue', { shown: queue });
  }
}
