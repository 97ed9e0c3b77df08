import { plain } from '../lib/text.js';
import { Component, html } from './preact.js';
import { brief } from './quote.js';

/** Reads out what others say in the open room: only what comes while it is open, not history. */
export class Announcer extends Component {
  state = { text: '' };
  heardUpTo = null;

  componentDidMount() {
    this.listen(this.props);
  }

  componentWillReceiveProps(next) {
    this.listen(next);
  }

  listen({ last, meId, loaded }) {
    if (!loaded) return;
    const upTo = last?.seq ?? 0;
    if (this.heardUpTo !== null && upTo > this.heardUpTo && last.sender.id !== meId) {
      this.setState({ text: `${plain(last.sender.displayName)}: ${brief(last, Infinity)}` });
    }
    this.heardUpTo = upTo;
  }

  render(_, { text }) {
    return html`<p class="unseen" aria-live="polite">${text}</p>`;
  }
}
