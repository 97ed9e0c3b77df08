import { highlight } from '../lib/highlight.js';
import { parse } from '../lib/markdown.js';
import { html, useModels } from './preact.js';

const MANY = 20_000;
const JUMBO = /^(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*\s*){1,3}$/u;

/**
 * A message's words: the few marks shown, line breaks kept, addresses clickable, whom it calls as chips; nothing in it ever
 * markup. `names` tells who is behind an id, `me` is highlighted.
 */
export function MessageText({ text, row = {}, names, me }) {
  const look = { row, names, me };
  const alone = text.length < 40 && JUMBO.test(text.trim());
  return html`
    <div class="text ${alone ? 'jumbo' : ''}" data-testid="message-text" dir="auto">${parse(text).map((block) => blockOf(block, look))}</div>`;
}

function blockOf(block, look) {
  const { type, children } = block;
  if (type === 'code') return html`<${Code} ...${block} />`;
  if (type === 'quote') return html`<blockquote dir="auto">${children.map((one) => blockOf(one, look))}</blockquote>`;
  if (type === 'paragraph') return html`<p dir="auto">${children.map((part) => partOf(part, look))}</p>`;
  const items = block.items.map((item) => html`<li dir="auto">${item.map((one) => blockOf(one, look))}</li>`);
  return block.ordered ? html`<ol start=${block.start}>${items}</ol>` : html`<ul>${items}</ul>`;
}

function partOf(part, look) {
  if (typeof part === 'string') return part;
  const inside = part.children?.map((one) => partOf(one, look));
  switch (part.type) {
    case 'strong': return html`<strong>${inside}</strong>`;
    case 'em': return html`<em>${inside}</em>`;
    case 'del': return html`<del>${inside}</del>`;
    case 'span': return html`<code>${part.text}</code>`;
    case 'mention': return html`<${Mention} name=${part.name} ...${look} />`;
    case 'link': return html`<a href=${part.href} title=${part.href} target="_blank" rel="noopener noreferrer nofollow">${inside}</a>`;
    default: return inside;
  }
}

function Code({ text, language }) {
  const parts = text.length > MANY ? [{ text }] : highlight(text, language);
  return html`
    <pre dir="ltr" tabindex="0" aria-label=${language ? `Code, ${language}` : 'Code'}><code>${parts.map(({ text, kind }) =>
      (kind ? html`<span class="code-${kind}">${text}</span>` : text))}</code></pre>`;
}

/** A name is a chip when the server says that the message calls its bearer, or everybody. */
function Mention({ name, row, names, me }) {
  useModels(names);
  if (name === 'room') return row.mentionsRoom ? html`<span class="mention own" data-testid="mention">@room</span>` : '@room';
  const found = called(name, row.mentions ?? [], names);
  if (!found) return `@${name}`;
  return html`<bdi class="mention ${found.id === me?.id ? 'own' : ''}" data-testid="mention" title=${found.displayName}>@${name}</bdi>`;
}

function called(name, ids, names) {
  const key = name.normalize('NFKC').toLocaleLowerCase();
  const user = ids.map((id) => names?.get(id)).find((one) => one?.username.toLocaleLowerCase() === key);
  if (!user) names?.want(ids);
  return user;
}
