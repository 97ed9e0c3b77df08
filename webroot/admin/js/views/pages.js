// What the panel shows beside its generic lists: one line a page, one line a model with a view of its own.

import { listHref, NO_QUERY, withFilter } from '../models/route.js';
import { AuditChange, auditColumns } from './audit.js';
import { Connections } from './connections.js';
import { Dashboard } from './dashboard.js';
import { Registration } from './registration.js';
import { Reports } from './reports.js';
import { Settings } from './settings.js';

/** Pages that are no list of rows: `{page, title, group, view}`, with the model they need, if any; the view gets `{panel, route}`. The first one is where one begins. */
export const PAGES = [
  { page: '', title: 'Dashboard', group: 'Overview', view: Dashboard },
  { page: 'connections', title: 'Live connections', group: 'Overview', view: Connections },
  { page: 'registration', title: 'Registration', group: 'Overview', view: Registration },
  { page: 'settings', title: 'Settings in force', group: 'Overview', view: Settings },
  { page: 'open-reports', title: 'Open reports', group: 'Moderation', view: Reports, needs: 'reports' },
];

/** Models whose lists have columns of their own: from the columns that there are to those that are shown, `view` being what shows one. */
export const LISTED = {
  'audit-log': auditColumns,
};

/** Views of a model that stand above the fields of a row; they get `{panel, model, row, reload}`. */
export const ABOVE_ROW = {
  'audit-log': AuditChange,
};

/** Fields that such a view shows in their place. */
export const SHOWN_ABOVE = {
  'audit-log': ['before', 'after'],
};

/** What of these pages belongs to a row, beside the lists that say so themselves: `{title, href(row)}`. */
export const BELONGING = {
  users: [{ title: 'Live connections', href: ({ id }) => listHref('connections', withFilter(NO_QUERY, 'userId', id)) }],
};
