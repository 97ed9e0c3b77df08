import { Observable } from '../../../js/lib/observable.js';

/** The models that there are, as the server describes them: their columns, orders, filters and what can be done to a row. */
export class Catalogue extends Observable {
  /** Null until they are here. */
  models = null;

  constructor({ api }) {
    super();
    this.api = api;
  }

  async load() {
    this.models = (await this.api.get('admin/models')).items;
    this.changed();
  }

  get(name) {
    return this.models?.find((model) => model.name === name);
  }

  /** Lists that can be narrowed to what belongs to one row of `name`: `[{model, filter}]`. */
  related(name) {
    return (this.models ?? []).flatMap((model) =>
      model.filters.filter(({ references }) => references === name).map((filter) => ({ model, filter })));
  }
}

/** What a row is called: its first text that is not empty, or else its id. */
export function rowName(model, row) {
  const named = model.columns.find(({ name, type }) => type === 'text' && typeof row[name] === 'string' && row[name].trim());
  return named ? row[named.name] : row.id;
}

/** The orders that are offered, now that these filters are set: some filters leave only some. */
export function sortsFor(model, { filters }) {
  const limits = filters.map(({ name }) => model.filters.find((one) => one.name === name)?.sorts).filter(Boolean);
  return model.sorts.filter(({ name }) => limits.every((some) => some.includes(name)));
}

/** Without an order that is no longer offered. */
export function fitting(model, query) {
  const name = query.sort.replace(/^-/, '');
  return !name || sortsFor(model, query).some((sort) => sort.name === name) ? query : { ...query, sort: '' };
}

/** Groups in the order in which they first come: `[{group, items}]`. */
export function grouped(items) {
  const groups = new Map();
  for (const item of items) {
    if (!groups.has(item.group)) groups.set(item.group, []);
    groups.get(item.group).push(item);
  }
  return [...groups].map(([group, some]) => ({ group, items: some }));
}
