// What the address after `#` means: a page, a list with its search, order, filters and place, or one row.

/** `{page: ''}` is the first page. A list is `{page, query: {q, sort, filters: [{name, value}], after}}`, a row `{page, id}`. */
export function parseRoute(hash) {
  const [path, search = ''] = split(hash.replace(/^#?\/?/, ''), '?');
  const [page, id] = split(path, '/');
  if (id !== undefined && id !== '') return { page, id: decoded(id) };
  const params = new URLSearchParams(search);
  return {
    page,
    query: {
      q: params.get('q') ?? '', sort: params.get('sort') ?? '', after: params.get('after') ?? '',
      filters: params.getAll('filter').map(filterOf).filter(Boolean),
    },
  };
}

export const NO_QUERY = Object.freeze({ q: '', sort: '', after: '', filters: Object.freeze([]) });

/** The address of a list; what is empty is left out. */
export function listHref(page, query = NO_QUERY) {
  const search = searchOf(query).toString();
  return `#/${page}${search ? `?${search}` : ''}`;
}

export const rowHref = (page, id) => `#/${page}/${encodeURIComponent(id)}`;

/** The same query as the server takes it; `after` is left out on request, since an export has no place in it. */
export function searchOf({ q, sort, filters = [], after } = NO_QUERY) {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (sort) params.set('sort', sort);
  for (const { name, value } of filters) params.append('filter', `${name}:${value}`);
  if (after) params.set('after', after);
  return params;
}

/** With one more filter; of one name there is one. From there on one begins at the first page. */
export function withFilter(query, name, value) {
  return { ...query, after: '', filters: [...query.filters.filter((one) => one.name !== name), { name, value }] };
}

export function withoutFilter(query, name) {
  return { ...query, after: '', filters: query.filters.filter((one) => one.name !== name) };
}

/** Ordered by `name`: the way it is first, then the other way round. */
export function sortedBy(query, name) {
  return { ...query, after: '', sort: query.sort === name ? `-${name}` : name };
}

function filterOf(text) {
  const [name, value] = split(text, ':');
  return value ? { name, value } : undefined;
}

function split(text, at) {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
