// What went wrong, in the words of the page. Pure: a problem in, a sentence out.

import { sentence } from '../lib/text.js';

const BY_SLUG = {
  'bad-credentials': 'User name or password is wrong.',
  'confirm-first': 'Nothing has changed: it was not confirmed that this is you.',
  'link-invalid': 'This link has been used, is too old, or is not complete.',
  'registration-closed': 'This server takes no new accounts.',
  'invitation-needed': 'This server takes new accounts by invitation only.',
  'too-large': 'This is too large.',
  'unsupported-type': 'This kind of file is not taken.',
};

/** One sentence for the person in front of the page. */
export function explain(problem) {
  if (!problem) return '';
  if (BY_SLUG[problem.slug]) return BY_SLUG[problem.slug];
  if (problem.status === 0) return problem.title ?? 'The server cannot be reached. Check your connection and try again.';
  if (problem.status === 429) return `Too many attempts. Try again in ${waiting(problem.retryAfter)}.`;
  if (problem.status >= 500) return `Something went wrong on the server${problem.instance ? ` (${problem.instance})` : ''}. Please try again.`;
  return problem.message ?? String(problem);
}

function waiting(seconds) {
  if (!seconds) return 'a while';
  if (seconds < 90) return `${seconds} seconds`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`;
}

/** What is wrong with which field: `subjects` has the beginning of a sentence for every field of the form. */
export function fieldErrors(problem, subjects) {
  const errors = {};
  for (const [name, subject] of Object.entries(problem ? subjects : {})) {
    const detail = sentence(subject, problem.field?.(name));
    if (detail) errors[name] = detail;
  }
  return errors;
}

const WHY_NOT_IN = {
  'sign-in-expired': 'It took too long. Please try again.',
  'registration-closed': 'There is no account for you here, and this server takes no new ones.',
  'invitation-needed': 'There is no account for you here, and new ones are made by invitation only.',
  'access-denied': 'You did not allow it, so nothing has happened.',
  'provider-refused': 'The other side did not vouch for you. Please try again, or sign in another way.',
  'account-disabled': 'This account has been disabled.',
  'identity-taken': 'That account opens another account here already.',
  'too-many-requests': 'Too many attempts. Please try again in a few minutes.',
  unavailable: 'The other side cannot be reached right now. Please try again later.',
};

/** Why a sign-in by another provider came to nothing. */
export const whyNotIn = (slug) => WHY_NOT_IN[slug] ?? 'That did not work. Please try again, or sign in another way.';
