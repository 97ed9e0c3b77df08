// Which operation an address is, and the contract with nothing but that one. Pure: no page, no requests.

/** The template of a path, and its values; of several the one with the fewest parameters. */
export function matching(contract, path) {
  const parts = path.split('/');
  const fits = Object.keys(contract.paths).filter((template) => contract.paths[template].get && fit(template.split('/'), parts));
  const template = fits.sort((a, b) => names(a).length - names(b).length)[0];
  return template && { template, values: values(template.split('/'), parts) };
}

const names = (template) => template.match(/\{/g) ?? [];
const isName = (part) => part.startsWith('{');

function fit(template, parts) {
  return template.length === parts.length
    && template.every((part, i) => (isName(part) ? parts[i] !== '' : part === parts[i]));
}

function values(template, parts) {
  return Object.fromEntries(template.flatMap((part, i) => (isName(part) ? [[part.slice(1, -1), parts[i]]] : [])));
}

/** A contract of one read, its parameters filled with what stands in the address. */
export function narrowed(contract, { template, values: inPath }, query) {
  const path = contract.paths[template];
  const parameters = [...path.parameters ?? [], ...path.get.parameters ?? []]
    .map((each) => resolved(contract, each))
    .map((each) => filled(each, each.in === 'path' ? inPath[each.name] : query.get(each.name)));
  return { ...contract, tags: [], paths: { [template]: { get: { ...path.get, parameters } } } };
}

function resolved(contract, node) {
  return node.$ref ? node.$ref.slice(2).split('/').reduce((found, name) => found[name], contract) : node;
}

function filled(parameter, value) {
  if (value === undefined || value === null) return parameter;
  const { examples, ...rest } = parameter;
  return { ...rest, example: value, schema: { ...parameter.schema, default: value } };
}
