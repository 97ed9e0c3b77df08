// The fields of a form and the body that is sent: `{name, title, type, required?, values?, maxLength?}`.

import { Problem } from '../../../js/lib/api.js';
import { codePoints } from '../../../js/lib/text.js';
import { atWallTime, wallTime } from '../../../js/lib/time.js';
import { isNothing, parsed } from './values.js';

/** From this length on a text has several lines. */
const LONG = 200;

/** Which control a field has. */
export function controlOf({ type, values, maxLength = 0 }) {
  if (values?.length) return 'select';
  if (type === 'boolean') return 'check';
  if (type === 'time') return 'time';
  if (type === 'number' || type === 'bytes') return 'number';
  return type === 'json' || (type === 'text' && maxLength > LONG) ? 'area' : 'line';
}

/** What the controls show at first, of a row or of nothing. */
export function initialValues(fields, row = {}) {
  return Object.fromEntries(fields.map((field) => [field.name, toControl(field, row[field.name])]));
}

function toControl(field, value) {
  const control = controlOf(field);
  if (control === 'check') return value === true;
  if (isNothing(value)) return control === 'select' && field.required ? field.values[0] : '';
  if (control === 'time') return wallTime(value);
  if (field.type === 'json') return JSON.stringify(parsed(value), null, 2);
  return String(value);
}

/** What can be said without the server: `{name: error}`. */
export function checkFields(fields, values) {
  return Object.fromEntries(fields.map((field) => [field.name, wrongWith(field, values[field.name])]));
}

function wrongWith({ title, type, required, maxLength }, value) {
  if (typeof value === 'boolean') return undefined;
  if (!value.trim()) return required ? `${title} may not be empty.` : undefined;
  if (maxLength && codePoints(value) > maxLength) return `At most ${maxLength.toLocaleString()} characters, please.`;
  if (type === 'number' || type === 'bytes') return Number.isFinite(Number(value)) ? undefined : 'This is not a number.';
  if (type === 'time') return Number.isNaN(atWallTime(value)) ? 'This is not a time.' : undefined;
  return type === 'json' && !isJson(value) ? 'This is not JSON.' : undefined;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** All that was filled in, for a new row or an action. */
export function bodyOf(fields, values) {
  return Object.fromEntries(fields.map((field) => [field.name, fromControl(field, values[field.name])]).filter(([, value]) => value !== undefined));
}

/** Only what differs from the row, so that what others changed meanwhile is left alone. A text that was emptied is sent empty, anything else as null. */
export function changesOf(fields, values, row) {
  const before = initialValues(fields, row);
  return Object.fromEntries(fields
    .filter(({ name }) => values[name] !== before[name])
    .map((field) => [field.name, fromControl(field, values[field.name]) ?? (field.type === 'text' ? '' : null)]));
}

function fromControl(field, value) {
  const control = controlOf(field);
  if (control === 'check') return value;
  if (value === '') return undefined;
  if (field.type === 'json') return JSON.parse(value);
  if (field.type === 'number' || field.type === 'bytes') return Number(value);
  if (field.type === 'boolean') return value === 'true';
  return control === 'time' ? new Date(atWallTime(value)).toISOString() : value;
}

/** A refusal that names fields of an action (`/fields/name`) names them as the form does. */
export function aboutFields(problem) {
  if (!(problem instanceof Problem) || !problem.errors.length) return problem;
  const errors = problem.errors.map((error) => ({ ...error, pointer: error.pointer?.replace(/^#?\/fields\//, '/') }));
  return new Problem({ ...problem, detail: problem.message, errors });
}
