import { html, useLayoutEffect, useRef, useState } from './preact.js';

/**
 * A button that opens a menu: arrow keys move in it, Escape or a click beside it closes it, the focus comes back. Items are
 * `{label, onPick, testid?, icon?, danger?, checked?}`, with `group` (a name for those that belong together) where one of several
 * is chosen; nothing (`false`) is left out.
 */
export function Menu({ label, icon: Icon, testid, items, disabled, children }) {
  const [open, setOpen] = useState(false);
  const button = useRef();
  const list = useRef();
  useLayoutEffect(() => {
    if (!open) return;
    list.current.showPopover();
    place(list.current, button.current);
    focusItem(list.current, () => 0);
  }, [open]);
  const close = (back = true) => {
    setOpen(false);
    if (back) button.current?.focus();
  };
  const pick = ({ onPick }) => {
    close();
    onPick();
  };
  const key = (event) => {
    if (event.key === 'Tab') close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = { Home: () => 0, End: (all) => all.length - 1 }[event.key];
    if (!step && !to) return;
    event.preventDefault();
    focusItem(list.current, to ?? ((all) => (all.indexOf(document.activeElement) + step + all.length) % all.length));
  };
  return html`
    <button type="button" ref=${button} class="icon-button" data-testid=${testid} title=${label} aria-label=${label} aria-haspopup="menu" aria-expanded=${open}
      disabled=${disabled} onClick=${() => setOpen(!open)}
      onKeyDown=${(event) => { if (event.key === 'ArrowDown' && !open) { event.preventDefault(); setOpen(true); } }}>${children ?? html`<${Icon} />`}</button>
    ${open && html`
      <div ref=${list} class="menu" role="menu" popover="auto" aria-label=${label} onKeyDown=${key}
        onToggle=${(event) => { if (event.newState === 'closed') close(list.current?.contains(document.activeElement) || document.activeElement === document.body); }}>
        ${grouped(items.filter(Boolean)).map(({ group, items: some }) => html`
          <div key=${group ?? some[0].label} class="menu-group" role=${group ? 'group' : 'none'} aria-label=${group}>
            ${group && html`<p class="menu-heading" aria-hidden="true">${group}</p>`}
            ${some.map((item) => html`<${Item} key=${item.label} item=${item} onPick=${() => pick(item)} />`)}
          </div>`)}
      </div>`}`;
}

function Item({ item: { label, testid, icon: Icon, danger, checked, group }, onPick }) {
  const role = checked === undefined ? 'menuitem' : group ? 'menuitemradio' : 'menuitemcheckbox';
  return html`
    <button type="button" role=${role} tabindex="-1" class="menu-item ${danger ? 'danger' : ''}" data-testid=${testid} aria-checked=${checked} onClick=${onPick}>
      ${Icon ? html`<${Icon} />` : html`<span class="menu-mark" aria-hidden="true">${checked ? '✓' : ''}</span>`}<span>${label}</span>
    </button>`;
}

/** Neighbours of one group together. */
function grouped(items) {
  const groups = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.group === item.group) last.items.push(item);
    else groups.push({ group: item.group, items: [item] });
  }
  return groups;
}

function focusItem(list, which) {
  const all = [...list.querySelectorAll('.menu-item')];
  all[which(all)]?.focus();
}

/** Below its button and within the window. */
function place(list, button) {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = list;
  const edge = 8;
  const x = left + width > innerWidth - edge ? right - width : left;
  const y = bottom + 4 + height > innerHeight - edge ? top - 4 - height : bottom + 4;
  list.style.left = `${Math.max(edge, Math.min(x, innerWidth - width - edge))}px`;
  list.style.top = `${Math.max(edge, y)}px`;
}
