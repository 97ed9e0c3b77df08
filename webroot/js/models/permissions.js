// Who may do what in a room, as the server's own table says it: for showing what one can do, never for deciding it.

const RANK = { owner: 0, moderator: 1, member: 2 };

/** What is done in a room, and the least role that may do it. */
const LEAST = {
  addMember: 'moderator', removeMember: 'moderator', ban: 'moderator', invite: 'moderator', changeRole: 'owner', describe: 'moderator',
  setUp: 'owner', deleteRoom: 'owner', leave: 'member', mentionRoom: 'moderator', postWhereModeratorsPost: 'moderator',
  deleteMessageOfOthers: 'moderator', seeEarlierWords: 'moderator', pin: 'moderator',
};

/** What the two of a direct room, who are equal, may do as well; nothing else of this is there. */
const IN_DIRECT = ['pin'];

export function may(deed, { kind, role }) {
  if (role === undefined) return false;
  return kind === 'direct' ? IN_DIRECT.includes(deed) : RANK[role] <= RANK[LEAST[deed]];
}

/** Doing it to somebody: only to those of a lower role, so never to an owner. */
export const mayTo = (whom, deed, room) => may(deed, room) && RANK[room.role] < RANK[whom];

/** Why nobody can write here, or I cannot; empty when I can. */
export function whyNotWrite(room, blocks) {
  if (room.archivedAt) return 'This room is archived: it can be read, and nobody writes in it.';
  if (room.posting === 'moderators' && !may('postWhereModeratorsPost', room) && room.kind !== 'direct') return 'Only the moderators write in this room.';
  if (room.kind === 'direct' && blocks?.has(room.other?.id)) return 'You have blocked this person.';
  return '';
}
