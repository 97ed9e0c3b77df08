// What the panel shows beside its generic lists: one line a page, one line a model with a view of its own.

import { AuditChange } from './audit.js';
import { Dashboard } from './dashboard.js';

/** Pages that are no list of rows: `{page, title, group, view}`; the view gets `{panel}`. The first one is where one begins. */
export const PAGES = [
  { page: '', title: 'Dashboard', group: 'Overview', view: Dashboard },
];

/** Views of a model that stand above the fields of a row; they get `{panel, model, row, reload}`. */
export const ABOVE_ROW = {
  'audit-log': AuditChange,
};

/** Fields that such a view shows in their place. */
export const SHOWN_ABOVE = {
  'audit-log': ['before', 'after'],
};
